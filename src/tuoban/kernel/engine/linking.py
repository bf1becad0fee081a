"""Cases of other packs, and the case that called them.

Between the two nothing crosses but what is handed in, the outcome and the values asked back. The
shell carries it: it begins what was called, answers when that has ended, and ends what is no longer
waited for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.commands import Answer, BeginCalled, GiveUp, Recall
from tuoban.kernel.definition import CANCELLED, Definition, Link
from tuoban.kernel.engine import clocks, winding
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.engine.starting import begin_asked_for, start_place
from tuoban.kernel.fitting import fitted
from tuoban.kernel.refusals import Refused
from tuoban.kernel.settings import in_force
from tuoban.kernel.state import ROOT, State, Waiting

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

BY_CALL = "call"
"""The channel of a case that another one called."""


def request_of(definition: Definition, wanted: str) -> str:
    """By which request a called case begins.

    Args:
        wanted: empty: the only one.

    Raises:
        Refused: `unknown-request`; `request-needed` where there is not just one.
    """
    requests = [key for key, start in definition.starts.items() if start.recurrence is None]
    if wanted:
        if wanted not in requests:
            raise Refused("unknown-request", {"request": wanted})
        return wanted
    if len(requests) != 1:
        raise Refused("request-needed", {"process": definition.title, "count": len(requests)})
    return requests[0]


def begin(flow: Flow, command: BeginCalled) -> None:
    """Begin a case that another one calls.

    Raises:
        Refused: as `request_of`, `invalid` where what is handed in does not fit its form,
            `no-such-unit` or `not-offered`.
    """
    surroundings = flow.surroundings
    request = request_of(flow.definition, command.request)
    place = start_place(flow.definition, flow.state, request, surroundings)
    begin_asked_for(
        flow,
        place,
        command.data,
        e.CaseStarted(
            request=request,
            by=command.by,
            unit=command.unit,
            number=command.number,
            channel=BY_CALL,
            at=surroundings.at,
            settings=in_force(flow.definition, surroundings.settings),
            caller=command.caller,
        ),
    )


def is_call(definition: Definition, waiting: Waiting) -> bool:
    """Whether a case is waited for that was called; else it is time, or a condition."""
    return isinstance(definition.nodes[waiting.node].construct, Link)


def open_call(definition: Definition, state: State, number: int) -> Waiting | None:
    """A call that is waited for, by its number."""
    waiting = state.waits.get(number)
    return waiting if waiting is not None and is_call(definition, waiting) else None


def answer(flow: Flow, command: Answer) -> None:
    """Go on behind a call whose case has ended."""
    waiting = open_call(flow.definition, flow.state, command.call)
    if waiting is None:
        return
    values = _taken(flow, waiting.node, command)
    _over(flow, waiting, command.outcome, values, case=command.number)


def give_up(flow: Flow, command: GiveUp) -> None:
    """Go on behind a call without what was called, which counts as cancelled.

    Raises:
        Refused: `not-called`, `not-in-charge`, `reason-missing`.
    """
    waiting = open_call(flow.definition, flow.state, command.call)
    if waiting is None:
        raise Refused("not-called")
    directory = flow.surroundings.directory
    if not is_in_charge(flow.definition, flow.state, directory, command.by):
        raise Refused("not-in-charge")
    if not command.reason.strip():
        raise Refused("reason-missing")
    _over(flow, waiting, CANCELLED, {}, by=command.by, reason=command.reason.strip())


def recall(flow: Flow, command: Recall) -> None:
    """End a case that is needed no longer, as if it were cancelled; a suspended one too."""
    if flow.state.status != "running" or flow.state.winding is not None:
        return
    flow.emit(e.CaseCancelled("", "", flow.surroundings.at, command.caller))
    winding.wind_up(flow, ROOT, CANCELLED)


def _taken(flow: Flow, node: str, command: Answer) -> dict[str, Any]:
    """The values asked back, as their fields keep them; what does not fit them is left out."""
    taken = {}
    for name, field in flow.definition.step_fields.get(node, {}).items():
        value, problem = fitted(field, command.values.get(name), flow.surroundings.zone)
        if problem is None and value is not None:
            taken[name] = value
    return taken


def _over(
    flow: Flow,
    waiting: Waiting,
    outcome: str | None,
    values: dict[str, Any],
    *,
    case: str = "",
    by: str = "",
    reason: str = "",
) -> None:
    clocks.stop_block(flow, waiting.node, waiting.activation)
    at = flow.surroundings.at
    answered = e.CallAnswered(waiting.id, waiting.node, outcome, values, at, case, by, reason)
    flow.emit(answered)
    flow.leave_block(flow.definition.nodes[waiting.node], waiting.activation)
