"""The rows of one case against what its journal says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.messaging import listened
from tuoban.kernel.events import Event
from tuoban.kernel.state import State
from tuoban.runtime.cases import canonical, journal, outside, personal, projection, states, store
from tuoban.runtime.cases.call_checks import check_caller, check_calls
from tuoban.runtime.cases.chain import Break
from tuoban.runtime.cases.file_checks import Contents, check_files
from tuoban.runtime.cases.models import (
    CalledCase,
    Case,
    CaseFile,
    JournalEntry,
    PersonalValue,
    Timer,
    WorkItem,
)
from tuoban.runtime.cases.replay import Replay

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What reading a forged text of an entry, a state or a value may raise."""


@dataclass(frozen=True, slots=True)
class Files:
    """All that is kept of one case, as it stood at one moment."""

    row: Case
    entries: list[JournalEntry]
    events: list[tuple[Event, ...]]
    """Those of each entry; none for an entry that cannot be read."""
    items: list[WorkItem]
    pools: set[tuple[int, str, str]]
    copies: set[int]
    """To whom the case was copied."""
    references: set[tuple[str, str]]
    """The fields that name a customer or an asset, with the reference."""
    former: set[str]
    """The references of whom or what it named before."""
    listens: set[str]
    """The names of the messages that it listens to."""
    timers: list[Timer]
    personal: dict[str, PersonalValue]
    calls: list[CalledCase]
    """The cases that it called."""
    files: dict[str, CaseFile]
    """The rows of what it has of files, by reference."""
    comments: set[tuple[int, str]]
    """The rows of what was said about it: each number with the seal of the words as they are."""
    caller: CalledCase | None
    """By which other case it was called."""


def check_rows(
    files: Files, definition: Definition, played: Replay, contents: Contents
) -> Iterator[Break]:
    """Everything that is not as the replayed journal gives it."""
    row, state = files.row, played.state
    if not _is_kept(row.state, state):
        yield Break(None, "state-differs", "the stored state is not the fold of the journal")
    wanted = store.case_columns(definition, state, row.unit.zone)
    yield from _differences("the case", row, wanted)
    yield from _check_items(files.items, played.items)
    pools = {
        (item.id, role, unit)
        for item in state.items.values()
        for role, unit in projection.open_pools(item)
    }
    for number, role, unit in sorted(files.pools ^ pools):
        yield Break(None, "rows-differ", f"item {number} and the pool {role}@{unit}")
    for field, ref in sorted(files.references ^ outside.rows_of(definition, state)):
        yield Break(None, "rows-differ", f"the field {field} that names {ref}")
    yield from _check_former(files, played)
    for user in sorted(files.copies ^ {int(each) for each in state.copied}):
        yield Break(None, "rows-differ", f"the copy to {user}")
    for name in sorted(files.listens ^ listened(definition, state)):
        yield Break(None, "rows-differ", f"listening to the message {name}")
    yield from _check_timers(files.timers, state)
    yield from check_files(files.files, files.comments, files.events, files.personal, contents)
    yield from check_calls(files.calls, files.entries, files.events, state)
    yield from check_caller(files.caller, files.events)


def _check_former(files: Files, played: Replay) -> Iterator[Break]:
    """Whoever was named once must be found when they are to be erased. A row for more than was
    named, as one that was made from the words of a journal, does no harm."""
    for ref in sorted(played.former - files.former):
        yield Break(None, "rows-differ", f"that {ref} was named before is in the journal only")
    for ref in sorted(files.former):
        if not any(f'"{ref}"' in entry.payload for entry in files.entries):
            yield Break(None, "rows-differ", f"that {ref} was named before is in the rows only")


def _is_kept(text: str, state: State) -> bool:
    try:
        return states.is_kept(text, state)
    except ValueError:
        return False


def _check_items(items: list[WorkItem], wanted: Mapping[int, Mapping[str, Any]]) -> Iterator[Break]:
    rows = {row.number: row for row in items}
    for number in sorted(rows.keys() ^ wanted.keys()):
        side = "rows" if number in rows else "journal"
        yield Break(None, "rows-differ", f"item {number} is in the {side} only")
    for number in sorted(rows.keys() & wanted.keys()):
        yield from _differences(f"item {number}", rows[number], wanted[number])


def _check_timers(timers: list[Timer], state: State) -> Iterator[Break]:
    rows = {row.timer: row for row in timers}
    for timer in sorted(rows.keys() ^ state.timers.keys()):
        side = "rows" if timer in rows else "state"
        yield Break(None, "rows-differ", f"timer {timer} is set in the {side} only")
    for timer in sorted(rows.keys() & state.timers.keys()):
        row, wanted = rows[timer], projection.timer_columns(state.timers[timer])
        if row.attempts == 0:
            wanted = {**wanted, "next_try_at": state.timers[timer].at}
        yield from _differences(f"timer {timer}", row, wanted)


def _differences(what: str, row: Any, wanted: Mapping[str, Any]) -> Iterator[Break]:
    for column, value in wanted.items():
        if getattr(row, column) != value:
            yield Break(None, "rows-differ", f"{what}: {column}")


def check_personal(files: Files) -> Iterator[Break]:
    """Every personal value that does not open its seal, and every seal without its value."""
    for _, row in sorted(files.personal.items()):
        if row.erased_at is None and personal.commitment(row.salt, row.value) != row.commitment:
            yield _break(row, "it is not what was committed to")
        elif row.erased_at is None and not _is_readable(row.value):
            yield _break(row, "it cannot be read")
    for entry, events in zip(files.entries, files.events, strict=True):
        for seal in sorted(set(personal.seals_in(events)), key=lambda each: each.ref):
            kept = files.personal.get(seal.ref)
            if kept is None or kept.commitment != seal.commitment:
                yield Break(entry.seq, "commitment-broken", f"no value fits the seal {seal.ref}")


def check_erasures(files: Files) -> Iterator[Break]:
    """Every personal value that is gone, or there, although a whole journal says otherwise."""
    events = [event for each in files.events for event in each]
    sealed = {seal.ref for seal in personal.seals_in(events)}
    erasures = (event for event in events if isinstance(event, e.ValuesErased))
    erased = {ref: event.at for event in erasures for ref in event.refs}
    for ref, row in sorted(files.personal.items()):
        if ref not in sealed:
            yield _break(row, "the journal knows nothing of it")
        if row.erased_at != erased.get(ref):
            yield _break(row, "the journal tells another erasure, or none")
        if row.erased_at is not None and (row.value or row.salt):
            yield _break(row, "it is marked as erased, and is not")


def _break(row: PersonalValue, what: str) -> Break:
    return Break(None, "commitment-broken", f"the value {row.ref} of “{row.field}”: {what}")


def _is_readable(text: str) -> bool:
    try:
        canonical.from_text(text)
    except ValueError:
        return False
    return True


def read_events(entry: JournalEntry) -> tuple[Event, ...]:
    """The events of an entry; none if it cannot be read, which the chain or the replay tells."""
    try:
        return journal.events_of(entry)
    except UNREADABLE:
        return ()
