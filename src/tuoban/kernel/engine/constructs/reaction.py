"""A reaction of `during`: when what it has begun is over, its host may be left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node, Reaction
from tuoban.kernel.engine import hosts
from tuoban.kernel.engine.constructs.row import Row, move_on_inside, parent_of
from tuoban.kernel.state import Activation, At

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    raise TypeError(f"{node.key}: a reaction has no turn in the flow")


def _region_done(flow: Flow, node: Node, left: Activation) -> None:
    reaction = node.holding(Reaction)
    if not reaction.host:
        return  # nothing comes behind what is done last
    host = flow.definition.nodes[reaction.host]
    where = parent_of(left)
    if At(host.key, where) in flow.state.waiting and not hosts.is_running(
        flow.definition, flow.state, host, where
    ):
        flow.go_on(host, where)


ROW = Row(enter=_enter, region_done=_region_done, move_on=move_on_inside)
