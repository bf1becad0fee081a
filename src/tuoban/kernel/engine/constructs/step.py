"""`step`: a piece of work, offered to a person or to the holders of a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Node
from tuoban.kernel.engine.constructs.row import Row
from tuoban.kernel.engine.performers import Offer, candidates, resolve

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    offer = resolve(flow, node, activation)
    if node.step.by.agree is None:
        _offer(flow, node, activation, offer)
        return
    # Where nobody may do it, one part waits for somebody.
    people: list[str | None] = [*sorted(candidates(flow, node, offer.pools))]
    for person in people or [None]:
        part = Offer(offer.roles, offer.pools, person, assigned=person is not None)
        _offer(flow, node, activation, part)


def _offer(flow: Flow, node: Node, activation: int, offer: Offer) -> None:
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


ROW = Row(enter=_enter)
