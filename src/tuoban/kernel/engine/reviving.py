"""What is done again in a place that has been left: the place comes alive for that alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Step
from tuoban.kernel.state import At, Completion, Finished, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

Scope = tuple[int, ...]


def lapsed(definition: Definition, state: State) -> Iterator[tuple[At, Scope]]:
    """What has lapsed and has not been done since, each with the chain of activations it stands in:
    where that lives, or can live again."""
    for key in definition.lapsing:
        newest: dict[int, Completion] = {}
        for made in state.completions.get(key, ()):
            newest[made.scope[-1]] = made
        is_step = isinstance(definition.nodes[key].construct, Step)
        for activation, made in newest.items():
            if made.lapsed and is_step and can_live_again(definition, state, made):
                yield At(key, activation), made.scope
    for at in state.lapsed:
        if at.activation in state.activations:
            yield at, state.scope(at.activation)


def can_live_again(definition: Definition, state: State, made: Finished) -> bool:
    """Whether something may be done again where it was done: what is left of that place may come
    alive, but no round of a loop that others came after, and nothing of a reaction or a called
    process that is over."""
    path = definition.path(made.node)
    for depth in range(living_down_to(state, made.scope), len(path)):
        owner = definition.regions[path[depth]].owner
        construct = definition.nodes[owner].construct if owner is not None else None
        if construct is None or construct.is_apart:
            return False
        if construct.repeats and _is_superseded(state, made, depth):
            return False
    return True


def _is_superseded(state: State, made: Finished, depth: int) -> bool:
    """Whether another round of the loop came after the one in which something was done."""
    parent, number = made.scope[depth - 1], made.scope[depth]
    region = state.left[number].region if number in state.left else ""
    rounds = (*state.left.values(), *state.activations.values())
    return any(
        (each.parent, each.region) == (parent, region) and each.id > number for each in rounds
    )


def living_down_to(state: State, scope: Scope) -> int:
    """How many of a chain of activations need not come alive: down to the last one that lives."""
    return next(
        (depth for depth in range(len(scope), 0, -1) if scope[depth - 1] in state.activations), 0
    )


def bring_back(flow: Flow, node: str, scope: Scope) -> None:
    """Let the chain of activations live, for something that is done again in the last of them."""
    path = flow.definition.path(node)
    for depth in range(living_down_to(flow.state, scope), len(path)):
        number, region = scope[depth], path[depth]
        was = flow.state.left.get(number)
        flow.emit(
            e.RegionEntered(
                activation=number,
                region=region,
                parent=scope[depth - 1],
                round=was.round if was is not None else 0,
                continues=was.continues if was is not None else None,
                at=flow.surroundings.at,
                element=was.element if was is not None else 0,
                again=True,
            )
        )


def leave_again(flow: Flow, activation: int) -> None:
    """Leave what lived only for something done again, once nothing is open in it any more."""
    at: int | None = activation
    while at is not None:
        live = flow.state.activations[at]
        if not live.again or not flow.is_idle(at):
            return
        flow.emit(e.RegionLeft(at, withdrawn=False))
        at = live.parent


def living_again(state: State, activation: int) -> frozenset[int]:
    """What lives again inside an activation."""
    return frozenset(
        live.id
        for live in state.activations.values()
        if live.id != activation
        and activation in state.holding(live.id)
        and _is_again(state, live.id)
    )


def _is_again(state: State, activation: int) -> bool:
    return any(state.activations[each].again for each in state.holding(activation))
