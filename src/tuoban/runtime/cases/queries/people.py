"""People and units on their pages: who they are, what they hold, what open work they have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions, paging, policy, titles
from tuoban.runtime.cases.elements import named
from tuoban.runtime.cases.models import Case, WorkItem
from tuoban.runtime.cases.queries.charge import below
from tuoban.runtime.cases.queries.roles import role_labels
from tuoban.runtime.people import directory, leave
from tuoban.runtime.people.models import RoleHolding, Unit, User
from tuoban.runtime.people.personal import AbsenceText
from tuoban.runtime.people.record import Recorded, of_person, of_unit

BY_NAME = ("display_name", "id")
MOST_WORK = 50
"""Pieces of open work shown on somebody's page."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds in a unit."""

    role: str
    label: Text
    unit: str
    unit_name: Text


@dataclass(frozen=True, slots=True)
class PersonFoundRow:
    username: str
    name: str
    phone: str
    is_active: bool
    is_staff: bool
    is_away: bool
    held: tuple[Held, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    rows: tuple[PersonFoundRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class PeopleAsked:
    """What people are looked for by; empty: by nothing. `state` is `active`, `left` or `all`."""

    q: str = ""
    unit: str = ""
    role: str = ""
    skill: str = ""
    state: str = "active"


def people_page(viewer: User, asked: PeopleAsked, at: datetime, page: str = "") -> PeoplePage:
    """People the viewer looks after, by name: all for staff, for heads those of their units."""
    rows = _asked(_looked_after(viewer), asked).filter(paging.behind(BY_NAME, page))
    found = list(
        rows.order_by(*BY_NAME).prefetch_related("holdings__unit", "skills")[: paging.PAGE_SIZE + 1]
    )
    shown, following = paging.cut(found, BY_NAME)
    labels = role_labels()
    return PeoplePage(
        tuple(
            PersonFoundRow(
                user.username,
                str(user),
                user.phone,
                user.is_active,
                user.is_staff,
                away_now(user, at) is not None,
                _held(user.holdings.all(), labels),
                tuple(sorted(each.name for each in user.skills.all())),
            )
            for user in shown
        ),
        following,
    )


def _looked_after(viewer: User) -> QuerySet[User]:
    if viewer.is_staff:
        return User.objects.all()
    return User.objects.filter(pk__in=RoleHolding.objects.filter(below(viewer)).values("user"))


def _asked(people: QuerySet[User], asked: PeopleAsked) -> QuerySet[User]:
    if asked.state != "all":
        people = people.filter(is_active=asked.state != "left")
    if asked.q:
        words = Q(display_name__icontains=asked.q) | Q(username__icontains=asked.q)
        people = people.filter(words | Q(phone__contains="".join(asked.q.split())))
    held = RoleHolding.objects.all()
    if asked.unit:
        unit = Unit.objects.filter(key=asked.unit).first()
        held = held.filter(unit__path__startswith=unit.path) if unit else held.none()
    if asked.role:
        held = held.filter(role=asked.role)
    if asked.unit or asked.role:
        people = people.filter(pk__in=held.values("user"))
    if asked.skill:
        people = people.filter(skills__name=asked.skill)
    return people


def _held(holdings: Iterable[RoleHolding], labels: dict[str, Text]) -> tuple[Held, ...]:
    rows = sorted(holdings, key=lambda each: (each.unit.path, each.role))
    return tuple(
        Held(
            each.role,
            labels.get(each.role, Text(each.role, each.role)),
            each.unit.key,
            each.unit.name,
        )
        for each in rows
    )


def away_now(user: User, at: datetime) -> AbsenceText | None:
    """The absence in which somebody is at a moment."""
    wall = leave.wall_of(user, at)
    return next((a for a in leave.text_of(user).absences if a.start <= wall < a.end), None)


@dataclass(frozen=True, slots=True)
class OpenWork:
    """A piece of open work of somebody."""

    item_id: int
    number: str
    step: Text
    title: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody as their page shows them. `work` is the open work they have in hand, in cases that
    the viewer may see, at most `MOST_WORK` of `work_count` pieces."""

    user: User
    held: tuple[Held, ...]
    skills: tuple[str, ...]
    heads: tuple[tuple[str, Text], ...]
    absences: tuple[AbsenceText, ...]
    now_on_wall: str
    stands_in_for: tuple[str, ...]
    work: tuple[OpenWork, ...]
    work_count: int
    record: tuple[Recorded, ...]


def person_view(user: User, viewer: User, at: datetime) -> PersonView:
    """All that the page of somebody shows."""
    open_items = WorkItem.objects.filter(person=user, status=WorkItem.OPEN)
    if viewer != user and not viewer.is_staff:
        seen = Case.objects.filter(policy.visible_cases(viewer))
        open_items = open_items.filter(case__in=seen.values("pk"))
    return PersonView(
        user=user,
        held=_held(user.holdings.select_related("unit"), role_labels()),
        skills=tuple(user.skills.order_by("name").values_list("name", flat=True)),
        heads=tuple((each.key, each.name) for each in user.heads.order_by("path")),
        absences=leave.text_of(user).absences,
        now_on_wall=leave.wall_of(user, at),
        stands_in_for=_stood_in_for(user, at),
        work=open_work_rows(open_items),
        work_count=open_items.count(),
        record=of_person(user),
    )


def _stood_in_for(user: User, at: datetime) -> tuple[str, ...]:
    """The names of those whose deputy somebody is now."""
    away = directory.at(at, leave.zone_of(user)).away
    return tuple(
        sorted(
            directory.name_of(person)
            for person, deputy in away.items()
            if deputy is not None and deputy.person == user.person_id
        )
    )


def open_work_rows(items: QuerySet[WorkItem]) -> tuple[OpenWork, ...]:
    rows = list(
        items.select_related("case__definition")
        .defer(
            "case__state",
            "case__definition__text",
            "case__definition__translations",
            "case__definition__bases",
        )
        .order_by("due_sort", "id")[:MOST_WORK]
    )
    called = titles.open_titles({row.case_id: row.case.title for row in rows})
    return tuple(
        OpenWork(
            row.pk,
            row.case.number,
            named(definitions.compiled(row.case.definition).label_of(row.node), row.element),
            called[row.case_id],
            row.due_at,
        )
        for row in rows
    )


def would_lose(user: User, role: str = "", unit: str = "") -> tuple[OpenWork, ...]:
    """The open work that somebody has in hand by a role in a unit and no other way; without a role,
    all of it, as when they leave. What `same-as` and `person` assigned stays where a role goes."""
    items = WorkItem.objects.filter(person=user, status=WorkItem.OPEN)
    if not role:
        return open_work_rows(items)
    left = set(user.holdings.values_list("role", flat=True).exclude(role=role, unit__key=unit))
    lost = [
        row.pk
        for row in items.filter(assigned=False)
        if role in {each for each, _ in row.pool_keys}
        and not left & {each for each, _ in row.pool_keys}
    ]
    return open_work_rows(items.filter(pk__in=lost))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the tree."""

    key: str
    name: Text
    depth: int
    level: str
    head: str
    people: int
    is_closed: bool


def unit_rows() -> tuple[UnitRow, ...]:
    """Every unit, each after the one above it."""
    counted = Unit.objects.annotate(
        people=Count("holdings__user", filter=Q(holdings__user__is_active=True), distinct=True)
    )
    return tuple(
        UnitRow(
            each.key,
            each.name,
            each.path.count("/") - 2,
            each.level,
            str(each.head) if each.head is not None else "",
            each.people,
            each.closed_at is not None,
        )
        for each in counted.select_related("head").order_by("path")
    )


def units_page(
    rows: tuple[UnitRow, ...], q: str = "", page: str = ""
) -> tuple[tuple[UnitRow, ...], str]:
    """A page of the tree, and the key of its last unit where more follow ("": none).

    Args:
        q: what is sought in names, keys, levels and heads.
        page: the key of the last unit of the page before; one that is gone means the first page.
    """
    places = {row.key: place for place, row in enumerate(rows, start=1)}
    small = q.casefold()
    found = [
        row
        for row in rows[places.get(page, 0) :]
        if any(
            small in each.casefold()
            for each in (row.key, row.name.zh, row.name.en, row.level, row.head)
        )
    ]
    shown = tuple(found[: paging.PAGE_SIZE])
    return shown, shown[-1].key if len(found) > len(shown) else ""


def units_seen(viewer: User) -> frozenset[str]:
    """The keys of the units whose pages somebody may open: all for staff, for heads their own and
    those below."""
    units = Unit.objects.all()
    if not viewer.is_staff:
        units = units.filter(below(viewer, "path"))
    return frozenset(units.values_list("key", flat=True))


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as its page shows it."""

    unit: Unit
    holders: tuple[tuple[User, tuple[Held, ...]], ...]
    below: tuple[tuple[str, Text], ...]
    running: int
    record: tuple[Recorded, ...]


def unit_view(unit: Unit) -> UnitView:
    """All that the page of a unit shows."""
    labels = role_labels()
    by_user: defaultdict[User, list[RoleHolding]] = defaultdict(list)
    held = RoleHolding.objects.filter(unit=unit, user__is_active=True)
    for each in held.select_related("user", "unit").order_by("user__display_name", "user_id"):
        by_user[each.user].append(each)
    return UnitView(
        unit=unit,
        holders=tuple((user, _held(rows, labels)) for user, rows in by_user.items()),
        below=tuple((each.key, each.name) for each in unit.children.order_by("path")),
        running=running_in(unit),
        record=of_unit(unit),
    )


def running_in(unit: Unit) -> int:
    """How many cases run in a unit itself."""
    return Case.objects.filter(unit=unit, status="running").count()
