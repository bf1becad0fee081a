"""My work: open work items, the user's own by time left, and pools in the order of triage."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from tuoban.kernel.clocks import moment_text
from tuoban.kernel.definition import Definition, Text
from tuoban.kernel.engine import lock_reasons
from tuoban.kernel.surroundings import Directory
from tuoban.runtime.cases import definitions, paging, policy, states, titles
from tuoban.runtime.cases.elements import named
from tuoban.runtime.cases.line import is_in_line
from tuoban.runtime.cases.models import Case, Notice, PoolEntry, WorkItem
from tuoban.runtime.cases.queries.rows import (
    PoolCount,
    WorkCounts,
    WorkPage,
    WorkRow,
    WorkTab,
)
from tuoban.runtime.cases.queries.searching import matching_cases
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import RoleHolding, Unit, User

BY_TIME_LEFT = ("due_sort", "priority_rank", "offered_at", "id")
BY_TRIAGE = ("priority_rank", "due_sort", "offered_at", "id")


def my_work(
    user: User,
    at: datetime,
    *,
    tab: WorkTab = "all",
    pool: str = "",
    q: str = "",
    page: str = "",
    most: int = paging.PAGE_SIZE,
) -> WorkPage:
    """The user's open work, or what lies in their pools.

    Own work comes overdue first, then by due time, then without one. A pool is a triaged queue:
    by priority, then by due time, then by arrival.

    Args:
        pool: `PoolCount.key` of one pool; empty for all of the user's pools.
        page: the cursor that the page before gave as `next`.
    """
    held = _holdings(user)
    chosen = [each for each in held if not pool or _pool_key(*each) == pool]
    if tab == "pool":
        items, order = _pooled(chosen), BY_TRIAGE
    else:
        items, order = _own(user).filter(_in_tab(tab, at)), BY_TIME_LEFT
    escalated = _escalated(user)
    shown = escalated if tab == "all" and not page else escalated.none()
    if q.strip():
        found = matching_cases(q).values("pk")
        items, shown = items.filter(case__in=found), shown.filter(case__in=found)
    rows = _read(items.filter(paging.behind(order, page)).order_by(*order), most)
    rows, cursor = paging.cut(rows, order, most)
    above = _read(shown.order_by(*BY_TIME_LEFT))
    made = _work_rows(user, [*above, *rows], held, at)
    return WorkPage(
        rows=made[len(above) :],
        escalated=made[: len(above)],
        counts=_counts(user, at, held, escalated.count()),
        pools=_pool_counts(held),
        next=cursor,
    )


def _own(user: User) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(person=user, status=WorkItem.OPEN)


def _escalated(user: User) -> QuerySet[WorkItem]:
    """Late work of others of which the user was told that it is theirs to see to."""
    told = Notice.objects.filter(user=user, code="escalated").values("item")
    seen = Case.objects.filter(policy.visible_cases(user)).values("pk")
    open_items = WorkItem.objects.filter(status=WorkItem.OPEN, escalated=True, pk__in=told)
    return open_items.filter(case__in=seen).exclude(person=user)


def _pooled(held: list[tuple[str, str]]) -> QuerySet[WorkItem]:
    entries = PoolEntry.objects.filter(_any_pool(held)) if held else PoolEntry.objects.none()
    return WorkItem.objects.filter(pk__in=entries.values("item"))


def _any_pool(held: list[tuple[str, str]]) -> Q:
    condition = Q()
    for role, unit in held:
        condition |= Q(role=role, unit=unit)
    return condition


def _read(items: QuerySet[WorkItem], most: int = paging.PAGE_SIZE) -> list[WorkItem]:
    rows = items.select_related("case__definition", "case__unit", "person").defer(
        "case__state",
        "case__definition__text",
        "case__definition__translations",
        "case__definition__bases",
    )
    return list(rows[: most + 1])


def _holdings(user: User) -> list[tuple[str, str]]:
    held = RoleHolding.objects.filter(user=user).order_by("unit__path", "role")
    return list(held.values_list("role", "unit__key"))


def _pool_key(role: str, unit: str) -> str:
    return f"{role}@{unit}"


def _in_tab(tab: WorkTab, at: datetime) -> Q:
    tomorrow = _midnight_after(at)
    return {
        "late": Q(due_sort__lt=at),
        "today": Q(due_sort__gte=at, due_sort__lt=tomorrow),
        "later": Q(due_sort__gte=tomorrow),
    }.get(tab, Q())


def _midnight_after(at: datetime) -> datetime:
    day = timezone.localtime(at).date() + timedelta(days=1)
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _counts(user: User, at: datetime, held: list[tuple[str, str]], escalated: int) -> WorkCounts:
    counted: dict[str, Any] = _own(user).aggregate(
        all=Count("pk"),
        late=Count("pk", filter=_in_tab("late", at)),
        today=Count("pk", filter=_in_tab("today", at)),
        later=Count("pk", filter=_in_tab("later", at)),
    )
    entries = PoolEntry.objects.filter(_any_pool(held)) if held else PoolEntry.objects.none()
    pooled = entries.aggregate(
        all=Count("item", distinct=True),
        late=Count("item", distinct=True, filter=Q(item__due_sort__lt=at)),
    )
    return WorkCounts(**counted, pool=pooled["all"], pool_late=pooled["late"], escalated=escalated)


def _pool_counts(held: list[tuple[str, str]]) -> tuple[PoolCount, ...]:
    """The user's pools that hold work."""
    if not held:
        return ()
    found = PoolEntry.objects.filter(_any_pool(held)).values_list("role", "unit")
    counted = found.annotate(count=Count("pk")).order_by()
    counts = {(role, unit): count for role, unit, count in counted}
    names = {each.key: each.name for each in Unit.objects.filter(key__in={u for _, u in counts})}
    labels = _role_labels({role for role, _ in counts})
    return tuple(
        PoolCount(_pool_key(role, unit), labels[role], names[unit], counts[role, unit])
        for role, unit in held
        if (role, unit) in counts
    )


