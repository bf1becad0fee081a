"""A process that is begun and not waited for: it hangs below the line, which goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node
from tuoban.kernel.diagram.constructs.bands import band
from tuoban.kernel.diagram.geometry import Box, Parts, Point, joined
from tuoban.kernel.diagram.piece import Beside, End, Piece, link

if TYPE_CHECKING:
    from tuoban.kernel.diagram.layout import Layout

_DOT = 10
_GAP = 18
_INDENT = 26


def draw(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    body = band(layout, node, width - _INDENT, layout.say("不等结束", "not waited for"))
    left = 6 if node.when is not None else 0
    dot = Box(
        node.key, node.kind, left, -_DOT // 2, _DOT, _DOT, "fork",
        is_conditional=node.when is not None,
    )  # fmt: skip
    y = _DOT // 2 + _GAP + body.up
    middle = left + _DOT // 2
    line = link(
        "aside", End(node.key, "fork"), End(node.key),
        Point(middle, _DOT // 2), Point(middle, y), Point(left + _INDENT, y), has_arrow=False,
    )  # fmt: skip
    return Piece(
        joined((body.parts.moved(left + _INDENT, y), Parts((dot,), edges=(line,)))),
        left + _INDENT + body.width,
        _DOT // 2,
        y + body.down,
        End(node.key, "fork"),
        End(node.key, "fork"),
        Point(0, 0),
        Point(dot.right, 0),
        is_tall=body.is_tall,
    )
