"""`decide`: a decision table is applied to the case as it stands, and the case goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Decide, Node
from tuoban.kernel.engine.constructs.row import Row
from tuoban.kernel.engine.deciding import apply_table

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    table = flow.definition.tables[node.holding(Decide).table]
    at = flow.surroundings.at
    today = at.astimezone(flow.surroundings.zone).date()
    result = apply_table(
        table, flow.names(activation, {"now": at, "today": today}), flow.surroundings.zone
    )
    flow.emit(
        e.DecisionMade(
            number=flow.state.last_item + 1,
            node=node.key,
            activation=activation,
            inputs=result.inputs,
            rules=result.rules,
            outputs=result.outputs,
            reason=result.reason,
            at=at,
        )
    )
    flow.leave(node, activation)


ROW = Row(enter=_enter)
