"""The digest chain of a case's journal, checked link by link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import NamedTuple

from tuoban.kernel.commands import Migrate
from tuoban.runtime.cases import journal
from tuoban.runtime.cases.models import Case, JournalEntry


class Break(NamedTuple):
    """A place where something does not hold; `seq` is None for the case as a whole."""

    seq: int | None
    kind: str
    detail: str


def check_chain(case: Case, entries: Sequence[JournalEntry]) -> Iterator[Break]:
    """Every break in the journal, whose entries come in the order of their numbers."""
    before: JournalEntry | None = None
    for entry in entries:
        expected = before.seq + 1 if before is not None else 1
        if entry.seq > expected:
            yield Break(expected, "missing", f"no entry {_span(expected, entry.seq - 1)}")
        elif not _follows(before, entry):
            yield Break(entry.seq, "tampered", "it does not follow from the entry before it")
        if journal.digest(case.number, entry) != entry.digest:
            yield _explain(case, entry, entries)
        before = entry
    yield from _check_end(case, before)
    if entries and entries[0].seq == 1:
        yield from _check_definition(case, entries)


def _follows(before: JournalEntry | None, entry: JournalEntry) -> bool:
    return entry.previous == (before.digest if before is not None else journal.BEGINNING)


def _explain(case: Case, entry: JournalEntry, entries: Sequence[JournalEntry]) -> Break:
    """An entry does not hold its digest: was it changed, or put into another place?"""
    moved = copy(entry)
    for moved.seq in range(1, max(case.seq, len(entries)) + 1):
        if journal.digest(case.number, moved) == entry.digest:
            return Break(entry.seq, "re-ordered", f"it was written as entry {moved.seq}")
    return Break(entry.seq, "tampered", "its content does not match its digest")


def _check_end(case: Case, last: JournalEntry | None) -> Iterator[Break]:
    seq = last.seq if last is not None else 0
    if seq < case.seq:
        yield Break(seq + 1, "missing", f"no entry {_span(seq + 1, case.seq)}")
    elif seq > case.seq:
        yield Break(seq, "tampered", f"the case counts {case.seq} entries only")
    elif last is not None and last.digest != case.head:
        yield Break(seq, "tampered", "it is not the entry that the case ends with")


def _check_definition(case: Case, entries: Sequence[JournalEntry]) -> Iterator[Break]:
    """The case goes by the version that it began with, or was migrated to last."""
    try:
        named = journal.definition_named_by(entries[0])
        for entry in entries:
            if entry.command == Migrate.__name__:
                named = journal.definition_moved_to(entry) or named
    except ValueError:
        named = {}
    if named != journal.identify(case.definition):
        yield Break(1, "tampered", "it names another definition than the case")


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"
