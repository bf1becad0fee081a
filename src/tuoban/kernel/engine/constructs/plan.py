"""`plan`: whatever is free is open at once; only needs bring an order into it.

What is optional is not begun by itself. Work that goes back to a node takes with it whatever needs
that node, directly or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node, Plan
from tuoban.kernel.engine.constructs.row import Row, enter_body, leave_when_done
from tuoban.kernel.engine.returning import revive

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _judge(flow: Flow, node: Node, activation: int) -> bool:
    """Leave the plan when nothing is open in it any more, or enough is done."""
    body = next(
        each.id
        for each in flow.state.activations.values()
        if each.parent == activation and each.region == node.regions[0]
    )
    enough = node.holding(Plan).complete_when
    if enough is not None and flow.holds(enough, body):
        flow.empty(body)
    elif not flow.is_idle(body):
        return False
    flow.finish_region(body)
    return True


ROW = Row(enter=enter_body, region_done=leave_when_done, judge=_judge, reopen=revive)
