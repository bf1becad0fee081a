"""`each`: the body once for every element of a list, together or one after the other.

The list is read once, on entry. A return into one element leaves the others done; where they come
one after the other, those behind it are done again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Each, Node
from tuoban.kernel.engine.constructs.row import Row, move_on_inside, parent_of
from tuoban.kernel.engine.returning import resume_inside, void_inside
from tuoban.kernel.names import read
from tuoban.kernel.sight import elements_of, instances_below
from tuoban.kernel.state import Activation

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    each = node.holding(Each)
    values = _read(flow, each, activation)
    flow.emit(e.ElementsListed(node.key, activation, values))
    for element in range(1, (len(values) if each.together else min(1, len(values))) + 1):
        flow.enter_region(node.regions[0], activation, element=element)
    if not values:
        flow.leave_block(node, activation)


def _read(flow: Flow, each: Each, activation: int) -> tuple[Any, ...]:
    """The elements, as they are kept; what cannot be kept is null."""
    found = read(each.elements, flow.names(activation))
    if found is None:
        return ()
    return tuple(_kept(value) for value in found) if isinstance(found, list) else (_kept(found),)


def _kept(value: Any) -> Any:
    try:
        return decode(encode(value))
    except (TypeError, ValueError):
        return None


def _region_done(flow: Flow, node: Node, left: Activation) -> None:
    activation = parent_of(left)
    scope = flow.state.scope(activation)
    is_last = left.element >= len(elements_of(flow.state, node.key, scope))
    if node.holding(Each).together:
        if not flow.bodies_below(activation, node.key):
            flow.leave_block(node, activation)
    elif is_last:
        flow.leave_block(node, activation)
    else:
        flow.enter_region(node.regions[0], activation, element=left.element + 1)


def _judge(flow: Flow, node: Node, activation: int) -> bool:
    """Leave the block once enough is done; the rest is withdrawn."""
    enough = node.holding(Each).enough_when
    if enough is None or not flow.holds(enough, activation):
        return False
    flow.withdraw_within(flow.below(activation, node.key))
    flow.leave_block(node, activation)
    return True


def _reopen(flow: Flow, node: Node, activation: int, target: str, scope: tuple[int, ...]) -> None:
    body, state = node.regions[0], flow.state
    depth = flow.definition.path(target).index(body)
    known = {each.scope: each.element for each in state.instances.get(body, ())}
    element = known.get(scope[: depth + 1], 0)
    as_it_was = scope[depth - 1] == activation
    if not as_it_was:
        values = elements_of(state, node.key, scope[:depth])
        flow.emit(e.ElementsListed(node.key, activation, values))
    if not node.holding(Each).together:
        others = instances_below(state, body, scope[:depth])
        void_inside(flow, {each.id for each in others if each.element > element})
    number = scope[depth] if as_it_was else state.last_activation + 1
    continues = None if as_it_was else scope[depth]
    at = flow.surroundings.at
    flow.emit(e.RegionEntered(number, body, activation, 0, continues, at, element))
    resume_inside(flow, node, number, target, scope)


ROW = Row(
    enter=_enter, region_done=_region_done, judge=_judge, reopen=_reopen, move_on=move_on_inside
)
