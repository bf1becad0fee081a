"""Kinds of values that lie on a line: each as an exact number, and back.

What is proved about a table is proved on that line, without rounding.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tuoban.kernel.expressions.values import NUMBERS, YearMonth

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Axis:
    """One kind: how its values become numbers and back, and how far apart neighbours are.

    Without `step` there is always a value between two others. `value` may raise
    `ArithmeticError` or `ValueError` where there is none.
    """

    type: type
    number: Callable[[Any], Fraction]
    value: Callable[[Fraction], Any]
    step: Fraction | None = Fraction(1)

    def of(self, value: Any) -> Fraction | None:
        """The number of a value; None where it has no place on this line."""
        if type(value) is not self.type:
            return None
        if isinstance(value, datetime) and value.tzinfo is None:
            return None
        return self.number(value)


def _decimal(number: Fraction) -> Decimal:
    return NUMBERS.divide(
        NUMBERS.create_decimal(number.numerator), NUMBERS.create_decimal(number.denominator)
    )


AXES: Mapping[str, Axis] = {
    "number": Axis(Decimal, Fraction, _decimal, step=None),
    "months": Axis(
        YearMonth, lambda length: Fraction(length.months), lambda at: YearMonth(round(at))
    ),
    "date": Axis(
        date, lambda day: Fraction(day.toordinal()), lambda at: date.fromordinal(round(at))
    ),
    "days": Axis(
        timedelta,
        lambda length: Fraction(length // _MICROSECOND),
        lambda at: timedelta(microseconds=round(at)),
    ),
    "datetime": Axis(
        datetime,
        lambda moment: Fraction((moment - _EPOCH) // _MICROSECOND),
        lambda at: _EPOCH + timedelta(microseconds=round(at)),
    ),
}
"""By the kind of a shape."""


@dataclass(frozen=True, slots=True)
class Run:
    """The numbers from `low` to `high`, None where there is no end."""

    low: Fraction | None
    high: Fraction | None
    has_low: bool = False
    has_high: bool = False

    def within(self, bounds: Run) -> Run:
        """The part of the run that lies within the bounds, which have their ends."""
        low, has_low = self.low, self.has_low
        high, has_high = self.high, self.has_high
        if bounds.low is not None and (low is None or bounds.low > low):
            low, has_low = bounds.low, True
        if bounds.high is not None and (high is None or bounds.high < high):
            high, has_high = bounds.high, True
        return Run(low, high, has_low, has_high)

    def __contains__(self, number: Fraction) -> bool:
        if self.low is not None and (
            number < self.low or (number == self.low and not self.has_low)
        ):
            return False
        return self.high is None or number < self.high or (number == self.high and self.has_high)

    @property
    def middle(self) -> Fraction:
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        if self.low is not None:
            return self.low + 1
        return self.high - 1 if self.high is not None else Fraction(0)


def value_in(axis: Axis, run: Run, step: Fraction | None) -> Any:
    """A value of the run that is a multiple of `step`; None where there is none."""
    middle = run.middle
    candidates = [middle]
    if step is not None:
        candidates = [math.ceil(middle / step) * step, math.floor(middle / step) * step]
    candidates += [end for end in (run.low, run.high) if end is not None]
    for candidate in candidates:
        try:
            value = axis.value(candidate)
        except (ArithmeticError, ValueError):
            continue
        number = axis.of(value)
        if number is not None and number in run and (step is None or not number % step):
            return value
    return None
