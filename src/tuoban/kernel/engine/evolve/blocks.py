"""Events of blocks and of the regions that are entered for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Rows, Slots, without, without_at
from tuoban.kernel.state import (
    Activation,
    At,
    Done,
    Instance,
    Listed,
    Loop,
    Reentry,
    State,
    Turn,
)


def _region_entered(definition: Definition, state: State, event: e.RegionEntered) -> Slots:
    activation = Activation(
        id=event.activation,
        region=event.region,
        parent=event.parent,
        round=event.round,
        continues=event.continues,
        at=event.at,
        element=event.element,
        again=event.again,
        called_in=event.called_in,
    )
    slots: Slots = {
        "activations": {**state.activations, event.activation: activation},
        "last_activation": max(state.last_activation, event.activation),
    }
    owner = definition.regions[event.region].owner
    if owner is None or event.parent is None or event.again:
        return slots
    scope = event.called_in or state.scope(event.parent)
    if event.round:
        slots["loops"] = _with_loop(state, owner, Loop(scope, event.round))
    if definition.keeps(event.region) and event.activation > state.last_activation:
        instance = Instance((*scope, event.activation), event.element, event.continues)
        known = state.instances.get(event.region, ())
        slots["instances"] = {**state.instances, event.region: (*known, instance)}
    return slots


def _with_loop(state: State, node: str, loop: Loop) -> Mapping[str, tuple[Loop, ...]]:
    """The loops, with this one in the place of what was known of it."""
    others = tuple(each for each in state.loops.get(node, ()) if each.scope != loop.scope)
    return {**state.loops, node: (*others, loop)}


def _region_left(definition: Definition, state: State, event: e.RegionLeft) -> Slots:
    slots: Slots = {"activations": without(state.activations, event.activation)}
    for slot in ("turns", "reentries", "lapsed", "again", "waiting"):
        found: tuple[At | Turn | Reentry, ...] = getattr(state, slot)
        if found and any(each.activation == event.activation for each in found):
            slots[slot] = tuple(each for each in found if each.activation != event.activation)
    if event.activation in state.windings:
        slots["windings"] = without(state.windings, event.activation)
    live = state.activations[event.activation]
    comes_back = live.round or live.element or live.continues is not None
    if comes_back or any(live.id in each.called_in for each in state.activations.values()):
        slots["left"] = {**state.left, live.id: live}
    return slots


def _branch_chosen(definition: Definition, state: State, event: e.BranchChosen) -> Slots:
    return {}


def _elements_listed(definition: Definition, state: State, event: e.ElementsListed) -> Slots:
    scope = state.scope(event.activation)
    others = tuple(each for each in state.listed.get(event.node, ()) if each.scope != scope)
    return {"listed": {**state.listed, event.node: (*others, Listed(scope, event.values))}}


def _passed_over(definition: Definition, state: State, event: e.PassedOver) -> Slots:
    return _mark_done(state, event.node, event.activation, passed_over=True)


def _block_done(definition: Definition, state: State, event: e.BlockDone) -> Slots:
    slots = _mark_done(state, event.node, event.activation, event.covered, passed_over=False)
    return slots | {"lapsed": without_at(state.lapsed, event.node, event.activation)}


def _mark_done(
    state: State,
    node: str,
    activation: int,
    covered: tuple[tuple[int, str, Any], ...] = (),
    *,
    passed_over: bool,
) -> Slots:
    mark = Done(node, state.scope(activation), passed_over, covered)
    slots: Slots = {"done": {**state.done, node: (*state.done.get(node, ()), mark)}}
    if state.waiting:
        slots["waiting"] = tuple(each for each in state.waiting if each != At(node, activation))
    return slots


def _done_voided(definition: Definition, state: State, event: e.DoneVoided) -> Slots:
    marks = state.done.get(event.node, ())
    kept = tuple(mark for mark in marks if mark.scope[-1] != event.activation)
    lapsed = without_at(state.lapsed, event.node, event.activation)
    return {"done": {**state.done, event.node: kept}, "lapsed": lapsed}


def _loop_left(definition: Definition, state: State, event: e.LoopLeft) -> Slots:
    scope = _scope_of_loop(state, event.node, event.activation)
    return {"loops": _with_loop(state, event.node, Loop(scope, event.rounds, event.exhausted))}


def _loop_reset(definition: Definition, state: State, event: e.LoopReset) -> Slots:
    scope = _scope_of_loop(state, event.node, event.activation)
    others = tuple(each for each in state.loops.get(event.node, ()) if each.scope != scope)
    return {"loops": {**state.loops, event.node: others}}


def _scope_of_loop(state: State, node: str, activation: int) -> tuple[int, ...]:
    """Where a run of a loop stands, live or left."""
    found = state.loops.get(node, ())
    chains = (each.scope for each in reversed(found) if activation in (-1, each.scope[-1]))
    return next(chains, ())


def _turn_held(definition: Definition, state: State, event: e.TurnHeld) -> Slots:
    turn = Turn(event.node, event.activation, event.reasons)
    return {"turns": (*_other_turns(state, event.node, event.activation), turn)}


def _turn_freed(definition: Definition, state: State, event: e.TurnFreed) -> Slots:
    return {"turns": _other_turns(state, event.node, event.activation)}


def _other_turns(state: State, node: str, activation: int) -> tuple[Turn, ...]:
    return tuple(each for each in state.turns if (each.node, each.activation) != (node, activation))


def _reentry_held(definition: Definition, state: State, event: e.ReentryHeld) -> Slots:
    back = Reentry(event.node, event.activation, event.target, event.scope)
    return {"reentries": (*_other_reentries(state, event.node, event.activation), back)}


def _reentry_over(definition: Definition, state: State, event: e.ReentryOver) -> Slots:
    return {"reentries": _other_reentries(state, event.node, event.activation)}


def _other_reentries(state: State, node: str, activation: int) -> tuple[Reentry, ...]:
    here = (node, activation)
    return tuple(each for each in state.reentries if (each.node, each.activation) != here)


ROWS: Rows = {
    e.RegionEntered: _region_entered,
    e.RegionLeft: _region_left,
    e.BranchChosen: _branch_chosen,
    e.ElementsListed: _elements_listed,
    e.PassedOver: _passed_over,
    e.BlockDone: _block_done,
    e.DoneVoided: _done_voided,
    e.LoopLeft: _loop_left,
    e.LoopReset: _loop_reset,
    e.TurnHeld: _turn_held,
    e.TurnFreed: _turn_freed,
    e.ReentryHeld: _reentry_held,
    e.ReentryOver: _reentry_over,
}
