"""By which version of its process each entry of a case's journal is to be read.

A case begins on one version and may be migrated to others. The entry of a migration, in which
nothing but clocks comes before it, is read with the version that it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuoban.kernel.definition import Definition
from tuoban.kernel.events import CaseMigrated, Event
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.refusals import RuntimeRefused


def of_entries(now: Definition, entries: Sequence[Sequence[Event]]) -> Iterator[Definition]:
    """The version for the events of each entry.

    Args:
        now: the version that the case goes by now, by which it began if it was not migrated.

    Raises:
        ValueError: a version is named that is not published, as after tampering.
    """
    moves = [migration(events) for events in entries]
    first = next((each for each in moves if each is not None), None)
    version = _load(first.slug, first.before) if first is not None else now
    for move in moves:
        if move is not None:
            version = _load(move.slug, move.version)
        yield version


def migration(events: Sequence[Event]) -> CaseMigrated | None:
    """The migration among the events of one entry."""
    return next((each for each in events if isinstance(each, CaseMigrated)), None)


def _load(slug: str, version: str) -> Definition:
    try:
        return definitions.load(slug, version)
    except RuntimeRefused as refused:
        raise ValueError(str(refused)) from refused
