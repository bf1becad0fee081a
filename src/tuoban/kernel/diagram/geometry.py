"""What a drawing consists of, in whole pixels from the top left corner of its canvas.

Nothing here knows how it is shown: SVG, BPMN diagram interchange and tests read the same values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, Self

Part = Literal["", "fork", "join"]
"""Which part of its node a box is: the whole, or of a node with branches where they part (`fork`)
and where they come together (`join`)."""

EdgeKind = Literal["flow", "reaction", "aside", "return", "loop", "need"]
"""What an edge tells: what comes next (`flow`); what may happen while its source is active
(`reaction`), or is begun and not waited for (`aside`); where work may be sent back to (`return`);
the next round (`loop`); in a plan, what waits for what (`need`)."""

LabelKind = Literal["title", "note", "mark", "head", "detail", "condition", "back", "hint"]
"""What a label says: what a box is called (`title`) and what stands below that (`note`); the badge
of a box (`mark`); what a band is called (`head`) and what is said behind that (`detail`); when a
branch is taken (`condition`); where work may be sent back to without a line (`back`); what a part
of the drawing is (`hint`)."""

Anchor = Literal["start", "middle", "end"]

START = "start"
"""The node, and the kind, of the mark where a process begins; it stands for no construct."""


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int

    def moved(self, dx: int, dy: int) -> Point:
        return Point(self.x + dx, self.y + dy)


@dataclass(frozen=True, slots=True)
class _Rectangle:
    """What a node takes of the canvas.

    Attributes:
        node: the key of the node in the definition.
        kind: of what kind the node is (`Node.kind`), or `START`.
    """

    node: str
    kind: str
    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def moved(self, dx: int, dy: int) -> Self:
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True)
class Box(_Rectangle):
    """The shape of a node, or of a part of it.

    Attributes:
        is_conditional: whether the node may be passed over.
        is_optional: whether it is not done unless somebody asks for it.
        glyph: the sign in it, which has its place at the left; empty: none.
    """

    part: Part = ""
    is_conditional: bool = False
    is_optional: bool = False
    glyph: str = ""


@dataclass(frozen=True, slots=True)
class Band(_Rectangle):
    """The ground of a block, behind all that is in it.

    `axis` is how far below its upper edge the line comes in.
    """

    axis: int = 0
    is_conditional: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A line of level and upright pieces from one node to another; its arrow is at the last point.

    Attributes:
        source: the key of the node that it comes from, and which part of that.
        target: likewise of where it leads.
        has_arrow: whether an arrow stands at its end; not where the line goes on inside a band.
    """

    kind: EdgeKind
    points: tuple[Point, ...]
    source: str
    target: str
    source_part: Part = ""
    target_part: Part = ""
    has_arrow: bool = True

    def moved(self, dx: int, dy: int) -> Edge:
        return replace(self, points=tuple(each.moved(dx, dy) for each in self.points))


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text of one size, the first on the baseline `y`.

    Attributes:
        node: the key of the node that it belongs to.
        x: where the lines begin, have their middle, or end, as `anchor` says.
        full: the whole text where the lines had to be cut; else empty.
        width: of the longest line, as estimated.
    """

    kind: LabelKind
    node: str
    lines: tuple[str, ...]
    x: int
    y: int
    anchor: Anchor = "start"
    full: str = ""
    width: int = 0

    def moved(self, dx: int, dy: int) -> Label:
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True)
class Parts:
    """Some of a drawing. Bands stand with the outer ones first."""

    boxes: tuple[Box, ...] = ()
    bands: tuple[Band, ...] = ()
    edges: tuple[Edge, ...] = ()
    labels: tuple[Label, ...] = ()

    def moved(self, dx: int, dy: int) -> Parts:
        if not dx and not dy:
            return self
        return Parts(
            tuple(each.moved(dx, dy) for each in self.boxes),
            tuple(each.moved(dx, dy) for each in self.bands),
            tuple(each.moved(dx, dy) for each in self.edges),
            tuple(each.moved(dx, dy) for each in self.labels),
        )


def joined(parts: Iterable[Parts]) -> Parts:
    """All of them, in this order."""
    every = tuple(parts)
    return Parts(
        tuple(chain.from_iterable(part.boxes for part in every)),
        tuple(chain.from_iterable(part.bands for part in every)),
        tuple(chain.from_iterable(part.edges for part in every)),
        tuple(chain.from_iterable(part.labels for part in every)),
    )


@dataclass(frozen=True, slots=True)
class Drawing:
    """A process, laid out on a canvas of this size."""

    width: int
    height: int
    parts: Parts
