"""`parallel`: branches at the same time, each a region; left when all that were entered are done.

A return into a branch after the join brings only that branch back; the others stay done, and the
join waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node, Parallel
from tuoban.kernel.engine.constructs.row import Row, parent_of
from tuoban.kernel.engine.returning import revive
from tuoban.kernel.state import Activation

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    wanted = [
        region
        for region, condition in zip(node.regions, node.holding(Parallel).conditions, strict=True)
        if flow.holds(condition, activation)
    ]
    for region in wanted:
        flow.enter_region(region, activation)
    if not wanted:
        flow.leave_block(node, activation)


def _region_done(flow: Flow, node: Node, left: Activation) -> None:
    activation = parent_of(left)
    if not flow.bodies_below(activation, node.key):
        flow.leave_block(node, activation)


ROW = Row(enter=_enter, region_done=_region_done, reopen=revive)
