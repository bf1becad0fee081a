"""What `replace` puts in the place of a match: a text with `$1` for what a group matched."""

import re
from collections.abc import Iterator

from tuoban.kernel.expressions.limits import CHARACTERS_PER_STEP, ITEMS_PER_STEP, Meter
from tuoban.kernel.expressions.patterns.limits import PatternError
from tuoban.kernel.expressions.patterns.machine import Captures

Replacement = tuple[str | int, ...]
"""Texts, and numbers of groups; 0 is the whole match."""

_PART = re.compile(r"(?P<plain>[^\\$]+)|\\(?P<sign>[\\$])|\$(?P<digits>[0-9]+)")


def read_replacement(meter: Meter, text: str, groups: int, flags: str) -> Replacement | None:
    """`$` with the number of a group, `\\$` and `\\\\` for the signs themselves; None where they
    stand otherwise. With the flag `q` they are nothing special."""
    meter.charge(len(text) // ITEMS_PER_STEP)
    if "q" in flags:
        return (text,)
    try:
        return tuple(_parts(text, groups))
    except PatternError:
        return None


def _parts(text: str, groups: int) -> Iterator[str | int]:
    at = 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            raise PatternError(text)
        if part["digits"]:
            yield from _reference(part["digits"], groups)
        else:
            yield part["plain"] or part["sign"]
        at = part.end()


def _reference(digits: str, groups: int) -> Iterator[str | int]:
    """As many digits as make the number of a group, at least one; the others are text."""
    number, count = int(digits[0]), 1
    for digit in digits[1:]:
        longer = number * 10 + int(digit)
        if longer > groups:
            break
        number, count = longer, count + 1
    yield number
    if count < len(digits):
        yield digits[count:]


def written_out(meter: Meter, replacement: Replacement, text: str, match: Captures) -> str:
    """What replaces one match in `text`; a group that has not matched, or is none, gives ""."""
    parts = [
        part if isinstance(part, str) else _captured(part, text, match) for part in replacement
    ]
    meter.charge(len(parts) // ITEMS_PER_STEP + sum(map(len, parts)) // CHARACTERS_PER_STEP)
    return "".join(parts)


def _captured(group: int, text: str, match: Captures) -> str:
    if 2 * group >= len(match) or match[2 * group] < 0:
        return ""
    return text[match[2 * group] : match[2 * group + 1]]
