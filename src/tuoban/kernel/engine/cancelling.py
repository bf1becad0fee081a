"""Cancel 作废: a case ends before its time, and all that is open in it is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.clocks import moment_text
from tuoban.kernel.commands import Cancel
from tuoban.kernel.definition import CANCELLED
from tuoban.kernel.engine import winding
from tuoban.kernel.engine.moments import calendar_of, instant_of
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.engine.performers import acting_roles
from tuoban.kernel.limits import Limit
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import ROOT, State
from tuoban.kernel.text import Text

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def cancel(flow: Flow, command: Cancel) -> None:
    """End the case with the outcome `cancelled`; a suspended one too.

    Raises:
        Refused: `case-over`, `not-to-cancel`, `not-a-canceller`, `too-late-to-cancel`,
            `reason-missing`.
    """
    if flow.state.status != "running":
        raise Refused("case-over")
    if flow.state.winding is not None:
        raise Refused("winding-up")
    _check_may(flow, command.by)
    if (why := _too_late(flow)) is not None:
        raise Refused("too-late-to-cancel", {"why": why})
    if not command.reason.strip():
        raise Refused("reason-missing")
    flow.emit(e.CaseCancelled(command.by, command.reason.strip(), flow.surroundings.at))
    winding.wind_up(flow, ROOT, CANCELLED)


def _check_may(flow: Flow, person: str) -> None:
    """Whether somebody may cancel: whom the pack names, else those in charge, and whoever began the
    case until anything has been completed."""
    definition, state, directory = flow.definition, flow.state, flow.surroundings.directory
    roles = definition.cancelling.by
    if roles:
        acting, units = acting_roles(definition, roles), directory.upwards(state.unit)
        if not any(directory.holds(person, acting, unit) for unit in units):
            labels = tuple(definition.roles[role].label for role in roles)
            raise Refused("not-a-canceller", {"roles": labels})
        return
    is_starter = person == state.by and person in directory.people
    may = is_starter and not _is_begun(state)
    if not may and not is_in_charge(definition, state, directory, person):
        raise Refused("not-to-cancel")


def _too_late(flow: Flow) -> Text | None:
    """Why the case can be cancelled no more; None: it can."""
    rule, zone, at = flow.definition.cancelling, flow.surroundings.zone, flow.surroundings.at
    if rule.step is not None and _is_done(flow.state, rule.step):
        label = flow.definition.nodes[rule.step].label
        return Text(f"“{label.zh}”已办", f"“{label.en}” is done")
    if rule.condition is not None and flow.holds(rule.condition, ROOT):
        return Text("条件已不允许", "as it stands, that is not allowed")
    if rule.moment is None:
        return None
    calendar = calendar_of(flow, Limit("cancel", until=rule.moment), None)
    moment = instant_of(flow, rule.moment, calendar, ROOT, latest=True)
    if moment is None or moment > at:
        return None
    text = moment_text(moment, zone, at)
    return Text(f"时间已过（{text.zh}）", f"the time for it is over ({text.en})")


def _is_done(state: State, node: str) -> bool:
    marks = state.done.get(node, ())
    return state.newest(node) is not None or any(not mark.passed_over for mark in marks)


def _is_begun(state: State) -> bool:
    """Whether anybody has completed anything, sent back or taken back since or not."""
    return any(each.by for history in state.completions.values() for each in history)
