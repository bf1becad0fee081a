"""What the rows of several families of events do to the slots of a state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Definition
from tuoban.kernel.state import At, Clock, Entry, State, Taker

K = TypeVar("K")
V = TypeVar("V")

Slots = dict[str, Any]
"""What an event changes: the new values of some of the state's slots."""
Entries = dict[str, tuple[Entry, ...]]
Rows = Mapping[type[Any], Callable[[Definition, State, Any], Slots]]
"""What an event makes of a state, by the class of the event."""


def change(state: State, item: int, **slots: Any) -> Slots:
    return {"items": {**state.items, item: replace(state.items[item], **slots)}}


def without(mapping: Mapping[K, V], key: K) -> dict[K, V]:
    left = dict(mapping)
    left.pop(key, None)
    return left


def without_at(found: tuple[At, ...], node: str, activation: int) -> tuple[At, ...]:
    return tuple(each for each in found if each != At(node, activation)) if found else found


def without_those_of(state: State, item: int) -> Mapping[int, Clock]:
    """The clocks that are not for this item; former journals do not say that its own stopped."""
    if not any(clock.item == item for clock in state.clocks.values()):
        return state.clocks
    return {each: clock for each, clock in state.clocks.items() if clock.item != item}


def with_seals(state: State, *given: Mapping[str, Any]) -> frozenset[str]:
    """The seals with those of values that were given."""
    refs = [value.ref for values in given for value in values.values() if isinstance(value, Sealed)]
    return state.sealed.union(refs) if refs else state.sealed


def taken(state: State, message: str, taker: Taker) -> tuple[Slots, Mapping[str, Any]]:
    """The slot in which something has taken a message, and what that carried; nothing where there
    was none."""
    known = state.received.get(message)
    if known is None:
        return {}, {}
    changed = replace(known, takers=(*known.takers, taker))
    return {"received": {**state.received, message: changed}}, known.values
