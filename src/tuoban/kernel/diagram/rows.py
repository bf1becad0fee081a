"""Nodes one after the other: joined by lines, broken into rows where they get too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node, Step
from tuoban.kernel.diagram.geometry import Edge, Parts, Point, joined
from tuoban.kernel.diagram.piece import STEP, Beside, Foot, Piece, link
from tuoban.kernel.diagram.returning import Trunk, drawn, edges

if TYPE_CHECKING:
    from tuoban.kernel.diagram.layout import Layout

GUTTER = 22
"""Left of the rows, where the line from one to the next comes down."""
_TURN = 12
"""Right of a row, where that line begins."""
_FINE = 10
"""How finely the width of rows is made even."""
_BETWEEN = 30
"""Between rows; that line runs in the middle."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A piece of a run; None for the node of where the process begins."""

    node: Node | None
    piece: Piece


@dataclass(frozen=True, slots=True)
class _Row:
    """Pieces in one line. `xs` are their left edges."""

    entries: tuple[_Entry, ...]
    xs: tuple[int, ...]
    parts: Parts
    width: int
    up: int
    down: int

    @property
    def first(self) -> Piece:
        return self.entries[0].piece

    @property
    def last(self) -> Piece:
        return self.entries[-1].piece

    @property
    def entry(self) -> Point:
        return self.first.entry

    @property
    def exit(self) -> Point | None:
        return self.last.exit.moved(self.xs[-1], 0) if self.last.exit is not None else None


def returns_of(node: Node) -> tuple[str, ...]:
    """To where the work of a node may be sent back."""
    construct = node.construct
    if not isinstance(construct, Step):
        return ()
    return tuple(dict.fromkeys((*construct.returns_to, *construct.straight_from)))


def in_rows(
    layout: Layout, nodes: Sequence[Node], width: int, begin: Piece | None = None
) -> Piece | None:
    """These nodes one after the other, after `begin`, in rows of at most this width."""
    if not nodes:
        return None
    room, entries = width, _entries(layout, nodes, width, begin)
    broken = _broken(entries, width)
    if len(broken) > 1:
        room -= GUTTER + _TURN
        broken = _broken(_entries(layout, nodes, room, begin), room)
    return _below(tuple(_row(layout, row, room) for row in broken))


def _entries(
    layout: Layout, nodes: Sequence[Node], width: int, begin: Piece | None
) -> list[_Entry]:
    """What follows one another; the first leaves room for `begin`, so that this is not alone."""
    taken = begin.width + STEP if begin is not None else 0
    first = _Entry(nodes[0], layout.piece(nodes[0], width - taken))
    others = [_Entry(node, layout.piece(node, width)) for node in nodes[1:]]
    return [*([_Entry(None, begin)] if begin is not None else []), first, *others]


