"""Branches: they part at one diamond, run below one another, and come together at another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuoban.kernel.definition import Choose, Node, Parallel
from tuoban.kernel.diagram.geometry import Box, Edge, Label, Parts, Point, joined
from tuoban.kernel.diagram.piece import Beside, End, Piece, link
from tuoban.kernel.diagram.shapes import text
from tuoban.kernel.diagram.type import LEADING, NOTE, Lines, set_in

if TYPE_CHECKING:
    from tuoban.kernel.diagram.layout import Layout

FORK, JOIN = 26, 14
_GAP = 18
"""Between branches."""
_LEAD = 26
"""From the fork to a branch of which nothing is said."""
_SAID = 120
"""The width of what is said of a branch."""
_NEAR = 10
"""So close to the middle of a diamond a line comes in at its side."""
_AFTER = 20
"""From a branch to where all come together."""


@dataclass(frozen=True, slots=True)
class _Branch:
    """One of them; no body: nothing is done in it."""

    body: Piece | None
    said: Lines | None

    @property
    def up(self) -> int:
        told = LEADING[NOTE] * len(self.said.lines) + 6 if self.said is not None else 0
        return max(self.body.up if self.body is not None else 0, told)

    @property
    def down(self) -> int:
        return self.body.down if self.body is not None else 4


def choose(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    conditions = node.holding(Choose).conditions
    said = [
        layout.condition(node, each) if each is not None else layout.say("否则", "otherwise")
        for each in conditions
    ]
    return _fan(layout, node, width, said, passes=None not in conditions)


def parallel(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    conditions = node.holding(Parallel).conditions
    said = [layout.condition(node, each) if each is not None else "" for each in conditions]
    return _fan(layout, node, width, said, passes=False)


def _fan(layout: Layout, node: Node, width: int, said: Sequence[str], *, passes: bool) -> Piece:
    """The branches of a node.

    Args:
        said: when each is taken; empty: always.
        passes: whether the case may go past all of them.
    """
    left = 6 if node.when is not None else 0
    lines = [set_in(each, NOTE, _SAID, 5) if each else None for each in said]
    lead = max((each.width + 14 for each in lines if each is not None), default=0)
    x = left + FORK + max(lead, _LEAD)
    room = max(width - x - _AFTER - FORK, 160)
    branches = [
        _Branch(layout.region(region, room), each)
        for region, each in zip(node.regions, lines, strict=True)
    ]
    ys = _spread(branches, below=passes)
    fork = Box(
        node.key, node.kind, left, -FORK // 2, FORK, FORK, "fork",
        is_conditional=node.when is not None,
    )  # fmt: skip
    made = _Fan(node, fork, branches, ys, x, passes)
    return made.piece()


def _spread(branches: Sequence[_Branch], *, below: bool) -> list[int]:
    """How far below the line that comes in each branch runs."""
    ys, y = [], 0
    for each in branches:
        ys.append(y + each.up)
        y = ys[-1] + each.down + _GAP
    if below:
        return [each + FORK // 2 + 10 for each in ys]
    middle = len(ys) // 2
    axis = ys[middle] if len(ys) % 2 else (ys[middle - 1] + ys[middle]) // 2
    return [each - axis for each in ys]


@dataclass(frozen=True, slots=True)
class _Fan:
    """Branches at their places."""

    node: Node
    fork: Box
    branches: Sequence[_Branch]
    ys: Sequence[int]
    x: int
    passes: bool

    def piece(self) -> Piece:
        reach = max((e.body.width for e in self.branches if e.body is not None), default=0)
        goes_on = [self._out(e, y) for e, y in zip(self.branches, self.ys, strict=True)]
        joins = any(each is not None for each in goes_on)
        join = self._join(self.x + reach + _AFTER) if joins else None
        edges = [*self._in()]
        if join is not None:
            edges += self._together(goes_on, join)
        bodies = [
            e.body.parts.moved(self.x, y)
            for e, y in zip(self.branches, self.ys, strict=True)
            if e.body is not None
        ]
        boxes = (self.fork,) if join is None else (self.fork, join)
        own = Parts(boxes, edges=tuple(edges), labels=tuple(self._labels()))
        last, out = End(self.node.key, "fork"), None
        if join is not None:
            last, out = End(self.node.key, "join"), Point(join.right, 0)
        elif self.passes:
            out = Point(self.fork.right, 0)
        ups = [e.up - y for e, y in zip(self.branches, self.ys, strict=True)]
        downs = [e.down + y for e, y in zip(self.branches, self.ys, strict=True)]
        return Piece(
            joined((own, *bodies)),
            join.right if join is not None else self.x + reach,
            max(FORK // 2, *ups),
            max(FORK // 2, *downs),
            End(self.node.key, "fork"),
            last,
            Point(0, 0),
            out,
        )

    def _out(self, branch: _Branch, y: int) -> tuple[End, Point] | None:
        """What goes on behind a branch, and from where."""
        if branch.body is None:
            return End(self.node.key, "fork"), Point(self.x, y)
        if branch.body.exit is None:
            return None
        return branch.body.last, branch.body.exit.moved(self.x, y)

    def _join(self, x: int) -> Box:
        size = FORK if self.node.kind == "parallel" else JOIN
        return Box(self.node.key, self.node.kind, x, -size // 2, size, size, "join")

    def _in(self) -> list[Edge]:
        """From where they part into each."""
        made = []
        source = End(self.node.key, "fork")
        for branch, y in zip(self.branches, self.ys, strict=True):
            body = branch.body
            if body is None:
                continue
            end = body.entry.moved(self.x, y)
            points = (*self._corner(self.fork, y, self.fork.right), end)
            made.append(link("flow", source, body.first, *points, has_arrow=body.takes_arrow))
        return made

    def _corner(self, box: Box, y: int, level: int) -> tuple[Point, ...]:
        """From, or to, a diamond: at its side where the line is level, else above or below."""
        if y == 0:
            return (Point(level, 0),)
        middle = box.x + box.width // 2
        return (Point(middle, box.height // 2 if y > 0 else -box.height // 2), Point(middle, y))

    def _to_join(self, join: Box, y: int) -> tuple[Point, ...]:
        if 0 < abs(y) < join.height // 2 + _NEAR:
            x = join.x - _NEAR
            return Point(x, y), Point(x, 0), Point(join.x, 0)
        return tuple(reversed(self._corner(join, y, join.x)))

    def _together(self, goes_on: Sequence[tuple[End, Point] | None], join: Box) -> list[Edge]:
        made = []
        target = End(self.node.key, "join")
        for (branch, y), each in zip(
            zip(self.branches, self.ys, strict=True), goes_on, strict=True
        ):
            if each is None:
                continue
            source, begin = each
            corner = self._to_join(join, begin.y)
            points = (begin, *corner)
            if branch.body is None:
                points = (*self._corner(self.fork, y, self.fork.right), *corner)
            made.append(link("flow", source, target, *points))
        if self.passes:
            source = End(self.node.key, "fork")
            made.append(link("flow", source, target, Point(self.fork.right, 0), Point(join.x, 0)))
        return made

    def _labels(self) -> list[Label]:
        x = self.fork.right + 4
        return [
            text(
                "condition",
                self.node.key,
                each.said,
                x,
                y - 6 - LEADING[NOTE] * (len(each.said.lines) - 1),
            )
            for each, y in zip(self.branches, self.ys, strict=True)
            if each.said is not None
        ]
