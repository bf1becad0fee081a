"""A block of which no more is drawn than that it is there: one box, with how much is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node
from tuoban.kernel.diagram.piece import Beside, Piece
from tuoban.kernel.diagram.shapes import box
from tuoban.kernel.diagram.type import NOTE, set_in

if TYPE_CHECKING:
    from tuoban.kernel.diagram.layout import Layout


def draw(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    mark = layout.overlay.of(node.key)
    steps = sum(1 for _ in _steps(layout, node))
    note = mark.note or layout.say(f"{steps} 步", f"{steps} step" + ("s" if steps != 1 else ""))
    return box(
        node, layout.label(node.key), [set_in(note, NOTE, 132, 1)], glyph=node.kind, mark=mark
    )


def _steps(layout: Layout, node: Node) -> Iterator[Node]:
    """The steps inside a block."""
    definition = layout.definition
    for region in node.regions:
        for key in definition.regions[region].nodes:
            inner = definition.nodes[key]
            if inner.construct.is_work:
                yield inner
            yield from _steps(layout, inner)
