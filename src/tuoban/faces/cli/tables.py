"""Plain text tables for terminals and printers, where a Chinese character is two columns wide."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator, Sequence

PRINTER = 80
"""Columns where nobody says how many there are, as on a printer."""
NARROWEST = 40

_GAP = "  "
_WIDE = frozenset("WF")
_NO_WIDTH = frozenset({"Mn", "Me", "Cf", "Cc"})
# What must not stand at the beginning of a line.
_CLOSING = frozenset("，。；：、？！）》」』”’,.;:?!)")


def columns() -> int:
    """The columns of the terminal, or of a printer."""
    return max(NARROWEST, shutil.get_terminal_size((PRINTER, 24)).columns)


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def wrapped(text: str, most: int) -> list[str]:
    """The lines of a text, each at most so many columns wide; at least one, which may be empty.

    Lines end at spaces and between Chinese characters; a word that is wider than a line is cut.
    """
    lines = [""]
    for piece in _pieces(" ".join(text.split())):
        line = lines[-1] + piece
        if width(line.rstrip()) <= most:
            lines[-1] = line
            continue
        *whole, rest = _cut(piece.lstrip(), most)
        lines[-1] = lines[-1].rstrip()
        lines += [*whole, rest]
    lines[-1] = lines[-1].rstrip()
    return lines if len(lines) == 1 or lines[0] else lines[1:]


def table(rows: Sequence[Sequence[str]], most: int, *, widest: int) -> Iterator[str]:
    """The lines of a table without rules; the column `widest` is wrapped so that all fit."""
    sizes = [max(width(row[number]) for row in rows) for number in range(len(rows[0]))]
    others = sum(sizes) - sizes[widest] + len(_GAP) * (len(sizes) - 1)
    sizes[widest] = min(sizes[widest], max(most - others, NARROWEST // 4))
    for row in rows:
        cells = [wrapped(cell, sizes[number]) for number, cell in enumerate(row)]
        for line in range(max(map(len, cells))):
            parts = [cell[line] if line < len(cell) else "" for cell in cells]
            padded = (_padded(part, size) for part, size in zip(parts, sizes, strict=True))
            yield _GAP.join(padded).rstrip()


def _padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces between which a line may end; spaces stand before what follows them."""
    piece = ""
    for character in text:
        before = piece[-1:]
        may_end = character == " " or _width(character) == 2 or (before and _width(before) == 2)
        if piece.strip() and may_end and character not in _CLOSING:
            yield piece
            piece = ""
        piece += character
    yield piece


def _cut(word: str, most: int) -> list[str]:
    """A word in parts that are not too wide."""
    parts = [""]
    for character in word:
        if width(parts[-1] + character) > most:
            parts.append("")
        parts[-1] += character
    return parts
