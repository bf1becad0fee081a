"""Blocks that are not entered before a moment (`opens`): a clock runs until it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.engine import clocks
from tuoban.kernel.engine.moments import calendar_of, limit_of
from tuoban.kernel.state import Clock

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def hold_back(flow: Flow, node: str, activation: int) -> bool:
    """Whether a block that is to be entered has to wait; a clock then runs."""
    if flow.definition.nodes[node].opens is None:
        return False
    subject = clocks.held_back(flow, node, activation)
    for limit in subject.limits:
        clocks.open_clock(flow, subject, limit)
    waiting = (each for each in flow.state.clocks.values() if clocks.holds_back(each))
    return any(subject.is_of(each) for each in waiting)


def let_in(flow: Flow) -> bool:
    """Enter the blocks whose moment has moved to one gone by, or cannot be told any more; whether
    there were any."""
    if not flow.state.clocks:
        return False
    found = [each for each in flow.state.clocks.values() if _may_be_entered(flow, each)]
    for clock in found:
        if clock.id in flow.state.clocks:  # entering another block may have withdrawn it
            opened(flow, clock)
    return bool(found)


def _may_be_entered(flow: Flow, clock: Clock) -> bool:
    opens = flow.definition.nodes[clock.node].opens if clocks.holds_back(clock) else None
    if opens is None:
        return False
    wanted = limit_of(flow, opens, clock.begins, calendar_of(flow, opens, None), clock.activation)
    has_moved = wanted is not None and clocks.differs(wanted, clock.ledger.limit)
    return wanted is None or (has_moved and clocks.is_over(flow, wanted))


def opened(flow: Flow, clock: Clock) -> None:
    """The moment has come at which a step opens, or a block is to be entered."""
    clocks.stop(flow, clock)
    if clock.item is None:
        flow.enter_opened(clock.node, clock.activation)
