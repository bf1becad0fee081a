"""What the process does by itself: small boxes, each with its sign, and the mark of an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import Assign, FactSet, Link, Node, Tell, Wait
from tuoban.kernel.diagram.constructs.reaction import below
from tuoban.kernel.diagram.piece import Beside, Piece
from tuoban.kernel.diagram.shapes import ending, pill

if TYPE_CHECKING:
    from tuoban.kernel.diagram.layout import Layout


def _pill(layout: Layout, node: Node, width: int, beside: Beside, glyph: str, note: str) -> Piece:
    mark = layout.overlay.of(node.key)
    words = [mark.note or note] if mark.note or note else []
    if beside.needs:
        names = layout.names(beside.needs)
        words.append(layout.say(f"待 {names}", f"after {names}"))
    title = layout.label(node.key)
    made = pill(node, title, glyph=glyph, mark=mark, notes=words)
    return below(layout, made, node.reactions, width)


def wait(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    construct = node.holding(Wait)
    glyph = "message" if construct.message else "condition" if construct.that else "clock"
    return _pill(layout, node, width, beside, glyph, "")


def send(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    return _pill(layout, node, width, beside, "send", "")


def tell(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    construct = node.holding(Tell)
    to = (*construct.to, *(role for role, _ in construct.beyond))
    roles = layout.definition.roles
    who = [layout.read(roles[each].label) for each in dict.fromkeys(to) if each in roles]
    return _pill(layout, node, width, beside, "tell", layout.say("、", ", ").join(who))


def decide(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    return _pill(layout, node, width, beside, "table", "")


def assign(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    construct = node.holding(Assign)
    found = (layout.definition.field_at(node.key, name) for name, _ in construct.values)
    labels = [layout.read(each.label) for each in found if each is not None]
    labels += [_fact(layout, each) for each in construct.facts]
    return _pill(layout, node, width, beside, "set", layout.say("、", ", ").join(labels))


def _fact(layout: Layout, fact: FactSet) -> str:
    kind = layout.definition.asset_kinds.get(fact.kind)
    field = kind.facts.get(fact.fact) if kind is not None else None
    return layout.read(field.label) if field is not None else fact.name


def link(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    construct = node.holding(Link)
    note = layout.say("另一件工单", "a case of its own")
    if not construct.waits:
        note = layout.say("另一件工单，不等", "a case of its own, not waited for")
    return _pill(layout, node, width, beside, "link", note)


def end(layout: Layout, node: Node, width: int, beside: Beside) -> Piece:
    return ending(node, layout.label(node.key))
