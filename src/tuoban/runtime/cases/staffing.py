"""What changes people and their open work together: handing over in bulk, closing a unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tuoban.kernel.refusals import Refused
from tuoban.kernel.text import Text
from tuoban.runtime.cases import service
from tuoban.runtime.cases.models import Case, WorkItem
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.recording import Act
from tuoban.runtime.people.tree import TreeError, close_unit


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What came of handing over several pieces of work: how many went, and why others did not."""

    count: int
    refused: tuple[tuple[str, Refused], ...] = ()


def hand_over(
    items: Iterable[int], *, of: User, to: User, reason: str, by: User, at: datetime, key: str
) -> HandedOver:
    """Hand over pieces of somebody's open work, each in a transaction of its own, so that one that
    cannot be handed over does not keep the others. What is no longer theirs is left out.

    Raises:
        Refused: `busy`, before the first.
    """
    rows = WorkItem.objects.filter(pk__in=list(items), person=of, status=WorkItem.OPEN)
    count, refused = 0, []
    for item, number in list(rows.order_by("pk").values_list("pk", "case__number")):
        try:
            service.transfer(item, to=to, reason=reason, by=by, at=at, key=f"{key}-{item}")
        except Refused as error:
            refused.append((number, error))
        else:
            count += 1
    return HandedOver(count, tuple(refused))


@transaction.atomic
def close(unit: Unit, *, at: datetime, act: Act) -> None:
    """Close a unit in which nothing is open.

    Raises:
        TreeError: cases run in it, or as `close_unit`.
    """
    running = Case.objects.filter(unit=unit, status="running").count()
    if running:
        raise TreeError(
            "close",
            Text(
                f"这里还有 {running} 张未结的工单：请先办结或作废。",
                f"{running} cases run here: let them end, or cancel them first.",
            ),
        )
    close_unit(unit, at, act=act)
