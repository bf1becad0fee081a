"""Events of cases of other packs."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Rows, Slots, without
from tuoban.kernel.engine.evolve.unattended import done_by_itself
from tuoban.kernel.state import State, Waiting


def _case_called(definition: Definition, state: State, event: e.CaseCalled) -> Slots:
    if not event.waits:
        scope = state.scope(event.activation)
        return done_by_itself(state, event.number, event.node, scope, event.at)
    waiting = Waiting(event.number, event.node, event.activation, event.at)
    return {"waits": {**state.waits, event.number: waiting}, "last_item": event.number}


def _call_answered(definition: Definition, state: State, event: e.CallAnswered) -> Slots:
    scope = state.scope(state.waits[event.number].activation)
    done = done_by_itself(
        state, event.number, event.node, scope, event.at, event.values, event.outcome
    )
    return {"waits": without(state.waits, event.number), **done}


ROWS: Rows = {e.CaseCalled: _case_called, e.CallAnswered: _call_answered}
