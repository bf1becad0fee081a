"""The clocks of a case: one for each limit of open work, of a live block, and of the case.

A clock is a ledger (`kernel.clocks`). Whenever nothing moves any more, every clock is held against
what its limit says now, and what differs becomes an entry: another length, another calendar, a
pause, its end. So a change never loses time that was used or held, whatever changed.

A length counts from the first moment at which a step is offered and unlocked, or a block entered,
or from its `from`; it stands still while the step is locked, the case suspended, or `stops-while`
holds. That of a block or of the case that has no `stops-while` does so while only outside parties
have work inside. A moment (`due`, `opens`) never stands still. What is done, withdrawn or left has
its clock stopped at once, so that a return starts a fresh one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.calendars import CalendarError
from tuoban.kernel.clocks import (
    CalendarChanged,
    ClockError,
    Entry,
    Ledger,
    LimitChanged,
    Paused,
    Resumed,
    Started,
    Stopped,
    Unset,
    Until,
    due,
)
from tuoban.kernel.clocks import Limit as ClockLimit
from tuoban.kernel.definition import Node, Reaction
from tuoban.kernel.engine import hosts, outside, spacing, wording
from tuoban.kernel.engine.moments import calendar_of, instant_of, limit_of
from tuoban.kernel.limits import GOES_ON, MOMENT, OPENS, WAITS, Limit, is_due
from tuoban.kernel.state import ROOT, Activation, At, Clock, Item, State, Waiting
from tuoban.kernel.text import Text

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


Key = tuple[int | None, str, int]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clock is for: a work item, a block or a wait in an activation, or the case (no
    `node`).

    `ready_at` is the moment from which its lengths count, None before it.
    """

    node: str
    activation: int
    item: Item | None
    limits: tuple[Limit, ...]
    ready_at: datetime | None

    def is_of(self, clock: Clock) -> bool:
        if self.item is not None:
            return clock.item == self.item.id
        here = (self.node, self.activation)
        return clock.item is None and (clock.node, clock.activation) == here


def settle(flow: Flow) -> None:
    """Hold every clock against what its limit says now."""
    if not flow.definition.is_timed and not flow.state.clocks:
        return
    _stop_moments_of_the_inactive(flow)
    kept: defaultdict[Key, dict[str, Clock]] = defaultdict(dict)
    for each in flow.state.clocks.values():
        kept[_key(each.item, each.node, each.activation)][each.limit] = each
    for subject in tuple(_subjects(flow)):
        item = subject.item.id if subject.item is not None else None
        known = kept[_key(item, subject.node, subject.activation)]
        for limit in subject.limits:
            clock = known.get(limit.key)
            if clock is None:
                open_clock(flow, subject, limit)
            else:
                _adjust(flow, subject, limit, clock)


def _key(item: int | None, node: str, activation: int) -> Key:
    """What a clock is for, to find it by."""
    return (item, "", 0) if item is not None else (None, node, activation)


def _subjects(flow: Flow) -> Iterator[Subject]:
    state, nodes = flow.state, flow.definition.nodes
    if flow.definition.case.limits:
        yield Subject("", ROOT, None, flow.definition.case.limits, state.started_at)
    seen = set()
    for live in state.activations.values():
        owner = flow.definition.regions[live.region].owner
        # Of what lives again, the block itself is over.
        if owner is None or live.parent is None or live.again or not nodes[owner].limits:
            continue
        # Those of an `each` hold for every element, those of a reaction for every occurrence.
        place = live.id if nodes[owner].many else live.parent
        if (owner, place) not in seen:
            seen.add((owner, place))
            since = live.at or flow.surroundings.at
            limits = nodes[owner].limits
            yield Subject(owner, place, None, limits, _opened_at(flow, nodes[owner], live, since))
    yield from _moments(flow)
    for clock in state.clocks.values():
        if holds_back(clock):
            yield held_back(flow, clock.node, clock.activation)
    for waiting in state.waits.values():
        yield of_wait(flow, waiting)
    for item in state.items.values():
        node = nodes[item.node]
        if item.part is None and (node.limits or node.opens is not None):
            limits = (*node.limits, *((node.opens,) if node.opens is not None else ()))
            ready_at = item.ready_at if item.locked is None else None
            yield Subject(item.node, item.activation, item, limits, ready_at)


def _opened_at(flow: Flow, node: Node, live: Activation, since: datetime) -> datetime | None:
    """When one of many instances was entered that opens at a moment of its own; None: not yet."""
    if not node.many or node.opens is None or node.opens.until is None:
        return since
    calendar = calendar_of(flow, node.opens, None)
    moment = instant_of(flow, node.opens.until, calendar, live.id, latest=False)
    if moment is None:
        return since
    return max(since, moment) if moment <= flow.surroundings.at else None


