"""Whether somebody is at work on a step that is timed, as its form says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuoban.kernel.definition import Step
from tuoban.runtime.cases import stopwatch
from tuoban.runtime.cases.handed import rows_of_others
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries.rows import TimingView
from tuoban.runtime.people.models import User

_MINUTES = len("2026-03-02 09:00")


def timed_by_others(row: WorkItem, step: Step, user: User) -> dict[str, Any] | None:
    """What stands in the form of work that was handed on: what others have timed; None: nothing."""
    name = stopwatch.list_of(step)
    rows = rows_of_others(row.pk, name, user) if name else []
    return {name: rows} if rows else None


def timing_shown(step: Step, typed: Mapping[str, Any]) -> TimingView | None:
    """Since when the work runs; None where it is not timed.

    Args:
        typed: what stands in the form: raw rows, or those of an earlier completion.
    """
    name = stopwatch.list_of(step)
    if not name:
        return None
    rows = typed.get(name)
    written = rows if isinstance(rows, list | tuple) else ()
    found = stopwatch.running(written)
    since = found[stopwatch.BEGUN] if found is not None else ""
    return TimingView(str(since).replace("T", " ")[:_MINUTES], stopwatch.begun_before(written))
