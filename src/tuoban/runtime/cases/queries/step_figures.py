"""What the steps of a process have come to across its cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q

from tuoban.runtime.cases.models import WorkItem


@dataclass(frozen=True, slots=True)
class StepFigures:
    """Of one step: how many cases are at it now, and how long it took on average from when it was
    offered until it was done; None: it was never done."""

    open: int
    mean: timedelta | None


def step_figures(slug: str) -> Mapping[str, StepFigures]:
    """By key, of the steps of a process that somebody ever had to do, in all its versions.

    The rows of work items follow from the journals, and the audit holds them against these.
    """
    took = ExpressionWrapper(F("closed_at") - F("offered_at"), output_field=DurationField())
    rows = (
        WorkItem.objects.filter(case__definition__slug=slug)
        .values("node")
        .annotate(
            open=Count("case", distinct=True, filter=Q(status=WorkItem.OPEN)),
            mean=Avg(took, filter=Q(status=WorkItem.DONE)),
        )
        .order_by("node")
    )
    return {row["node"]: StepFigures(row["open"], row["mean"]) for row in rows}
