"""Blocks with one body: a band with its name at the top, and below what may happen meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tuoban.kernel.definition import Each, Node, Repeat
from tuoban.kernel.diagram.geometry import Band, Edge, Label, Parts, Point, joined
from tuoban.kernel.diagram.piece import Beside, End, Foot, Piece, link
from tuoban.kernel.diagram.shapes import badge, text
from tuoban.kernel.diagram.stacking import packed
from tuoban.kernel.diagram.type import HEAD, LEADING, NOTE, set_in, width_of

if TYPE_CHECKING:
    from tuoban.kernel.diagram.layout import Layout

PAD = 16
"""Inside a band, at its sides and its foot."""
_TOP = 30
"""What its name takes."""
_LOOP = 14
"""What the line of a loop takes, at the left and below."""
_SAID = 180
"""The least width of what is said behind its name."""
_GAP = 18


def stage(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    return band(layout, node, width)


def call(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    return band(layout, node, width, goes_on=True)


def each(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    together = node.holding(Each).together
    how = ("逐项同时", "for each, together") if together else ("逐项依次", "for each, in turn")
    return band(layout, node, width, layout.say(*how))


def repeat(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    construct = node.holding(Repeat)
    until = layout.condition(node, construct.until)
    said = layout.say(f"直到 {until}", f"until {until}")
    if construct.at_most is not None:
        most = construct.at_most
        said += layout.say(f"，至多 {most} 次", f", at most {most} times")
    return band(layout, node, width, said, loops=True)


def band(
    layout: Layout,
    node: Node,
    width: int,
    said: str = "",
    *,
    loops: bool = False,
    goes_on: bool = False,
) -> Piece:
    """The band of a block around its body.

    Args:
        said: what is said behind its name.
        loops: whether a line leads from its end to its beginning.
        goes_on: whether the case goes on behind it even where its body ends.
    """
    left = PAD + (_LOOP if loops else 0)
    room = width - left - PAD
    body = layout.region(node.regions[0], room)
    if body is None:
        body = Piece(Parts(), 0, 0, 0, End(node.key), End(node.key), Point(0, 0), Point(0, 0))
    made = framed(layout, node, body, room, left, said, loops=loops)
    return replace(made, exit=Point(made.width, 0)) if goes_on and made.exit is None else made


def framed(
    layout: Layout,
    node: Node,
    body: Piece,
    room: int,
    left: int = PAD,
    said: str = "",
    *,
    loops: bool = False,
    is_flow: bool = True,
) -> Piece:
    """The band around a body, which stands `left` of its edge.

    Args:
        is_flow: whether lines lead to the body and away from it.
    """
    edge = 6 if node.when is not None else 0
    left += edge
    inner = body.width
    down = body.down + (_LOOP if loops else 0)
    below = _reactions(layout, node, room)
    if below is not None:
        down += _GAP
    head, wide, low = _head(layout, node, said, edge, max(room, 200), inner)
    wide = max(wide, left + inner + PAD, left + (below.width if below is not None else 0) + PAD)
    up = body.up + _TOP + low
    parts: list[Parts] = [body.parts.moved(left, 0)]
    if below is not None:
        down += below.up
        parts.append(below.parts.moved(left, down))
        down += below.down
    down += PAD
    ground = Band(
        node.key, node.kind, edge, -up, wide - edge, up + down, axis=up,
        is_conditional=node.when is not None,
    )  # fmt: skip
    out = body.exit.moved(left, 0) if body.exit is not None else None
    edges = list(_lines(node, body, left, edge, wide, loops=loops)) if is_flow else []
    labels = [label.moved(0, -up + 20) for label in head]
    mark = layout.overlay.of(node.key)
    if mark.count:
        labels.append(badge(node.key, mark.count, wide, -up))
        up += 9
    return Piece(
        joined((Parts(bands=(ground,)), *parts, Parts(edges=tuple(edges), labels=tuple(labels)))),
        wide,
        up,
        down,
        End(node.key),
        End(node.key),
        Point(0, 0),
        None if out is None else Point(wide, out.y),
        Foot(edge, wide, down),
        is_tall=body.is_tall,
        takes_arrow=not is_flow,
    )


def _head(
    layout: Layout, node: Node, said: str, edge: int, room: int, inner: int
) -> tuple[Sequence[Label], int, int]:
    """Its name, and behind that what is said of it, in lines not much wider than what is inside;
    how far they reach, and how far below the first line."""
    name = set_in(layout.label(node.key), HEAD, min(room, 260), 1)
    x = edge + PAD + 18
    labels = [text("head", node.key, name, x, 0)]
    x += width_of(name.lines[0], HEAD) + 12
    mark, lines = layout.overlay.of(node.key), 1
    for words in (said, mark.note):
        if words:
            detail = set_in(words, NOTE, max(_SAID, inner - x), 6)
            labels.append(text("detail", node.key, detail, x, 0))
            x, lines = x + detail.width + 12, max(lines, len(detail.lines))
    return labels, x - 12 + PAD, LEADING[NOTE] * (lines - 1)


def _reactions(layout: Layout, node: Node, room: int) -> Piece | None:
    made = layout.pieces(node.reactions, room)
    return None if not made else packed(made, min(room, 1400), _GAP)


def _lines(
    node: Node, body: Piece, left: int, edge: int, wide: int, *, loops: bool
) -> Sequence[Edge]:
    """From its edge to the body, and from there to its other edge."""
    own = End(node.key)
    if not body.parts.boxes and not body.parts.bands:
        return [link("flow", own, own, Point(edge, 0), Point(wide, 0), has_arrow=False)]
    into = body.entry.moved(left, 0)
    begin = Point(edge + 6 if edge else 0, 0)
    found = [link("flow", own, body.first, begin, into, has_arrow=body.takes_arrow)]
    if body.exit is None:
        return found
    out = body.exit.moved(left, 0)
    found.append(link("flow", body.last, own, out, Point(wide, out.y), has_arrow=False))
    if loops:
        y = body.down + _LOOP - 2
        back = Point(left + body.width + 6, out.y)
        x = edge + PAD
        points = (back, Point(back.x, y), Point(x, y), Point(x, 0))
        found.append(link("loop", body.last, body.first, *points))
    return found
