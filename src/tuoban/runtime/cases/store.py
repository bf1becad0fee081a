"""Loading and saving a case within a command. No other module does either."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
from tuoban.kernel.state import NEW, State
from tuoban.runtime.cases import definitions, journal, outside, projection, states, titles, versions
from tuoban.runtime.cases.models import NEVER, Case, PublishedDefinition
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people.models import Unit


class LostUpdate(RuntimeError):
    """Somebody else has moved the case since it was read, in spite of the lock."""


@dataclass(slots=True)
class Loaded:
    """A case in the hands of one command. A new case's row is not written yet."""

    row: Case
    definition: Definition
    state: State

    @property
    def zone(self) -> ZoneInfo:
        return self.row.unit.zone


def new(published: PublishedDefinition, unit: Unit, number: str) -> Loaded:
    row = Case(
        number=number,
        definition=published,
        unit=unit,
        seq=0,
        head=journal.BEGINNING,
        due_sort=NEVER,
    )
    return Loaded(row, definitions.compiled(published), NEW)


def lock(case_id: int, *, skip_locked: bool = False) -> Loaded | None:
    """Read a case and keep others from moving it until the transaction ends.

    On PostgreSQL its row is locked; on SQLite the transaction began as a writing one, so nobody
    else writes. None only with `skip_locked`, when another transaction holds the case.

    Raises:
        RuntimeRefused: `unknown-case`.
    """
    rows = Case.objects.select_related("definition", "unit").defer(
        "definition__text", "definition__translations", "definition__bases"
    )
    held = rows.select_for_update(of=("self",), skip_locked=skip_locked)
    row = held.filter(pk=case_id).first()
    if row is None:
        if skip_locked:
            return None
        raise RuntimeRefused("unknown-case")
    definition = definitions.compiled(row.definition)
    return Loaded(row, definition, states.read(row, definition))


def save(loaded: Loaded, command: Command, decision: Decision, at: datetime) -> None:
    """Write what a command did: the case, its journal entry, its work items and timers."""
    row, read_at = loaded.row, loaded.row.seq
    changed = _fill(row, loaded.definition, decision.state)
    entry = journal.next_entry(row, command, decision.events, at)
    _write(row, read_at, changed)
    entry.case = row
    entry.save(force_insert=True)
    projection.project(row, loaded.definition, loaded.state, decision, at)
    outside.project(row.pk, loaded.definition, loaded.state, decision.state)
    loaded.state = decision.state


def follow(loaded: Loaded, events: Sequence[Event]) -> None:
    """Let a case that was migrated by these events go by the version that they name."""
    moved = versions.migration(events)
    if moved is not None:
        found = PublishedDefinition.objects.defer(*definitions.TEXTS)
        loaded.row.definition = found.get(slug=moved.slug, version=moved.version)
        loaded.definition = definitions.compiled(loaded.row.definition)


def _fill(row: Case, definition: Definition, state: State) -> set[str]:
    """Put the state into the row; the columns that thereby differ, beside `_MOVING`."""
    columns = case_columns(definition, state, row.unit.zone)
    changed = {name for name, value in columns.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, columns[name])
    row.state = states.to_text(state)
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
        "owner_id": int(owned.person) if owned.person is not None else None,
        "owner_role": owned.role or "",
        "asked_by_id": int(state.by) if state.asked_in and state.by else None,
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


def _write(row: Case, read_at: int, changed: Collection[str]) -> None:
    if row.pk is None:
        row.save(force_insert=True)
        return
    columns = {name: getattr(row, name) for name in (*_MOVING, *changed)}
    if not Case.objects.filter(pk=row.pk, seq=read_at).update(**columns):
        raise LostUpdate(f"case {row.number} has moved on from entry {read_at}")
