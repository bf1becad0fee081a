"""Reading members: of contexts, of every element of a list, of dates and other values."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tuoban.kernel.expressions.limits import MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.temporal import offset_of, seconds_of
from tuoban.kernel.expressions.values import NUMBERS, Range, YearMonth, adopt
from tuoban.kernel.expressions.wide import (
    SECOND,
    Length,
    Moment,
    Time,
    WideDate,
    WideDateTime,
    WideDuration,
    WideTime,
    clock_of,
    like,
    ordinal_of,
)


def _seconds(value: Time | Moment) -> Decimal:
    nanoseconds = clock_of(value) % (60 * SECOND)
    return NUMBERS.divide(Decimal(nanoseconds), Decimal(SECOND))


def _part(unit: int, modulus: int | None = None) -> Callable[[Length], Decimal]:
    """So many whole units of a duration, cut towards zero."""

    def of(length: Length) -> Decimal:
        return _count(seconds_of(length), unit, modulus)

    return of


def _months(unit: int, modulus: int | None = None) -> Callable[[YearMonth], Decimal]:
    return lambda length: _count(length.months, unit, modulus)


def _count(total: int, unit: int, modulus: int | None) -> Decimal:
    whole = abs(total) // unit if modulus is None else abs(total) // unit % modulus
    return Decimal(whole if total >= 0 else -whole)


def _zone(value: Time | Moment) -> str | None:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


Members = dict[str, tuple[str, Callable[[Any], Any]]]

_DATE: Members = {
    "year": ("number", lambda value: Decimal(value.year)),
    "month": ("number", lambda value: Decimal(value.month)),
    "day": ("number", lambda value: Decimal(value.day)),
    "weekday": ("number", lambda value: Decimal(like(ordinal_of(value)).isoweekday())),
}
_TIME: Members = {
    "hour": ("number", lambda value: Decimal(value.hour)),
    "minute": ("number", lambda value: Decimal(value.minute)),
    "second": ("number", _seconds),
    "time offset": ("days", offset_of),
    "timezone": ("text", _zone),
}
_DURATION: Members = {
    "days": ("number", _part(86_400)),
    "hours": ("number", _part(3_600, 24)),
    "minutes": ("number", _part(60, 60)),
    "seconds": ("number", _part(1, 60)),
}

PROPERTIES: dict[type, Members] = {
    date: _DATE,
    time: _TIME,
    datetime: {**_DATE, **_TIME},
    timedelta: _DURATION,
    WideDate: _DATE,
    WideTime: _TIME,
    WideDateTime: {**_DATE, **_TIME},
    WideDuration: _DURATION,
    YearMonth: {
        "years": ("number", _months(12)),
        "months": ("number", _months(1, 12)),
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
        return [
            adopt(item.get(name), meter)
            if type(item) is dict
            else member(item, name, meter, depth + 1)
            for item in value
        ]
    row = PROPERTIES.get(type(value), {}).get(name)
    return None if row is None else row[1](value)