def _role_labels(roles: set[str]) -> dict[str, Text]:
    """What processes call these roles; where they differ, the process first by slug names it."""
    labels: dict[str, Text] = {}
    for row in definitions.all_latest():
        if roles <= labels.keys():
            break
        for key, role in definitions.compiled(row).roles.items():
            labels.setdefault(key, role.label)
    return {role: labels.get(role, Text(role, role)) for role in roles}


def _work_rows(
    user: User, rows: list[WorkItem], held: list[tuple[str, str]], at: datetime
) -> tuple[WorkRow, ...]:
    named = titles.open_titles({row.case_id: row.case.title for row in rows})
    people = directory.snapshot() if any(map(_skills, rows)) else None
    absent = _in_whose_place(user, rows, at)
    return tuple(
        replace(
            _work_row(user, row, named[row.case_id], held, people, at),
            in_place_of=absent.get(row.pk, ""),
        )
        for row in rows
    )


def _in_whose_place(user: User, rows: list[WorkItem], at: datetime) -> dict[int, str]:
    """By piece of work, who is away in whose place the user has it; nothing is looked up for those
    who are nobody's deputy."""
    away = directory.at(at, timezone.get_current_timezone()).away.values()
    if not any(each is not None and each.person == user.person_id for each in away):
        return {}
    mine = [row for row in rows if row.person_id == user.pk]
    cases = Case.objects.in_bulk({row.case_id for row in mine})
    found: dict[int, str] = {}
    for row in mine:
        state = states.read(cases[row.case_id], definitions.compiled(row.case.definition))
        item = state.items.get(row.number)
        if item is not None and item.for_whom is not None:
            found[row.pk] = directory.name_of(item.for_whom)
    return found


def _skills(row: WorkItem) -> tuple[str, ...]:
    """The skills that the work asks for."""
    return definitions.compiled(row.case.definition).nodes[row.node].step.by.skills


def _work_row(
    user: User,
    row: WorkItem,
    title: str,
    held: list[tuple[str, str]],
    people: Directory | None,
    at: datetime,
) -> WorkRow:
    definition = definitions.compiled(row.case.definition)
    is_part = row.signing in (WorkItem.ASKED, WorkItem.SPEAK)
    mine = [role for role, unit in row.pool_keys if (role, unit) in held]
    roles = mine or [role for role, _ in row.pool_keys]
    is_pooled, in_line = bool(mine) and row.person is None, is_in_line(definition, row.node)
    is_able = is_part or people is None or not people.missing(user.person_id, _skills(row))
    return WorkRow(
        item_id=row.pk,
        case_id=row.case_id,
        number=row.case.number,
        item=row.number,
        step=named(definition.nodes[row.node].label, row.element),
        title=title,
        process=definition.title,
        due_at=row.due_at,
        clock_from=row.clock_from,
        stands_still=row.stands_still,
        suspended=row.case.suspended,
        offered_at=row.offered_at,
        locked=row.locked,
        held_by_me=row.person_id == user.pk,
        holder=str(row.person) if row.person is not None else None,
        can_claim=is_pooled and is_able and not in_line,
        is_in_line=is_pooled and is_able and in_line,
        pool_role=definition.roles[roles[0]].label if roles and row.person is None else None,
        unit=row.case.unit.name,
        priority=priority_label(definition, row.priority_rank),
        priority_rank=row.priority_rank,
        waiting_for=_waiting_for(definition, row, at),
        escalated=row.escalated,
        signing=row.signing,
    )


def priority_label(definition: Definition, rank: int) -> Text | None:
    """The option of the priority field at this place; None where the case has no priority."""
    name = definition.case.priority
    options = definition.fields[name].options if name is not None else ()
    return options[rank][1] if rank < len(options) else None


def _waiting_for(definition: Definition, row: WorkItem, at: datetime) -> Text | None:
    if not row.locked:
        return None
    failing = tuple(int(place) for place in row.lock_reasons.split(","))
    zone = row.case.unit.zone
    opens = moment_text(row.opens_at, zone, at) if row.opens_at is not None else None
    return lock_reasons(definition, row.node, failing, opens)[0]
