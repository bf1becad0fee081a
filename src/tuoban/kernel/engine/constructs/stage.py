"""`stage`: a named block, left when its steps are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node
from tuoban.kernel.engine.constructs.row import Row, parent_of
from tuoban.kernel.engine.returning import revive
from tuoban.kernel.state import Activation

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    flow.enter_region(node.regions[0], activation)


def _region_done(flow: Flow, node: Node, left: Activation) -> None:
    flow.leave_block(node, parent_of(left))


ROW = Row(enter=_enter, region_done=_region_done, reopen=revive)
