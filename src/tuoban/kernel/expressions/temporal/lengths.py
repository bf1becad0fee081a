"""Calculating with durations.

A duration of whole microseconds, times or divided by a number, is cut to whole microseconds, any
other to nanoseconds. What is longer than FEEL has here, see `LONGEST` and `MOST_MONTHS`, is None.
"""

from datetime import timedelta
from decimal import Decimal
from typing import cast

from tuoban.kernel.expressions.values import NUMBERS, YearMonth, number
from tuoban.kernel.expressions.wide import (
    LAST_YEAR,
    LONGEST,
    SECOND,
    Length,
    length_at,
    nanoseconds_of,
)

MOST_MONTHS = 12 * 2 * (LAST_YEAR + 1)
"""More months than lie between any two dates; durations of years and months have no more."""


def negated(length: Length) -> Length:
    try:
        if isinstance(length, timedelta):
            return -length
    except OverflowError:  # there are more days below zero than above
        pass
    return cast(Length, length_at(-nanoseconds_of(length)))


def add(left: Length, right: Length) -> Length | None:
    try:
        if isinstance(left, timedelta) and isinstance(right, timedelta):
            return left + right
    except OverflowError:
        pass
    return length_at(nanoseconds_of(left) + nanoseconds_of(right))


def subtract(left: Length, right: Length) -> Length | None:
    try:
        if isinstance(left, timedelta) and isinstance(right, timedelta):
            return left - right
    except OverflowError:
        pass
    return length_at(nanoseconds_of(left) - nanoseconds_of(right))


def scale(length: Length, factor: Decimal) -> Length | None:
    return _cut(NUMBERS.multiply(Decimal(nanoseconds_of(length)), factor), length)


def divide(length: Length, divisor: Decimal) -> Length | None:
    return _cut(NUMBERS.divide(Decimal(nanoseconds_of(length)), divisor), length)


def _cut(nanoseconds: Decimal, of: Length) -> Length | None:
    if not nanoseconds.is_finite() or nanoseconds.copy_abs() >= LONGEST:
        return None
    unit = 1000 if isinstance(of, timedelta) else 1
    return length_at(int(NUMBERS.divide_int(nanoseconds, Decimal(unit))) * unit)


def ratio(left: Length, right: Length) -> Decimal | None:
    return number(NUMBERS.divide(Decimal(nanoseconds_of(left)), Decimal(nanoseconds_of(right))))


def seconds_of(length: Length) -> int:
    """Whole seconds, cut towards zero."""
    nanoseconds = nanoseconds_of(length)
    seconds = abs(nanoseconds) // SECOND
    return seconds if nanoseconds >= 0 else -seconds


# Years and months


def whole_months(months: int) -> YearMonth | None:
    return YearMonth(months) if abs(months) <= MOST_MONTHS else None


def add_months(left: YearMonth, right: YearMonth) -> YearMonth | None:
    return whole_months(left.months + right.months)


def subtract_months(left: YearMonth, right: YearMonth) -> YearMonth | None:
    return whole_months(left.months - right.months)


def scale_months(length: YearMonth, factor: Decimal) -> YearMonth | None:
    return _cut_months(NUMBERS.multiply(Decimal(length.months), factor))


def divide_months(length: YearMonth, divisor: Decimal) -> YearMonth | None:
    return _cut_months(NUMBERS.divide(Decimal(length.months), divisor))


def _cut_months(months: Decimal) -> YearMonth | None:
    """Cut to a whole number."""
    if not months.is_finite() or months.copy_abs() > MOST_MONTHS:
        return None
    return YearMonth(int(months))


def ratio_of_months(left: YearMonth, right: YearMonth) -> Decimal | None:
    return number(NUMBERS.divide(Decimal(left.months), Decimal(right.months)))
