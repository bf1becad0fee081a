"""The operators: one row for each pair of kinds that an operator accepts; all else is null."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, product
from operator import eq, ge, gt, le, lt, ne
from typing import Any, NamedTuple

from tuoban.kernel.clocks.lengths import Length
from tuoban.kernel.expressions import temporal as t
from tuoban.kernel.expressions.limits import MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.values import (
    KIND_OF,
    NUMBERS,
    WIDE,
    Function,
    Known,
    Range,
    YearMonth,
    adopt,
    number,
    weight,
)
from tuoban.kernel.expressions.wide import WideDate, WideDuration


class Row(NamedTuple):
    """`left operator right` gives `result`, computed by `function` (None means null).

    Python's own types stand for the wide ones of their kind, too.
    """

    left: type
    right: type
    result: type
    function: Callable[[Any, Any], Any]


def _back(shift: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda moment, length: shift(moment, negate(length))


def _turned(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda left, right: function(right, left)


ARITHMETIC: dict[str, tuple[Row, ...]] = {
    "+": (
        Row(Decimal, Decimal, Decimal, lambda a, b: number(NUMBERS.add(a, b))),
        Row(str, str, str, lambda a, b: a + b),
        Row(date, timedelta, date, t.shift_date),
        Row(timedelta, date, date, _turned(t.shift_date)),
        Row(date, YearMonth, date, t.shift_months),
        Row(YearMonth, date, date, _turned(t.shift_months)),
        Row(datetime, timedelta, datetime, t.shift),
        Row(timedelta, datetime, datetime, _turned(t.shift)),
        Row(datetime, YearMonth, datetime, t.shift_moment_months),
        Row(YearMonth, datetime, datetime, _turned(t.shift_moment_months)),
        Row(time, timedelta, time, t.shift_time),
        Row(timedelta, time, time, _turned(t.shift_time)),
        Row(timedelta, timedelta, timedelta, t.add),
        Row(YearMonth, YearMonth, YearMonth, t.add_months),
    ),
    "-": (
        Row(Decimal, Decimal, Decimal, lambda a, b: number(NUMBERS.subtract(a, b))),
        Row(date, date, timedelta, t.days_between),
        Row(date, datetime, timedelta, lambda a, b: t.difference(t.midnight(a), b)),
        Row(datetime, date, timedelta, lambda a, b: t.difference(a, t.midnight(b))),
        Row(datetime, datetime, timedelta, t.difference),
        Row(time, time, timedelta, t.time_difference),
        Row(date, timedelta, date, _back(t.shift_date)),
        Row(datetime, timedelta, datetime, _back(t.shift)),
        Row(time, timedelta, time, _back(t.shift_time)),
        Row(date, YearMonth, date, _back(t.shift_months)),
        Row(datetime, YearMonth, datetime, _back(t.shift_moment_months)),
        Row(timedelta, timedelta, timedelta, t.subtract),
        Row(YearMonth, YearMonth, YearMonth, t.subtract_months),
    ),
    "*": (
        Row(Decimal, Decimal, Decimal, lambda a, b: number(NUMBERS.multiply(a, b))),
        Row(timedelta, Decimal, timedelta, t.scale),
        Row(Decimal, timedelta, timedelta, _turned(t.scale)),
        Row(YearMonth, Decimal, YearMonth, t.scale_months),
        Row(Decimal, YearMonth, YearMonth, _turned(t.scale_months)),
    ),
    "/": (
        Row(Decimal, Decimal, Decimal, lambda a, b: number(NUMBERS.divide(a, b))),
        Row(timedelta, Decimal, timedelta, t.divide),
        Row(timedelta, timedelta, Decimal, t.ratio),
        Row(YearMonth, Decimal, YearMonth, t.divide_months),
        Row(YearMonth, YearMonth, Decimal, t.ratio_of_months),
    ),
    "**": (Row(Decimal, Decimal, Decimal, lambda a, b: number(NUMBERS.power(a, b))),),
}

NEGATED: dict[type, Callable[[Any], Any]] = {
    Decimal: NUMBERS.minus,
    timedelta: t.negated,
    WideDuration: t.negated,
    YearMonth: lambda length: YearMonth(-length.months),
}


OF_NUMBERS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": NUMBERS.add,
    "-": NUMBERS.subtract,
    "*": NUMBERS.multiply,
    "/": NUMBERS.divide,
    "**": NUMBERS.power,
}
"""What the operators do with two numbers, the most frequent case; not finite means null."""


def _types(kind: type) -> tuple[type, ...]:
    """The types of the values of a kind that is named by Python's own type."""
    return (kind, WIDE[kind]) if kind in WIDE else (kind,)


_FUNCTIONS = {
    operator: {
        types: row.function
        for row in rows
        for types in product(_types(row.left), _types(row.right))
    }
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


ORDERED: dict[type, Callable[[Any, Any], int | None]] = {
    Decimal: t.order,
    str: t.order,
    date: t.compare_dates,
    time: t.compare_times,
    datetime: t.compare_moments,
    timedelta: t.compare_lengths,
    YearMonth: t.order,
}
"""The kinds that have an order, with what compares two values of the kind."""

_COMPARERS = {
    types: comparer
    for kind, comparer in ORDERED.items()
    for types in product(_types(kind), _types(kind))
}


PLAINLY_ORDERED = frozenset({Decimal, str, date, timedelta, YearMonth})
"""Types that Python itself puts in the right order."""


def compare(left: Any, right: Any) -> int | None:
    """Negative, 0 or positive as `left` comes before, with or after `right`; else None."""
    kind = type(left)
    if kind is type(right) and kind in PLAINLY_ORDERED:
        return 1 if left > right else -1 if left < right else 0
    comparer = _COMPARERS.get((kind, type(right)))
    return None if comparer is None else comparer(left, right)


PLAINLY: dict[str, Callable[[Any, Any], bool]] = {
    "=": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
"""The relations as Python has them, for two values of one of the types that it orders rightly."""

# Equality

_BY_VALUE = frozenset(
    {Decimal, str, bool, type(None), date, timedelta, YearMonth, Length} | {WideDate, WideDuration}
)

_TEMPORAL = frozenset(chain(WIDE, WIDE.values()))


def equal(left: Any, right: Any, meter: Meter, depth: int = 0) -> bool | None:
    """Whether two values are the same; null where their kinds cannot be compared."""
    kind = type(left)
    if kind is type(right) and kind in _BY_VALUE:
        return bool(left == right)
    if left is None or right is None:
        return left is right
    if kind in _TEMPORAL:
        comparer = _COMPARERS.get((kind, type(right)))
        return None if comparer is None else comparer(left, right) == 0
    if depth > MAX_VALUE_DEPTH:
        meter.charge(meter.budget + 1)
    if kind is list and type(right) is list:
        return _equal_lists(left, right, meter, depth)
    if kind is Known and type(right) is Known:
        return bool(left == right)
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return _equal_contexts(left, right, meter, depth)
    if kind is Range and type(right) is Range:
        return _equal_ranges(left, right, meter, depth)
    if kind is Function and type(right) is Function:
        return left is right
    return None


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
