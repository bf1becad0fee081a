"""What the limits of a definition amount to in a case: lengths, moments, and whose hours count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tuoban.kernel.calendars import Calendar, CalendarError, round_the_clock
from tuoban.kernel.clocks import (
    Basis,
    Length,
    Measure,
    Tier,
    Until,
    Within,
    as_length,
    earlier,
    later,
)
from tuoban.kernel.clocks import Limit as ClockLimit
from tuoban.kernel.definition import Node
from tuoban.kernel.engine import wording
from tuoban.kernel.expressions import Expression, YearMonth
from tuoban.kernel.limits import (
    MOMENT,
    NOT_DUE,
    OF_PERFORMER,
    OF_UNIT,
    ROUND_THE_CLOCK,
    SHORTEST_ROUND,
    LateTier,
    Limit,
    Moment,
    is_too_often,
)
from tuoban.kernel.names import read
from tuoban.kernel.schedules import Schedule
from tuoban.kernel.state import Item
from tuoban.kernel.values import beginning_of, end_of

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

_PLAIN = round_the_clock(UTC)
_DATED = frozenset({"day", "week"})
"""Units by which a date moves to a date, as it does by months."""


def limit_of(
    flow: Flow, limit: Limit, begins: datetime, calendar: str, at: int
) -> ClockLimit | None:
    """How long, or until when, as things stand; None while that cannot be told.

    A length that is not above zero has run out when it begins.

    Args:
        at: the activation from which the limit reads what it names.
    """
    if limit.until is not None:
        latest = limit.key not in NOT_DUE
        moment = instant_of(flow, limit.until, calendar, at, latest=latest)
        return Until(moment, _basis(flow, limit.until, calendar, moment, at)) if moment else None
    if limit.schedule is not None:
        return _next(flow, limit.schedule, begins, calendar)
    given = limit.length
    value = read(given, flow.names(at)) if isinstance(given, Expression) else given
    length = _length(value)
    if limit.key == MOMENT and (length is not None or isinstance(value, timedelta | YearMonth)):
        return Within(_not_too_often(length))
    if length is not None:
        return Within(length)
    return Until(begins) if isinstance(value, timedelta | YearMonth) else None


def _next(flow: Flow, schedule: Schedule, begins: datetime, calendar: str) -> Until | None:
    """The next moment of a schedule; None where it lies out of reach."""
    try:
        return Until(schedule.after(begins, flow.surroundings.zone, flow.hours[calendar]))
    except (CalendarError, OverflowError):
        return None


def _basis(flow: Flow, moment: Moment, calendar: str, found: datetime, at: int) -> Basis | None:
    """What a moment was read from, where one name says it and leads there by a plain sum."""
    label, base = wording.of_moment(flow, moment), read(moment.base, flow.names(at))
    if not label.zh or not isinstance(base, date):
        return None
    value, back = _offset(flow, moment, at)
    length = _length(value)
    for instant in _instants(base, flow.surroundings.zone):
        if _shifted(instant, length, flow.hours[calendar], back=back) == found:
            return Basis(label, instant, length, back)
    return None


def _instants(base: date, zone: tzinfo) -> tuple[datetime, ...]:
    """The instants that a date, or a moment, may mean."""
    if isinstance(base, datetime):
        return (base.astimezone(UTC),)
    return (beginning_of(base, zone), end_of(base, zone))


def _shifted(
    instant: datetime, length: Length | None, calendar: Calendar, *, back: bool
) -> datetime | None:
    if length is None:
        return instant
    try:
        return (earlier if back else later)(instant, length, calendar)
    except (CalendarError, OverflowError):
        return None


def _offset(flow: Flow, moment: Moment, at: int) -> tuple[Any, bool]:
    """How far from its base a moment lies, and whether before it. A length below zero leads the
    other way."""
    given, back = moment.offset, moment.side == "before"
    value = read(given, flow.names(at)) if isinstance(given, Expression) else given
    if isinstance(value, timedelta) and value < timedelta():
        return -value, not back
    if isinstance(value, YearMonth) and value.months < 0:
        return YearMonth(-value.months), not back
    return value, back


def instant_of(
    flow: Flow,
    moment: Moment,
    calendar: str,
    at: int,
    *,
    latest: bool,
    own: Mapping[str, Any] | None = None,
) -> datetime | None:
    """The instant of a moment; None while it cannot be told, or lies out of reach.

    Args:
        at: the activation from which the moment reads what it names.
        latest: a date means its end; else its beginning.
        own: values of its own that it may name beside.
    """
    base = read(moment.base, flow.names(at, own))
    if not isinstance(base, date):
        return None
    try:
        found = _moved(flow, base, moment, flow.hours[calendar], at)
    except (CalendarError, OverflowError):
        return None
    if found is None or isinstance(found, datetime):
        return found
    zone = flow.surroundings.zone
    return end_of(found, zone) if latest else beginning_of(found, zone)


def _moved(flow: Flow, base: date, moment: Moment, calendar: Calendar, at: int) -> date | None:
    if moment.offset is None:
        return base.astimezone(UTC) if isinstance(base, datetime) else base
    value, back = _offset(flow, moment, at)
    if not isinstance(base, datetime):
        if (moved := date_moved(base, value, back=back)) is not None:
            return moved
        base = (beginning_of if moment.side == "before" else end_of)(base, flow.surroundings.zone)
    if isinstance(value, timedelta):
        return base.astimezone(UTC) + (-value if back else value)
    length = _length(value)
    if length is None:
        return base.astimezone(UTC) if value == YearMonth(0) else None
    return earlier(base, length, calendar) if back else later(base, length, calendar)


def date_moved(base: date, value: Any, *, back: bool) -> date | None:
    """The date so many whole days or months from another; None by any other length."""
    if isinstance(value, timedelta) and value % timedelta(days=1) == timedelta():
        return base - value if back else base + value
    if isinstance(value, Length) and value.unit in _DATED and value.number % 1 == 0:
        days = timedelta(microseconds=value.size)
        return base - days if back else base + days
    length = _length(value)
    if length is None or length.measure is not Measure.MONTHS:
        return None
    # At noon of a round-the-clock day no zone plays a part in it.
    noon = datetime(base.year, base.month, base.day, 12, tzinfo=UTC)
    moved = (earlier if back else later)(noon, length, _PLAIN)
    return moved.date()


def _length(value: Any) -> Length | None:
    if isinstance(value, Length):
        return value
    if isinstance(value, timedelta):
        return as_length(value)
    if isinstance(value, YearMonth) and value.months > 0:
        return Length(Decimal(value.months), "month")
    return None


def tier_of(flow: Flow, late: LateTier, at: int) -> Tier | None:
    """The moment around a limit, as things stand; None while that cannot be told.

    What lies no time from the limit comes at it; what comes again and again keeps `SHORTEST_ROUND`.

    Args:
        at: the activation from which it reads what it names.
    """
    if late.offset is None:
        return late.tier
    value = read(late.offset, flow.names(at))
    length = _length(value)
    if late.tier.every and (length is not None or isinstance(value, timedelta | YearMonth)):
        length = _not_too_often(length)
    if length is not None:
        return replace(late.tier, offset=length)
    is_none = isinstance(value, timedelta | YearMonth)
    return replace(late.tier, side="at") if is_none else None


def _not_too_often(length: Length | None) -> Length:
    """The length of a round, or the shortest that there may be."""
    if length is None:
        return SHORTEST_ROUND
    return SHORTEST_ROUND if is_too_often(length) else length


def calendar_of(flow: Flow, limit: Limit, item: Item | None) -> str:
    """The name of the calendar by which a limit counts now."""
    hours, unit = flow.surroundings.hours, flow.state.unit
    always = flow.hours.always
    if limit.calendar == ROUND_THE_CLOCK:
        return always
    if limit.calendar == OF_UNIT:
        return hours.units.get(unit, always)
    if limit.calendar == OF_PERFORMER and item is not None:
        where = item.pools[0][1] if item.pools else unit
        return hours.of_performer(item.person, where) or always
    # A calendar that has gone since the pack was published: the unit's counts.
    return hours.keys.get((limit.calendar, unit)) or hours.units.get(unit, always)


def is_open(flow: Flow, node: Node, at: int) -> bool:
    """Whether the moment at which a step opens has come; where none can be told, it has."""
    if node.opens is None or node.opens.until is None:
        return True
    calendar = calendar_of(flow, node.opens, None)
    moment = instant_of(flow, node.opens.until, calendar, at, latest=False)
    return moment is None or moment <= flow.surroundings.at
