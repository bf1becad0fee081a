"""`end`: the case ends here, with its name; whatever is still open in it is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import End, Node
from tuoban.kernel.engine.constructs.row import Row

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    flow.end(node.holding(End).outcome)


ROW = Row(enter=_enter)
