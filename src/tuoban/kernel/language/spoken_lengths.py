"""Lengths of time in Chinese words: `四小时`, `两个半小时`.

The language takes digits alone; whoever writes words is told how the length is written."""

from __future__ import annotations

import re
from decimal import Decimal

from tuoban.kernel.clocks import ClockError, read_length
from tuoban.kernel.text import Text

_DIGITS = {each: at for at, each in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_HALF = Decimal("0.5")
_SPOKEN = re.compile(
    r"(?P<number>[零〇一二两三四五六七八九十百千]{0,9})(?P<half>个?半)?个?(?P<unit>[^\W\d_]{1,6})"
)


def as_written(text: str) -> Text | None:
    """The length in digits, `4 小时` and `4 hours`; None where it is none in Chinese words."""
    match = _SPOKEN.fullmatch(text.strip())
    if match is None or not (match["number"] or match["half"]):
        return None
    number = _number(match["number"]) + (_HALF if match["half"] else 0)
    try:
        return read_length(f"{number} {match['unit']}").text
    except ClockError:
        return None


def _number(words: str) -> Decimal:
    total = last = 0
    for word in words:
        if word in _TENS:
            total, last = total + (last or 1) * _TENS[word], 0
        else:
            last = _DIGITS[word]
    return Decimal(total + last)
