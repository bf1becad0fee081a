"""Which clock a piece of work has to be done by: its own, or that of something it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tuoban.kernel.definition import Definition
from tuoban.kernel.limits import is_due
from tuoban.kernel.state import Clock, Item, State


def clocks_over(definition: Definition, state: State, item: Item) -> Iterator[Clock]:
    """The clocks that hold for a work item: its own, or that of what it is
    a signer's part of, those of the blocks around it, the case's."""
    if not state.clocks:
        return
    around = _around(definition, state, item)
    whole = item.part.of if item.part is not None else item.id
    for clock in state.clocks.values():
        if is_due(clock.limit) and (
            clock.item == whole
            or (clock.item is None and (not clock.node or (clock.node, clock.activation) in around))
        ):
            yield clock


def governing(definition: Definition, state: State, item: Item) -> Clock | None:
    """Of the clocks that hold for a work item, the one that runs out first; None: none is due."""
    return _first(clocks_over(definition, state, item))


def first_due(state: State) -> Clock | None:
    """Of all the clocks of a case, the one that runs out first; None if none is due."""
    return _first(each for each in state.clocks.values() if is_due(each.limit))


def _first(clocks: Iterator[Clock]) -> Clock | None:
    due = (each for each in clocks if each.due is not None)
    return min(due, key=_due_and_id, default=None)


def _due_and_id(clock: Clock) -> tuple[datetime | None, int]:
    return clock.due, clock.id


def _around(definition: Definition, state: State, item: Item) -> set[tuple[str, int]]:
    """The blocks around an item, each with the activation it stands in, and with its own, which
    is what the limits of an element or of a reaction go by."""
    found = set()
    for activation in state.holding(item.activation):
        live = state.activations[activation]
        owner = definition.regions[live.region].owner
        if owner is not None and live.parent is not None:
            found |= {(owner, live.parent), (owner, live.id)}
    return found
