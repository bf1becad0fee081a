"""Instants as whole microseconds since 1970 in UTC, and the wall clocks of time zones.

A time on the wall clock of a date means **the first instant at which that clock, read as never
going back, shows it or has passed it**. So a time that occurs twice, when daylight saving ends,
means its first occurrence, and a time that is skipped means the instant of the skip. Times in order
therefore always give instants in order, whatever the zone does.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

from tuoban.kernel.calendars.errors import CalendarError, Finding

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years a calendar answers for, those that a date of a case may have."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WALL_EPOCH = EPOCH.replace(tzinfo=None)
_EPOCH_DAY = EPOCH.toordinal()
_MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE


def out_of_reach() -> CalendarError:
    """Nothing was found in the years a calendar answers for."""
    facts = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
    return CalendarError(Finding("out-of-reach", facts))


def micros_of(moment: datetime) -> int:
    """The instant of an aware moment.

    Raises:
        CalendarError: the moment has no time zone.
    """
    try:
        return (moment - EPOCH) // _MICROSECOND
    except TypeError:
        raise CalendarError(
            Finding("moment-without-zone", {"moment": moment.isoformat(" ")})
        ) from None


def moment_of(micros: int) -> datetime:
    """The UTC moment of an instant.

    Raises:
        CalendarError: `datetime` cannot name it.
    """
    try:
        return EPOCH + timedelta(microseconds=micros)
    except OverflowError:
        raise out_of_reach() from None


def length_of(micros: int) -> timedelta:
    return timedelta(microseconds=micros)


_FIRST = micros_of(EPOCH.replace(year=FIRST_YEAR))
_END = micros_of(EPOCH.replace(year=LAST_YEAR + 1))


def micros_in(length: timedelta) -> int:
    return length // _MICROSECOND


def instant_of(day: date, minute: int, zone: tzinfo) -> int:
    """The instant at which it is `minute` minutes after the midnight that begins `day` in `zone`.

    `minute` may reach into the days after. See the module for times that occur twice or never.
    """
    ordinal, minute = day.toordinal() + minute // 1440, minute % 1440
    wall = datetime.fromordinal(ordinal).replace(hour=minute // 60, minute=minute % 60)
    return _instant(wall, (ordinal - _EPOCH_DAY) * DAY + minute * MINUTE, zone)


def instant_at(wall: datetime, zone: tzinfo) -> int:
    """The instant of a date and time on the wall of `zone`, whatever zone or fold `wall` has."""
    plain = wall.replace(tzinfo=None, fold=0)
    return _instant(plain, (plain - _WALL_EPOCH) // _MICROSECOND, zone)


def _instant(wall: datetime, shown: int, zone: tzinfo) -> int:
    """`shown` is `wall` as if it were UTC."""
    local = wall.replace(tzinfo=zone)
    first = shown - _offset(local)
    second = shown - _offset(local.replace(fold=1))
    # PEP 495: a time that occurs twice has its first occurrence at fold 0; for a time that is
    # skipped, fold 0 lies after the skip and fold 1 before it.
    return first if first <= second else _skip(second, first, zone)


def local_date(micros: int, zone: tzinfo) -> date:
    """The date on the wall at an instant.

    Raises:
        CalendarError: `datetime` cannot name it.
    """
    return local_moment(micros, zone).date()


def local_moment(micros: int, zone: tzinfo) -> datetime:
    """An instant as the wall in `zone` shows it.

    Raises:
        CalendarError: `datetime` cannot name it.
    """
    try:
        return moment_of(micros).astimezone(zone)
    except OverflowError:
        raise out_of_reach() from None


def is_in_reach(micros: int) -> bool:
    """Whether an instant lies in the years a calendar answers for, in UTC."""
    return _FIRST <= micros < _END


def _offset(moment: datetime) -> int:
    offset = moment.utcoffset()
    return 0 if offset is None else offset // _MICROSECOND


def _skip(before: int, after: int, zone: tzinfo) -> int:
    """The first instant with the offset of `after`, to the second."""
    target = _offset(moment_of(after).astimezone(zone))
    low, high = before // SECOND, after // SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(moment_of(middle * SECOND).astimezone(zone)) == target:
            high = middle
        else:
            low = middle
    return high * SECOND
