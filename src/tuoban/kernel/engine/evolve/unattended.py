"""Events of what the process does without anybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Rows, Slots, taken, without
from tuoban.kernel.limits import TIMEOUT
from tuoban.kernel.state import Completion, State, Taker, Waiting


def _decision_made(definition: Definition, state: State, event: e.DecisionMade) -> Slots:
    scope, data = state.scope(event.activation), {**event.outputs, "rules": event.rules}
    return done_by_itself(state, event.number, event.node, scope, event.at, data)


def _assignment_made(definition: Definition, state: State, event: e.AssignmentMade) -> Slots:
    return done_by_itself(state, event.number, event.node, state.scope(event.activation), event.at)


def _message_sent(definition: Definition, state: State, event: e.MessageSent) -> Slots:
    scope = state.scope(event.activation)
    return done_by_itself(state, event.number, event.node, scope, event.at, event.values)


def _wait_began(definition: Definition, state: State, event: e.WaitBegan) -> Slots:
    waiting = Waiting(event.number, event.node, event.activation, event.at)
    return {"waits": {**state.waits, event.number: waiting}, "last_item": event.number}


def _wait_ended(definition: Definition, state: State, event: e.WaitEnded) -> Slots:
    waiting = state.waits[event.number]
    scope = state.scope(waiting.activation)
    taker = Taker(event.number, event.node, state.elements_around(waiting.activation))
    slots, values = taken(state, event.message, taker)
    return {
        "waits": without(state.waits, event.number),
        **done_by_itself(state, event.number, event.node, scope, event.at, values),
        **slots,
    }


def _wait_withdrawn(definition: Definition, state: State, event: e.WaitWithdrawn) -> Slots:
    return {"waits": without(state.waits, event.number)}


def _moved_on(definition: Definition, state: State, event: e.MovedOn) -> Slots:
    if event.number is None:
        return {}
    scope, here = state.scope(event.activation), (event.node, event.activation)
    items = {key for key, item in state.items.items() if (item.node, item.activation) == here}
    late = sum(each.item in items and each.has_run_out(event.at) for each in state.clocks.values())
    return done_by_itself(
        state, event.number, event.node, scope, event.at, outcome=TIMEOUT, late=late
    )


def done_by_itself(
    state: State,
    number: int,
    node: str,
    scope: tuple[int, ...],
    at: datetime,
    data: Mapping[str, Any] = MappingProxyType({}),
    outcome: str | None = None,
    late: int = 0,
) -> Slots:
    """What the process did without anybody is kept like finished work."""
    done = Completion(
        item=number,
        node=node,
        scope=scope,
        by="",
        at=at,
        outcome=outcome,
        data=dict(data),
        checked=(),
        signatures={},
        late=late,
    )
    history = (*state.completions.get(node, ()), done)
    return {
        "completions": {**state.completions, node: history},
        "last_item": max(state.last_item, number),
    }


ROWS: Rows = {
    e.DecisionMade: _decision_made,
    e.AssignmentMade: _assignment_made,
    e.MessageSent: _message_sent,
    e.WaitBegan: _wait_began,
    e.WaitEnded: _wait_ended,
    e.WaitWithdrawn: _wait_withdrawn,
    e.MovedOn: _moved_on,
}
