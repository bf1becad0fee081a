"""`call`: another process of the pack runs inside the case, with data of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Call, Node
from tuoban.kernel.engine.constructs.row import Row, parent_of
from tuoban.kernel.fitting import fitted
from tuoban.kernel.limits import TIMEOUT
from tuoban.kernel.names import read
from tuoban.kernel.rows import numbered
from tuoban.kernel.state import Activation

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    given = given_to(flow, node, activation)
    occurrence = flow.enter_region(node.regions[0], activation)
    if given:
        flow.emit(e.FieldsSet(0, given, None, occurrence))


def given_to(flow: Flow, node: Node, activation: int) -> dict[str, Any]:
    """What is handed in, as its fields keep it; what does not fit them is left out. The rows of a
    list are new ones."""
    names, zone = flow.names(activation), flow.surroundings.zone
    fields = flow.definition.place_fields.get(node.key, {})
    given = {}
    for name, expression in node.holding(Call).given:
        value, problem = fitted(fields[name], read(expression, names), zone)
        if problem is None and value is not None:
            given[name] = value
    return numbered(given, flow.state.last_row)


def _region_done(flow: Flow, node: Node, left: Activation) -> None:
    activation = parent_of(left)
    if not any(each.place == left.id for each in flow.state.completions.get(node.key, ())):
        _ended(flow, node, activation, left.id, None)
    flow.leave_block(node, activation)


def _process_ended(flow: Flow, node: Node, live: Activation, outcome: str) -> None:
    _ended(flow, node, parent_of(live), live.id, outcome)
    flow.empty(live.id)
    flow.finish_region(live.id)


def _move_on(flow: Flow, node: Node, activation: int) -> None:
    """The process called ends where it stands."""
    flow.emit(e.MovedOn(None, node.key, activation, flow.surroundings.at))
    body = next(
        each
        for each in flow.state.activations.values()
        if each.parent == activation and each.region in node.regions
    )
    _process_ended(flow, node, body, TIMEOUT)


def _ended(flow: Flow, node: Node, activation: int, occurrence: int, outcome: str | None) -> None:
    """Record how the process ended that a call has run."""
    number, at = flow.state.last_item + 1, flow.surroundings.at
    flow.emit(e.CallEnded(number, node.key, activation, occurrence, outcome, at))


ROW = Row(enter=_enter, region_done=_region_done, process_ended=_process_ended, move_on=_move_on)
