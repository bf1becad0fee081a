"""A step: a box with who does it, and below that what may happen meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node
from tuoban.kernel.diagram.constructs.reaction import ASIDE, below
from tuoban.kernel.diagram.piece import Beside, Piece
from tuoban.kernel.diagram.shapes import MOST, box
from tuoban.kernel.diagram.type import NOTE, Lines, set_in

if TYPE_CHECKING:
    from tuoban.kernel.diagram.layout import Layout

_BOARD = 130
"""The width of the text of a card on a board."""


def draw(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    mark = layout.overlay.of(node.key)
    most = _BOARD if beside.on_board else MOST
    notes = _notes(layout, node, beside, most)
    back = f"↩ {layout.names(beside.back)}" if beside.back else ""
    least = _BOARD + 20 if beside.on_board else 0
    title = layout.label(node.key)
    undo = (node.step.undo,) if node.step.undo else ()
    reactions = tuple(dict.fromkeys((*node.reactions, *undo)))
    made = box(
        node,
        title,
        notes,
        back=back,
        makes_way=beside.is_target,
        indent=ASIDE + 6 if reactions else 2,
        mark=mark,
        most=most,
        least=max(least, 84),
    )
    return below(layout, made, reactions, width)


def _notes(layout: Layout, node: Node, beside: Beside, most: int) -> list[Lines]:
    mark = layout.overlay.of(node.key)
    said = [mark.note] if mark.note else _who(layout, node)
    notes = [set_in(each, NOTE, most, 3) for each in said]
    if beside.needs:
        names = layout.names(beside.needs)
        notes.append(set_in(layout.say(f"待 {names}", f"after {names}"), NOTE, most, 5))
    return notes


def _who(layout: Layout, node: Node) -> list[str]:
    step = node.step
    who = layout.say("自动", "automatic") if step.is_unattended else layout.performer(step.by)
    free = [layout.say("可选", "optional")] if node.optional else []
    if node.repeatable:
        free.append(layout.say("可多次", "repeatable"))
    return [each for each in (who, layout.say("、", ", ").join(free)) if each]
