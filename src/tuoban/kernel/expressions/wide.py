"""Dates, times and lengths of time beyond what Python's own types hold.

`date`, `time`, `datetime` and `timedelta` stand for all that they can hold: the years 1 to 9999
and whole microseconds. Only what lies beyond is one of the types here, so that every value has
exactly one representation. One calculus carries both: days of the proleptic Gregorian calendar,
counted as Python counts them (0001-01-01 is day 1), and nanoseconds.
"""

from __future__ import annotations  # a field is called as its type

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import final

FIRST_YEAR, LAST_YEAR = -999_999_999, 999_999_999
SECOND = 1_000_000_000
DAY = 86_400 * SECOND
LONGEST = 10**12 * DAY
"""Lengths are shorter than this: more than lies between any two dates. In nanoseconds."""

_CYCLE_YEARS, _CYCLE = 400, 146_097  # after so many days, whole weeks, the calendar repeats itself
_NEAR_FIRST, _NEAR_LAST = 2, date.max.toordinal() - 1  # a day from the edge, for zones to be asked


class _OnDay:
    """What shows a day."""

    __slots__ = ()
    ordinal: int

    @property
    def year(self) -> int:
        day = like(self.ordinal)
        return day.year + (self.ordinal - day.toordinal()) // _CYCLE * _CYCLE_YEARS

    @property
    def month(self) -> int:
        return like(self.ordinal).month

    @property
    def day(self) -> int:
        return like(self.ordinal).day


class _AtTime:
    """What shows a time of day."""

    __slots__ = ()
    nanoseconds: int

    @property
    def hour(self) -> int:
        return self.nanoseconds // (3600 * SECOND)

    @property
    def minute(self) -> int:
        return self.nanoseconds // (60 * SECOND) % 60


@final
@dataclass(frozen=True, slots=True)
class WideDate(_OnDay):
    """A date outside the years 1 to 9999."""

    ordinal: int


@final
@dataclass(frozen=True, slots=True)
class WideTime(_AtTime):
    """A time of day with a fraction finer than microseconds; `nanoseconds` since midnight."""

    nanoseconds: int
    tzinfo: tzinfo | None = None


@final
@dataclass(frozen=True, slots=True)
class WideDateTime(_OnDay, _AtTime):
    """A moment on a day outside the years 1 to 9999, or with a fraction finer than microseconds.

    `fold` is 1 for the later of two moments that a zone's clock shows alike, as in `datetime`.
    """

    ordinal: int
    nanoseconds: int
    tzinfo: tzinfo | None = None
    fold: int = 0


@final
@dataclass(frozen=True, slots=True)
class WideDuration:
    """A length of more than 999,999,999 days, or finer than microseconds."""

    nanoseconds: int

    @property
    def days(self) -> int:
        """Whole days, rounded down as in `timedelta`."""
        return self.nanoseconds // DAY


Date = date | WideDate
Time = time | WideTime
Moment = datetime | WideDateTime
Length = timedelta | WideDuration


# Days


def like(ordinal: int) -> date:
    """The day itself, or the nearest one that Python holds of the same place in the calendar.

    That is as far into the 400 years after which the calendar repeats itself, so that it has the
    same month, day and day of the week, and the rules of a time zone apply to it alike.
    """
    if ordinal < _NEAR_FIRST:
        ordinal = _NEAR_FIRST + (ordinal - _NEAR_FIRST) % _CYCLE
    elif ordinal > _NEAR_LAST:
        ordinal = _NEAR_LAST - (_NEAR_LAST - ordinal) % _CYCLE
    return date.fromordinal(ordinal)


def ordinal_of(day: Date | Moment) -> int:
    return day.toordinal() if isinstance(day, date) else day.ordinal


def ordinal_on(year: int, month: int, day: int) -> int:
    """Raises `ValueError` where the calendar has no such day."""
    cycles, rest = divmod(year - 1, _CYCLE_YEARS)
    return date(rest + 1, month, day).toordinal() + cycles * _CYCLE


_FIRST_DAY, _LAST_DAY = ordinal_on(FIRST_YEAR, 1, 1), ordinal_on(LAST_YEAR, 12, 31)


def date_at(ordinal: int) -> Date | None:
    """The date of that number; None outside the years that FEEL has."""
    return _date_at(ordinal) if _FIRST_DAY <= ordinal <= _LAST_DAY else None


def _date_at(ordinal: int) -> Date:
    return date.fromordinal(ordinal) if 1 <= ordinal <= _NEAR_LAST + 1 else WideDate(ordinal)


def date_on(year: int, month: int, day: int) -> Date | None:
    """The date, or None where the calendar has no such day."""
    try:
        if 1 <= year <= 9999:
            return date(year, month, day)
        return date_at(ordinal_on(year, month, day))
    except (ValueError, OverflowError):
        return None


def date_of(value: Date | Moment) -> Date:
    """The day that a moment shows; of a date, itself."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, WideDateTime):
        return _date_at(value.ordinal)
    return value


# Times of day


def clock_of(value: Time | Moment) -> int:
    """The nanoseconds since midnight that it shows."""
    if isinstance(value, _AtTime):
        return value.nanoseconds
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    return seconds * SECOND + value.microsecond * 1000


def time_at(clock: int, zone: tzinfo | None) -> Time:
    """The time of day `clock` nanoseconds after midnight, less than a day."""
    return WideTime(clock, zone) if clock % 1000 else _near_time(clock, zone)


def _near_time(clock: int, zone: tzinfo | None, fold: int = 0) -> time:
    """Cut to microseconds."""
    seconds, fraction = divmod(clock, SECOND)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return time(hour, minute, second, fraction // 1000, zone, fold=fold)


def time_of(value: Time | Moment) -> Time:
    """The time of day that a moment shows, with its zone; of a time, itself."""
    if isinstance(value, datetime):
        return value.timetz()
    if isinstance(value, WideDateTime):
        return time_at(value.nanoseconds, value.tzinfo)
    return value


# Moments and lengths


def moment_at(ordinal: int, clock: int, zone: tzinfo | None, fold: int = 0) -> Moment | None:
    """The moment that shows this day and time; None outside the years that FEEL has."""
    if clock % 1000 == 0 and 1 <= ordinal <= date.max.toordinal():
        return datetime.combine(date.fromordinal(ordinal), _near_time(clock, zone, fold))
    if _FIRST_DAY <= ordinal <= _LAST_DAY:
        return WideDateTime(ordinal, clock, zone, fold)
    return None


def near(ordinal: int, clock: int, zone: tzinfo | None, fold: int = 0) -> datetime:
    """What Python holds that is most like that moment, for its zone to be asked."""
    return datetime.combine(like(ordinal), _near_time(clock, zone, fold))


def nanoseconds_of(length: Length) -> int:
    if isinstance(length, WideDuration):
        return length.nanoseconds
    return (length.days * 86_400 + length.seconds) * SECOND + length.microseconds * 1000


def length_at(nanoseconds: int) -> Length | None:
    """The length of so many nanoseconds; None from `LONGEST` on."""
    if nanoseconds % 1000 == 0:
        try:
            return timedelta(microseconds=nanoseconds // 1000)
        except OverflowError:
            pass
    return WideDuration(nanoseconds) if abs(nanoseconds) < LONGEST else None
