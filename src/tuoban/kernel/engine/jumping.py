"""Jump 跳转: the head of the unit or an administrator lets a case go on at another step, forwards
or backwards.

The step stands in the same run of steps as the open work, or in one around it. What stands between
is passed over on the way forwards, and undone on the way back. Nothing here lifts `not`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import Jump
from tuoban.kernel.definition import Definition, Node
from tuoban.kernel.engine.order import child_towards
from tuoban.kernel.engine.returning import void_from, withdraw_from
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import At, Item, State
from tuoban.kernel.surroundings import Directory

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def jump(flow: Flow, item: Item, command: Jump) -> None:
    """Let the case go on at another step.

    Raises:
        Refused: `not-head`, `reason-missing`, `suspended`, `not-jumpable`.
    """
    if not may_jump(flow.state, flow.surroundings.directory, command.by):
        raise Refused("not-head")
    if not command.reason.strip():
        raise Refused("reason-missing")
    if flow.state.suspended is not None:
        raise Refused("suspended", {"reason": flow.state.suspended.reason})
    node = flow.definition.nodes[item.node]
    is_again = At(item.node, item.activation) in flow.state.again  # the case goes on elsewhere
    if is_again or command.to not in targets(flow.definition, node):
        known = flow.definition.nodes.get(command.to)
        to = known.label if known is not None else command.to
        raise Refused("not-jumpable", {"step": node.label, "to": to})
    flow.emit(e.WorkJumped(item.id, command.to, command.by, command.reason.strip()))
    _go(flow, item, flow.definition.nodes[command.to])


def may_jump(state: State, directory: Directory, person: str) -> bool:
    """Whether somebody heads the unit of the case or one above it, or is an administrator."""
    if person not in directory.people:
        return False
    units = directory.upwards(state.unit)
    return person in directory.administrators or any(
        directory.heads.get(each) == person for each in units
    )


def targets(definition: Definition, node: Node) -> tuple[str, ...]:
    """The steps at which a case may be let go on from open work at `node`, as the pack writes
    them."""
    around = _regions_around(definition, node)
    return tuple(
        each.key
        for each in definition.nodes.values()
        if each.construct.is_work and each.key != node.key and each.region in around
        if definition.regions[each.region].ordered
    )


def _regions_around(definition: Definition, node: Node) -> tuple[str, ...]:
    """The regions around a step; in a reaction or a called process, only those inside it."""
    found: list[str] = []
    for region in reversed(definition.path(node.key)):
        found.append(region)
        owner = definition.regions[region].owner
        if owner is not None and definition.nodes[owner].construct.is_apart:
            break
    return tuple(found)


def _go(flow: Flow, item: Item, target: Node) -> None:
    definition = flow.definition
    depth = definition.path(item.node).index(target.region)
    activation = flow.state.scope(item.activation)[depth]
    order = definition.regions[target.region].nodes
    here = order.index(child_towards(definition, target.region, item.node))
    there = order.index(target.key)
    if there > here:
        withdraw_from(flow, activation, order[here:there])
        for between in order[here:there]:
            flow.emit(e.PassedOver(between, activation))
    else:
        withdraw_from(flow, activation, order[there:])
        void_from(flow, activation, target.region, target.key)
    flow.row(target).enter(flow, target, activation)
