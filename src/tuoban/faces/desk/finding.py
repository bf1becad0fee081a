"""From what stands in an address to the rows it means, if they are this person's to see."""

from dataclasses import dataclass

from django.http import Http404

from tuoban.faces.desk.posted import plain
from tuoban.runtime.cases.models import Case, WorkItem
from tuoban.runtime.cases.policy import visible_cases
from tuoban.runtime.people.models import User


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """Where a work item stands: its case, its step and the process they follow."""

    case_id: int
    number: str
    node: str
    slug: str
    version: str
    element: str


def case_id_of(user: User, number: str) -> int:
    """Raises `Http404` if there is no such case, or the user may not see it."""
    rows = Case.objects.filter(visible_cases(user), number=plain(number))
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise Http404
    return found


def place_of(user: User, item_id: int) -> ItemPlace:
    """Raises `Http404` if there is no such item, or the user may not see its case."""
    rows = WorkItem.objects.filter(pk=item_id, case__in=Case.objects.filter(visible_cases(user)))
    found = rows.values_list(
        "case_id",
        "case__number",
        "node",
        "case__definition__slug",
        "case__definition__version",
        "element",
    ).first()
    if found is None:
        raise Http404
    return ItemPlace(*found)
