"""Events of what services do and know."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Rows, Slots, change, without
from tuoban.kernel.state import Performed, State


def _activity_done(definition: Definition, state: State, event: e.ActivityDone) -> Slots:
    done = Performed(
        event.item, event.node, event.activation, event.activity, event.given, event.keeps
    )
    others = {number: each for number, each in state.performed.items() if number != event.settles}
    return {"performed": {**others, event.item: done}}


def _activity_undone(definition: Definition, state: State, event: e.ActivityUndone) -> Slots:
    return {"performed": without(state.performed, event.item)}


def _activity_failed(definition: Definition, state: State, event: e.ActivityFailed) -> Slots:
    return change(state, event.item, failed=event.reasons)


def _facts_changed(definition: Definition, state: State, event: e.FactsChanged) -> Slots:
    return {"facts": {**state.facts, **event.values}}


ROWS: Rows = {
    e.ActivityDone: _activity_done,
    e.ActivityUndone: _activity_undone,
    e.ActivityFailed: _activity_failed,
    e.FactsChanged: _facts_changed,
}
