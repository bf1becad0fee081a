"""What may happen while something is active: a sign of what brings it, then what is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node, Reaction
from tuoban.kernel.diagram.geometry import Parts, Point, joined
from tuoban.kernel.diagram.piece import STEP, Beside, Piece, link
from tuoban.kernel.diagram.shapes import pill

if TYPE_CHECKING:
    from tuoban.kernel.diagram.layout import Layout

ASIDE = 14
"""From the left edge of a step to the line that leads down to its reactions."""
_INDENT = 40
_GAP = 16


def draw(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    construct = node.holding(Reaction)
    mark = layout.overlay.of(node.key)
    title = layout.label(node.key)
    notes = [mark.note] if mark.note else _notes(layout, construct)
    head = pill(node, title, glyph=_glyph(construct), mark=mark, notes=notes)
    body = layout.region(node.regions[0], max(width - head.width - STEP, 240))
    if body is None or head.exit is None:
        return replace(head, exit=None)
    x = head.width + STEP
    line = link(
        "flow", head.last, body.first, head.exit, body.entry.moved(x, 0),
        has_arrow=body.takes_arrow,
    )  # fmt: skip
    return Piece(
        joined((head.parts, _ended(body).moved(x, 0), Parts(edges=(line,)))),
        x + body.width,
        max(head.up, body.up),
        max(head.down, body.down),
        head.first,
        body.last,
        head.entry,
        None,
        is_tall=body.is_tall,
    )


def _ended(body: Piece) -> Parts:
    """What is done, without the lines by which it would go on out of its bands."""
    edges, end = list(body.parts.edges), body.exit
    while end is not None:
        out = next((e for e in edges if not e.has_arrow and e.points[-1] == end), None)
        if out is not None:
            edges.remove(out)
        end = out.points[0] if out is not None else None
    return replace(body.parts, edges=tuple(edges))


def _glyph(construct: Reaction) -> str:
    if construct.winds_up:
        return "undo"
    if construct.message is not None:
        return "message"
    if construct.moment is not None:
        return "clock"
    if construct.condition is not None:
        return "condition"
    return "hand" if construct.by else "clock"


def _notes(layout: Layout, construct: Reaction) -> list[str]:
    roles = layout.definition.roles
    words = [layout.read(roles[each].label) for each in construct.by if each in roles]
    notes = [layout.say("、", ", ").join(words)] if words else []
    if construct.interrupting:
        notes.append(layout.say("中断原有工作", "interrupts"))
    return notes


def below(layout: Layout, host: Piece, reactions: Sequence[str], width: int) -> Piece:
    """The piece of a step, with its reactions hung below it."""
    made = layout.pieces(reactions, width - _INDENT)
    if not made or host.foot is None:
        return host
    left = host.foot.left + ASIDE
    y = host.down + _GAP + made[0].up
    parts, reach = [host.parts], host.width
    for each in made:
        line = link(
            "reaction", host.last, each.first,
            Point(left, host.foot.y), Point(left, y), Point(host.foot.left + _INDENT, y),
        )  # fmt: skip
        x = host.foot.left + _INDENT
        parts += [each.parts.moved(x, y), Parts(edges=(line,))]
        reach = max(reach, x + each.width)
        following = y + each.down
        y = following + _GAP + each.up
    return replace(host, parts=joined(parts), width=reach, down=following, foot=None)
