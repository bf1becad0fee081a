"""`end`: the process it is written in ends here, with its name: the case, or a called process.

Whatever is still open in that process is withdrawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import End, Node
from tuoban.kernel.engine.constructs.row import Row

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    end = node.holding(End)
    flow.end_process(end.outcome, activation, undo=end.undo)


ROW = Row(enter=_enter)
