"""What events of former formats make of a state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from tuoban.kernel import events as e
from tuoban.kernel.calendars import round_the_clock
from tuoban.kernel.clocks import (
    Entry,
    Ledger,
    LimitChanged,
    Paused,
    Resumed,
    Started,
    Until,
    Within,
    as_length,
    remaining,
)
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Rows, Slots
from tuoban.kernel.state import Clock, State

_ALWAYS = "always@0/UTC"
_CALENDARS = {_ALWAYS: round_the_clock(UTC)}
_WITHIN = "within"


def _clock_started(definition: Definition, state: State, event: e.ClockStarted) -> Slots:
    """The one clock of an item starts, goes on, or has another moment. It bears the item's number
    and counts elapsed time, as all clocks did."""
    known = state.clocks.get(event.item)
    if known is None:
        return _kept(state, _opened(definition, state, event))
    if not known.ledger.is_paused:
        until = LimitChanged(known.ledger.entries[-1].at, Until(event.due))
        return _kept(state, replace(known, ledger=known.ledger.then(until), due=event.due))
    return _kept(state, replace(known, ledger=_resumed(known, event), due=event.due))


def _opened(definition: Definition, state: State, event: e.ClockStarted) -> Clock:
    length = as_length(event.due - event.at)
    limit = Within(length) if length is not None else Until(event.due)
    item = state.items[event.item]
    keys = [each.key for each in definition.nodes[item.node].limits]
    return Clock(
        id=event.item,
        node=item.node,
        activation=item.activation,
        item=item.id,
        limit=keys[0] if keys else _WITHIN,
        ledger=Ledger((Started(event.at, limit, _ALWAYS),)),
        due=event.due,
    )


def _resumed(known: Clock, event: e.ClockStarted) -> Ledger:
    """It goes on with what was left, from the moment that this and its due moment tell."""
    paused_at = known.ledger.entries[-1].at
    entries: tuple[Entry, ...] = (Resumed(paused_at), LimitChanged(paused_at, Until(event.due)))
    if isinstance(known.ledger.limit, Within):
        left = remaining(known.ledger, _CALENDARS, paused_at).length
        if left > timedelta() and event.due - left >= paused_at:
            entries = (Resumed(event.due - left),)
    return known.ledger.then(*entries)


def _clock_stopped(definition: Definition, state: State, event: e.ClockStopped) -> Slots:
    """It stands still; or its moment is gone, and with it the clock."""
    known = state.clocks[event.item]
    if event.left is None:
        return {"clocks": {each: clock for each, clock in state.clocks.items() if each != known.id}}
    at = max(event.at, known.ledger.entries[-1].at)
    return _kept(state, replace(known, ledger=known.ledger.then(Paused(at)), due=None))


def _kept(state: State, clock: Clock) -> Slots:
    last = max(state.last_clock, clock.id)
    return {"clocks": {**state.clocks, clock.id: clock}, "last_clock": last}


ROWS: Rows = {
    e.ClockStarted: _clock_started,
    e.ClockStopped: _clock_stopped,
}
