"""Gates (`needs`): judged again after every command; an open step locks and unlocks with them.

A name in `needs` means done and still counting, in the same round of a loop; what was passed over
counts as done. A gate never touches finished work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Need
from tuoban.kernel.engine.moments import is_open
from tuoban.kernel.state import Item, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def settle(flow: Flow) -> None:
    """Lock and unlock the open steps as their gates, and the moments they open at, now stand."""
    for item in tuple(flow.state.items.values()):
        failing = _failing(flow, item) or None
        if failing is not None and failing != item.locked:
            flow.emit(e.ItemLocked(item.id, failing, flow.surroundings.at))
        elif failing is None and item.locked is not None:
            flow.emit(e.ItemUnlocked(item.id, flow.surroundings.at))


def _failing(flow: Flow, item: Item) -> tuple[int, ...]:
    node = flow.definition.nodes[item.node]
    failing = tuple(
        place
        for place, need in enumerate(node.step.needs)
        if (need.when is None or flow.holds(need.when)) and not _is_met(flow, item, need)
    )
    return failing if is_open(flow, node) else (*failing, e.NOT_YET)


def _is_met(flow: Flow, item: Item, need: Need) -> bool:
    if need.name is not None:
        return is_done(flow.definition, flow.state, item, need.name)
    return flow.holds(need.that)


def is_done(definition: Definition, state: State, item: Item, name: str) -> bool:
    """Whether `name` is done as seen from the item: where both stand in a loop, in its round.

    Passed over counts as done: by its own condition, with a block around it, or because another
    branch of a choice was taken.
    """
    path = definition.path(name)
    shared = _shared_depth(definition.path(item.node), path)
    here = state.activations[state.scope(item.activation)[shared - 1]]
    instances = {here.id, here.continues}
    if any(
        completion.counts and completion.scope[shared - 1] in instances
        for completion in state.completions.get(name, ())
    ) or any(mark.scope[shared - 1] in instances for mark in state.done.get(name, ())):
        return True
    return any(
        _is_passed_by(definition, state, region, shared, instances) for region in path[shared:]
    )


def _is_passed_by(
    definition: Definition, state: State, region: str, shared: int, instances: set[int | None]
) -> bool:
    """Whether the block that owns `region` was passed over, or left without entering it."""
    owner = definition.regions[region].owner
    marks = [
        mark
        for mark in state.done.get(owner or "", ())
        if mark.scope[min(shared, len(mark.scope)) - 1] in instances
    ]
    if any(mark.passed_over for mark in marks):
        return True
    if owner is None or definition.nodes[owner].kind != "choose":
        return False
    live = {each.region for each in state.activations.values()}
    others = set(definition.nodes[owner].regions) - {region}
    was_here = any(
        completion.counts and region in definition.path(completion.node)
        for history in state.completions.values()
        for completion in history
    )
    return region not in live and not was_here and (bool(marks) or bool(others & live))


def _shared_depth(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    depth = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        depth += 1
    return depth