def _moments(flow: Flow) -> Iterator[Subject]:
    """The reactions that happen at a moment, while their hosts are active."""
    definition, state = flow.definition, flow.state
    for where in hosts.active(definition, state):
        for key in definition.nodes[where.node].reactions:
            reaction = definition.nodes[key].holding(Reaction)
            if reaction.moment is None:
                continue
            since = hosts.active_since(definition, state, where)
            if reaction.again and (last := _last_time(state, key, where.activation)) is not None:
                since = last if since is None else max(since, last)
            yield Subject(key, where.activation, None, (reaction.moment,), since)


def _last_time(state: State, reaction: str, activation: int) -> datetime | None:
    made = state.completions.get(reaction, ())
    return next((each.at for each in reversed(made) if each.scope[-1] == activation), None)


def _stop_moments_of_the_inactive(flow: Flow) -> None:
    moments = [each for each in flow.state.clocks.values() if each.limit == MOMENT]
    if not moments:
        return
    now = {(each.node, each.activation) for each in hosts.possible(flow.definition, flow.state)}
    for clock in moments:
        if (clock.node, clock.activation) not in now:
            stop(flow, clock)


def open_clock(flow: Flow, subject: Subject, limit: Limit) -> None:
    """Start a clock for a limit, also for one that cannot be told yet; none for what lets the case
    go on if that has come or cannot be told."""
    calendar = calendar_of(flow, limit, subject.item)
    at = flow.surroundings.at
    begins = at if limit.until is not None else subject.ready_at
    if limit.start is not None:
        begins = _counts_from(flow, limit, calendar, subject.activation) or subject.ready_at
    if begins is None:
        return
    found = _wanted(flow, subject, limit, begins, calendar)
    if limit.key in GOES_ON and (isinstance(found, Unset) or is_over(flow, found)):
        return
    started = Started(at, found, calendar, wording.of_start(flow, limit, subject.ready_at), begins)
    number = flow.state.last_clock + 1
    _emit_opened(flow, number, subject, limit, started)
    if limit.length is not None and (why := _why_still(flow, subject, limit)) is not None:
        enter(flow, flow.state.clocks[number], Paused(at, why))


def held_back(flow: Flow, node: str, activation: int) -> Subject:
    """A block that waits for the moment at which it opens, as what a clock is for."""
    opens = flow.definition.nodes[node].opens
    limits = (opens,) if opens is not None else ()
    return Subject(node, activation, None, limits, flow.surroundings.at)


def of_wait(flow: Flow, waiting: Waiting) -> Subject:
    """A wait, as what a clock is for; one for a condition has none."""
    limits = flow.definition.nodes[waiting.node].limits
    return Subject(waiting.node, waiting.activation, None, limits, waiting.since)


def holds_back(clock: Clock) -> bool:
    """Whether a block waits for the end of this clock to be entered."""
    return clock.item is None and clock.limit == OPENS


def is_over(flow: Flow, limit: ClockLimit) -> bool:
    """Whether a moment has come."""
    return isinstance(limit, Until) and limit.moment <= flow.surroundings.at


def _counts_from(flow: Flow, limit: Limit, calendar: str, at: int) -> datetime | None:
    """The moment that `from` names; None while that cannot be told, and without one."""
    if limit.start is None:
        return None
    return instant_of(flow, limit.start, calendar, at, latest=False)


def _wanted(
    flow: Flow, subject: Subject, limit: Limit, begins: datetime, calendar: str
) -> ClockLimit:
    """What the limit says now; `Unset` while that, or what it counts from, cannot be told."""
    at = subject.activation
    if limit.start is not None and _counts_from(flow, limit, calendar, at) is None:
        return Unset()
    found = limit_of(flow, limit, begins, calendar, at)
    if limit.key == WAITS and found is not None:
        return spacing.spaced(flow, At(subject.node, at), found)
    return found or Unset()


def _adjust(flow: Flow, subject: Subject, limit: Limit, clock: Clock) -> None:
    """Enter into the ledger whatever the limit says differently by now."""
    at, calendar = flow.surroundings.at, calendar_of(flow, limit, subject.item)
    begins = _counts_from(flow, limit, calendar, subject.activation) or clock.begins
    wanted = _wanted(flow, subject, limit, begins, calendar)
    if limit.key == OPENS and isinstance(wanted, Unset):
        stop(flow, clock)  # the moment it was read from is gone: it is open
        return
    if begins != clock.begins:
        _emit_opened(flow, clock.id, subject, limit, replace(clock.ledger.start, begins=begins))
    clock = flow.state.clocks[clock.id]
    if calendar != clock.ledger.calendar:
        clock = enter(flow, clock, CalendarChanged(at, calendar))
    if differs(wanted, clock.ledger.limit):
        why = wording.of_change(flow, limit)
        clock = enter(flow, clock, LimitChanged(at, wanted, why))
    if limit.length is not None:
        _stand_or_run(flow, subject, limit, clock)


def differs(one: ClockLimit, other: ClockLimit) -> bool:
    """Whether two limits are not the same; what a moment was read from does not count."""
    if isinstance(one, Until) and isinstance(other, Until):
        return one.moment != other.moment
    return one != other


