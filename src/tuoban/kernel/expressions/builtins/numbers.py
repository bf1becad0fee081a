"""Built-in functions on numbers. A scale counts digits behind the point, before it if negative."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from functools import reduce
from typing import Any

from tuoban.kernel.expressions.operators import negate
from tuoban.kernel.expressions.signatures import builtin
from tuoban.kernel.expressions.values import NUMBERS, YearMonth, number

_SCALES = (-6111, 6176)

_EXACT = Context(prec=12_500, Emin=-100_000, Emax=100_000, traps=[])
"""Holds the quotient of any two numbers, from 10**6144 down to 10**-6176, in whole."""
_EVEN = {Decimal(0): True, Decimal(1): False}


def rounded(value: Decimal, scale: Decimal, rounding: str) -> Decimal | None:
    """`value` with at most `scale` digits behind the point."""
    if not _SCALES[0] <= scale <= _SCALES[1]:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= int(scale):
        return value
    unit = Decimal((0, (1,), -int(scale)))
    return number(NUMBERS.plus(value.quantize(unit, rounding, NUMBERS)))


def _rounding(mode: str) -> Callable[..., Decimal | None]:
    def apply(value: Decimal, scale: Decimal = Decimal(0)) -> Decimal | None:
        return rounded(value, scale, mode)

    return apply


def _absolute(value: Any) -> Any:
    if isinstance(value, YearMonth):
        return YearMonth(abs(value.months))
    if isinstance(value, Decimal):
        return value.copy_abs()
    return value if value.days >= 0 else negate(value)


def _modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """With the sign of the divisor, as the standard has it."""
    if divisor == 0:
        return None
    rest = _EXACT.remainder(dividend, divisor)
    if rest != 0 and (rest < 0) != (divisor < 0):
        rest = _EXACT.add(rest, divisor)
    return number(NUMBERS.plus(rest))


def _is_even(value: Decimal) -> bool | None:
    """Null for what is no whole number."""
    return _EVEN.get(_EXACT.remainder(value.copy_abs(), Decimal(2)))


def _is_odd(value: Decimal) -> bool | None:
    even = _is_even(value)
    return None if even is None else not even


def _split(total: Decimal, shares: list[Decimal], digits: Decimal = Decimal(2)) -> Any:
    """`total` in parts as `shares` are to one another, in whole minor units, summing exactly.

    Units left over by rounding down go to the parts that lost most, the earlier one first.
    """
    whole = reduce(NUMBERS.add, shares, Decimal(0))
    if not shares or min(shares) < 0 or whole <= 0 or not 0 <= digits <= 10:
        return None
    unit = Decimal((0, (1,), -int(digits)))
    count = NUMBERS.divide(total.copy_abs(), unit)
    if count != count.to_integral_value() or count >= 10**30:
        return None
    exact = [NUMBERS.divide(NUMBERS.multiply(count, share), whole) for share in shares]
    parts = [int(part) for part in exact]
    by_loss = sorted(
        range(len(parts)), key=lambda at: NUMBERS.subtract(Decimal(parts[at]), exact[at])
    )
    for at in by_loss[: int(count) - sum(parts)]:
        parts[at] += 1
    return [NUMBERS.multiply(Decimal(part), unit.copy_sign(total)) for part in parts]


ROWS = (
    builtin("decimal(n: number, scale: number) -> number", _rounding(ROUND_HALF_EVEN)),
    builtin("floor(n: number, scale?: number) -> number", _rounding(ROUND_FLOOR)),
    builtin("ceiling(n: number, scale?: number) -> number", _rounding(ROUND_CEILING)),
    builtin("round up(n: number, scale?: number) -> number", _rounding(ROUND_UP)),
    builtin("round down(n: number, scale?: number) -> number", _rounding(ROUND_DOWN)),
    builtin("round half up(n: number, scale?: number) -> number", _rounding(ROUND_HALF_UP)),
    builtin("round half down(n: number, scale?: number) -> number", _rounding(ROUND_HALF_DOWN)),
    builtin("abs(n: number|duration) -> same", _absolute),
    builtin("modulo(dividend: number, divisor: number) -> number", _modulo),
    builtin("sqrt(number: number) -> number", lambda value: number(NUMBERS.sqrt(value))),
    builtin("exp(number: number) -> number", lambda value: number(NUMBERS.exp(value))),
    builtin("log(number: number) -> number", lambda value: number(NUMBERS.ln(value))),
    builtin("even(number: number) -> boolean", _is_even),
    builtin("odd(number: number) -> boolean", _is_odd),
    builtin("split(total: number, shares: list<number>, digits?: number) -> list<number>", _split),
)
