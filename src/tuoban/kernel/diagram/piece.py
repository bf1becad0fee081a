"""A piece: some of a drawing with a way in and a way out, to be joined to others.

Its places are counted from where the line comes in: x from its left edge, y from that line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tuoban.kernel.diagram.geometry import Edge, EdgeKind, Part, Parts, Point

STEP = 30
"""Between two pieces in a row."""


@dataclass(frozen=True, slots=True)
class End:
    """What a line comes from, or leads to."""

    node: str
    part: Part = ""


@dataclass(frozen=True, slots=True)
class Foot:
    """Where lines for work that is sent back leave a shape, or reach it: its lower edge.

    `said` is written below its left part, so that lines keep to the right.
    """

    left: int
    right: int
    y: int
    said: bool = False

    def moved(self, dx: int, dy: int) -> Foot:
        return replace(self, left=self.left + dx, right=self.right + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True)
class Beside:
    """What else a piece is to say: the names of what its work may be sent back to, and of what it
    waits for, where no line tells it; whether it stands on the board of a plan; and whether a line
    leads back to it, which what is said below it makes way for."""

    back: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    on_board: bool = False
    is_target: bool = False


ALONE = Beside()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a drawing.

    Attributes:
        up: how far it reaches above the line that comes in.
        down: how far below.
        entry: where that line ends.
        exit: where the line that goes on begins; None: nothing goes on.
        first: what the line that comes in leads to.
        last: what the line that goes on comes from.
        foot: where lines for work that is sent back are fastened; None: nowhere.
        is_tall: whether it stands in several rows, so that none may share its own.
        takes_arrow: whether the line that comes in ends with an arrow.
    """

    parts: Parts
    width: int
    up: int
    down: int
    first: End
    last: End
    entry: Point
    exit: Point | None
    foot: Foot | None = None
    is_tall: bool = False
    takes_arrow: bool = True

    @property
    def height(self) -> int:
        return self.up + self.down


def link(kind: EdgeKind, source: End, target: End, *points: Point, has_arrow: bool = True) -> Edge:
    """A line through these points, without those that lie on the way from one to the next."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and _is_straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return Edge(kind, tuple(kept), source.node, target.node, source.part, target.part, has_arrow)


def _is_straight(a: Point, b: Point, c: Point) -> bool:
    return a.x == b.x == c.x or a.y == b.y == c.y
