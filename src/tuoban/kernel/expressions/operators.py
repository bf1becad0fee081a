"""The operators: one row for each pair of kinds that an operator accepts; all else is null."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from tuoban.kernel.expressions import temporal as t
from tuoban.kernel.expressions.limits import MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.values import (
    KIND_OF,
    NUMBERS,
    Function,
    Range,
    YearMonth,
    adopt,
    number,
    weight,
)


class Row(NamedTuple):
    """`left operator right` gives `result`, computed by `function` (None means null)."""

    left: type
    right: type
    result: type
    function: Callable[[Any, Any], Any]


def _divide_months(left: YearMonth, right: YearMonth) -> Decimal | None:
    return number(NUMBERS.divide(Decimal(left.months), Decimal(right.months)))


def _divide_days(left: timedelta, right: timedelta) -> Decimal | None:
    return number(NUMBERS.divide(t.seconds_of(left), t.seconds_of(right)))


def _less_months(moment: Any, length: YearMonth) -> Any:
    return t.shift_months(moment, YearMonth(-length.months))


def _days(left: timedelta, right: timedelta) -> timedelta | None:
    return t.from_seconds(NUMBERS.add(t.seconds_of(left), t.seconds_of(right)))


def _days_part(length: timedelta, factor: Decimal) -> timedelta | None:
    return t.from_seconds(NUMBERS.divide(t.seconds_of(length), factor))


def _months_part(length: YearMonth, factor: Decimal) -> YearMonth | None:
    return t.whole_months(NUMBERS.divide(Decimal(length.months), factor))


ARITHMETIC: dict[str, tuple[Row, ...]] = {
    "+": (
        Row(Decimal, Decimal, Decimal, lambda a, b: number(NUMBERS.add(a, b))),
        Row(str, str, str, lambda a, b: a + b),
        Row(date, timedelta, date, t.shift_date),
        Row(timedelta, date, date, lambda a, b: t.shift_date(b, a)),
        Row(date, YearMonth, date, t.shift_months),
        Row(YearMonth, date, date, lambda a, b: t.shift_months(b, a)),
        Row(datetime, timedelta, datetime, t.shift),
        Row(timedelta, datetime, datetime, lambda a, b: t.shift(b, a)),
        Row(datetime, YearMonth, datetime, t.shift_months),
        Row(YearMonth, datetime, datetime, lambda a, b: t.shift_months(b, a)),
        Row(time, timedelta, time, t.shift_time),
        Row(timedelta, time, time, lambda a, b: t.shift_time(b, a)),
        Row(timedelta, timedelta, timedelta, _days),
        Row(YearMonth, YearMonth, YearMonth, lambda a, b: YearMonth(a.months + b.months)),
    ),
    "-": (
        Row(Decimal, Decimal, Decimal, lambda a, b: number(NUMBERS.subtract(a, b))),
        Row(date, date, timedelta, lambda a, b: a - b),
        Row(date, datetime, timedelta, lambda a, b: t.difference(t.midnight(a), b)),
        Row(datetime, date, timedelta, lambda a, b: t.difference(a, t.midnight(b))),
        Row(datetime, datetime, timedelta, t.difference),
        Row(time, time, timedelta, t.time_difference),
        Row(date, timedelta, date, lambda a, b: t.shift_date(a, -b)),
        Row(datetime, timedelta, datetime, lambda a, b: t.shift(a, -b)),
        Row(time, timedelta, time, lambda a, b: t.shift_time(a, -b)),
        Row(date, YearMonth, date, _less_months),
        Row(datetime, YearMonth, datetime, _less_months),
        Row(timedelta, timedelta, timedelta, lambda a, b: _days(a, -b)),
        Row(YearMonth, YearMonth, YearMonth, lambda a, b: YearMonth(a.months - b.months)),
    ),
    "*": (
        Row(Decimal, Decimal, Decimal, lambda a, b: number(NUMBERS.multiply(a, b))),
        Row(timedelta, Decimal, timedelta, t.scale),
        Row(Decimal, timedelta, timedelta, lambda a, b: t.scale(b, a)),
        Row(YearMonth, Decimal, YearMonth, t.scale_months),
        Row(Decimal, YearMonth, YearMonth, lambda a, b: t.scale_months(b, a)),
    ),
    "/": (
        Row(Decimal, Decimal, Decimal, lambda a, b: number(NUMBERS.divide(a, b))),
        Row(timedelta, Decimal, timedelta, _days_part),
        Row(timedelta, timedelta, Decimal, _divide_days),
        Row(YearMonth, Decimal, YearMonth, _months_part),
        Row(YearMonth, YearMonth, Decimal, _divide_months),
    ),
    "**": (Row(Decimal, Decimal, Decimal, lambda a, b: number(NUMBERS.power(a, b))),),
}

NEGATED: dict[type, Callable[[Any], Any]] = {
    Decimal: NUMBERS.minus,
    timedelta: lambda length: t.scale(length, Decimal(-1)),
    YearMonth: lambda length: YearMonth(-length.months),
}

_FUNCTIONS = {
    operator: {(row.left, row.right): row.function for row in rows}
    for operator, rows in ARITHMETIC.items()
}


def calculator(operator: str) -> Callable[[Any, Any, Meter], Any]:
    """The function that computes `left operator right` for any two values."""
    functions = _FUNCTIONS[operator]

    def calculate(left: Any, right: Any, meter: Meter) -> Any:
        function = functions.get((type(left), type(right)))
        if function is None:
            return None
        result = function(left, right)
        if type(result) is str:
            meter.charge(weight(result))
        return result

    return calculate


def negate(value: Any) -> Any:
    """`-value`, null where that means nothing."""
    function = NEGATED.get(type(value))
    return None if function is None else function(value)


# Order


def _same(value: Any) -> Any:
    return value


ORDERED: dict[type, Callable[[Any], Any]] = {
    Decimal: _same,
    str: _same,
    date: _same,
    time: t.since_midnight,
    datetime: t.instant,
    timedelta: _same,
    YearMonth: _same,
}
"""The kinds that have an order, with what their values are compared by."""


def compare(left: Any, right: Any) -> int | None:
    """Negative, 0 or positive as `left` comes before, with or after `right`; else None."""
    kind = type(left)
    if kind is not type(right):
        return None
    key = ORDERED.get(kind)
    if key is None:
        return None
    if (kind is datetime or kind is time) and (left.tzinfo is None) != (right.tzinfo is None):
        return None
    first, second = key(left), key(right)
    return 1 if first > second else -1 if first < second else 0


RELATIONS: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}

# Equality

_BY_VALUE = frozenset({Decimal, str, bool, type(None), date, timedelta, YearMonth})


def equal(left: Any, right: Any, meter: Meter, depth: int = 0) -> bool | None:
    """Whether two values are the same; null where their kinds cannot be compared."""
    kind = type(left)
    if kind is type(right) and kind in _BY_VALUE:
        return bool(left == right)
    if left is None or right is None:
        return left is right
    if kind is datetime or kind is time:
        return _equal_moments(left, right)
    if depth > MAX_VALUE_DEPTH:
        meter.charge(meter.budget + 1)
    if kind is list and type(right) is list:
        return _equal_lists(left, right, meter, depth)
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return _equal_contexts(left, right, meter, depth)
    if kind is Range and type(right) is Range:
        return _equal_ranges(left, right, meter, depth)
    if kind is Function and type(right) is Function:
        return left is right
    return None


def _equal_moments(left: Any, right: Any) -> bool | None:
    if type(left) is not type(right):
        return None
    return compare(left, right) == 0


def _equal_lists(left: list[Any], right: list[Any], meter: Meter, depth: int) -> bool:
    meter.charge(1)
    if len(left) != len(right):
        return False
    for first, second in zip(left, right, strict=True):
        meter.charge(1)
        if equal(first, second, meter, depth + 1) is not True:
            return False
    return True


def _equal_contexts(
    left: Mapping[str, Any], right: Mapping[str, Any], meter: Meter, depth: int
) -> bool:
    meter.charge(1 + len(left))
    if set(left) != set(right):
        return False
    return all(
        equal(adopt(left[key], meter), adopt(right[key], meter), meter, depth + 1) is True
        for key in left
    )


def _equal_ranges(left: Range, right: Range, meter: Meter, depth: int) -> bool:
    return (
        (left.low_included, left.high_included) == (right.low_included, right.high_included)
        and equal(left.low, right.low, meter, depth + 1) is True
        and equal(left.high, right.high, meter, depth + 1) is True
    )


# Membership


def within(value: Any, range_: Range) -> bool | None:
    """Whether `value` lies in `range_`; null where it cannot be compared with the ends."""
    if range_.low is None and range_.high is None:
        return None
    if range_.low is not None:
        order = compare(value, range_.low)
        if order is None:
            return None
        if order < 0 or (order == 0 and not range_.low_included):
            return False
    if range_.high is not None:
        order = compare(value, range_.high)
        if order is None:
            return None
        if order > 0 or (order == 0 and not range_.high_included):
            return False
    return True


def passes(value: Any, test: Any, meter: Meter) -> bool | None:
    """Whether `value` passes a test: is in a range, in a list, or equal."""
    if type(test) is Range and type(value) is not Range:
        return within(value, test)
    same = equal(value, test, meter)
    if same is True or type(test) is not list:
        return same
    found: bool | None = False
    for item in test:
        meter.charge(1)
        outcome = (
            within(value, item)
            if type(item) is Range and type(value) is not Range
            else equal(value, item, meter)
        )
        if outcome is True:
            return True
    return found


KIND_ROWS: dict[str, tuple[tuple[str, str, str], ...]] = {
    operator: tuple((KIND_OF[r.left], KIND_OF[r.right], KIND_OF[r.result]) for r in rows)
    for operator, rows in ARITHMETIC.items()
}
"""For the checker: the kinds that each operator takes and gives."""
