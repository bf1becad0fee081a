"""Currencies: how many decimals their minor unit has, after ISO 4217."""

from __future__ import annotations

_WITHOUT = frozenset(
    (
        *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"),
        *("UGX", "VND", "VUV", "XAF", "XOF", "XPF"),
    )
)
_WITH_THREE = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))


def decimals_of(currency: str) -> int:
    """How many decimals amounts have; two where nothing else is known of the currency."""
    if currency in _WITHOUT:
        return 0
    return 3 if currency in _WITH_THREE else 2
