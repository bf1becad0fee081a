"""The clocks of open work, in plain time.

`within` counts from the first moment the step is offered and unlocked, and stands still while it is
locked. `due` is a moment: it never stands still, and is computed again whenever what it names
changes. Each tier of `late` is a timer; one whose moment has gone by fires at once, and one that
has fired fires again only if its moment moves into the future.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import LateTier, Limit
from tuoban.kernel.names import read
from tuoban.kernel.state import Item, Timer
from tuoban.kernel.values import end_of

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def settle(flow: Flow) -> None:
    """Start the clocks of work that may go on, and move those whose moment has changed."""
    for item in tuple(flow.state.items.values()):
        limit = flow.definition.nodes[item.node].step.limit
        if limit is None:
            continue
        due = _due(flow, item, limit)
        if due != item.due:
            _restart(flow, item, limit, due)


def stop(flow: Flow, item_id: int) -> None:
    """The step was locked: a `within` stands still with what is left of it."""
    item = flow.state.items[item_id]
    limit = flow.definition.nodes[item.node].step.limit
    if limit is None or limit.within is None or item.due is None:
        return
    at = flow.surroundings.at
    flow.cancel_timers(item_id)
    flow.emit(e.ClockStopped(item_id, at, (item.due - at).total_seconds()))


def _due(flow: Flow, item: Item, limit: Limit) -> datetime | None:
    if limit.due is not None:
        moment = read(limit.due, flow.names())
        return end_of(moment, flow.surroundings.zone) if isinstance(moment, date) else None
    if item.locked is not None:
        return None
    if item.due is not None:
        return item.due
    if item.left is not None:
        return _shifted(flow.surroundings.at, timedelta(seconds=item.left))
    length = read(limit.within, flow.names()) if limit.within is not None else None
    return _shifted(flow.surroundings.at, length) if isinstance(length, timedelta) else None


def _restart(flow: Flow, item: Item, limit: Limit, due: datetime | None) -> None:
    flow.cancel_timers(item.id)
    if due is None:
        flow.emit(e.ClockStopped(item.id, flow.surroundings.at, None))
        return
    flow.emit(e.ClockStarted(item.id, item.clock_from or flow.surroundings.at, due))
    for tier in limit.tiers:
        moment = _shifted(due, tier.offset)
        fired = item.fired.get(tier.key)
        if fired is None or moment > flow.surroundings.at:
            number = flow.state.last_timer + 1
            flow.emit(e.TimerSet(str(number), item.id, tier.key, moment))


_LATEST = datetime(9990, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(10, 1, 1, tzinfo=UTC)


def _shifted(moment: datetime, length: timedelta) -> datetime:
    """`moment` moved by `length`, held within what a calendar can name."""
    try:
        return min(max(moment + length, _EARLIEST), _LATEST)
    except OverflowError:
        return _LATEST if length > timedelta(0) else _EARLIEST


def fire_what_has_come(flow: Flow) -> None:
    """Fire, in order, every timer whose moment has come: what is late is late, whoever comes first,
    the worker or a person."""
    _fire_until(flow, flow.surroundings.at)


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
    item = flow.state.items[timer.item]
    limit = flow.definition.nodes[item.node].step.limit
    flow.emit(e.LimitPassed(timer.id, item.id, timer.tier, flow.surroundings.at))
    for tier in limit.tiers if limit is not None else ():
        if tier.key == timer.tier:
            _carry_out(flow, item, tier)


def _carry_out(flow: Flow, item: Item, tier: LateTier) -> None:
    for action in tier.actions:
        escalated = action.kind == "escalate"
        if action.to == "performer":
            _tell_performer(flow, item, tier.key, escalated)
        else:
            _tell_role(flow, item, tier.key, action.to, escalated)


def _tell_performer(flow: Flow, item: Item, tier: str, escalated: bool) -> None:
    if item.person is not None:
        flow.emit(e.Told(item.id, tier, item.person, None, None, escalated))
        return
    for role, unit in item.pools:
        flow.emit(e.Told(item.id, tier, None, role, unit, escalated))


def _tell_role(flow: Flow, item: Item, tier: str, role: str, escalated: bool) -> None:
    acting = flow.definition.roles[role].recorded_by or role
    directory = flow.surroundings.directory
    unit = directory.nearest((acting,), flow.state.unit)
    if unit is not None:
        flow.emit(e.Told(item.id, tier, None, acting, unit, escalated))
    else:
        head = directory.head(flow.state.unit)
        flow.emit(e.Told(item.id, tier, head, None, None, escalated))
