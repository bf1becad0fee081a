"""`step`: a piece of work, offered to a person or to the holders of a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Node
from tuoban.kernel.engine import joint
from tuoban.kernel.engine.constructs.row import Row
from tuoban.kernel.engine.performers import resolve

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    if node.step.by.agree is not None:
        joint.offer_parts(flow, node, activation)
        return
    offer = resolve(flow, node, activation)
    flow.emit(
        e.ItemOffered(
            item=flow.state.last_item + 1,
            node=node.key,
            activation=activation,
            roles=offer.roles,
            pools=offer.pools,
            person=offer.person,
            assigned=offer.assigned,
            at=flow.surroundings.at,
        )
    )


def _move_on(flow: Flow, node: Node, activation: int) -> None:
    """Withdraw the work, or every part of it: its outcome is that time has run out."""
    number = flow.state.last_item + 1
    flow.emit(e.MovedOn(number, node.key, activation, flow.surroundings.at))
    flow.withdraw_node(node.key, activation)
    flow.leave(node, activation)


ROW = Row(enter=_enter, move_on=_move_on)
