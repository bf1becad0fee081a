"""`wait`: nothing to do until a length of time is over, a moment has come, a condition holds, or a
message comes.

A wait for time is a clock of its own, whose limit says how long. It goes on when that runs out, and
also where the moment cannot be told, or not any more: nobody could ever let the case go on. A wait
for a condition is judged when its turn comes and after every command. One for a message is ended by
`messaging`; a time beside it says how long at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tuoban.kernel import events as e
from tuoban.kernel.clocks import Limit as ClockLimit
from tuoban.kernel.definition import Node, Wait
from tuoban.kernel.engine import clocks
from tuoban.kernel.engine.moments import calendar_of, limit_of
from tuoban.kernel.limits import Limit
from tuoban.kernel.state import Clock, Waiting

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def begin(flow: Flow, node: Node, activation: int) -> None:
    """The turn of a wait has come."""
    number = flow.state.last_item + 1
    flow.emit(e.WaitBegan(number, node.key, activation, flow.surroundings.at))
    waiting = flow.state.waits[number]
    that = node.holding(Wait).that
    if that is not None:
        if flow.holds(that, activation):
            end(flow, waiting, "true")
        return
    subject = clocks.of_wait(flow, waiting)
    for limit in subject.limits:
        clocks.open_clock(flow, subject, limit)
        if _clock(flow, waiting) is None:
            is_known = _limit(flow, limit, waiting) is not None
            end(flow, waiting, "come" if is_known else "unknown")


def go_on(flow: Flow) -> bool:
    """End the waits whose condition holds, whose moment has moved to one gone by, or cannot be told
    any more; whether there were any."""
    if not flow.state.waits:
        return False
    found = [(each, why) for each in flow.state.waits.values() if (why := _over(flow, each))]
    for waiting, why in found:
        if waiting.id in flow.state.waits:  # ending another may have withdrawn it
            end(flow, waiting, why)
    return bool(found)


def come(flow: Flow, clock: Clock) -> None:
    """The clock of a wait has run out."""
    for waiting in tuple(flow.state.waits.values()):
        if (waiting.node, waiting.activation) == (clock.node, clock.activation):
            end(flow, waiting, "come")


def withdraw(flow: Flow, waiting: Waiting) -> None:
    """Take a wait back: the case has left it, or gone back to before it."""
    clocks.stop_block(flow, waiting.node, waiting.activation)
    flow.emit(e.WaitWithdrawn(waiting.id, waiting.node))


def _over(flow: Flow, waiting: Waiting) -> Literal["come", "true", "unknown"] | None:
    node = flow.definition.nodes[waiting.node]
    if not isinstance(node.construct, Wait):
        return None  # somebody else ends it
    that = node.construct.that
    if that is not None:
        return "true" if flow.holds(that, waiting.activation) else None
    clock = _clock(flow, waiting)
    for limit in node.limits:
        wanted = _limit(flow, limit, waiting)
        if wanted is None:
            return "unknown"
        has_moved = clock is not None and clocks.differs(wanted, clock.ledger.limit)
        if has_moved and clocks.is_over(flow, wanted):
            return "come"
    return None


def _limit(flow: Flow, limit: Limit, waiting: Waiting) -> ClockLimit | None:
    calendar = calendar_of(flow, limit, None)
    return limit_of(flow, limit, waiting.since, calendar, waiting.activation)


def _clock(flow: Flow, waiting: Waiting) -> Clock | None:
    here = (waiting.node, waiting.activation)
    found = (each for each in flow.state.clocks.values() if (each.node, each.activation) == here)
    return next(found, None)


def end(flow: Flow, waiting: Waiting, why: e.WhyEnded, message: str = "") -> None:
    """A wait is over, for this reason; by this message, if by one."""
    clocks.stop_block(flow, waiting.node, waiting.activation)
    flow.emit(e.WaitEnded(waiting.id, waiting.node, why, flow.surroundings.at, message))
    flow.leave(flow.definition.nodes[waiting.node], waiting.activation)
