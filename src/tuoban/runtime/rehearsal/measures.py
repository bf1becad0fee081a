"""What indicators come to, as scenarios write it: `0`, `50 %`, `2 hours`, `2 working hours`, or
`none`.
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from tuoban.kernel.clocks import ClockError, Measure, read_length
from tuoban.kernel.measuring import Value

NONE = ("none", "—")
_NO_TIME = re.compile(r"0 (?:second|minute|hour|day)s")


def read_value(text: str) -> Value | None:
    """The value that is meant.

    Raises:
        ValueError: it is neither a number, a percentage, a length of time, nor `none`.
    """
    plain = text.strip()
    if plain in NONE:
        return None
    number = plain.removesuffix("%").strip()
    try:
        found = Decimal(number)
    except InvalidOperation:
        return _time(plain)
    if not found.is_finite():
        raise ValueError(text)
    return found / 100 if number != plain else found


def _time(text: str) -> timedelta:
    if _NO_TIME.fullmatch(text):
        return timedelta(0)
    try:
        length = read_length(text)
    except ClockError:
        raise ValueError(text) from None
    if length.measure not in (Measure.ELAPSED, Measure.WORKING):
        raise ValueError(text)
    return timedelta(microseconds=length.size)
