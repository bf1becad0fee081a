"""Events of what the fields hold."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Entries, Rows, Slots, with_seals
from tuoban.kernel.rows import last_key
from tuoban.kernel.state import Entry, State


def _fields_set(definition: Definition, state: State, event: e.FieldsSet) -> Slots:
    slots = {
        "sealed": with_seals(state, event.values),
        "last_row": last_key(state.last_row, event.values),
    }
    if event.place:
        here = _with_entries(state.places.get(event.place, {}), event)
        return {"places": {**state.places, event.place: here}, **slots}
    return {
        "values": {**state.values, **event.values},
        "entries": _with_entries(state.entries, event),
        **slots,
    }


def _with_entries(given: Mapping[str, tuple[Entry, ...]], event: e.FieldsSet) -> Entries:
    entries = {
        name: (*given.get(name, ()), Entry(event.item, value, event.by or ""))
        for name, value in event.values.items()
    }
    return {**given, **entries}


def _field_corrected(definition: Definition, state: State, event: e.FieldCorrected) -> Slots:
    given = e.FieldsSet(event.number, event.values, event.by, event.place)
    return {**_fields_set(definition, state, given), "last_item": event.number}


def _facts_learned(definition: Definition, state: State, event: e.FactsLearned) -> Slots:
    return {"about": {**state.about, event.ref: event.facts}}


def _facts_written(definition: Definition, state: State, event: e.FactsWritten) -> Slots:
    known = {**state.about.get(event.ref, {}), **event.facts}
    return {"about": {**state.about, event.ref: known}}


def _values_erased(definition: Definition, state: State, event: e.ValuesErased) -> Slots:
    return {"sealed": state.sealed - frozenset(event.refs)}


ROWS: Rows = {
    e.FieldsSet: _fields_set,
    e.FieldCorrected: _field_corrected,
    e.FactsLearned: _facts_learned,
    e.FactsWritten: _facts_written,
    e.ValuesErased: _values_erased,
}
