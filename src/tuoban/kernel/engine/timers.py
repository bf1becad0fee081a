"""Timers: the moments around the limits of clocks, and what comes of them.

Each moment to come of each clock is one timer. When a clock changes, its timers follow; one whose
moment has gone by is due at once, one that has fired fires again only if its moment moves into the
future.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.calendars import CalendarError
from tuoban.kernel.clocks import ClockError, Tier, TierMoment, coming, tier_moments
from tuoban.kernel.engine import hosts, lapsing, opening, reacting, waiting
from tuoban.kernel.engine.barring import parts_of
from tuoban.kernel.engine.moments import tier_of
from tuoban.kernel.engine.telling import Addressee, holders_of, performers_of
from tuoban.kernel.limits import (
    MOMENT,
    NOT_DUE,
    OF_PERFORMER,
    OPENS,
    VALID_UNTIL,
    WAITS,
    LateAction,
)
from tuoban.kernel.owning import OF_OWNER, owner_of
from tuoban.kernel.state import At, Clock, Item, Timer

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

_CHANGES = (e.ClockOpened, e.ClockChanged, e.LimitPassed)
"""What may move the moments around a limit."""
_MOST_MISSED = 10_000
"""Rounds of what comes again and again that are made up for: the last ones that were missed."""
_AT_THE_MOMENT = {key: (Tier(key),) for key in NOT_DUE}
"""What opens, a wait, and a reaction, has one moment, and nobody is told."""


def settle(flow: Flow) -> None:
    """Let the timers of every clock that has changed be those that its ledger gives now."""
    if not flow.state.clocks:
        return
    changed = {event.clock for event in flow.events if isinstance(event, _CHANGES)}
    changed |= {each.id for each in flow.state.clocks.values() if _is_computed(flow, each)}
    if any(isinstance(event, e.CaseMigrated) for event in flow.events):
        changed |= flow.state.clocks.keys()  # what happens around their limits may be otherwise
    timers: defaultdict[int, list[Timer]] = defaultdict(list)
    for timer in flow.state.timers.values():
        timers[timer.clock].append(timer)
    for number in sorted(changed & flow.state.clocks.keys()):
        _arm(flow, flow.state.clocks[number], timers[number])


def _arm(flow: Flow, clock: Clock, timers: Iterable[Timer]) -> None:
    wanted = {(each.key, each.round, each.moment) for each in _coming(flow, clock)}
    standing = set()
    for timer in timers:
        is_wanted = (timer.tier, timer.round, timer.at)
        if is_wanted in wanted:
            standing.add(is_wanted)
        else:
            flow.emit(e.TimerCancelled(timer.id))
    for tier, turn, moment in sorted(wanted - standing, key=lambda each: each[2]):
        number = flow.state.last_timer + 1
        flow.emit(e.TimerSet(str(number), clock.id, tier, turn, moment))


def _coming(flow: Flow, clock: Clock) -> tuple[TierMoment, ...]:
    tiers = _tiers(flow, clock)
    if not tiers:
        return ()
    fired = {key: each.moment for key, each in clock.fired.items()}
    try:
        found = coming(clock.ledger, flow.hours, tiers, fired, flow.surroundings.at)
        # What has fired at this very moment comes again if the machine's clock was put back.
        found = tuple(each for each in found if fired.get(each.key) != each.moment)
        return tuple(_not_long_missed(flow, clock, tiers, each) for each in found)
    except (CalendarError, ClockError):
        return ()  # out of reach of any calendar, or by one that is gone


def _not_long_missed(
    flow: Flow, clock: Clock, tiers: tuple[Tier, ...], missed: TierMoment
) -> TierMoment:
    """The round from which on those that were missed are made up for."""
    at = flow.surroundings.at
    again = tuple(each for each in tiers if each.every and each.key == missed.key)
    if not again or missed.moment > at:
        return missed
    for to_come in coming(clock.ledger, flow.hours, again, {missed.key: at}, at):
        before = to_come.round - _MOST_MISSED - 1
        if missed.round <= before:
            return tier_moments(clock.ledger, flow.hours, again, {missed.key: before})[0]
    return missed


def _tiers(flow: Flow, clock: Clock) -> tuple[Tier, ...]:
    if clock.limit in _AT_THE_MOMENT:
        return _AT_THE_MOMENT[clock.limit]
    limit = flow.definition.limit(clock.node, clock.limit)
    if limit is None:
        return _AT_THE_MOMENT[OPENS]
    found = (tier_of(flow, each, clock.activation) for each in limit.tiers)
    return tuple(each for each in found if each is not None)


def _is_computed(flow: Flow, clock: Clock) -> bool:
    """Whether what was entered may move the moments around a limit, and not the limit itself."""
    limit = flow.definition.limit(clock.node, clock.limit)
    return limit is not None and any(each.offset is not None for each in limit.tiers)


def _timers_of(flow: Flow, clock: int) -> list[Timer]:
    return [each for each in flow.state.timers.values() if each.clock == clock]


# -- firing ---------------------------------------------------------------------------------------


def fire_what_has_come(flow: Flow) -> bool:
    """Fire, in order, every timer whose moment has come: what is late is late, whoever comes first,
    the worker or a person. Whether there was any."""
    at = flow.surroundings.at
    if not any(each.at <= at for each in flow.state.timers.values()):
        return False
    _fire_until(flow, at)
    return True


def fire(flow: Flow, timer_id: str) -> None:
    """The moment of a timer has come. Without effect if it is set no longer; what should have come
    before it comes first."""
    timer = flow.state.timers.get(timer_id)
    if timer is not None and timer.at <= flow.surroundings.at:
        _fire_until(flow, timer.at)


def _fire_until(flow: Flow, until: datetime) -> None:
    while due := [timer for timer in flow.state.timers.values() if timer.at <= until]:
        _fire(flow, min(due, key=lambda timer: (timer.at, int(timer.id))))


def _fire(flow: Flow, timer: Timer) -> None:
    clock, at = flow.state.clocks[timer.clock], flow.surroundings.at
    due = clock.due if clock.due is not None else timer.at
    flow.emit(e.LimitPassed(timer.id, clock.id, timer.tier, timer.round, timer.at, due, at))
    if clock.limit == OPENS:
        opening.opened(flow, clock)
        return
    if clock.limit.startswith(VALID_UNTIL):
        lapsing.expired(flow, clock)
        return
    if clock.limit == MOMENT:
        reacting.moment_has_come(flow, clock)
        return
    if clock.limit == WAITS:
        waiting.come(flow, clock)
        return
    limit = flow.definition.limit(clock.node, clock.limit)
    for tier in limit.tiers if limit is not None else ():
        if tier.key == timer.tier:
            for action in tier.actions:
                _carry_out(flow, clock, tier.key, action)
            if tier.tier.every and clock.id in flow.state.clocks:
                _arm(flow, flow.state.clocks[clock.id], _timers_of(flow, clock.id))


def _carry_out(flow: Flow, clock: Clock, tier: str, action: LateAction) -> None:
    if action.kind == "move on":
        node = flow.definition.nodes[clock.node]
        flow.row(node).move_on(flow, node, clock.activation)
        return
    if action.kind == "do":
        reacting.begin(flow, At(action.to, hosts.place_of(flow.definition, flow.state, clock)))
        return
    item = flow.state.items[clock.item] if clock.item is not None else None
    for each in _addressees(flow, item, action.to):
        escalated = action.kind == "escalate"
        told = e.Told(
            clock.item, tier, each.person, each.role, each.unit, escalated, clock.node, clock.id
        )
        flow.emit(told)


def _addressees(flow: Flow, item: Item | None, to: str) -> tuple[Addressee, ...]:
    if to == OF_OWNER:
        return _owner(flow, item)
    if to != OF_PERFORMER:
        return holders_of(flow, to)
    if item is None:
        return ()
    asked = parts_of(flow.state, item.id) if item.signing is not None else (item,)
    return tuple(each for work in asked for each in performers_of(work))


def _owner(flow: Flow, item: Item | None) -> tuple[Addressee, ...]:
    """Whose case it is; nobody where that is whoever holds the work, and is told of it anyway."""
    owned = owner_of(flow.definition, flow.state)
    if owned.person is not None:
        holds_it = item is not None and item.person == owned.person
        active = owned.person in flow.surroundings.directory.people
        return (Addressee(person=owned.person),) if active and not holds_it else ()
    return holders_of(flow, owned.role) if owned.role is not None else ()
