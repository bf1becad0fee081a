"""Time zones: `Z`, an offset such as `+08:00`, or a region such as `@Asia/Shanghai`.

A region's offset in a year that Python cannot hold is the one it has in the nearest year that
Python can hold with the same calendar, see `wide.like`.
"""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from tuoban.kernel.expressions.wide import (
    DAY,
    Moment,
    Time,
    WideDateTime,
    WideTime,
    clock_of,
    moment_at,
    nanoseconds_of,
    near,
    ordinal_of,
)

ZONE = r"Z|[+-][0-9]{2}:[0-5][0-9](?::[0-5][0-9])?|@[A-Za-z0-9_+/-]+"
_OFFSET_FORM = re.compile(r"([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?")
_FARTHEST = timedelta(hours=14)


def read_zone(text: str) -> tzinfo | None:
    """The zone that a text of the form `ZONE` means, or None."""
    if text == "Z":
        return UTC
    if text.startswith("@"):
        return region(text[1:])
    match = _OFFSET_FORM.fullmatch(text)
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups("0")
    offset = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    return offset_zone(-offset if sign == "-" else offset)


@cache
def _regions() -> frozenset[str]:
    names = files("tzdata").joinpath("zones").read_text("ascii").split()
    return frozenset(names) - {"Factory"}


def region(name: str) -> ZoneInfo | None:
    """The zone of that name, or None.

    Only names of the time zone database that comes with the product are known: a system has others,
    and its `localtime` would be another zone on every machine.
    """
    return ZoneInfo(name) if name in _regions() else None


def offset_zone(offset: timedelta) -> tzinfo | None:
    """The zone that far from UTC: whole seconds, and 14 hours at the most, as the standard says."""
    if offset.microseconds or abs(offset) > _FARTHEST:
        return None
    return timezone(offset)


def write_zone(value: Time | Moment) -> str:
    """The zone of a value as it is written behind the time; empty where it has none."""
    if isinstance(value.tzinfo, ZoneInfo):
        return f"@{value.tzinfo.key}"
    offset = offset_of(value)
    if offset is None:
        return ""
    return write_offset(offset) if offset else "Z"


def write_offset(offset: timedelta) -> str:
    """`+08:00`, with seconds only where there are any."""
    minutes, seconds = divmod(abs(offset).seconds, 60)
    sign = "-" if offset < timedelta(0) else "+"
    text = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def offset_of(value: Time | Moment) -> timedelta | None:
    """How far from UTC its clock is; None without a zone, and for a region without a date."""
    if isinstance(value, WideTime):
        return value.tzinfo.utcoffset(None) if value.tzinfo else None
    if isinstance(value, WideDateTime):
        return near(value.ordinal, value.nanoseconds, value.tzinfo, value.fold).utcoffset()
    return value.utcoffset()


def instant_of(moment: Moment) -> int:
    """Where it lies on the time line, in nanoseconds; without a zone, where its face would."""
    offset = offset_of(moment)
    face = ordinal_of(moment) * DAY + clock_of(moment)
    return face if offset is None else face - nanoseconds_of(offset)


def moment_of(instant: int, zone: tzinfo | None) -> Moment | None:
    """What a clock of that zone shows then; None outside the years that FEEL has."""
    ordinal, clock = divmod(instant, DAY)
    if zone is None:
        return moment_at(ordinal, clock, None)
    local = near(ordinal, clock, UTC).astimezone(zone)
    offset = local.utcoffset()
    if offset is not None:
        ordinal, clock = divmod(instant + nanoseconds_of(offset), DAY)
    return moment_at(ordinal, clock, zone, local.fold)
