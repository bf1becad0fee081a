"""Work that nobody can do 没人能办: shown to whoever answers for the unit, with what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions, states, titles
from tuoban.runtime.cases.elements import named
from tuoban.runtime.cases.models import Case, Notice, PoolEntry, WorkItem
from tuoban.runtime.cases.queries.charge import may_manage
from tuoban.runtime.people.models import RoleHolding, Unit, User

MOST = 20
"""Pieces of work shown at once, the most urgent first."""
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Stranded:
    """A piece of work that nobody can do. `roles` may do it, in `unit` or above; `holder` has it,
    is away, and no deputy may do it.

    Attributes:
        username: of the holder.
        may_name_deputy: whether the reader may enter absences of the holder.
    """

    item_id: int
    number: str
    step: Text
    title: str
    roles: tuple[tuple[str, Text], ...]
    unit: Text
    unit_key: str
    holder: str
    username: str
    may_name_deputy: bool


def nobody_to_do(user: User) -> tuple[Stranded, ...]:
    """The open work that nobody can do, in the units that somebody heads and those below; for an
    administrator, in all."""
    cases = _answered_for(user)
    if cases is None:
        return ()
    items = WorkItem.objects.filter(status=WorkItem.OPEN, case__in=cases.values("pk"))
    told = Notice.objects.filter(code="nobody", item=OuterRef("pk"))
    has_pool = Exists(PoolEntry.objects.filter(item=OuterRef("pk")))
    wanted = items.filter(Q(person=None) & (~_has_holder() & (has_pool | Exists(told))))
    wanted |= items.filter(Exists(told))
    rows = (
        wanted.select_related("case__definition", "case__unit", "person")
        .defer("case__definition__text", "case__definition__translations")
        .order_by("due_sort", "priority_rank", "id")
    )
    found = [row for row in rows[: MOST * 2] if _is_stranded(row)][:MOST]
    called = titles.open_titles({row.case_id: row.case.title for row in found})
    return tuple(_shown(row, called[row.case_id], user) for row in found)


def administrators() -> tuple[str, ...]:
    """The names of those who give roles and choose heads, a few of them, for whoever may not."""
    people = User.objects.filter(is_staff=True, is_active=True).order_by("display_name", "pk")
    return tuple(str(each) for each in people[:MOST_NAMED])


def _answered_for(user: User) -> QuerySet[Case] | None:
    running = Case.objects.filter(status="running")
    if user.is_staff:
        return running
    below = Q()
    for path in Unit.objects.filter(head=user).values_list("path", flat=True):
        below |= Q(unit__path__startswith=path)
    return running.filter(below) if below else None


def _has_holder() -> Exists:
    """Whether somebody active holds a role in whose pool the work lies."""
    holders = RoleHolding.objects.filter(
        role=OuterRef("role"), unit__key=OuterRef("unit"), user__is_active=True
    )
    return Exists(PoolEntry.objects.filter(Exists(holders), item=OuterRef("pk")))


def _is_stranded(row: WorkItem) -> bool:
    """Whether the case says so, too: somebody may be there who may not do it, and who was told of
    it may have seen to it since."""
    definition = definitions.compiled(row.case.definition)
    item = states.read(row.case, definition).items.get(row.number)
    if item is None or definition.nodes[item.node].step.is_unattended:
        return False
    return item.orphaned or (
        item.person is None
        and not RoleHolding.objects.filter(_any_pool(item.pools), user__is_active=True).exists()
    )


def _any_pool(pools: tuple[tuple[str, str], ...]) -> Q:
    condition = Q(pk__in=[])
    for role, unit in pools:
        condition |= Q(role=role, unit__key=unit)
    return condition


def _shown(row: WorkItem, title: str, reader: User) -> Stranded:
    definition = definitions.compiled(row.case.definition)
    roles = dict.fromkeys(role for role, _ in row.pool_keys)
    return Stranded(
        row.pk,
        row.case.number,
        named(definition.label_of(row.node), row.element),
        title,
        tuple((role, definition.roles[role].label) for role in roles if role in definition.roles),
        row.case.unit.name,
        row.case.unit.key,
        str(row.person) if row.person is not None else "",
        row.person.username if row.person is not None else "",
        row.person is not None and may_manage(reader, row.person),
    )
