"""Start 开工, pause 暂停, finish 完工: the rows of a list that say when somebody worked, written by
pressing buttons. Pure: rows as a form has them, in and out.

A row *runs* that has begun and neither ends nor says how long it took. No more than one does that
was begun by a button.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any, Literal

from tuoban.kernel.definition import Step
from tuoban.kernel.rows import KEY, is_blank, is_blank_row

Act = Literal["start", "pause", "finish"]
ACTS: Mapping[str, Act] = {"start": "start", "pause": "pause", "finish": "finish"}

BEGUN, ENDED, PAUSED, HOURS, WHAT, WHO = "begun", "ended", "paused", "hours", "what", "who"

Rows = list[dict[str, Any]]


def list_of(step: Step) -> str:
    """The list of a step that start, pause and finish write; empty: it is not timed."""
    return step.do.activity.timed if step.do is not None else ""


def running(rows: Iterable[Any]) -> Mapping[str, Any] | None:
    """The row that runs; None: nobody is at work."""
    return next((row for row in rows if isinstance(row, Mapping) and _runs(row)), None)


def begun_before(rows: Iterable[Any]) -> bool:
    """Whether somebody has been at work already, so that starting is going on."""
    return any(isinstance(row, Mapping) and not is_blank(row.get(BEGUN)) for row in rows)


def started(rows: Iterable[Mapping[str, Any]], moment: str, who: str) -> Rows:
    """The rows with one that runs from this moment; as they are where one runs already.

    What is done goes on after a pause: the new row says the same until something else is typed.
    """
    written = [dict(row) for row in rows if not is_blank_row(row)]
    if running(written) is not None:
        return written
    what = written[-1].get(WHAT, "") if written else ""
    return [*written, {KEY: _fresh(written), WHAT: what, BEGUN: moment, WHO: who}]


def stopped(rows: Iterable[Mapping[str, Any]], moment: str, why: str = "") -> Rows:
    """The rows with the one that ran ended at this moment, and why it was, where it is a pause; as
    they are where none runs."""
    written = [dict(row) for row in rows]
    found = running(written)
    return [
        {**row, ENDED: moment, **({PAUSED: why} if why else {})} if row is found else row
        for row in written
    ]


def joined(kept: Iterable[Any], typed: Iterable[Any]) -> Rows:
    """What stands in the form, with what was begun meanwhile on another page: no stretch is lost
    because a page did not know of it."""
    known = {row.get(KEY): row for row in kept if isinstance(row, Mapping) and row.get(KEY)}
    rows: Rows = []
    for row in typed:
        if isinstance(row, Mapping):
            before = known.pop(row.get(KEY), {})
            filled = {name: cell for name, cell in row.items() if not is_blank(cell)}
            rows.append({**row, **before, **filled})
    return [*rows, *(dict(row) for row in known.values() if not is_blank(row.get(BEGUN)))]


def _runs(row: Mapping[str, Any]) -> bool:
    return not is_blank(row.get(BEGUN)) and is_blank(row.get(ENDED)) and is_blank(row.get(HOURS))


def _fresh(rows: Rows) -> str:
    taken = {row.get(KEY) for row in rows}
    return next(key for each in count(1) if (key := f"+{each}") not in taken)
