"""The list of cases: open ones by time left, ended ones newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from tuoban.kernel.definition import Definition, Text
from tuoban.runtime.cases import definitions, paging, policy, titles
from tuoban.runtime.cases.elements import named
from tuoban.runtime.cases.models import NEVER, Case, CaseReference, WorkItem
from tuoban.runtime.cases.queries.rows import CaseFilter, CaseListPage, CaseRow
from tuoban.runtime.cases.queries.searching import matching_cases
from tuoban.runtime.cases.queries.work import priority_label
from tuoban.runtime.cases.wording import same
from tuoban.runtime.people.models import RoleHolding, User

# An ended case has no due time, so the second column orders it: the newest first.
ORDER = ("due_sort", "-id")
BY_AGE = ("-id",)
"""The newest first, in which no case ever moves."""


def case_list(
    user: User,
    at: datetime,
    *,
    q: str = "",
    state: CaseFilter = "open",
    page: str = "",
    ref: str = "",
    shelf: str = "",
    order: Sequence[str] = ORDER,
    most: int = paging.PAGE_SIZE,
) -> CaseListPage:
    """The cases that the user may see.

    Args:
        ref: a customer or an asset whose cases are listed; empty: all.
        shelf: the shelf of the archive on which they are kept; empty: all.
    """
    cases = Case.objects.filter(policy.visible_cases(user), _in_state(state, at, user))
    if q.strip():
        cases = cases.filter(pk__in=matching_cases(q).values("pk"))
    if shelf:
        cases = cases.filter(shelf=shelf)
    if ref:
        naming = CaseReference.objects.filter(ref=ref)
        cases = cases.filter(pk__in=naming.values("case"))
    cases = cases.filter(paging.behind(order, page)).order_by(*order)
    cases = cases.select_related("definition", "unit", "owner").defer(
        "state", "definition__text", "definition__translations", "definition__bases"
    )
    rows, cursor = paging.cut(list(cases[: most + 1]), order, most)
    named = titles.open_titles({row.pk: row.title for row in rows})
    items = _open_items(rows)
    return CaseListPage(tuple(_row(row, named[row.pk], items[row.pk]) for row in rows), cursor)


def _in_state(state: CaseFilter, at: datetime, user: User) -> Q:
    return {
        "mine": Q(status="running") & _owned(user),
        "open": Q(status="running"),
        "late": Q(status="running", due_sort__lt=at),
        "ended": Q(status="ended"),
    }.get(state, Q())


def _owned(user: User) -> Q:
    """The cases that are the user's, by themselves or by a role that they hold."""
    roles = RoleHolding.objects.filter(user=user).values("role")
    return Q(owner=user) | Q(owner=None, owner_role__in=roles)


def shelves(user: User) -> tuple[str, ...]:
    """The shelves of the archive on which cases stand that the user may see."""
    kept = Case.objects.filter(policy.visible_cases(user)).exclude(shelf="")
    return tuple(kept.order_by("shelf").values_list("shelf", flat=True).distinct())


def owner_name(row: Case, definition: Definition) -> Text | None:
    """Whose case it is, in words."""
    if row.owner is not None:
        return same(str(row.owner))
    role = definition.roles.get(row.owner_role)
    return role.label if role is not None else None


def _open_items(rows: list[Case]) -> defaultdict[int, list[WorkItem]]:
    items = WorkItem.objects.filter(case__in=[row.pk for row in rows], status=WorkItem.OPEN)
    found: defaultdict[int, list[WorkItem]] = defaultdict(list)
    for item in items.select_related("person").order_by("number"):
        found[item.case_id].append(item)
    return found


def _row(row: Case, title: str, items: list[WorkItem]) -> CaseRow:
    definition = definitions.compiled(row.definition)
    holders = {str(item.person): None for item in items if item.person is not None}
    return CaseRow(
        case_id=row.pk,
        number=row.number,
        title=title,
        process=definition.title,
        unit=row.unit.name,
        status=row.status,
        outcome=definition.outcome_label(row.outcome),
        suspended=row.suspended,
        steps=tuple(named(definition.nodes[item.node].label, item.element) for item in items),
        holders=tuple(holders),
        due_at=None if row.due_sort == NEVER else row.due_sort,
        priority=priority_label(definition, row.priority_rank),
        started_at=row.started_at,
        ended_at=row.ended_at,
        owner=owner_name(row, definition),
        shelf=row.shelf,
        keep_until=row.keep_until,
    )
