"""`tell`: people are given a notice, and the case goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node, Tell
from tuoban.kernel.engine.constructs.row import Row
from tuoban.kernel.engine.telling import tell

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    tell(flow, node.holding(Tell), node.key)
    flow.leave(node, activation)


ROW = Row(enter=_enter)
