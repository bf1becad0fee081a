"""How many parts a text message has, by which it is charged (3GPP TS 23.038 and 23.040)."""

from __future__ import annotations

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
"""Each takes the room of two."""


@dataclass(frozen=True, slots=True)
class Length:
    """Units of room that a text takes, how many fit one part of it, and how many parts it has."""

    units: int
    room: int
    parts: int


def length_of(text: str) -> Length:
    """Of a text in letters of GSM, 160 fit a message, or 153 each of several parts; of any other,
    such as Chinese, 70 and 67."""
    if all(each in _BASIC or each in _EXTENDED for each in text):
        units = sum(2 if each in _EXTENDED else 1 for each in text)
        return _length(units, 160, 153)
    return _length(len(text.encode("utf-16-be")) // 2, 70, 67)


def _length(units: int, alone: int, together: int) -> Length:
    if units <= alone:
        return Length(units, alone, 1)
    return Length(units, together, -(-units // together))
