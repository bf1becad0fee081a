"""Replaying a journal: the state that its events add up to, and the rows that follow from them.

The rows of finished work stand in no state, so they are made again the way they were written, one
entry after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import evolve
from tuoban.kernel.state import NEW, State
from tuoban.runtime.cases import journal, outside, projection, store, versions
from tuoban.runtime.cases.elements import labels_of_new
from tuoban.runtime.cases.models import JournalEntry


@dataclass(slots=True)
class Replay:
    """What a journal says. `items` holds the columns of every work item, open or closed."""

    state: State = NEW
    items: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    elements: dict[int, str] = field(default_factory=dict)
    """Of which element each work item is."""
    named: set[str] = field(default_factory=set)
    """Which customers and assets the case names."""
    former: set[str] = field(default_factory=set)
    """Which it named, and then no longer."""


def replay(definition: Definition, entries: Iterable[JournalEntry]) -> Replay:
    """Replay the entries, which come in the order of their numbers.

    Args:
        definition: the version of the process that the case goes by now.

    Raises:
        ValueError: a payload is not what was written; other errors where it was forged.
    """
    played, entries = Replay(), list(entries)
    events = [journal.events_of(entry) for entry in entries]
    by = versions.of_entries(definition, events)
    for version, entry, made in zip(by, entries, events, strict=True):
        _play(version, entry, made, played)
    return played


def _play(
    definition: Definition, entry: JournalEntry, events: tuple[e.Event, ...], played: Replay
) -> None:
    played.elements |= labels_of_new(definition, played.state, events)
    for event in events:
        played.state = evolve(definition, played.state, event)
    named = _named(definition, played.state)
    played.former |= played.named - named
    played.named = named
    open_items = played.state.items
    rank = store.priority_rank(definition, played.state)
    for event in events:
        if isinstance(event, e.ItemOffered) and event.item not in open_items:
            passing = projection.passing_columns(definition, event, rank)
            played.items[event.item] = {**passing, "element": played.elements[event.item]}
    for item in open_items.values():
        columns = projection.item_columns(definition, played.state, item, rank)
        played.items[item.id] = {**columns, "element": played.elements[item.id]}
    for number, closing in projection.closing(events, entry.at).items():
        played.items[number] = {**played.items[number], **closing}


def _named(definition: Definition, state: State) -> set[str]:
    if not definition.names_files:
        return set()
    return {ref for _, ref in outside.rows_of(definition, state)}
