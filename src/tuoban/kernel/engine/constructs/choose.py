"""`choose`: the first branch whose condition is true; if none is, the case goes on behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Choose, Node
from tuoban.kernel.engine.constructs.row import Row, leave_when_done
from tuoban.kernel.engine.returning import revive

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    for branch, condition in enumerate(node.holding(Choose).conditions):
        if flow.holds(condition, activation):
            flow.emit(e.BranchChosen(node.key, activation, branch))
            flow.enter_region(node.regions[branch], activation)
            return
    flow.emit(e.BranchChosen(node.key, activation, None))
    flow.leave_block(node, activation)


ROW = Row(enter=_enter, region_done=leave_when_done, reopen=revive)
