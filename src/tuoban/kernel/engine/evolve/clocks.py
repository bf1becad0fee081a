"""Events of clocks and timers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tuoban.kernel import events as e
from tuoban.kernel.clocks import Ledger, Stopped
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Rows, Slots, change, without
from tuoban.kernel.state import Clock, Fired, State, Timer


def _clock_opened(definition: Definition, state: State, event: e.ClockOpened) -> Slots:
    known = state.clocks.get(event.clock)
    later = known.ledger.entries[1:] if known is not None else ()
    clock = Clock(
        id=event.clock,
        node=event.node,
        activation=event.activation,
        item=event.item,
        limit=event.limit,
        ledger=Ledger((event.started, *later)),
        due=event.due,
        fired=known.fired if known is not None else {},
    )
    return {
        "clocks": {**state.clocks, event.clock: clock},
        "last_clock": max(state.last_clock, event.clock),
    }


def _clock_changed(definition: Definition, state: State, event: e.ClockChanged) -> Slots:
    clock = state.clocks[event.clock]
    if isinstance(event.entry, Stopped):
        return {"clocks": without(state.clocks, event.clock), **_late(state, clock, event.entry.at)}
    changed = replace(clock, ledger=clock.ledger.then(event.entry), due=event.due)
    return {"clocks": {**state.clocks, event.clock: changed}}


def _late(state: State, clock: Clock, at: datetime) -> Slots:
    """That a limit had run out when its clock was stopped."""
    if not clock.has_run_out(at):
        return {}
    slots: Slots = {"late": {**state.late, clock.node: state.late.get(clock.node, 0) + 1}}
    item = state.items.get(clock.item or 0)
    return slots | (change(state, item.id, late=item.late + 1) if item is not None else {})


def _timer_set(definition: Definition, state: State, event: e.TimerSet) -> Slots:
    timer = Timer(event.timer, event.clock, event.tier, event.round, event.at)
    return {
        "timers": {**state.timers, event.timer: timer},
        "last_timer": max(state.last_timer, int(event.timer)),
    }


def _timer_cancelled(definition: Definition, state: State, event: e.TimerCancelled) -> Slots:
    return {"timers": without(state.timers, event.timer)}


def _limit_passed(definition: Definition, state: State, event: e.LimitPassed) -> Slots:
    clock, timer = state.clocks[event.clock], state.timers.get(event.timer)
    moment = timer.at if timer is not None else event.moment
    fired = {**clock.fired, event.tier: Fired(event.round, moment)}
    return {
        "clocks": {**state.clocks, clock.id: replace(clock, fired=fired)},
        "timers": without(state.timers, event.timer),
    }


ROWS: Rows = {
    e.ClockOpened: _clock_opened,
    e.ClockChanged: _clock_changed,
    e.TimerSet: _timer_set,
    e.TimerCancelled: _timer_cancelled,
    e.LimitPassed: _limit_passed,
}