def _broken(entries: Sequence[_Entry], width: int) -> list[list[_Entry]]:
    """These in as few rows as it takes, none much longer than it has to be."""
    rows = _filled(entries, width)
    least = max(width * 3 // 4, *(each.piece.width for each in entries))
    for narrower in range(width - _FINE, least, -_FINE) if len(rows) > 1 else ():
        tried = _filled(entries, narrower)
        if len(tried) > len(rows):
            break
        rows = tried
    return rows


def _filled(entries: Sequence[_Entry], width: int) -> list[list[_Entry]]:
    """As many in each row as fit."""
    rows: list[list[_Entry]] = [[]]
    taken = 0
    for each in entries:
        is_over = rows[-1] and rows[-1][-1].piece.is_tall
        if rows[-1] and (is_over or taken + each.piece.width > width):
            rows.append([])
            taken = 0
        rows[-1].append(each)
        taken += each.piece.width + STEP
    return rows


def _row(layout: Layout, entries: Sequence[_Entry], width: int) -> _Row:
    keys = [each.node.key if each.node is not None else "" for each in entries]
    wanted = [
        (place, keys.index(target))
        for place, each in enumerate(entries)
        if each.node is not None and each.piece.foot is not None
        for target in returns_of(each.node)
        if target in keys[:place] and entries[keys.index(target)].piece.foot is not None
    ]
    trunks = drawn(wanted)
    lines = {(source, each.target) for each in trunks for source in each.sources}
    reached = {each.target for each in trunks}
    told = [
        _told(
            layout,
            each,
            {keys[target] for source, target in lines if source == place},
            width,
            is_target=place in reached,
        )
        for place, each in enumerate(entries)
    ]
    # What is said below a box takes the place of all lines that go out of it.
    said = {place for place, each in enumerate(told) if each.piece.foot and each.piece.foot.said}
    trunks = tuple(
        Trunk(each.target, kept)
        for each in trunks
        if (kept := tuple(source for source in each.sources if source not in said))
    )
    return _set(told, trunks, keys)


def _told(
    layout: Layout, entry: _Entry, drawn_to: set[str], width: int, *, is_target: bool
) -> _Entry:
    """The entry, with where its work may be sent back to in words where a line is missing."""
    if entry.node is None:
        return entry
    targets = returns_of(entry.node)
    if set(targets) <= drawn_to or layout.folded:
        return entry
    return _Entry(
        entry.node, layout.piece(entry.node, width, Beside(back=targets, is_target=is_target))
    )


def _set(entries: Sequence[_Entry], trunks: tuple[Trunk, ...], keys: Sequence[str]) -> _Row:
    x, xs, parts, lines = 0, list[int](), list[Parts](), list[Edge]()
    before: _Entry | None = None
    for each in entries:
        piece = each.piece
        if before is not None and before.piece.exit is not None:
            begin = before.piece.exit.moved(xs[-1], 0)
            lines.append(joint(before.piece, piece, begin, piece.entry.moved(x, 0)))
        xs.append(x)
        parts.append(piece.parts.moved(x, 0))
        x += piece.width + STEP
        before = each
    up = max(each.piece.up for each in entries)
    feet = [
        each.piece.foot.moved(at, 0) if each.piece.foot is not None else Foot(at, at, 0)
        for each, at in zip(entries, xs, strict=True)
    ]
    back, down = edges(trunks, feet, keys, [each.piece.down for each in entries])
    whole = joined((*parts, Parts(edges=(*lines, *back))))
    return _Row(tuple(entries), tuple(xs), whole, x - STEP, up, down + (4 if back else 0))


def joint(source: Piece, target: Piece, *points: Point) -> Edge:
    """The line from one piece to the next, through these points."""
    return link("flow", source.last, target.first, *points, has_arrow=target.takes_arrow)


def _below(rows: tuple[_Row, ...]) -> Piece:
    first, last = rows[0], rows[-1]
    if len(rows) == 1:
        return Piece(
            first.parts,
            first.width,
            first.up,
            first.down,
            first.first.first,
            first.last.last,
            first.entry,
            first.exit,
            is_tall=first.last.is_tall,
            takes_arrow=first.first.takes_arrow,
        )
    y, parts, tops = 0, [first.parts.moved(GUTTER, 0)], [0]
    for above, row in pairwise(rows):
        floor = y + above.down
        middle = floor + _BETWEEN // 2
        below = floor + _BETWEEN + row.up
        if above.exit is not None:
            begin, end = above.exit.moved(GUTTER, y), row.entry.moved(GUTTER, below)
            turn = GUTTER + above.width + _TURN
            corners = (Point(turn, begin.y), Point(turn, middle), Point(8, middle), Point(8, end.y))
            line = joint(above.last, row.first, begin, *corners, end)
            parts.append(Parts(edges=(line,)))
        y = below
        tops.append(y)
        parts.append(row.parts.moved(GUTTER, y))
    width = GUTTER + max(row.width for row in rows) + _TURN
    return replace(
        _below((first,)),
        parts=joined(parts),
        width=width,
        down=y + last.down,
        last=last.last.last,
        entry=first.entry.moved(GUTTER, 0),
        exit=last.exit.moved(GUTTER, y) if last.exit is not None else None,
        is_tall=True,
    )
