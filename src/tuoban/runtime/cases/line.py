"""Work that waits in line (`pick: next`): what comes first for somebody."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from tuoban.kernel.definition import Definition
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.models import PoolEntry, WorkItem
from tuoban.runtime.people.models import RoleHolding, User

ORDER = ("priority_rank", "offered_at", "id")


def is_in_line(definition: Definition, node: str) -> bool:
    """Whether the work of a step is taken in turn, and not chosen."""
    return definition.nodes[node].step.by.pick == "next"


def waiting(user: User, pool: str = "") -> Iterator[tuple[int, int]]:
    """The work in line in the user's pools, as case and number, what comes first first."""
    pools = Q()
    for role, unit in RoleHolding.objects.filter(user=user).values_list("role", "unit__key"):
        if pool in ("", f"{role}@{unit}"):
            pools |= Q(role=role, unit=unit)
    if not pools:
        return
    entries = PoolEntry.objects.filter(pools).values("item")
    rows = WorkItem.objects.filter(pk__in=entries, status=WorkItem.OPEN, person=None)
    found = rows.select_related("case__definition").defer(
        "case__state", "case__definition__text", "case__definition__translations"
    )
    for row in found.order_by(*ORDER):
        if is_in_line(definitions.compiled(row.case.definition), row.node):
            yield row.case_id, row.number
