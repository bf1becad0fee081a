"""Reading dates, times and durations. Digits beyond nanoseconds are cut."""

import re
from datetime import tzinfo

from tuoban.kernel.expressions.temporal.lengths import whole_months
from tuoban.kernel.expressions.temporal.zones import ZONE, read_zone
from tuoban.kernel.expressions.values import YearMonth
from tuoban.kernel.expressions.wide import (
    DAY,
    SECOND,
    Date,
    Length,
    Moment,
    Time,
    date_on,
    length_at,
    moment_at,
    ordinal_of,
    time_at,
)

_DATE = r"(?!-0000)(?P<year>-?(?:[1-9][0-9]{3,8}|0[0-9]{3}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
    rf"(?P<zone>{ZONE})?"
)
_DATE_FORM = re.compile(_DATE)
_TIME_FORM = re.compile(_TIME)
_DATETIME_FORM = re.compile(f"{_DATE}T{_TIME}")
_DAYS_FORM = re.compile(
    r"(-)?P(?:([0-9]{1,18})D)?(?:T(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?"
    r"(?:([0-9]{1,18})(?:\.([0-9]*))?S)?)?"
)
_MONTHS_FORM = re.compile(r"(-)?P(?:([0-9]{1,18})Y)?(?:([0-9]{1,18})M)?")


def read_date(text: str) -> Date | None:
    match = _DATE_FORM.fullmatch(text)
    return _date(match) if match else None


def read_time(text: str) -> Time | None:
    """`24:00:00` is midnight, as in XML Schema, to which the standard refers."""
    match = _TIME_FORM.fullmatch(text)
    read = _time(match) if match else None
    return None if read is None else time_at(read[0] % DAY, read[1])


def read_datetime(text: str) -> Moment | None:
    """A date alone is its midnight without a zone; `24:00:00` is midnight of the next day."""
    match = _DATETIME_FORM.fullmatch(text)
    if match is None:
        day = read_date(text)
        return None if day is None else moment_at(ordinal_of(day), 0, None)
    day, read = _date(match), _time(match)
    if day is None or read is None:
        return None
    clock, zone = read
    return moment_at(ordinal_of(day) + clock // DAY, clock % DAY, zone)


def read_duration(text: str) -> Length | YearMonth | None:
    if len(text) < 3 or text[-1] in "PT":
        return None
    match = _MONTHS_FORM.fullmatch(text)
    if match is not None:
        sign, years, months = match.groups("0")
        total = int(years) * 12 + int(months)
        return whole_months(-total if sign == "-" else total)
    match = _DAYS_FORM.fullmatch(text)
    if match is None:
        return None
    sign, days, hours, minutes, seconds, fraction = match.groups("0")
    whole = ((int(days) * 24 + int(hours)) * 60 + int(minutes)) * 60 + int(seconds)
    total = whole * SECOND + _fraction(fraction)
    return length_at(-total if sign == "-" else total)


def read_temporal(text: str) -> Date | Time | Moment | Length | YearMonth | None:
    """What `@"text"` stands for, or None."""
    if _DATE_FORM.fullmatch(text):
        return read_date(text)
    return read_datetime(text) or read_time(text) or read_duration(text)


def _date(match: re.Match[str]) -> Date | None:
    return date_on(int(match["year"]), int(match["month"]), int(match["day"]))


def _time(match: re.Match[str]) -> tuple[int, tzinfo | None] | None:
    """Nanoseconds since midnight, up to a whole day, and the zone; None if there is no such."""
    zone = read_zone(match["zone"]) if match["zone"] else None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    if minute > 59 or second > 59 or (match["zone"] and zone is None):
        return None
    clock = ((hour * 60 + minute) * 60 + second) * SECOND + _fraction(match["fraction"] or "")
    return (clock, zone) if clock <= DAY else None


def _fraction(digits: str) -> int:
    """The nanoseconds of the digits behind the point."""
    return int(digits[:9].ljust(9, "0"))
