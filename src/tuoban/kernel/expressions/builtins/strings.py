"""Built-in functions on texts. Positions count characters from 1, from the end if negative."""

from decimal import Decimal
from typing import Any

from tuoban.kernel.expressions.limits import CHARACTERS_PER_STEP, Meter
from tuoban.kernel.expressions.patterns import (
    Program,
    compile_pattern,
    read_replacement,
    written_out,
)
from tuoban.kernel.expressions.signatures import builtin


def _substring(text: str, position: Decimal, length: Decimal | None = None) -> str | None:
    size = Decimal(len(text))
    if position.copy_abs() > size:
        return None
    start, count = int(position), int(size if length is None else min(length, size))
    if start == 0 or count < 1:
        return None
    begin = start - 1 if start > 0 else len(text) + start
    return text[begin : begin + count]


def _before(text: str, match: str) -> str:
    return text.partition(match)[0] if match and match in text else ""


def _after(text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


def _matches(meter: Meter, text: str, pattern: str, flags: str | None = None) -> bool | None:
    program = compile_pattern(meter, pattern, flags or "")
    return None if program is None else program.find(meter, text) is not None


def _searcher(meter: Meter, pattern: str, flags: str = "") -> Program | None:
    """A pattern that can be replaced or split at: null for one that may match no characters."""
    program = compile_pattern(meter, pattern, flags)
    return None if program is None or program.find(meter, "") is not None else program


def _replace(
    meter: Meter, text: str, pattern: str, replacement: str, flags: str | None = None
) -> str | None:
    program = _searcher(meter, pattern, flags or "")
    if program is None:
        return None
    wanted = read_replacement(meter, replacement, program.groups, flags or "")
    if wanted is None:
        return None
    parts: list[str] = []
    start = 0
    for match in program.occurrences(meter, text):
        parts += text[start : match[0]], written_out(meter, wanted, text, match)
        start = match[1]
    return "".join((*parts, text[start:]))


def _split(meter: Meter, text: str, delimiter: str) -> list[str] | None:
    program = _searcher(meter, delimiter)
    if program is None:
        return None
    parts: list[str] = []
    start = 0
    for match in program.occurrences(meter, text):
        parts.append(text[start : match[0]])
        start = match[1]
    return [*parts, text[start:]]


def _join(meter: Meter, texts: list[Any], delimiter: str | None = None) -> str | None:
    """Nulls are left out; null if anything else is not a text."""
    present = [text for text in texts if text is not None]
    if not all(isinstance(text, str) for text in present):
        return None
    between = delimiter or ""
    length = sum(map(len, present)) + len(between) * len(present)
    meter.charge(length // CHARACTERS_PER_STEP)  # before the same long text is joined many times
    return between.join(present)


ROWS = (
    builtin("substring(string: text, start position: number, length?: number) -> text", _substring),
    builtin("string length(string: text) -> number", lambda text: Decimal(len(text))),
    builtin("upper case(string: text) -> text", str.upper),
    builtin("lower case(string: text) -> text", str.lower),
    builtin("substring before(string: text, match: text) -> text", _before),
    builtin("substring after(string: text, match: text) -> text", _after),
    builtin("contains(string: text, match: text) -> boolean", lambda text, part: part in text),
    builtin("starts with(string: text, match: text) -> boolean", str.startswith),
    builtin("ends with(string: text, match: text) -> boolean", str.endswith),
    builtin(
        "matches(input: text, pattern: text, flags?: text?) -> boolean", _matches, metered=True
    ),
    builtin(
        "replace(input: text, pattern: text, replacement: text, flags?: text?) -> text",
        _replace,
        metered=True,
    ),
    builtin("split(string: text, delimiter: text) -> list<text>", _split, metered=True),
    builtin("string join(list: list, delimiter?: text?) -> text", _join, metered=True),
)
