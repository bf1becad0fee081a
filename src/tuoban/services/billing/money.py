"""Amounts: whole minor units in rows, decimals everywhere else."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tuoban.kernel.money import decimals_of


def to_minor(amount: Decimal, currency: str) -> int:
    """The amount in whole minor units, rounded half up."""
    return int(amount.scaleb(decimals_of(currency)).quantize(Decimal(1), ROUND_HALF_UP))


def from_minor(units: int, currency: str) -> Decimal:
    """So many minor units as an amount: 86000 is 860.00."""
    return Decimal(units).scaleb(-decimals_of(currency))
