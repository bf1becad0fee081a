"""What was found, in the words of the table: `level = "ii", amount in (100..200]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuoban.kernel.decisions.grids import Column
from tuoban.kernel.decisions.pieces import Piece

ANYTHING = "-"


def example(columns: Sequence[Column], masks: Sequence[int]) -> str:
    """Pieces of some columns, a mask for each, as a row; `-` where no value matters."""
    parts = (_part(column, mask) for column, mask in zip(columns, masks, strict=False))
    return ", ".join(part for part in parts if part) or ANYTHING


def _part(column: Column, mask: int) -> str:
    """The values of one column; "" where they do not matter. Of several runs the first is told."""
    if column.domain is None or not column.sure_pieces & ~mask:
        return ""
    chosen = [at for at in range(len(column.pieces) - 1) if mask >> at & 1]
    if not chosen:
        return f"{column.label} = null"
    if not column.sure_pieces & ~(mask | 1 << len(column.pieces) - 1):
        return f"{column.label} != null"
    if column.domain.is_line:
        return f"{column.label} {_run([column.pieces[at] for at in _neighbours(chosen)])}"
    return f"{column.label} {_named(column.pieces[:-1], chosen)}"


def _neighbours(chosen: Sequence[int]) -> Iterator[int]:
    """The first of the chosen places, and those that follow it without a break."""
    for count, at in enumerate(chosen):
        if at != chosen[0] + count:
            return
        yield at


def _run(pieces: Sequence[Piece]) -> str:
    """Neighbours on a line."""
    first, last = pieces[0], pieces[-1]
    low, high = first.text or first.low, last.text or last.high
    if low and low == first.text == last.text:
        return f"= {low}"
    if low and high:
        return f"in {'[' if first.text else '('}{low}..{high}{']' if last.text else ')'}"
    if high:
        return f"{'<=' if last.text else '<'} {high}"
    return f"{'>=' if first.text else '>'} {low}"


def _named(pieces: Sequence[Piece], chosen: Sequence[int]) -> str:
    """Values that are told one by one, or all but these."""
    if all(pieces[at].text for at in chosen):
        texts = [pieces[at].text for at in chosen]
        return f"= {texts[0]}" if len(texts) == 1 else f"in ({', '.join(texts)})"
    known = set(chosen)
    others = [piece.text for at, piece in enumerate(pieces) if at not in known]
    return f"!= {others[0]}" if len(others) == 1 else f"not in ({', '.join(others)})"
