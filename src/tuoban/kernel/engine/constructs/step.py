"""`step`: a piece of work, offered to a person or to the holders of a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Node
from tuoban.kernel.engine.constructs.row import Row
from tuoban.kernel.engine.performers import resolve

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    offer = resolve(flow, node, activation)
    flow.emit(
        e.ItemOffered(
            item=flow.state.last_item + 1,
            node=node.key,
            activation=activation,
            roles=offer.roles,
            pools=offer.pools,
            person=offer.person,
            assigned=offer.person is not None,
            at=flow.surroundings.at,
        )
    )


ROW = Row(enter=_enter)
