"""Hosts of reactions: which steps and blocks are active, and what runs beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tuoban.kernel.definition import Definition, Node
from tuoban.kernel.state import At, Clock, Item, State


def possible(definition: Definition, state: State) -> Iterator[At]:
    """The reactions that may happen now, each with the activation its host is active in."""
    if state.status != "running":
        return
    for where in active(definition, state):
        for reaction in definition.nodes[where.node].reactions:
            yield At(reaction, where.activation)


def active(definition: Definition, state: State) -> Iterator[At]:
    """The hosts of reactions that are active now, each with the activation that its reactions
    stand in. One that only waits for its reactions to end is not."""
    found: dict[At, None] = {}
    for item in state.items.values():
        if definition.nodes[item.node].reactions:
            found[At(item.node, item.activation)] = None
    for waiting in state.waits.values():
        if definition.nodes[waiting.node].reactions:
            found[At(waiting.node, waiting.activation)] = None
    for live in state.activations.values():
        owner = definition.regions[live.region].owner
        if owner is None or live.parent is None or not definition.nodes[owner].reactions:
            continue
        if live.again:
            continue  # the block itself is over
        inside = stand_inside(definition, definition.nodes[owner])
        found[At(owner, live.id if inside else live.parent)] = None
    yield from (each for each in found if each not in state.waiting)


def stand_inside(definition: Definition, host: Node) -> bool:
    """Whether its reactions stand in the body of a block, so that they see its fields."""
    return definition.nodes[host.reactions[0]].region in host.regions


def is_running(definition: Definition, state: State, host: Node, activation: int) -> bool:
    """Whether anything that the reactions of a host have begun there is not over."""
    regions = {definition.nodes[each].regions[0] for each in host.reactions}
    return any(
        live.parent == activation and live.region in regions for live in state.activations.values()
    )


def runs_on(state: State, activation: int) -> bool:
    """Whether a process that was called in this one, and is not waited for, is not over."""
    return any(each.called_in and each.parent == activation for each in state.activations.values())


def active_since(definition: Definition, state: State, where: At) -> datetime | None:
    """Since when a host has been active: a step, since it was first offered and unlocked."""
    for item in state.items.values():
        if At(item.node, item.activation) == where:
            return item.ready_at
    for waiting in state.waits.values():
        if At(waiting.node, waiting.activation) == where:
            return waiting.since
    node = definition.nodes[where.node]
    inside = stand_inside(definition, node)
    entered = [
        live.at
        for live in state.activations.values()
        if live.region in node.regions and where.activation == (live.id if inside else live.parent)
    ]
    return min((each for each in entered if each is not None), default=None)


def place_of(definition: Definition, state: State, clock: Clock) -> int:
    """The activation in which the reactions stand of what a clock is for."""
    host = definition.nodes[clock.node]
    if clock.item is not None or host.many or not stand_inside(definition, host):
        return clock.activation
    return next(
        live.id
        for live in state.activations.values()
        if live.parent == clock.activation and live.region in host.regions
    )


def open_inside(definition: Definition, state: State, where: At) -> Iterator[Item]:
    """The open work of a host, that of its reactions included: what an interrupting one
    withdraws."""
    host = definition.nodes[where.node]
    regions = {*host.regions, *(definition.nodes[each].regions[0] for each in host.reactions)}
    inside = stand_inside(definition, host)
    for item in state.items.values():
        chain = state.holding(item.activation)
        if inside:
            is_inside = where.activation in chain
        else:
            is_inside = At(item.node, item.activation) == where or any(
                live.parent == where.activation and live.region in regions
                for live in (state.activations[each] for each in chain)
            )
        if is_inside:
            yield item
