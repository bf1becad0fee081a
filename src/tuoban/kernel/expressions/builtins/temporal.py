"""Built-in functions that make dates, times and durations."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from tuoban.kernel.expressions import temporal as t
from tuoban.kernel.expressions.signatures import builtin
from tuoban.kernel.expressions.values import NUMBERS, YearMonth


def _date_of(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


def _date(year: Decimal, month: Decimal, day: Decimal) -> date | None:
    parts = [int(part) for part in (year, month, day) if part == part.to_integral_value()]
    try:
        return date(*parts) if len(parts) == 3 and year.copy_abs() < 10_000 else None
    except (ValueError, OverflowError):
        return None


def _time_of(value: Any) -> time:
    if isinstance(value, datetime):
        return value.timetz()
    return value if isinstance(value, time) else t.midnight(value).timetz()


def _time(
    hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> time | None:
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    zone = None if offset is None else t.offset_zone(offset)
    if offset is not None and zone is None:
        return None
    return time(int(hour), int(minute), int(second), _microseconds(second), zone)


def _microseconds(second: Decimal) -> int:
    return int(NUMBERS.scaleb(NUMBERS.remainder(second, Decimal(1)), 6))


def _datetime_of(value: Any) -> datetime:
    return value if isinstance(value, datetime) else t.midnight(value)


def _join(day: Any, at: time) -> datetime:
    return datetime.combine(_date_of(day), at)


def _months_between(start: Any, end: Any) -> YearMonth:
    """Whole months from `start` to `end`, negative where that lies before."""
    if end < start:
        return YearMonth(-_months_between(end, start).months)
    months = (end.year - start.year) * 12 + end.month - start.month
    return YearMonth(months - (end.day < start.day))


ROWS = (
    builtin("date(from: text) -> date", t.read_date),
    builtin("date(from: date|datetime) -> date", _date_of),
    builtin("date(year: number, month: number, day: number) -> date", _date),
    builtin("time(from: text) -> time", t.read_time),
    builtin("time(from: time|datetime|date) -> time", _time_of),
    builtin(
        "time(hour: number, minute: number, second: number, offset?: days?) -> time",
        _time,
    ),
    builtin("date and time(from: text) -> datetime", t.read_datetime),
    builtin("date and time(from: datetime|date) -> datetime", _datetime_of),
    builtin("date and time(date: date|datetime, time: time) -> datetime", _join),
    builtin("duration(from: text) -> duration", t.read_duration),
    builtin("duration(from: duration) -> same", lambda value: value),
    builtin(
        "years and months duration(from: date|datetime, to: date|datetime) -> months",
        lambda start, end: _months_between(_date_of(start), _date_of(end)),
    ),
)
