"""How wide text is, as estimated without its font, and where its lines break.

A Chinese sign is as wide as its font is high. Latin letters differ; the table is a little wide of
the common fonts, so that what fits by it fits on the page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

TITLE = 13
"""The size of what a box is called, in pixels."""
NOTE = 11
"""The size of everything said beside it."""
HEAD = 12
"""The size of what a band is called."""
LEADING = {TITLE: 18, NOTE: 14, HEAD: 16}
"""From one line to the next, by size."""

_NARROW = dict.fromkeys("ijl|!.,:;'`", 0.30) | dict.fromkeys("frtI()[]{}-/ ", 0.39)
_WIDE = dict.fromkeys("mwMW@%", 0.95) | dict.fromkeys("…—", 1.0)
_KNOWN = _NARROW | _WIDE
_NEVER_FIRST = frozenset("，。、；：！？）》」』】〉”’…,.;:!?)]}%")
_NEVER_LAST = frozenset("（《「『【〈“‘([{")
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Lines:
    """Text in lines. `full` is the whole where it was cut, else empty."""

    lines: tuple[str, ...]
    width: int
    full: str = ""


def _share(sign: str) -> float:
    """The width of a sign as a share of the size."""
    if sign in _KNOWN:
        return _KNOWN[sign]
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WFA":
        return 1.0
    return 0.72 if sign.isupper() else 0.6


@lru_cache(maxsize=4096)
def width_of(text: str, size: int) -> int:
    """How many pixels one line of the text takes at most."""
    return ceil(sum(_share(sign) for sign in text) * size)


def least_width(text: str, size: int) -> int:
    """The width below which a word of the text would be broken."""
    words = _pieces(" ".join(text.split()), size, width_of(text, size))
    return max((width_of(each.rstrip(), size) for each in words), default=0)


@lru_cache(maxsize=4096)
def set_in(text: str, size: int, width: int, most: int) -> Lines:
    """The text in lines of at most `width`, all about equally long, `most` of them; what is beyond
    is cut."""
    whole = " ".join(text.split())
    # No sign is narrower than a unit, so that what is beyond would be cut anyway.
    bound = most * width
    pieces = list(_pieces(whole[:bound], size, width))
    lines = _filled(pieces, size, width)
    if len(lines) > most or len(whole) > bound:
        rest = "".join(lines[most - 1 :])
        kept = (*(line.strip() for line in lines[: most - 1]), _cut(rest, size, width))
        return Lines(kept, max(width_of(each, size) for each in kept), whole)
    longest = max((width_of(each.rstrip(), size) for each in pieces), default=0)
    for narrower in range(width - 4, max(width // 2, longest - 1), -4):
        tried = _filled(pieces, size, narrower)
        if len(tried) > len(lines):
            break
        lines = tried
    bare = tuple(line.strip() for line in lines)
    return Lines(bare, max((width_of(each, size) for each in bare), default=0))


def _cut(text: str, size: int, width: int) -> str:
    while text and width_of(text + _CUT, size) > width:
        text = text[:-1]
    return text.rstrip() + _CUT


def _filled(pieces: list[str], size: int, width: int) -> list[str]:
    """The pieces in lines, as many in each as fit."""
    lines: list[str] = []
    for piece in pieces:
        if lines and width_of((lines[-1] + piece).strip(), size) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    return lines


def _pieces(text: str, size: int, width: int) -> Iterator[str]:
    """What is not broken: a Chinese sign with the punctuation that stays with it, or a word."""
    piece = ""
    for sign in text:
        ends = piece and _may_break(piece[-1], sign)
        if ends or (piece and width_of(piece + sign, size) > width):
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before == " " or _is_wide(before) or (_is_wide(after) and after != " ")


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"
