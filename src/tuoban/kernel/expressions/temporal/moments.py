"""Calculating with dates, times of day, and dates and times.

A moment with a zone is shifted and measured on the time line, one without by its face; a date
counts as its midnight in UTC, as the standard says. What leaves the years of FEEL is None.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from tuoban.kernel.expressions.temporal.order import are_measurable, since_midnight
from tuoban.kernel.expressions.temporal.zones import instant_of, moment_of
from tuoban.kernel.expressions.values import YearMonth
from tuoban.kernel.expressions.wide import (
    DAY,
    Date,
    Length,
    Moment,
    Time,
    WideDateTime,
    clock_of,
    date_at,
    date_on,
    length_at,
    moment_at,
    nanoseconds_of,
    ordinal_of,
    time_at,
)


def midnight(day: Date) -> Moment:
    """A date as a moment: its midnight in UTC, as the standard says."""
    if isinstance(day, date):
        return datetime.combine(day, time(tzinfo=UTC))
    return WideDateTime(day.ordinal, 0, UTC)


def join(day: Date, at: Time) -> Moment | None:
    """The moment at that time of that day, in the zone of the time."""
    if isinstance(day, date) and isinstance(at, time):
        return datetime.combine(day, at)
    return moment_at(ordinal_of(day), clock_of(at), at.tzinfo)


def shift(moment: Moment, length: Length) -> Moment | None:
    if isinstance(moment, datetime) and isinstance(length, timedelta):
        try:
            if moment.tzinfo is None:
                return moment + length
            return (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)
        except OverflowError:
            pass
    return moment_of(instant_of(moment) + nanoseconds_of(length), moment.tzinfo)


def shift_date(day: Date, length: Length) -> Date | None:
    """The day of that moment which lies so long after its midnight."""
    if isinstance(day, date) and isinstance(length, timedelta):
        try:
            return day + length
        except OverflowError:
            pass
    return date_at(ordinal_of(day) + nanoseconds_of(length) // DAY)


def shift_time(at: Time, length: Length) -> Time:
    """Around the clock: an hour after 23:30 it is 00:30."""
    return time_at((clock_of(at) + nanoseconds_of(length)) % DAY, at.tzinfo)


def shift_months(day: Date, length: YearMonth) -> Date | None:
    """A date so many months later; the last day of a shorter month is taken."""
    return date_on(*_months_later(day, length.months))


def shift_moment_months(moment: Moment, length: YearMonth) -> Moment | None:
    """The same face so many months later, as for a date."""
    day = date_on(*_months_later(moment, length.months))
    if day is None:
        return None
    if isinstance(moment, datetime) and isinstance(day, date):
        return datetime.combine(day, moment.timetz())
    return moment_at(ordinal_of(day), clock_of(moment), moment.tzinfo, moment.fold)


def _months_later(day: Date | Moment, months: int) -> tuple[int, int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    same_calendar = 2000 + year % 400
    return year, month + 1, min(day.day, monthrange(same_calendar, month + 1)[1])


def difference(left: Moment, right: Moment) -> Length | None:
    """None if only one of them has a zone."""
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    if isinstance(left, datetime) and isinstance(right, datetime):
        if left.tzinfo is None:
            return left - right
        try:
            return left.astimezone(UTC) - right.astimezone(UTC)
        except OverflowError:
            pass
    return length_at(instant_of(left) - instant_of(right))


def days_between(left: Date, right: Date) -> Length | None:
    if isinstance(left, date) and isinstance(right, date):
        return left - right
    return length_at((ordinal_of(left) - ordinal_of(right)) * DAY)


def time_difference(left: Time, right: Time) -> Length | None:
    if not are_measurable(left, right):
        return None
    return length_at(since_midnight(left) - since_midnight(right))
