"""What `\\s`, `\\d`, `\\p{Lu}` and their like stand for, after XML Schema."""

from tuoban.kernel.expressions.patterns.blocks import BLOCKS
from tuoban.kernel.expressions.patterns.characters import (
    CATEGORIES,
    LAST,
    Characters,
    Ranges,
    merged,
    others,
)

_INITIAL: Ranges = (
    (0x3A, 0x3A),
    (0x41, 0x5A),
    (0x5F, 0x5F),
    (0x61, 0x7A),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x2FF),
    (0x370, 0x37D),
    (0x37F, 0x1FFF),
    (0x200C, 0x200D),
    (0x2070, 0x218F),
    (0x2C00, 0x2FEF),
    (0x3001, 0xD7FF),
    (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD),
    (0x10000, 0xEFFFF),
)
"""What an XML name may begin with."""
_NAME = merged(
    (*_INITIAL, (0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))
)
_SPACE: Ranges = ((0x9, 0xA), (0xD, 0xD), (0x20, 0x20))
_LINE_ENDS: Ranges = ((0xA, 0xA), (0xD, 0xD))

ANY = Characters(((0, LAST),))
NOT_LINE_END = Characters(others(_LINE_ENDS))
"""What `.` stands for, with the flag `s` and without."""

NAMED: dict[str, Characters] = {
    "s": Characters(_SPACE),
    "S": Characters(others(_SPACE)),
    "i": Characters(_INITIAL),
    "I": Characters(others(_INITIAL)),
    "c": Characters(_NAME),
    "C": Characters(others(_NAME)),
    "d": Characters(categories=frozenset({"Nd"})),
    "D": Characters(categories=CATEGORIES - {"Nd"}),
    "w": Characters(categories=frozenset(one for one in CATEGORIES if one[0] not in "PZC")),
    "W": Characters(categories=frozenset(one for one in CATEGORIES if one[0] in "PZC")),
}
"""The escapes of one letter that stand for a set."""

PLAIN: dict[str, str] = {
    "n": "\n",
    "r": "\r",
    "t": "\t",
    **{one: one for one in "\\|.?*+(){}-[]^$"},
}
"""The escapes that stand for one character."""


def by_property(name: str, *, negated: bool) -> Characters | None:
    """The characters of a category (`Lu`, `L`) or a block (`IsBasicLatin`), or all others."""
    if name.startswith("Is"):
        block = BLOCKS.get(name[2:])
        if block is None:
            return None
        return Characters(others((block,)) if negated else (block,))
    found = frozenset(one for one in CATEGORIES if name in (one, one[0]))
    if not found or name == "Cs":
        return None
    return Characters(categories=CATEGORIES - found if negated else found)
