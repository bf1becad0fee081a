"""Suspend 挂起, resume 恢复, extend 延期: what people do to the time of a case, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.calendars import CalendarError
from tuoban.kernel.clocks import ClockError, Extended, read_length
from tuoban.kernel.commands import Extend, Resume, Suspend
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import clocks
from tuoban.kernel.engine.performers import acting_roles, may_take
from tuoban.kernel.limits import is_due
from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.kernel.state import State
from tuoban.kernel.surroundings import Directory
from tuoban.kernel.text import Text

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def suspend(flow: Flow, command: Suspend) -> None:
    """Put the case aside: lengths stand still, nothing is completed or sent back.

    Raises:
        Refused: `case-over`, `already-suspended`, `reason-missing`, `not-in-charge`.
    """
    _check_running(flow)
    if (suspended := flow.state.suspended) is not None:
        raise Refused("already-suspended", {"reason": suspended.reason})
    if not command.reason.strip():
        raise Refused("reason-missing")
    _check_may_pause(flow, command.by)
    flow.emit(e.CaseSuspended(command.by, command.reason.strip(), flow.surroundings.at))


def resume(flow: Flow, command: Resume) -> None:
    """Go on with a suspended case.

    Raises:
        Refused: `case-over`, `not-suspended`, `not-in-charge`.
    """
    _check_running(flow)
    if flow.state.suspended is None:
        raise Refused("not-suspended")
    _check_may_pause(flow, command.by)
    flow.emit(e.CaseResumed(command.by, flow.surroundings.at))


def extend(flow: Flow, command: Extend) -> None:
    """Give a limit a further length of time, counted once the limit has run out.

    Raises:
        Refused: `unknown-clock`, `not-extendable`, `not-in-charge`, `reason-missing`, or `invalid`
            beside the length.
    """
    _check_running(flow)
    clock = flow.state.clocks.get(command.clock)
    if clock is None:
        raise Refused("unknown-clock")
    if not is_due(clock.limit):
        raise Refused("not-extendable", {"limit": flow.definition.label_of(clock.node)})
    if not is_in_charge(flow.definition, flow.state, flow.surroundings.directory, command.by):
        raise Refused("not-in-charge")
    if not command.reason.strip():
        raise Refused("reason-missing")
    reason = command.reason.strip()
    try:
        length = read_length(command.length)
        entry = Extended(flow.surroundings.at, length, Text(reason, reason))
        clocks.check_in_reach(flow, clock, entry)
    except (ClockError, CalendarError):
        raise refuse_invalid([Problem("not-length", "length")]) from None
    clocks.enter(flow, clock, entry)


def is_in_charge(definition: Definition, state: State, directory: Directory, person: str) -> bool:
    """Whether somebody answers for the time of the case: the head of its unit or of one above it,
    or a holder there of a role to which its lateness is escalated."""
    units = list(directory.upwards(state.unit))
    if person not in directory.people:
        return False
    if any(directory.heads.get(unit) == person for unit in units):
        return True
    roles = acting_roles(definition, tuple(dict.fromkeys(_escalated_to(definition))))
    return any(directory.holds(person, roles, unit) for unit in units)


def _escalated_to(definition: Definition) -> Iterator[str]:
    for limits in (definition.case.limits, *(node.limits for node in definition.nodes.values())):
        for limit in limits:
            for tier in limit.tiers:
                yield from (each.to for each in tier.actions if each.kind == "escalate")


def _check_may_pause(flow: Flow, person: str) -> None:
    directory = flow.surroundings.directory
    if is_in_charge(flow.definition, flow.state, directory, person):
        return
    if not any(may_take(flow, item, person) for item in flow.state.items.values()):
        raise Refused("not-in-charge")


def _check_running(flow: Flow) -> None:
    if flow.state.status != "running":
        raise Refused("case-over")
