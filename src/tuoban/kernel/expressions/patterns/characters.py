"""Sets of characters as patterns name them, and which characters differ only in case."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

Ranges = tuple[tuple[int, int], ...]
"""Code points from one to another, both included; sorted and apart from one another."""

LAST = 0x10FFFF
_LAST_CASED = 0x1FFFF
"""No script above has cases."""

CATEGORIES = frozenset(
    [
        *("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No"),
        *("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Zs", "Zl", "Zp"),
        *("Sm", "Sc", "Sk", "So", "Cc", "Cf", "Co", "Cs", "Cn"),
    ]
)
"""The general categories of Unicode."""


@dataclass(frozen=True, slots=True)
class Characters:
    """A set of characters: those in `ranges`, those in `cased` in either case, those of
    `categories`; all others where `negated`; and without those of `minus` in the end."""

    ranges: Ranges = ()
    cased: Ranges = ()
    categories: frozenset[str] = frozenset()
    negated: bool = False
    minus: "Characters | None" = None

    def __contains__(self, character: str) -> bool:
        if self._lists(character) is self.negated:
            return False
        return self.minus is None or character not in self.minus

    def _lists(self, character: str) -> bool:
        return (
            _lies_in(character, self.ranges)
            or (bool(self.categories) and category(character) in self.categories)
            or (bool(self.cased) and any(_lies_in(one, self.cased) for one in variants(character)))
        )


def _lies_in(character: str, ranges: Ranges) -> bool:
    code = ord(character)
    at = bisect_right(ranges, (code, LAST)) - 1
    return at >= 0 and code <= ranges[at][1]


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same code points, sorted and apart."""
    kept: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if kept and low <= kept[-1][1] + 1:
            kept[-1] = (kept[-1][0], max(high, kept[-1][1]))
        else:
            kept.append((low, high))
    return tuple(kept)


def others(ranges: Ranges) -> Ranges:
    """All code points that are not in `ranges`."""
    lows = [0, *(high + 1 for _, high in ranges)]
    highs = [*(low - 1 for low, _ in ranges), LAST]
    return tuple((low, high) for low, high in zip(lows, highs, strict=True) if low <= high)


def union(parts: Iterable[Characters]) -> Characters:
    """The characters of any of the parts, none of which is negated or lacks some."""
    found = list(parts)
    return Characters(
        merged(one for part in found for one in part.ranges),
        merged(one for part in found for one in part.cased),
        frozenset().union(*(part.categories for part in found)),
    )


def single(code: int, *, blind: bool) -> Characters:
    return span(code, code, blind=blind)


def span(low: int, high: int, *, blind: bool) -> Characters:
    """The characters from one code point to another; `blind`: in either case."""
    return Characters(cased=((low, high),)) if blind else Characters(((low, high),))


def variants(character: str) -> frozenset[str]:
    """The characters whose upper case or lower case is the same as that of `character`."""
    return _variants().get(character, frozenset((character,)))


@lru_cache(maxsize=1)
def _variants() -> Mapping[str, frozenset[str]]:
    """All characters that have variants; made at first use, since it takes a while."""
    cased = [
        one for one in map(chr, range(_LAST_CASED + 1)) if (one.lower(), one.upper()) != (one, one)
    ]
    lower: dict[str, set[str]] = defaultdict(set)
    upper: dict[str, set[str]] = defaultdict(set)
    for one in cased:
        lower[one.lower()].add(one)
        upper[one.upper()].add(one)
    return {one: frozenset(lower[one.lower()] | upper[one.upper()]) for one in cased}
