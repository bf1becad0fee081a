"""The kernel's `Workload`, counted from the rows of work items for the steps that pick by it."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count, Max

from tuoban.kernel.definition import Definition
from tuoban.kernel.surroundings import Workload
from tuoban.runtime.cases.models import WorkItem

NOTHING = Workload()


def gather(definition: Definition, case_id: int | None) -> Workload:
    """What the definition's steps pick by, as it is now; nothing is asked where none does.

    Args:
        case_id: the case that is decided about, whose own work the kernel counts; None: a new one.
    """
    picks = definition.picks
    if not picks:
        return NOTHING
    held = WorkItem.objects.filter(status=WorkItem.OPEN, person__isnull=False)
    if case_id is not None:
        held = held.exclude(case=case_id)
    counts = held.order_by().values_list("person").annotate(count=Count("pk"))
    given: defaultdict[str, dict[str, int]] = defaultdict(dict)
    rows = WorkItem.objects.filter(
        case__definition__slug=definition.slug, node__in=sorted(picks), person__isnull=False
    )
    newest = rows.order_by().values_list("node", "person").annotate(place=Max("pk"))
    for node, person, place in newest:
        given[node][str(person)] = place
    return Workload({str(person): count for person, count in counts}, dict(given))
