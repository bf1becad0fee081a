"""A plan: a board, in whose columns stands what may be open at the same time by what it needs.

A card that needs the card left of it is joined to it by a line; what else it needs it says in
words, so that no lines cross.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node
from tuoban.kernel.diagram.constructs.bands import PAD, framed
from tuoban.kernel.diagram.geometry import Label, Parts, Point, joined
from tuoban.kernel.diagram.piece import Beside, End, Piece, link
from tuoban.kernel.diagram.returning import drawn, edges
from tuoban.kernel.diagram.rows import returns_of
from tuoban.kernel.diagram.shapes import text
from tuoban.kernel.diagram.type import NOTE, set_in

if TYPE_CHECKING:
    from tuoban.kernel.diagram.layout import Layout

_ASIDE = 22
"""Between columns."""
_APART = 14
"""Between the rows of a board."""
_HEAD = 28

Places = Mapping[str, tuple[int, int]]
"""The column and the row of each node."""


def draw(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    board = _Board(layout, node, width - 2 * PAD)
    return framed(layout, node, board.piece(), width - 2 * PAD, said=_said(layout), is_flow=False)


def _said(layout: Layout) -> str:
    return layout.say("不分先后，具备条件即可开始", "in any order, as needs are met")


def needs_of(layout: Layout, node: Node, among: Sequence[str]) -> tuple[str, ...]:
    """What of these a node needs, by name, as far as it stands before them."""
    found = []
    for need in node.gate:
        if need.name is None:
            continue
        for key in (need.name, *_owners(layout, need.name)):
            if key in among and key != node.key:
                found.append(key)
    return tuple(dict.fromkeys(found))


def _owners(layout: Layout, key: str) -> list[str]:
    """The blocks around a node."""
    definition = layout.definition
    if key not in definition.nodes:
        return []
    owners = (definition.regions[region].owner for region in definition.path(key))
    return [each for each in owners if each is not None]


def places(keys: Sequence[str], needs: Mapping[str, tuple[str, ...]]) -> Places:
    """Where each node stands: in the column behind all it needs, and beside one of those where
    there is room."""
    columns: dict[str, int] = {}

    def column(key: str, above: tuple[str, ...] = ()) -> int:
        if key not in columns:
            before = [column(each, (*above, key)) for each in needs[key] if each not in above]
            columns[key] = max(before, default=-1) + 1
        return columns[key]

    for key in keys:
        column(key)
    found: dict[str, tuple[int, int]] = {}
    for at in range(max(columns.values(), default=0) + 1):
        here = [key for key in keys if columns[key] == at]
        taken: set[int] = set()
        for key in here:
            rows = [found[each][1] for each in needs[key] if found[each][0] == at - 1]
            free = next((row for row in rows if row not in taken), None)
            if free is not None:
                found[key] = (at, free)
                taken.add(free)
        row = 0
        for key in here:
            if key in found:
                continue
            while row in taken:
                row += 1
            found[key] = (at, row)
            taken.add(row)
    return found


@dataclass(frozen=True, slots=True)
class _Card:
    """A piece at its place, which is counted from the corner of the board."""

    key: str
    piece: Piece
    x: int
    y: int


class _Board:
    def __init__(self, layout: Layout, node: Node, room: int) -> None:
        self._layout = layout
        self._node = node
        self._room = room
        keys = layout.definition.regions[node.regions[0]].nodes
        nodes = layout.definition.nodes
        self._needs = {key: needs_of(layout, nodes[key], keys) for key in keys}
        self._places = places(keys, self._needs)
        self._at = {place: key for key, place in self._places.items()}
        self._pieces: dict[str, Piece] = {}
        self._begins: frozenset[int] = frozenset()
        self._make(nodes[key] for key in keys)
        # Where a strip begins there is nothing at the left to be joined to.
        self._begins = frozenset(strip[0] for strip in self._strips())
        self._make(nodes[key] for key in keys if self._places[key][0] in self._begins)

    def _make(self, nodes: Iterable[Node]) -> None:
        """The cards, each behind what may stand at its left."""
        for node in sorted(nodes, key=lambda each: self._places[each.key]):
            self._pieces[node.key] = self._piece(node)

    def _left(self, key: str) -> str | None:
        """What a line joins to the card from its left."""
        column, row = self._places[key]
        left = self._at.get((column - 1, row))
        if left is None or column in self._begins:
            return None
        out = self._pieces[left].exit
        return left if out is not None and out.y == 0 else None

    def _piece(self, node: Node) -> Piece:
        """A card, with what it needs and where it goes back to as far as no line tells it."""
        left = self._left(node.key)
        back = returns_of(node)
        line = bool(back) and set(back) == {left}
        needs = tuple(each for each in self._needs[node.key] if each != left)
        beside = Beside(() if line else back, needs, on_board=True)
        return self._layout.piece(node, self._room, beside)

    def piece(self) -> Piece:
        strips = self._strips()
        parts, y, reach = [], 0, 0
        for strip in strips:
            made, width, height = self._strip(strip, y)
            parts.append(made)
            y, reach = y + height + 2 * _APART, max(reach, width)
        up = 0
        whole = joined(parts)
        own = End(self._node.key)
        return Piece(
            whole, reach, up, max(y - 2 * _APART, 0), own, own, Point(0, 0), Point(reach, 0)
        )

    def _strips(self) -> list[list[int]]:
        """The columns that stand side by side, strip below strip."""
        columns = sorted({column for column, _ in self._places.values()})
        strips: list[list[int]] = [[]]
        taken = 0
        for column in columns:
            width = self._width(column)
            if strips[-1] and taken + width > self._room:
                strips.append([])
                taken = 0
            strips[-1].append(column)
            taken += width + _ASIDE
        return strips

    def _width(self, column: int) -> int:
        here = (
            self._pieces[key].width + self._indent(key)
            for key, at in self._places.items()
            if at[0] == column
        )
        return max(here, default=0)

    def _indent(self, key: str) -> int:
        """What brings a card without the mark of a condition into line with those that have it."""
        return 6 if self._layout.definition.nodes[key].when is None else 0

    def _strip(self, columns: Sequence[int], top: int) -> tuple[Parts, int, int]:
        """Some columns, with their lines; how wide and how high they are."""
        rows = sorted({row for column, row in self._places.values() if column in columns})
        xs, x = {}, 0
        for column in columns:
            xs[column] = x
            x += self._width(column) + _ASIDE
        parts: list[Parts] = [Parts(labels=tuple(self._heads(xs, top)))]
        y = top + _HEAD
        for row in rows:
            cards = [
                (xs[column], self._at[column, row])
                for column in columns
                if (column, row) in self._at
            ]
            y += max(self._pieces[key].up for _, key in cards)
            placed = [_Card(key, self._pieces[key], at + self._indent(key), y) for at, key in cards]
            parts += [each.piece.parts.moved(each.x, each.y) for each in placed]
            made, floor = self._lines(placed)
            parts.append(made)
            y = floor + _APART
        return joined(parts), x - _ASIDE, y - _APART - top

    def _heads(self, xs: Mapping[int, int], top: int) -> Iterator[Label]:
        for column, x in xs.items():
            if column == 0:
                words = self._layout.say("随时可办", "open at once")
            else:
                words = self._layout.say(f"第 {column + 1} 批", f"wave {column + 1}")
            yield text("hint", self._node.key, set_in(words, NOTE, 160, 1), x + 6, top + 14)

    def _lines(self, cards: Sequence[_Card]) -> tuple[Parts, int]:
        """Between neighbours, where one needs the other or is sent back to it; and how far down
        the row reaches."""
        needed, wanted = [], []
        for place, (one, other) in enumerate(pairwise(cards)):
            if self._left(other.key) != one.key or one.piece.exit is None:
                continue
            if one.key in self._needs[other.key]:
                begin, end = one.piece.exit.moved(one.x, one.y), other.piece.entry
                needed.append(
                    link("need", one.piece.last, other.piece.first, begin,
                         end.moved(other.x, other.y), has_arrow=other.piece.takes_arrow)
                )  # fmt: skip
            node = self._layout.definition.nodes[other.key]
            if set(returns_of(node)) == {one.key}:
                wanted.append((place + 1, place))
        floor = max(each.y + each.piece.down for each in cards)
        feet = [
            each.piece.foot.moved(each.x, each.y) if each.piece.foot is not None else None
            for each in cards
        ]
        trunks = drawn([w for w in wanted if all(feet[place] is not None for place in w)])
        known = [foot for foot in feet if foot is not None]
        if len(known) != len(feet) or not trunks:
            return Parts(edges=tuple(needed)), floor
        back, floor = edges(
            trunks,
            known,
            [each.key for each in cards],
            [each.y + each.piece.down for each in cards],
        )
        return Parts(edges=(*needed, *back)), floor
