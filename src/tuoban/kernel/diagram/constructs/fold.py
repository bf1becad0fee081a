"""What no more is drawn of than that it is there: a block as one box with how much is in it, a
choice as a small diamond on the line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node
from tuoban.kernel.diagram.constructs.branches import JOIN
from tuoban.kernel.diagram.geometry import Box, Parts, Point
from tuoban.kernel.diagram.piece import Beside, End, Piece
from tuoban.kernel.diagram.shapes import MOST, box
from tuoban.kernel.diagram.type import NOTE, set_in

if TYPE_CHECKING:
    from tuoban.kernel.diagram.layout import Layout


def draw(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    if node.construct.enters_one:
        return _choice(node)
    mark = layout.overlay.of(node.key)
    steps = list(_steps(layout, node))
    if len(steps) == 1:  # what it is tells its only step better than its own name
        title, note = layout.label(steps[0].key), layout.overlay.of(steps[0].key).note
    else:
        title = layout.label(node.key)
        note = mark.note or layout.say(f"{len(steps)} 步", f"{len(steps)} steps")
    notes = [set_in(note, NOTE, MOST, 1)] if note else []
    return box(node, title, notes, glyph=node.kind, mark=mark)


def _choice(node: Node) -> Piece:
    shape = Box(node.key, node.kind, 0, -JOIN // 2, JOIN, JOIN, "join")
    end = End(node.key, "join")
    parts, half = Parts((shape,)), JOIN // 2
    return Piece(parts, JOIN, half, half, end, end, Point(0, 0), Point(JOIN, 0))


def _steps(layout: Layout, node: Node) -> Iterator[Node]:
    """The steps inside a block."""
    definition = layout.definition
    for region in node.regions:
        for key in definition.regions[region].nodes:
            inner = definition.nodes[key]
            if inner.construct.is_work:
                yield inner
            yield from _steps(layout, inner)
