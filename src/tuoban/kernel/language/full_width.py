"""Full-width punctuation where the notation has marks of its own: found, so that it is named and
not only what it upsets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tuoban.kernel.language.tree import Place, Scalar

Found = tuple[Place, str, dict[str, str]]
"""Where a mark stands, with the code and the facts of the problem."""

COLON = "："
ORDINARY = {
    "，": ",", "、": ",", "；": ",", "（": "[", "）": "]", "［": "[", "］": "]",
    "【": "[", "】": "]", "｛": "{", "｝": "}", "“": '"', "”": '"', "‘": "'", "’": "'", "｜": "|",
}  # fmt: skip
"""The marks that may have been meant for one of the notation."""

_OPENING = frozenset("（［【｛“‘")
_QUOTED = re.compile(r"""(?<!\w)(?:"(?:[^"\\]|\\.)*"|'[^']*')|(?<!\S)#.*""")
_STRUCTURE = re.compile(
    r"(?:^\s*(?:- +)*|[{,，]\s*)[\w-]+(?P<colon>：)"
    r"|(?P<comma>[，、；])\s*[\w-]+\s*(?::(?:\s|$)|：)"
    r"|(?:^\s*|[:：]\s*|- +|[\[{,，]\s*)(?P<opening>[（［【｛“‘])(?=[^）］】｝”’]*(?:: |\{))"
    r"|[\[{,]\s*[^（［【｛\[{,]*(?P<closing>[）］】｝])\s*(?:[,\]}]|$)"
)


def told(place: Place, mark: str) -> Found:
    if mark == COLON:
        return place, "full-width-colon", {}
    return place, "full-width-mark", {"found": mark, "instead": ORDINARY[mark]}


def in_lines(lines: Sequence[str], first: Place, last: Place) -> Found | None:
    """The first mark between two places that stands where the notation would have its own."""
    for number in range(first.line, min(last.line, len(lines)) + 1):
        start = first.column - 1 if number == first.line else 0
        line = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), lines[number - 1])
        match = _STRUCTURE.search(line, start) or _STRUCTURE.search(line)
        if match is not None:
            name = match.lastgroup or ""
            return told(Place(number, match.start(name) + 1), match[name])
    return None


def in_name(scalar: Scalar) -> Found | None:
    """The first mark in what should be a name; none can be part of one."""
    return _first(scalar, COLON + "".join(ORDINARY))


def opening(scalar: Scalar) -> Found | None:
    """The mark by which a text begins that should have been a list or a mapping."""
    return told(scalar.at(0), scalar.text[0]) if _opens(scalar) else None


def in_braces(before: Scalar | None, key: Scalar) -> Found | None:
    """The mark that makes the rest of a value look like a key: the bracket that opens the value
    before it, or one in the key itself."""
    if before is not None and _opens(before):
        return told(before.at(0), before.text[0])
    return in_name(key)


def bar(scalar: Scalar, line: str, offset: int) -> Found | None:
    """The full-width bar in a line of a table, outside quotes.

    Args:
        offset: where in the text of `scalar` the line begins.
    """
    at = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), line).find("｜")
    return told(scalar.at(offset + at), "｜") if at >= 0 else None


def _opens(scalar: Scalar) -> bool:
    return not scalar.quoted and scalar.text[:1] in _OPENING


def _first(scalar: Scalar, marks: str) -> Found | None:
    if scalar.quoted:
        return None
    at = next((at for at, letter in enumerate(scalar.text) if letter in marks), None)
    return told(scalar.at(at), scalar.text[at]) if at is not None else None
