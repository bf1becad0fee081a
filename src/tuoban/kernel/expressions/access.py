"""Reading members: of contexts, of every element of a list, of dates and other values."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tuoban.kernel.expressions.limits import MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.temporal import seconds_of
from tuoban.kernel.expressions.values import NUMBERS, Range, YearMonth, adopt


def _seconds(value: time | datetime) -> Decimal:
    return NUMBERS.scaleb(Decimal(value.second * 1_000_000 + value.microsecond), -6)


def _part(unit: int, modulus: int | None = None) -> Callable[[timedelta], Decimal]:
    """So many whole units of a duration, cut towards zero."""

    def of(length: timedelta) -> Decimal:
        whole = int(seconds_of(length).copy_abs())
        part = whole // unit if modulus is None else whole // unit % modulus
        return Decimal(part if length >= timedelta(0) else -part)

    return of


def _zone(value: time | datetime) -> str | None:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


_DATE: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "year": ("number", lambda value: Decimal(value.year)),
    "month": ("number", lambda value: Decimal(value.month)),
    "day": ("number", lambda value: Decimal(value.day)),
    "weekday": ("number", lambda value: Decimal(value.isoweekday())),
}
_TIME: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "hour": ("number", lambda value: Decimal(value.hour)),
    "minute": ("number", lambda value: Decimal(value.minute)),
    "second": ("number", _seconds),
    "time offset": ("days", lambda value: value.utcoffset()),
    "timezone": ("text", _zone),
}

PROPERTIES: dict[type, dict[str, tuple[str, Callable[[Any], Any]]]] = {
    date: _DATE,
    time: _TIME,
    datetime: {**_DATE, **_TIME},
    timedelta: {
        "days": ("number", _part(86_400)),
        "hours": ("number", _part(3_600, 24)),
        "minutes": ("number", _part(60, 60)),
        "seconds": ("number", _part(1, 60)),
    },
    YearMonth: {
        "years": ("number", lambda v: Decimal(abs(v.months) // 12).copy_sign(Decimal(v.months))),
        "months": ("number", lambda v: Decimal(abs(v.months) % 12).copy_sign(Decimal(v.months))),
    },
    Range: {
        "start": ("any", lambda value: value.low),
        "end": ("any", lambda value: value.high),
        "start included": ("boolean", lambda value: value.low_included),
        "end included": ("boolean", lambda value: value.high_included),
    },
}
"""What values that are no contexts offer: name to the kind of the member and how to get it."""


def member(value: Any, name: str, meter: Meter, depth: int = 0) -> Any:
    """`value.name`; of a list, that of every element; null where there is none."""
    if type(value) is dict or isinstance(value, Mapping):
        return adopt(value.get(name), meter)
    if type(value) is list:
        if depth > MAX_VALUE_DEPTH:
            meter.charge(meter.budget + 1)
        meter.charge(1 + len(value))
        return [member(item, name, meter, depth + 1) for item in value]
    row = PROPERTIES.get(type(value), {}).get(name)
    return None if row is None else row[1](value)