def _stand_or_run(flow: Flow, subject: Subject, limit: Limit, clock: Clock) -> None:
    why = _why_still(flow, subject, limit)
    if why is not None and not clock.ledger.is_paused:
        enter(flow, clock, Paused(flow.surroundings.at, why))
    elif why is None and clock.ledger.is_paused:
        enter(flow, clock, Resumed(flow.surroundings.at))


def _why_still(flow: Flow, subject: Subject, limit: Limit) -> Text | None:
    """Why a length stands still now; None: it runs."""
    if (suspended := flow.state.suspended) is not None:
        return wording.of_suspension(suspended)
    if subject.item is not None and subject.item.locked is not None:
        return wording.of_lock(flow, subject.item)
    if limit.stops_while is not None:
        stops = flow.holds(limit.stops_while, subject.activation)
        return (limit.stops_label or wording.WAITING) if stops else None
    if subject.item is None and is_due(limit.key) and flow.definition.meets_outside:
        roles = outside.waited_for(flow.definition, flow.state, _inside(flow, subject))
        return wording.of_outside(flow.definition, roles) if roles else None
    return None


def _inside(flow: Flow, subject: Subject) -> Collection[int]:
    """The live activations inside a block, or inside the instance of one; of the case, all."""
    if not subject.node:
        return flow.state.activations
    if not flow.definition.nodes[subject.node].many:
        return flow.below(subject.activation, subject.node)
    state = flow.state
    return {each for each in state.activations if subject.activation in state.holding(each)}


def _emit_opened(flow: Flow, number: int, subject: Subject, limit: Limit, started: Started) -> None:
    known = flow.state.clocks.get(number)
    later = known.ledger.entries[1:] if known is not None else ()
    item = subject.item.id if subject.item is not None else None
    flow.emit(
        e.ClockOpened(
            clock=number,
            node=subject.node,
            activation=subject.activation,
            item=item,
            limit=limit.key,
            started=started,
            due=_due(flow, Ledger((started, *later))),
        )
    )


def enter(flow: Flow, clock: Clock, entry: Entry) -> Clock:
    """Make an entry in the ledger of a clock; the clock as it is then."""
    entry = _in_order(clock, entry)
    flow.emit(e.ClockChanged(clock.id, entry, _due(flow, clock.ledger.then(entry))))
    return flow.state.clocks[clock.id]


def check_in_reach(flow: Flow, clock: Clock, entry: Entry) -> None:
    """Whether the clock would still be due one day; one that stands still, if it went on now.

    Raises:
        CalendarError: no calendar reaches so far.
    """
    ledger = clock.ledger.then(_in_order(clock, entry))
    going_on = (Resumed(ledger.entries[-1].at),) if ledger.is_paused else ()
    due(ledger.then(*going_on), flow.hours)


def _in_order(clock: Clock, entry: Entry) -> Entry:
    """The entry, not before the last one: the machine's clock may have been put back."""
    last = clock.ledger.entries[-1].at
    return replace(entry, at=last) if entry.at < last else entry


def _due(flow: Flow, ledger: Ledger) -> datetime | None:
    """What the ledger gives; None also where that lies out of reach of any calendar, or one is
    gone: the limit is then not known, but work goes on."""
    try:
        return due(ledger, flow.hours)
    except (CalendarError, ClockError):
        return None


# -- stopping -------------------------------------------------------------------------------------


def stop(flow: Flow, clock: Clock) -> None:
    """What the clock was for is over: done, withdrawn or left."""
    for timer in tuple(flow.state.timers.values()):
        if timer.clock == clock.id:
            flow.emit(e.TimerCancelled(timer.id))
    entry = _in_order(clock, Stopped(flow.surroundings.at))
    flow.emit(e.ClockChanged(clock.id, entry, clock.due))


def stop_item(flow: Flow, item: int) -> None:
    """Stop the clocks of a work item."""
    if not flow.state.clocks:
        return
    for clock in tuple(flow.state.clocks.values()):
        if clock.item == item:
            stop(flow, clock)


def stop_block(flow: Flow, node: str, activation: int) -> None:
    """Stop the clocks of a block that is left."""
    if not flow.state.clocks:
        return
    for clock in tuple(flow.state.clocks.values()):
        if clock.item is None and (clock.node, clock.activation) == (node, activation):
            stop(flow, clock)


def stop_lost(flow: Flow) -> None:
    """Stop the clocks of blocks and waits that are not there any more, and do not wait to be
    entered."""
    for clock in tuple(flow.state.clocks.values()):
        if clock.item is None and clock.node and not _is_live(flow, clock):
            stop(flow, clock)


def _is_live(flow: Flow, clock: Clock) -> bool:
    state = flow.state
    if clock.limit in GOES_ON or flow.definition.nodes[clock.node].many:
        return clock.activation in state.activations
    here = (clock.node, clock.activation)
    if any((each.node, each.activation) == here for each in state.waits.values()):
        return True
    return bool(flow.below(clock.activation, clock.node))


def stop_all(flow: Flow) -> None:
    """The case has ended."""
    for clock in tuple(flow.state.clocks.values()):
        stop(flow, clock)
