"""Gates (`needs`): judged again after every command; an open step locks and unlocks with them.

A name in `needs` means done and still counting, in the same round of a loop; what was passed over
counts as done. A gate never touches finished work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Need, Text
from tuoban.kernel.engine import clocks
from tuoban.kernel.state import Item, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def settle(flow: Flow) -> None:
    """Lock and unlock the open steps as their gates now stand, and start or stop their clocks."""
    for item in tuple(flow.state.items.values()):
        failing = _failing(flow, item) or None
        if failing is not None and failing != item.locked:
            flow.emit(e.ItemLocked(item.id, failing))
            clocks.stop(flow, item.id)
        elif failing is None and item.locked is not None:
            flow.emit(e.ItemUnlocked(item.id))


def _failing(flow: Flow, item: Item) -> tuple[int, ...]:
    needs = flow.definition.nodes[item.node].step.needs
    return tuple(
        place
        for place, need in enumerate(needs)
        if (need.when is None or flow.holds(need.when)) and not _is_met(flow, item, need)
    )


def _is_met(flow: Flow, item: Item, need: Need) -> bool:
    if need.name is not None:
        return is_done(flow.definition, flow.state, item, need.name)
    return flow.holds(need.that)


def is_done(definition: Definition, state: State, item: Item, name: str) -> bool:
    """Whether `name` is done as seen from the item: where both stand in a loop, in its round."""
    here = state.scope(item.activation)
    shared = _shared_depth(definition.path(item.node), definition.path(name))
    resumed = any(state.activations[each].resumed for each in here[:shared])

    def seen_from_here(scope: tuple[int, ...]) -> bool:
        return resumed or scope[shared - 1] == here[shared - 1]

    return any(
        completion.counts and seen_from_here(completion.scope)
        for completion in state.completions.get(name, ())
    ) or any(seen_from_here(mark.scope) for mark in state.done.get(name, ()))


def reasons(definition: Definition, item: Item) -> tuple[Text, ...]:
    """Why a locked step is locked, for people to read."""
    needs = definition.nodes[item.node].step.needs
    return tuple(_reason(definition, needs[place]) for place in item.locked or ())


def _reason(definition: Definition, need: Need) -> Text:
    if need.otherwise is not None:
        return need.otherwise
    label = (
        definition.nodes[need.name].label if need.name is not None else Text("条件", "condition")
    )
    return Text(f"“{label.zh}”还没有完成", f"“{label.en}” is not done yet")


def _shared_depth(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    depth = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        depth += 1
    return depth
