"""`call` with `without-waiting`: a process of the pack runs in the case, which goes on at once.

The process lives in the one that calls it, and not in the block that it was called in: what ends
or withdraws that block leaves it alone. Where it was called it keeps in mind (`called_in`), for
what was done in it is seen from there, and falls with the call when work goes back past that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Node
from tuoban.kernel.engine import hosts, processes
from tuoban.kernel.engine.constructs.call import given_to
from tuoban.kernel.engine.constructs.row import Row, parent_of
from tuoban.kernel.limits import TIMEOUT
from tuoban.kernel.state import At

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow
    from tuoban.kernel.state import Activation


def _enter(flow: Flow, node: Node, activation: int) -> None:
    given, state, at = given_to(flow, node, activation), flow.state, flow.surroundings.at
    process, occurrence = processes.around(flow, activation), state.last_activation + 1
    body, called_in = node.regions[0], state.scope(activation)
    flow.emit(e.RegionEntered(occurrence, body, process, 0, at=at, called_in=called_in))
    if given:
        flow.emit(e.FieldsSet(0, given, None, occurrence))
    flow.open_region(body, occurrence)  # which may read what was handed in
    flow.leave(node, activation)


def _region_done(flow: Flow, node: Node, left: Activation) -> None:
    if not any(each.place == left.id for each in flow.state.completions.get(node.key, ())):
        _ended(flow, node, left, None)
    process = parent_of(left)
    owner = flow.definition.regions[flow.state.activations[process].region].owner
    waits = At(owner or "", process) in flow.state.waiting
    if waits and not hosts.runs_on(flow.state, process):
        flow.finish_region(process)


def _process_ended(flow: Flow, node: Node, live: Activation, outcome: str) -> None:
    _ended(flow, node, live, outcome)
    flow.empty(live.id)
    flow.finish_region(live.id)


def _move_on(flow: Flow, node: Node, activation: int) -> None:
    """The process ends where it stands."""
    flow.emit(e.MovedOn(None, node.key, activation, flow.surroundings.at))
    _process_ended(flow, node, flow.state.activations[activation], TIMEOUT)


def _ended(flow: Flow, node: Node, live: Activation, outcome: str | None) -> None:
    number, at, scope = flow.state.last_item + 1, flow.surroundings.at, live.called_in
    flow.emit(e.CallEnded(number, node.key, scope[-1], live.id, outcome, at, scope))


ROW = Row(enter=_enter, region_done=_region_done, process_ended=_process_ended, move_on=_move_on)
