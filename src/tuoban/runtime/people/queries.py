"""What pages show of units and people where their hours are edited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from tuoban.kernel.definition import Text
from tuoban.runtime.calendars.queries import SavedVersion
from tuoban.runtime.people import hours, personal
from tuoban.runtime.people.models import PersonalHours, RoleHolding, Unit, User
from tuoban.runtime.people.personal import PersonalText

MOST_PEOPLE = 200
MOST_VERSIONS = 50
_DEFAULT_ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit of the tree. `own` is the key of the calendar it was given, empty: as above;
    `calendar` the one it works by, empty: none at all."""

    key: str
    name: Text
    depth: int
    own: str
    calendar: str
    zone: str


def unit_tree() -> tuple[UnitFound, ...]:
    """Every unit, each after the one above it."""
    now = hours.snapshot()
    rows = Unit.objects.order_by("path").select_related("calendar")
    return tuple(
        UnitFound(
            row.key,
            row.name,
            row.path.count("/") - 2,
            row.calendar.key if row.calendar is not None else "",
            now.units.get(row.key, "").partition("@")[0],
            row.time_zone,
        )
        for row in rows
    )


def home_of(user: User) -> Text | None:
    """The unit to name beside somebody: the highest in which they hold a role."""
    unit = Unit.objects.filter(holdings__user=user).order_by("path").first()
    return unit.name if unit is not None else None


def find_person(number: int) -> User | None:
    """Somebody by the number of their row."""
    return User.objects.filter(pk=number).first()


def find_user(name: str) -> User | None:
    """Somebody by their user name."""
    return User.objects.filter(username=name).first()


def user_names() -> list[str]:
    """The user names of everybody, of those who have left, too."""
    return list(User.objects.order_by("username").values_list("username", flat=True))


def everybody() -> list[User]:
    """Everybody by user name, with what they hold and are able to do."""
    return list(User.objects.order_by("username").prefetch_related("holdings__unit", "skills"))


def held_by(user: User) -> tuple[tuple[str, str], ...]:
    """The roles that somebody holds, each with the key of its unit."""
    rows = user.holdings.order_by("role", "unit__path")
    return tuple(rows.values_list("role", "unit__key"))


def administrator_of_the_machine() -> User:
    """Whoever may run commands on the machine: they see everything, and nobody logs in for it."""
    return User(is_staff=True)


def all_units() -> list[Unit]:
    """Every unit, each after the one above it, with its head."""
    return list(Unit.objects.order_by("path").select_related("head"))


def find_unit(key: str) -> Unit | None:
    """A unit by its key."""
    return Unit.objects.filter(key=key).first()


def zone_of(units: tuple[UnitFound, ...]) -> ZoneInfo:
    """The zone in which the hours of these units are looked at: that of the first."""
    return ZoneInfo(units[0].zone if units else _DEFAULT_ZONE)


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody with the hours of their own in force; `number` is 0 if they never had any."""

    user: User
    units: tuple[UnitFound, ...]
    number: int
    text: PersonalText


def people_seen_by(viewer: User) -> QuerySet[User]:
    """Active people whose own hours, absences among them, somebody may see.

    Staff see everybody's; others their own, and those of people who hold a role in a unit that they
    hold one in or are the head of, or in a unit below it.
    """
    active = User.objects.filter(is_active=True)
    if viewer.is_staff:
        return active
    own = Q(pk=viewer.pk)
    placed = Unit.objects.filter(Q(head=viewer) | Q(holdings__user=viewer))
    below = Q(pk__in=[])
    for path in placed.values_list("path", flat=True).distinct():
        below |= Q(unit__path__startswith=path)
    return active.filter(own | Q(pk__in=RoleHolding.objects.filter(below).values("user")))


def find_seen(viewer: User, name: str) -> User | None:
    """Somebody by their user name, as far as the viewer may see their hours."""
    return people_seen_by(viewer).filter(username=name).first()


def person_of(username: str, viewer: User) -> PersonFound | None:
    """Somebody whose hours the viewer may see; why they are away only as `_seen_by` says."""
    user = people_seen_by(viewer).filter(username=username).first()
    if user is None:
        return None
    held = set(user.holdings.values_list("unit__key", flat=True))
    units = tuple(each for each in unit_tree() if each.key in held)
    saved = user.hours.order_by("-number").first()
    if saved is None:
        return PersonFound(user, units, 0, PersonalText())
    text = _seen_by(viewer, user, personal.from_json(saved.content))
    return PersonFound(user, units, saved.number, text)


def _seen_by(viewer: User, user: User, text: PersonalText) -> PersonalText:
    """When somebody is away matters to those who work with them; why, to staff and themselves."""
    if viewer.is_staff or viewer.pk == user.pk:
        return text
    return replace(text, absences=tuple(replace(each, zh="", en="") for each in text.absences))


@dataclass(frozen=True, slots=True)
class PersonListed:
    """Somebody in a list: `home` is their first unit, `text` what hours of their own they have."""

    user: User
    home: Text | None
    text: PersonalText


def people_with_hours(q: str, viewer: User) -> tuple[PersonListed, ...]:
    """People whose hours the viewer may see, by name, those who have some of their own first."""
    found = people_seen_by(viewer)
    if q:
        found = found.filter(Q(display_name__icontains=q) | Q(username__icontains=q))
    saved = PersonalHours.objects.filter(user=OuterRef("pk")).order_by("-number")
    newest = Coalesce(Subquery(saved.values("content")[:1]), Value(personal.NOTHING, TextField()))
    has_none = Case(When(newest_hours=personal.NOTHING, then=Value(1)), default=Value(0))
    users = found.annotate(newest_hours=newest).order_by(has_none, "display_name", "pk")
    return tuple(
        PersonListed(user, _home(user), personal.from_json(user.newest_hours))
        for user in users.prefetch_related("holdings__unit")[:MOST_PEOPLE]
    )


def _home(user: User) -> Text | None:
    units = sorted((each.unit for each in user.holdings.all()), key=lambda unit: unit.path)
    return units[0].name if units else None


def hours_history(user: User) -> tuple[SavedVersion, ...]:
    """The newest versions of somebody's own hours, newest first."""
    rows = user.hours.order_by("-number")[:MOST_VERSIONS]
    return tuple(SavedVersion(row.number, row.saved_at, row.saved_by, "") for row in rows)


def personal_version(user: User, number: int, viewer: User) -> PersonalText | None:
    """An earlier version of somebody's hours, as the viewer may see it."""
    row = user.hours.filter(number=number).first()
    return _seen_by(viewer, user, personal.from_json(row.content)) if row is not None else None


def names_of(ids: set[str]) -> dict[str, str]:
    """The names of people by their ids."""
    found = User.objects.filter(pk__in=[int(each) for each in ids if each.isdigit()])
    return {str(user.pk): str(user) for user in found}


def is_head_above(user: User, unit: Unit) -> bool:
    """Whether somebody is the head of a unit, or of one above it."""
    paths = Unit.objects.filter(head=user).values_list("path", flat=True)
    return any(unit.path.startswith(path) for path in paths)
