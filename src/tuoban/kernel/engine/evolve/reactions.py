"""Events of what may happen beside the flow."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Reaction
from tuoban.kernel.engine.evolve.changes import Rows, Slots, taken, without_at
from tuoban.kernel.state import At, Completion, State, Taker


def _reaction_begun(definition: Definition, state: State, event: e.ReactionBegun) -> Slots:
    taker = Taker(event.number, event.node, state.elements_around(event.activation))
    slots, values = taken(state, event.message, taker)
    scope = state.scope(event.activation)
    slots |= _with_occurrence(state, event, by=event.by, scope=scope, outcome=None, data=values)
    if definition.nodes[event.node].holding(Reaction).condition is not None:
        slots["held"] = (*state.held, At(event.node, event.activation))
    return slots


def _call_ended(definition: Definition, state: State, event: e.CallEnded) -> Slots:
    scope = event.scope or state.scope(event.activation)
    return _with_occurrence(state, event, by="", scope=scope, outcome=event.outcome)


def _with_occurrence(
    state: State,
    event: e.ReactionBegun | e.CallEnded,
    *,
    by: str,
    scope: tuple[int, ...],
    outcome: str | None,
    data: Mapping[str, Any] = MappingProxyType({}),
) -> Slots:
    happened = Completion(
        item=event.number,
        node=event.node,
        scope=scope,
        by=by,
        at=event.at,
        outcome=outcome,
        data=dict(data),
        checked=(),
        signatures={},
        place=event.occurrence,
    )
    history = (*state.completions.get(event.node, ()), happened)
    return {
        "completions": {**state.completions, event.node: history},
        "last_item": event.number,
    }


def _condition_fell(definition: Definition, state: State, event: e.ConditionFell) -> Slots:
    fallen = At(event.node, event.activation)
    return {"held": tuple(each for each in state.held if each != fallen)}


def _host_left(definition: Definition, state: State, event: e.HostLeft) -> Slots:
    return {"waiting": without_at(state.waiting, event.node, event.activation)}


def _block_waits(definition: Definition, state: State, event: e.BlockWaits) -> Slots:
    return {"waiting": (*state.waiting, At(event.node, event.activation))}


ROWS: Rows = {
    e.ReactionBegun: _reaction_begun,
    e.CallEnded: _call_ended,
    e.ConditionFell: _condition_fell,
    e.HostLeft: _host_left,
    e.BlockWaits: _block_waits,
}
