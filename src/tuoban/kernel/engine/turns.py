"""Turns: a block whose needs fail waits to be entered, a node of a plan to be offered at all.

In a plan the needs come first, and `when` is judged when they hold; elsewhere `when` is judged when
the turn comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Node
from tuoban.kernel.engine.gates import failing_needs

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def hold(flow: Flow, node: Node, activation: int) -> bool:
    """Whether a node whose turn has come must wait for what it needs."""
    failing = failing_needs(flow, node, activation) if node.gate else ()
    if failing:
        flow.emit(e.TurnHeld(node.key, activation, failing))
    return bool(failing)


def free(flow: Flow) -> bool:
    """Let those go on that need nothing more; whether there was one."""
    for turn in flow.state.turns:
        node = flow.definition.nodes[turn.node]
        failing = failing_needs(flow, node, turn.activation)
        if not failing:
            flow.emit(e.TurnFreed(node.key, turn.activation))
            flow.enter_free(node, turn.activation)
            return True
        if failing != turn.reasons:
            flow.emit(e.TurnHeld(node.key, turn.activation, failing))
    return False
