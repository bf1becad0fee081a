"""Writing dates, times and durations: the text that reads back as the value."""

from datetime import date, datetime, time

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
    WideTime,
    clock_of,
    date_of,
    nanoseconds_of,
)


def write_temporal(value: Date | Time | Moment | Length | YearMonth) -> str:
    """The text that reads back as `value`."""
    if isinstance(value, YearMonth):
        return _write_months(value.months)
    if isinstance(value, datetime | WideDateTime):
        return f"{_write_date(date_of(value))}T{_write_time(value)}"
    if isinstance(value, time | WideTime):
        return _write_time(value)
    if isinstance(value, date | WideDate):
        return _write_date(value)
    return _write_length(nanoseconds_of(value))


def _write_date(day: Date) -> str:
    sign = "-" if day.year < 0 else ""
    return f"{sign}{abs(day.year):04}-{day.month:02}-{day.day:02}"


def _write_time(value: Time | Moment) -> str:
    seconds, fraction = divmod(clock_of(value), SECOND)
    minutes, second = divmod(seconds, 60)
    clock = f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"
    return f"{clock}{_write_fraction(fraction)}{write_zone(value)}"


def _write_fraction(nanoseconds: int) -> str:
    return f".{nanoseconds:09}".rstrip("0").rstrip(".")


def _write_months(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    parts = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return ("-" if months < 0 else "") + "P" + (parts or "0M")


def _write_length(nanoseconds: int) -> str:
    whole, fraction = divmod(abs(nanoseconds), SECOND)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or fraction:
        clock += f"{seconds}{_write_fraction(fraction)}S"
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if nanoseconds < 0 else "") + "P" + (text or "T0S")
