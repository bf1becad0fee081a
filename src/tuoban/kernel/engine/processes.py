"""The processes that run in a case: its own, and those called, each while its body lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Node
from tuoban.kernel.engine.constructs.row import ProcessEnded
from tuoban.kernel.state import ROOT

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def around(flow: Flow, activation: int) -> int:
    """The process that an activation belongs to, by its body: that of the nearest call, or the
    case."""
    inwards = reversed(flow.state.scope(activation))
    return next((each for each in inwards if _called_by(flow, each) is not None), ROOT)


def close(flow: Flow, process: int, outcome: str) -> None:
    """End a process; what is open in it is withdrawn."""
    called = _called_by(flow, process)
    if called is None:
        flow.end(outcome)
        return
    if process in flow.state.windings:
        flow.emit(e.WindingOver(process))
    end, node = called
    end(flow, node, flow.state.activations[process], outcome)


def _called_by(flow: Flow, activation: int) -> tuple[ProcessEnded, Node] | None:
    """What has called the process of which an activation is the body, and how that ends; None: it
    is the body of the case, or of no process."""
    owner = flow.definition.regions[flow.state.activations[activation].region].owner
    node = flow.definition.nodes[owner] if owner is not None else None
    end = flow.row(node).process_ended if node is not None else None
    return (end, node) if node is not None and end is not None else None
