"""Pieces put below one another, or packed side by side, without lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tuoban.kernel.diagram.geometry import joined
from tuoban.kernel.diagram.piece import Piece

ASIDE = 28
"""Between pieces that stand side by side without a line."""


def stacked(pieces: Sequence[Piece], gap: int) -> Piece:
    """All below one another; where it comes in and goes on is where the first does."""
    first, *others = pieces
    y, parts = first.down, [first.parts]
    for each in others:
        y += gap + each.up
        parts.append(each.parts.moved(0, y))
        y += each.down
    width = max(each.width for each in pieces)
    return replace(first, parts=joined(parts), width=width, down=y)


def packed(pieces: Sequence[Piece], width: int, gap: int) -> Piece:
    """As many side by side as fit, then below them the next."""
    rows: list[list[Piece]] = [[]]
    taken = 0
    for each in pieces:
        if rows[-1] and (each.is_tall or rows[-1][-1].is_tall or taken + each.width > width):
            rows.append([])
            taken = 0
        rows[-1].append(each)
        taken += each.width + ASIDE
    return stacked([_beside(row) for row in rows], gap)


def _beside(row: Sequence[Piece]) -> Piece:
    x, parts = 0, []
    for each in row:
        parts.append(each.parts.moved(x, 0))
        x += each.width + ASIDE
    up, down = max(each.up for each in row), max(each.down for each in row)
    return replace(row[0], parts=joined(parts), width=x - ASIDE, up=up, down=down)
