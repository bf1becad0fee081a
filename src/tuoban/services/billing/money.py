"""Amounts: whole minor units in rows, decimals everywhere else."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tuoban.kernel.expressions.values import NUMBERS
from tuoban.kernel.money import decimals_of


def to_minor(amount: Decimal, currency: str) -> int:
    """The amount in whole minor units, rounded half up. It has at most 34 digits."""
    units = amount.scaleb(decimals_of(currency), NUMBERS)
    return int(units.quantize(Decimal(1), ROUND_HALF_UP, NUMBERS))


def from_minor(units: int, currency: str) -> Decimal:
    """So many minor units as an amount: 86000 is 860.00."""
    return Decimal(units).scaleb(-decimals_of(currency), NUMBERS)
