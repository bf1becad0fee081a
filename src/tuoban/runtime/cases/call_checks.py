"""The rows of the calls of a case, and of what called it, against what its journal says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from tuoban.kernel import events as e
from tuoban.kernel.codec import encode
from tuoban.kernel.events import Event
from tuoban.kernel.state import State
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.chain import Break
from tuoban.runtime.cases.models import CalledCase, Case, JournalEntry

E = TypeVar("E")


def check_calls(
    calls: list[CalledCase],
    entries: list[JournalEntry],
    events: list[tuple[Event, ...]],
    state: State,
) -> Iterator[Break]:
    """Every call that is in its row otherwise than in the journal, or for which nobody does what is
    still to be done."""
    wanted = dict(_calls(entries, events))
    rows = {row.number: row for row in calls}
    for number in sorted(rows.keys() ^ wanted.keys()):
        side = "rows" if number in rows else "journal"
        yield Break(None, "rows-differ", f"call {number} is in the {side} only")
    answers = {each.number: each.case for each in _of_type(events, e.CallAnswered) if not each.by}
    for number in sorted(rows.keys() & wanted.keys()):
        row = rows[number]
        for column, value in wanted[number].items():
            if getattr(row, column) != value:
                yield Break(None, "rows-differ", f"call {number}: {column}")
        if number in answers and (row.case is None or row.case.number != answers[number]):
            yield Break(None, "rows-differ", f"call {number}: case")
        is_waited_for = number in state.waits
        if row.errand not in _errands(row.case, waits=row.waits, is_waited_for=is_waited_for):
            yield Break(None, "rows-differ", f"call {number}: errand")


def check_caller(caller: CalledCase | None, events: list[tuple[Event, ...]]) -> Iterator[Break]:
    """Whether the case was called by the one that its journal names."""
    number = caller.parent.number if caller is not None else ""
    for event in _of_type(events, e.CaseStarted):
        if event.caller != number:
            yield Break(None, "rows-differ", "the case that called it")


def _calls(
    entries: list[JournalEntry], events: list[tuple[Event, ...]]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """What the row of each call holds for good."""
    for entry, made in zip(entries, events, strict=True):
        for event in made:
            if isinstance(event, e.CaseCalled):
                yield (
                    event.number,
                    {
                        "node": event.node,
                        "slug": event.pack,
                        "request": event.request,
                        "given": canonical.dump(encode(dict(event.given))),
                        "waits": event.waits,
                        "by_id": int(entry.actor) if entry.actor else None,
                        "called_at": event.at,
                    },
                )


def _of_type(events: list[tuple[Event, ...]], kind: type[E]) -> Iterator[E]:
    return (event for made in events for event in made if isinstance(event, kind))


def _errands(case: Case | None, *, waits: bool, is_waited_for: bool) -> tuple[str, ...]:
    """What the worker may have left to do for a call.

    Args:
        case: what was called; None: it has not begun.
        waits: the call waits for its end.
        is_waited_for: the case that called is waiting for it now.
    """
    if case is None:
        if is_waited_for:
            return (CalledCase.BEGIN,)
        return ("",) if waits else (CalledCase.BEGIN, "")  # somebody may have given it up
    if is_waited_for:
        return (CalledCase.ANSWER,) if case.status == "ended" else ("",)
    if waits and case.status != "ended":
        return (CalledCase.RECALL,)
    return ("", CalledCase.RECALL)
