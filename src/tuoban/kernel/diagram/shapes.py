"""Boxes with their text, and other small pieces."""

from __future__ import annotations

from collections.abc import Sequence

from tuoban.kernel.definition import Definition, Node
from tuoban.kernel.diagram.geometry import START, Anchor, Box, Label, LabelKind, Parts, Point
from tuoban.kernel.diagram.overlay import Mark
from tuoban.kernel.diagram.piece import End, Foot, Piece
from tuoban.kernel.diagram.type import LEADING, NOTE, TITLE, Lines, least_width, set_in, width_of

LEAST, MOST = 84, 132
"""The width of a box, and of the text in it."""
_PAD = 10
_INSIDE = 8
"""Above and below the text of a box."""
_GLYPH = 22
"""What a glyph takes of the width."""
_DIAMOND = 6
"""How far the mark of a condition reaches out of its box."""
DOT = 18
"""The size of the marks where a process begins and ends."""


def box(
    node: Node,
    title: str,
    notes: Sequence[Lines] = (),
    *,
    glyph: str = "",
    back: str = "",
    makes_way: bool = False,
    indent: int = 2,
    mark: Mark,
    most: int = MOST,
    least: int = LEAST,
) -> Piece:
    """A box with its title and, below that, notes; its middle is where the lines come in.

    Args:
        glyph: the sign at its left.
        back: what is written below it.
        makes_way: whether a line leads from there to the box.
        indent: how far from its left edge it is written.
        most: of the width of its text.
    """
    head = set_in(title, TITLE, most, 3)
    body = [head, *notes]
    aside = _GLYPH if glyph else 0
    texts = max(each.width for each in body)
    beside = indent + (24 if makes_way else 2)
    below = beside + min(least_width(back, NOTE), most) if back else 0
    width = max(least, below, texts + 2 * _PAD + aside)
    width += width % 2
    lines = LEADING[TITLE] * len(head.lines) + sum(LEADING[NOTE] * len(n.lines) for n in notes)
    height = lines + 2 * _INSIDE
    height += height % 2
    left = _DIAMOND if node.when is not None else 0
    top = -height // 2
    shape = Box(
        node.key,
        node.kind,
        left,
        top,
        width,
        height,
        is_conditional=node.when is not None,
        is_optional=node.optional,
        glyph=glyph,
    )
    middle = left + (width + aside) // 2
    labels = list(_texts(node.key, head, notes, middle, top + (height - lines) // 2))
    up, down = height // 2, height // 2
    if mark.count:
        labels.append(badge(node.key, mark.count, left + width, top))
        up += 9
    if back:
        said = set_in(back, NOTE, width - beside, 12)
        labels.append(text("back", node.key, said, left + indent, height // 2 + 14))
        down += 6 + LEADING[NOTE] * len(said.lines)
    beyond = 8 if mark.count else 0
    return Piece(
        Parts((shape,), labels=tuple(labels)),
        left + width + beyond,
        up,
        down,
        End(node.key),
        End(node.key),
        Point(0, 0),
        Point(left + width, 0),
        Foot(left, left + width, height // 2, said=bool(back)),
    )


def _texts(key: str, head: Lines, notes: Sequence[Lines], middle: int, top: int) -> Sequence[Label]:
    found = [text("title", key, head, middle, top + 13, "middle")]
    y = top + LEADING[TITLE] * len(head.lines)
    for each in notes:
        found.append(text("note", key, each, middle, y + 11, "middle"))
        y += LEADING[NOTE] * len(each.lines)
    return found


def text(
    kind: LabelKind, node: str, said: Lines, x: int, y: int, anchor: Anchor = "start"
) -> Label:
    """A label of these lines."""
    return Label(kind, node, said.lines, x, y, anchor, said.full, said.width)


def badge(node: str, count: str, x: int, y: int) -> Label:
    """A count at the upper right corner of a box, which is at this place."""
    return Label("mark", node, (count,), x - 2, y + 3, "middle", width=width_of(count, NOTE))


def pill(node: Node, title: str, *, glyph: str, mark: Mark, notes: Sequence[str] = ()) -> Piece:
    """A box for what the process does by itself."""
    said = [set_in(each, NOTE, MOST, 3) for each in notes]
    return box(node, title, said, glyph=glyph, mark=mark, least=0)


def start(definition: Definition, language: str) -> Piece:
    """Where the process begins."""
    shape = Box(START, START, 0, -DOT // 2, DOT, DOT)
    return Piece(
        Parts((shape,)),
        DOT,
        DOT // 2,
        DOT // 2,
        End(START),
        End(START),
        Point(0, 0),
        Point(DOT, 0),
    )


def ending(node: Node, title: str) -> Piece:
    """Where the process ends, with its name beside the mark."""
    said = set_in(title, TITLE, MOST, 2)
    left = _DIAMOND if node.when is not None else 0
    shape = Box(
        node.key, node.kind, left, -DOT // 2, DOT, DOT, is_conditional=node.when is not None
    )
    height = LEADING[TITLE] * len(said.lines)
    label = text("title", node.key, said, left + DOT + 7, -height // 2 + 13)
    up = max(DOT, height + 2) // 2
    return Piece(
        Parts((shape,), labels=(label,)),
        left + DOT + 7 + said.width,
        up,
        up,
        End(node.key),
        End(node.key),
        Point(0, 0),
        None,
    )
