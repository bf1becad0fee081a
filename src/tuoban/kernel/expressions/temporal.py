"""Dates, times and durations: reading, writing and calculating.

Python's types carry years 1 to 9999 and microseconds; what lies outside is null. A moment with
a zone is compared and shifted on the time line, one without by its face.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tuoban.kernel.expressions.values import NUMBERS, YearMonth

_DATE = r"(?P<year>-?[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+/-]+)?"
)
_DATE_FORM = re.compile(_DATE)
_TIME_FORM = re.compile(_TIME)
_DATETIME_FORM = re.compile(f"{_DATE}T{_TIME}")
_DAYS_FORM = re.compile(
    r"(-)?P(?:([0-9]{1,12})D)?"
    r"(?:T(?:([0-9]{1,12})H)?(?:([0-9]{1,12})M)?(?:([0-9]{1,12}(?:\.[0-9]*)?)S)?)?"
)
_MONTHS_FORM = re.compile(r"(-)?P(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?")

Moment = date | time | datetime
Duration = timedelta | YearMonth


# Reading


def read_date(text: str) -> date | None:
    match = _DATE_FORM.fullmatch(text)
    return _date(match) if match else None


def read_time(text: str) -> time | None:
    match = _TIME_FORM.fullmatch(text)
    return _time(match) if match else None


def read_datetime(text: str) -> datetime | None:
    match = _DATETIME_FORM.fullmatch(text)
    if match is None:
        day = read_date(text)
        return datetime.combine(day, time()) if day else None
    day, at = _date(match), _time(match)
    return datetime.combine(day, at) if day is not None and at is not None else None


def read_duration(text: str) -> Duration | None:
    if len(text) < 3 or text[-1] in "PT":
        return None
    match = _MONTHS_FORM.fullmatch(text)
    if match is not None:
        sign, years, months = match.groups()
        total = int(years or 0) * 12 + int(months or 0)
        return YearMonth(-total if sign else total)
    match = _DAYS_FORM.fullmatch(text)
    if match is None:
        return None
    sign, days, hours, minutes, seconds = match.groups()
    return _length(sign, int(days or 0), int(hours or 0), int(minutes or 0), seconds or "0")


def read_temporal(text: str) -> Moment | Duration | None:
    """What `@"text"` stands for, or None."""
    if _DATE_FORM.fullmatch(text):
        return read_date(text)
    return read_datetime(text) or read_time(text) or read_duration(text)


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _time(match: re.Match[str]) -> time | None:
    zone = read_zone(match["zone"] or "")
    if zone is None and match["zone"]:
        return None
    microsecond = int((match["fraction"] or "0")[:6].ljust(6, "0"))
    try:
        return time(
            int(match["hour"]), int(match["minute"]), int(match["second"]), microsecond, zone
        )
    except ValueError:
        return None


def read_zone(text: str) -> tzinfo | None:
    """The zone written `Z`, `+08:00` or `@Asia/Shanghai`, or None."""
    if text == "Z":
        return UTC
    if text.startswith("@"):
        try:
            return ZoneInfo(text[1:])
        except (ValueError, OSError, KeyError):  # the many ways in which a zone is not known
            return None
    if not text:
        return None
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return offset_zone(-offset if text[0] == "-" else offset)


def offset_zone(offset: timedelta) -> tzinfo | None:
    """The zone that far from UTC; the standard allows 14 hours."""
    return timezone(offset) if abs(offset) <= timedelta(hours=14) else None


def _length(
    sign: str | None, days: int, hours: int, minutes: int, seconds: str
) -> timedelta | None:
    whole, _, fraction = seconds.partition(".")
    try:
        length = timedelta(days, int(whole), int(fraction[:6].ljust(6, "0")), 0, minutes, hours)
        return -length if sign else length
    except OverflowError:
        return None


# Writing


def write_temporal(value: Moment | Duration) -> str:
    """The text that reads back as `value`."""
    if isinstance(value, YearMonth):
        return _write_months(value.months)
    if isinstance(value, timedelta):
        return _write_days(value)
    if isinstance(value, datetime):
        return f"{value.date().isoformat()}T{_write_time(value.timetz(), value)}"
    if isinstance(value, time):
        return _write_time(value, value)
    return value.isoformat()


def _fraction(microseconds: int) -> str:
    return f".{microseconds:06}".rstrip("0").rstrip(".")


def _write_time(value: time, zoned: time | datetime) -> str:
    clock = f"{value.hour:02}:{value.minute:02}:{value.second:02}{_fraction(value.microsecond)}"
    if isinstance(value.tzinfo, ZoneInfo):
        return f"{clock}@{value.tzinfo.key}"
    offset = zoned.utcoffset()
    if offset is None:
        return clock
    return clock + ("Z" if not offset else write_offset(offset))


def write_offset(offset: timedelta) -> str:
    """`+08:00`, with seconds only where there are any."""
    minutes, seconds = divmod(abs(offset).seconds, 60)
    sign = "-" if offset < timedelta(0) else "+"
    text = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def _write_months(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    parts = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return ("-" if months < 0 else "") + "P" + (parts or "0M")


def _write_days(value: timedelta) -> str:
    length = abs(value)
    hours, rest = divmod(length.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or length.microseconds:
        clock += f"{seconds}{_fraction(length.microseconds)}S"
    text = (f"{length.days}D" if length.days else "") + (f"T{clock}" if clock else "")
    return ("-" if value < timedelta(0) else "") + "P" + (text or "T0S")


# Calculating; what leaves Python's range is None


def instant(value: datetime) -> datetime:
    """Something that subtracts and compares like `value` on the time line."""
    if value.tzinfo is None:
        return value
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return value.replace(tzinfo=UTC)


def midnight(day: date) -> datetime:
    """A date as a moment: its midnight in UTC, as the standard says."""
    return datetime.combine(day, time(tzinfo=UTC))


def difference(left: datetime, right: datetime) -> timedelta | None:
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    return instant(left) - instant(right)


def shift(moment: datetime, length: timedelta) -> datetime | None:
    try:
        if moment.tzinfo is None:
            return moment + length
        return (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)
    except OverflowError:
        return None


def shift_date(day: date, length: timedelta) -> date | None:
    moment = shift(midnight(day), length)
    return moment.date() if moment else None


def shift_time(at: time, length: timedelta) -> time:
    """Around the clock: an hour after 23:30 it is 00:30."""
    day = datetime.combine(date(2000, 1, 2), at.replace(tzinfo=None))
    return (day + length % timedelta(days=1)).time().replace(tzinfo=at.tzinfo)


def shift_months(moment: Any, length: YearMonth) -> Any:
    """A date or date and time so many months later; the last day of a shorter month is taken."""
    years, month = divmod(moment.year * 12 + moment.month - 1 + length.months, 12)
    if not 1 <= years <= 9999:
        return None
    day = min(moment.day, monthrange(years, month + 1)[1])
    return moment.replace(year=years, month=month + 1, day=day)


def time_difference(left: time, right: time) -> timedelta | None:
    first, second = since_midnight(left), since_midnight(right)
    return None if (left.tzinfo is None) != (right.tzinfo is None) else first - second


def since_midnight(at: time) -> timedelta:
    """From midnight UTC, or from midnight on the face where there is no fixed offset."""
    offset = at.utcoffset() or timedelta(0)
    return timedelta(0, at.second, at.microsecond, 0, at.minute, at.hour) - offset


def scale(length: timedelta, factor: Decimal) -> timedelta | None:
    return from_seconds(NUMBERS.multiply(seconds_of(length), factor))


def scale_months(length: YearMonth, factor: Decimal) -> YearMonth | None:
    return whole_months(NUMBERS.multiply(Decimal(length.months), factor))


def whole_months(months: Decimal) -> YearMonth | None:
    """That many months, cut to a whole number; absurdly many are None."""
    if not months.is_finite() or months.copy_abs() > 10**10:
        return None
    return YearMonth(int(months))


def seconds_of(length: timedelta) -> Decimal:
    whole = length.days * 86_400 + length.seconds
    return NUMBERS.scaleb(Decimal(whole * 1_000_000 + length.microseconds), -6)


def from_seconds(seconds: Decimal) -> timedelta | None:
    if not seconds.is_finite() or seconds.copy_abs() > 86_400 * 10**9:
        return None
    try:
        return timedelta(microseconds=int(NUMBERS.scaleb(seconds, 6)))
    except OverflowError:
        return None
