"""How many parts a text message has, by which it is charged (3GPP TS 23.038 and 23.040)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
"""Each takes the room of two."""
_LAST_OF_ONE = 0xFFFF
"""Letters beyond, such as emoji, are a pair in UTF-16."""


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
        return _length([2 if each in _EXTENDED else 1 for each in text], 160, 153)
    return _length([2 if ord(each) > _LAST_OF_ONE else 1 for each in text], 70, 67)


def _length(letters: Sequence[int], alone: int, together: int) -> Length:
    """Of letters by the units that each takes. None stands in two parts: one that does not fit the
    rest of a part begins the next."""
    units = sum(letters)
    if units <= alone:
        return Length(units, alone, 1)
    parts, left = 1, together
    for each in letters:
        if each > left:
            parts, left = parts + 1, together
        left -= each
    return Length(units, together, parts)
