"""Built-in functions that make dates, times and durations, and say where a day stands."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tuoban.kernel.clocks.errors import ClockError
from tuoban.kernel.clocks.lengths import Length as WorkingLength
from tuoban.kernel.clocks.lengths import Measure, read_length
from tuoban.kernel.expressions import temporal as t
from tuoban.kernel.expressions.signatures import builtin
from tuoban.kernel.expressions.values import NUMBERS, YearMonth, kind_of
from tuoban.kernel.expressions.wide import (
    SECOND,
    Date,
    Length,
    Moment,
    Time,
    date_of,
    date_on,
    like,
    ordinal_of,
    time_at,
    time_of,
)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def _date(year: Decimal, month: Decimal, day: Decimal) -> Date | None:
    parts = [_whole(part) for part in (year, month, day)]
    whole = [part for part in parts if part is not None]
    return date_on(*whole) if len(whole) == 3 else None


def _whole(value: Decimal) -> int | None:
    """A whole number of at most nine digits, None for any other."""
    if value.copy_abs() >= 10**9 or value != value.to_integral_value():
        return None
    return int(value)


def _midnight_or(value: Any) -> Any:
    return t.midnight(value) if kind_of(value) == "date" else value


def _time(
    hour: Decimal, minute: Decimal, second: Decimal, offset: Length | None = None
) -> Time | None:
    whole_hour, whole_minute = _whole(hour), _whole(minute)
    if whole_hour is None or whole_minute is None:
        return None
    if not (0 <= whole_hour < 24 and 0 <= whole_minute < 60 and 0 <= second < 60):
        return None
    zone = t.offset_zone(offset) if isinstance(offset, timedelta) else None
    if offset is not None and zone is None:
        return None
    minutes = (whole_hour * 60 + whole_minute) * 60 * SECOND
    return time_at(minutes + int(NUMBERS.multiply(second, Decimal(SECOND))), zone)


def _months_between(start: Date | Moment, end: Date | Moment) -> YearMonth:
    """Whole months from `start` to `end`, negative where that lies before; only days count."""
    if ordinal_of(end) < ordinal_of(start):
        return YearMonth(-_months_between(end, start).months)
    months = (end.year - start.year) * 12 + end.month - start.month
    return YearMonth(months - (end.day < start.day))


def _working_time(text: str) -> WorkingLength | None:
    """Working hours, working minutes or workdays; elapsed time is a duration."""
    try:
        length = read_length(text)
    except ClockError:
        return None
    return length if length.measure in (Measure.WORKING, Measure.WORKDAYS) else None


def _in_calendar(say: Callable[[Any], Any]) -> Callable[[Date | Moment], Any]:
    """What `say` says of the day, for any year."""
    return lambda day: say(like(ordinal_of(day)))


ROWS = (
    builtin("date(from: text) -> date", t.read_date),
    builtin("date(from: date|datetime) -> date", date_of),
    builtin("date(year: number, month: number, day: number) -> date", _date),
    builtin("time(from: text) -> time", t.read_time),
    builtin("time(from: time|datetime|date) -> time", lambda value: time_of(_midnight_or(value))),
    builtin(
        "time(hour: number, minute: number, second: number, offset?: days?) -> time",
        _time,
    ),
    builtin("date and time(from: text) -> datetime", t.read_datetime),
    builtin("date and time(from: datetime|date) -> datetime", _midnight_or),
    builtin(
        "date and time(date: date|datetime, time: time) -> datetime",
        lambda day, at: t.join(date_of(day), at),
    ),
    builtin("duration(from: text) -> duration", t.read_duration),
    builtin("duration(from: duration) -> same", lambda value: value),
    builtin("working time(from: text) -> length", _working_time),
    builtin(
        "years and months duration(from: date|datetime, to: date|datetime) -> months",
        _months_between,
    ),
    builtin(
        "day of year(date: date|datetime) -> number",
        _in_calendar(lambda day: Decimal(day.timetuple().tm_yday)),
    ),
    builtin(
        "day of week(date: date|datetime) -> text",
        _in_calendar(lambda day: _DAYS[day.weekday()]),
    ),
    builtin(
        "month of year(date: date|datetime) -> text",
        _in_calendar(lambda day: _MONTHS[day.month - 1]),
    ),
    builtin(
        "week of year(date: date|datetime) -> number",
        _in_calendar(lambda day: Decimal(day.isocalendar().week)),
    ),
)
