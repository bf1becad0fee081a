"""`stage`: a named block, left when its steps are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node
from tuoban.kernel.engine.constructs.row import Row
from tuoban.kernel.engine.returning import revive

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    flow.enter_region(node.regions[0], activation)


def _region_done(flow: Flow, node: Node, activation: int) -> None:
    flow.leave_block(node, activation)


ROW = Row(enter=_enter, region_done=_region_done, reopen=revive)
