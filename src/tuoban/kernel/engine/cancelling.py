"""Cancel 作废: a case ends before its time, and all that is open in it is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import Cancel
from tuoban.kernel.definition import CANCELLED
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def cancel(flow: Flow, command: Cancel) -> None:
    """End the case with the outcome `cancelled`; a suspended one too.

    Raises:
        Refused: `case-over`, `not-to-cancel`, `reason-missing`.
    """
    if flow.state.status != "running":
        raise Refused("case-over")
    directory = flow.surroundings.directory
    is_starter = command.by == flow.state.by and command.by in directory.people
    may = is_starter and not _is_begun(flow.state)
    if not may and not is_in_charge(flow.definition, flow.state, directory, command.by):
        raise Refused("not-to-cancel")
    if not command.reason.strip():
        raise Refused("reason-missing")
    flow.emit(e.CaseCancelled(command.by, command.reason.strip(), flow.surroundings.at))
    flow.end(CANCELLED)


def _is_begun(state: State) -> bool:
    """Whether anybody has completed anything, sent back or taken back since or not."""
    return any(each.by for history in state.completions.values() for each in history)
