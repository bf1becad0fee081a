"""Gates (`needs`): judged again after every command; an open step locks and unlocks with them.

A name in `needs` means done and still counting, in the same round of a loop; what was passed over
counts as done. A gate never touches finished work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Need, Node
from tuoban.kernel.engine.moments import is_open
from tuoban.kernel.sight import is_each, shared, undecided
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
    failing = failing_needs(flow, node, item.activation) if node.gate else ()
    if node.opens is not None and not is_open(flow, node, item.activation):
        failing = (*failing, e.NOT_YET)
    return failing if item.waits_for is None else (*failing, e.SENT_BACK)


def failing_needs(flow: Flow, node: Node, at: int) -> tuple[int, ...]:
    """The places of the needs that fail, as seen from the live activation the node stands in."""
    if not node.gate:
        return ()
    return tuple(
        place
        for place, need in enumerate(node.gate)
        if (need.when is None or flow.holds(need.when, at)) and not _is_met(flow, node, at, need)
    )


def _is_met(flow: Flow, node: Node, at: int, need: Need) -> bool:
    if need.name is not None:
        return is_done(flow.definition, flow.state, node.key, at, need.name)
    return flow.holds(need.that, at)


def is_done(definition: Definition, state: State, node: str, at: int, name: str) -> bool:
    """Whether `name` is done as seen from a node in the live activation `at`: where both stand in a
    loop, in its round; what stands inside an `each` that the node is not in, by every element.

    Passed over counts as done: by its own condition, with a block around it, or because another
    branch of a choice was taken.
    """
    path = definition.path(name)
    depth = shared(definition.path(node), path)
    here = state.known(state.scope(at)[depth - 1])
    instances = {here.id, here.continues}
    if _runs_on(definition, state, name, depth, instances):
        return False
    return _is_done_in(definition, state, name, depth, instances)


def _runs_on(
    definition: Definition, state: State, name: str, depth: int, instances: set[int | None]
) -> bool:
    """Whether a process that was called there, and is not waited for, is not over."""
    regions = definition.nodes[name].regions
    return any(
        live.region in regions and live.called_in[depth - 1] in instances
        for live in state.activations.values()
        if live.called_in
    )


def _is_done_in(
    definition: Definition, state: State, name: str, depth: int, instances: set[int | None]
) -> bool:
    """The same within these instances of the region at `depth` of the regions around `name`."""
    path = definition.path(name)
    inner = next((at for at in range(depth, len(path)) if is_each(definition, path[at])), None)
    if inner is not None:
        return _is_done_by_all(definition, state, name, depth, inner, instances)
    if any(
        completion.counts
        and completion.scope[depth - 1] in instances
        and completion.scope[-1] not in undecided(state, name)
        for completion in state.completions.get(name, ())
    ) or _is_marked(state, name, depth, instances):
        return True
    return any(
        _is_passed_by(definition, state, region, depth, instances) for region in path[depth:]
    )


def _is_done_by_all(
    definition: Definition,
    state: State,
    name: str,
    depth: int,
    inner: int,
    instances: set[int | None],
) -> bool:
    """The same of something inside an `each`, whose body is the region at `inner`: every element
    must have done it, unless the `each` has been left."""
    path = definition.path(name)
    body = path[inner]
    owner = definition.regions[body].owner or ""
    if _is_marked(state, owner, depth, instances) or any(
        _is_passed_by(definition, state, region, depth, instances)
        for region in path[depth : inner + 1]
    ):
        return True
    listed = [each for each in state.listed.get(owner, ()) if each.scope[depth - 1] in instances]
    known = [each for each in state.instances.get(body, ()) if each.scope[depth - 1] in instances]
    for number in range(1, len(listed[-1].values) + 1 if listed else 1):
        of_it = [each for each in known if each.element == number]
        ids = {one for each in of_it for one in (each.id, each.continues)} - {None}
        if not ids or not _is_done_in(definition, state, name, inner + 1, ids):
            return False
    return bool(listed)


def _is_marked(state: State, node: str, depth: int, instances: set[int | None]) -> bool:
    """Whether a block was left, or a construct passed over, in one of these instances."""
    return any(mark.scope[depth - 1] in instances for mark in state.done.get(node, ()))


def _is_passed_by(
    definition: Definition, state: State, region: str, depth: int, instances: set[int | None]
) -> bool:
    """Whether the block that owns `region` was passed over, or left without entering it."""
    owner = definition.regions[region].owner
    marks = [
        mark
        for mark in state.done.get(owner or "", ())
        if mark.scope[min(depth, len(mark.scope)) - 1] in instances
    ]
    if any(mark.passed_over for mark in marks):
        return True
    if owner is None or not definition.nodes[owner].construct.enters_one:
        return False
    live = {
        around
        for each in state.activations.values()
        for around in definition.region_paths[each.region]
    }
    others = set(definition.nodes[owner].regions) - {region}
    was_here = any(
        region in definition.path(node) and any(each.counts for each in history)
        for node, history in state.completions.items()
    )
    return region not in live and not was_here and (bool(marks) or bool(others & live))
