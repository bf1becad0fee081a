"""From what stands in an address to the rows it means, if they are somebody's to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tuoban.kernel.definition import Definition
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.models import Case, WorkItem
from tuoban.runtime.cases.policy import visible_cases
from tuoban.runtime.people.models import User


@dataclass(frozen=True, slots=True)
class CasePlace:
    """A case with the process that it follows now."""

    case_id: int
    slug: str
    version: str


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """Where a work item stands: its case, its step and the process they follow."""

    case_id: int
    number: str
    node: str
    slug: str
    version: str
    element: str


def find_case(user: User, number: str) -> int | None:
    """The id of the case of this number; None if there is none, or the user may not see it."""
    rows = Case.objects.filter(visible_cases(user), number=number)
    return rows.values_list("pk", flat=True).first()


def case_numbered(number: str) -> CasePlace | None:
    """The case of this number, for whoever looks after the installation; None if there is none."""
    rows = Case.objects.filter(number=number)
    found = rows.values_list("pk", "definition__slug", "definition__version").first()
    return CasePlace(*found) if found is not None else None


def find_item(user: User, item_id: int) -> ItemPlace | None:
    """Where an item stands; None if there is none, or the user may not see its case."""
    rows = WorkItem.objects.filter(pk=item_id, case__in=Case.objects.filter(visible_cases(user)))
    found = rows.values_list(
        "case_id",
        "case__number",
        "node",
        "case__definition__slug",
        "case__definition__version",
        "element",
    ).first()
    return ItemPlace(*found) if found is not None else None


def find_item_numbered(case_id: int, number: int) -> int | None:
    """The row of the work of this number in a case, open or not; None if there never was any."""
    rows = WorkItem.objects.filter(case=case_id, number=number)
    return rows.values_list("pk", flat=True).first()


def find_open(case_id: int, step: str) -> int:
    """The row of the one piece of work of a step that is open. Raises `LookupError`."""
    rows = WorkItem.objects.filter(case=case_id, node=step, status=WorkItem.OPEN)
    (found,) = rows.values_list("pk", flat=True) or [None]
    if found is None:
        raise LookupError(step)
    return found


def find_to_sign(case_id: int, step: str) -> int:
    """The row of what somebody of the house is asked to sign of a step. Raises `LookupError`."""
    rows = WorkItem.objects.filter(case=case_id, node=step, status=WorkItem.OPEN)
    found = rows.filter(signing=WorkItem.ASKED).values_list("pk", flat=True).first()
    if found is None:
        raise LookupError(step)
    return found


def any_case() -> bool:
    """Whether there is any case at all."""
    return Case.objects.exists()


def becomes_of(item_id: int) -> Literal["done", "signed", "handed-back"]:
    """What completing an item led to: it is done, is with its signers, or went back, prepared, to
    whoever delegated it."""
    status, signing = WorkItem.objects.values_list("status", "signing").get(pk=item_id)
    if status != WorkItem.OPEN:
        return "done"
    return "signed" if signing == WorkItem.OUT else "handed-back"


def process_of(case_id: int) -> Definition:
    """The process that a case follows now."""
    row = Case.objects.select_related("definition").get(pk=case_id)
    return definitions.compiled(row.definition)


def has_ended(case_id: int) -> bool:
    """Whether the case is over; one that is being wound up is not."""
    return Case.objects.filter(pk=case_id, ended_at__isnull=False).exists()
