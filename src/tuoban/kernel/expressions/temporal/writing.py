"""Writing dates, times and durations: the text that reads back as the value."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from tuoban.kernel.expressions.temporal.zones import write_zone
from tuoban.kernel.expressions.values import YearMonth
from tuoban.kernel.expressions.wide import (
    SECOND,
    Date,
    Length,
    Moment,
    Time,
    WideDate,
    WideDateTime,
    WideDuration,
    WideTime,
    clock_of,
    date_of,
    nanoseconds_of,
)


def write_temporal(value: Date | Time | Moment | Length | YearMonth) -> str:
    """The text that reads back as `value`."""
    return _WRITERS[type(value)](value)


def _write_moment(value: Moment) -> str:
    return f"{_write_date(date_of(value))}T{_write_time(value)}"


def _write_date(day: Date) -> str:
    if isinstance(day, date):
        return day.isoformat()
    sign = "-" if day.year < 0 else ""
    return f"{sign}{abs(day.year):04}-{day.month:02}-{day.day:02}"


def _write_time(value: Time | Moment) -> str:
    second, fraction = divmod(clock_of(value) % (60 * SECOND), SECOND)
    clock = f"{value.hour:02}:{value.minute:02}:{second:02}"
    return f"{clock}{_write_fraction(fraction)}{write_zone(value)}"


def _write_fraction(nanoseconds: int) -> str:
    return f".{nanoseconds:09}".rstrip("0").rstrip(".")


def _write_months(length: YearMonth) -> str:
    years, rest = divmod(abs(length.months), 12)
    parts = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return ("-" if length.months < 0 else "") + "P" + (parts or "0M")


def _write_length(length: Length) -> str:
    nanoseconds = nanoseconds_of(length)
    whole, fraction = divmod(abs(nanoseconds), SECOND)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or fraction:
        clock += f"{seconds}{_write_fraction(fraction)}S"
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if nanoseconds < 0 else "") + "P" + (text or "T0S")


_WRITERS: dict[type, Callable[[Any], str]] = {
    date: _write_date,
    WideDate: _write_date,
    time: _write_time,
    WideTime: _write_time,
    datetime: _write_moment,
    WideDateTime: _write_moment,
    timedelta: _write_length,
    WideDuration: _write_length,
    YearMonth: _write_months,
}
