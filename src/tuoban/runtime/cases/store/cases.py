"""A case in the hands of one command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from tuoban.kernel.commands import Command
from tuoban.kernel.definition import Definition
from tuoban.kernel.due import first_due
from tuoban.kernel.engine import Decision
from tuoban.kernel.events import Event
from tuoban.kernel.owning import owner_of
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import NEW, State
from tuoban.runtime import driver
from tuoban.runtime.cases import definitions, journal, projection, states, titles, versions
from tuoban.runtime.cases.models import NEVER, Case, JournalEntry, PublishedDefinition
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.store import reading
from tuoban.runtime.cases.store.tables import insert, update
from tuoban.runtime.people import marks
from tuoban.runtime.people.ids import user_id
from tuoban.runtime.people.marks import Marks
from tuoban.runtime.people.models import Unit


class LostUpdate(RuntimeError):
    """Somebody else has moved the case since it was read, in spite of the lock."""


@dataclass(slots=True)
class Loaded:
    """A case in the hands of one command. A new case's row is not written yet."""

    row: Case
    definition: Definition
    state: State
    zone: ZoneInfo
    """Of its unit."""
    marks: Marks
    """Those of people and calendars, by which it is decided."""


def new(published: PublishedDefinition, unit: Unit, number: str) -> Loaded:
    row = Case(
        number=number,
        definition=published,
        unit=unit,
        seq=0,
        head=journal.BEGINNING,
        due_sort=NEVER,
    )
    return Loaded(row, definitions.compiled(published), NEW, unit.zone, marks.read())


def lock(case_id: int, *, skip_locked: bool = False) -> Loaded | None:
    """Read a case and keep others from moving it until the transaction ends.

    On PostgreSQL its row is locked; on SQLite the transaction began as a writing one, so nobody
    else writes. None only with `skip_locked`, when another transaction holds the case.

    Raises:
        RuntimeRefused: `unknown-case`.
    """
    found = reading.locked(case_id, skip_locked=skip_locked)
    if found is None:
        if skip_locked:
            return None
        raise RuntimeRefused("unknown-case")
    return _loaded(found)


def lock_of_item(item_id: int) -> tuple[Loaded, int]:
    """The same of the case that a piece of work is of, with the number of the work in it.

    Raises:
        Refused: `unknown-item`.
    """
    found = reading.locked_of_item(item_id)
    if found is None:
        raise Refused("unknown-item")
    return _loaded(found), found.item


def _loaded(found: reading.Found) -> Loaded:
    definition = definitions.compiled_as(found.digest, found.row.definition_id)
    state = states.read(found.row, definition)
    return Loaded(found.row, definition, state, ZoneInfo(found.time_zone), found.marks)


def save(loaded: Loaded, command: Command, decision: Decision, at: datetime) -> None:
    """Write what a command did: the case, its journal entry, its work items and timers."""
    row, before = loaded.row, loaded.state
    read_at = row.seq
    changed = _fill(row, loaded.definition, decision.state, loaded.zone)
    entry = journal.next_entry(row, command, decision.events, at)
    if row.pk is None:
        row.save(force_insert=True)
    moved = {each: getattr(row, each) for each in (*_MOVING, *changed)}
    # A new row stands already as it is to be.
    known_at = {"id": row.pk, "seq": read_at or row.seq}
    written = driver.write_all(
        [
            update(Case, moved, known_at),
            insert(JournalEntry, {**entry, "case_id": row.pk}),
            *projection.project(row, loaded.definition, before, decision, at),
        ]
    )
    if not written[0]:
        raise LostUpdate(f"case {row.number} has moved on from entry {read_at}")
    projection.follow(row, loaded.definition, before, decision, at)
    loaded.state = decision.state


def follow(loaded: Loaded, events: Sequence[Event]) -> None:
    """Let a case that was migrated by these events go by the version that they name."""
    moved = versions.migration(events)
    if moved is not None:
        found = PublishedDefinition.objects.defer(*definitions.TEXTS)
        loaded.row.definition = found.get(slug=moved.slug, version=moved.version)
        loaded.definition = definitions.compiled(loaded.row.definition)


def _fill(row: Case, definition: Definition, state: State, zone: tzinfo) -> set[str]:
    """Put the state into the row; the columns that thereby differ, beside `_MOVING`."""
    columns = case_columns(definition, state, zone)
    changed = {name for name, value in columns.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, columns[name])
    row.state = states.text_after(row.state, state)
    return changed


def case_columns(definition: Definition, state: State, zone: tzinfo) -> dict[str, Any]:
    """What the row of a case holds for searching and sorting."""
    due = first_due(state)
    title = titles.make_title(definition, state, zone)
    owned = owner_of(definition, state)
    return {
        "unit_id": state.unit,
        "status": state.status,
        "outcome": state.outcome or "",
        "title": title,
        "title_words": titles.without_personal(title),
        "priority_rank": priority_rank(definition, state),
        "due_sort": (due.due if due is not None else None) or NEVER,
        "suspended": state.suspended is not None,
        "shelf": _shelf(definition, state),
        "keep_until": state.keep_until,
        "owner_id": user_id(owned.person),
        "owner_role": owned.role or "",
        "asked_by_id": user_id(state.by) if state.asked_in else None,
        "started_at": state.started_at,
        "ended_at": state.ended_at,
    }


def _shelf(definition: Definition, state: State) -> str:
    """Where in the archive an ended case is kept."""
    archive = definition.case.archive
    if archive is None or state.status != "ended":
        return ""
    return archive.shelf.read(definition.language)[:100]


def priority_rank(definition: Definition, state: State) -> int:
    """The place of the case's priority among its options: 0 is the most urgent, unset the last."""
    name = definition.case.priority
    if name is None:
        return 0
    keys = [key for key, _ in definition.fields[name].options]
    value = state.values.get(name)
    return keys.index(value) if value in keys else len(keys)


_MOVING = ("definition_id", "seq", "head", "state")
"""What every command may move."""
