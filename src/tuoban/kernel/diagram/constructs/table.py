"""The table of constructs. A new construct is a new row here, and a module where none fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node
from tuoban.kernel.diagram.constructs import acts, aside, bands, branches, plan, reaction, step
from tuoban.kernel.diagram.piece import Beside, Piece

if TYPE_CHECKING:
    from tuoban.kernel.diagram.layout import Layout

Draw = Callable[["Layout", Node, int, Beside], Piece]
"""Makes the piece of a node, in this width as far as it can."""

ROWS: Mapping[str, Draw] = {
    "step": step.draw,
    "stage": bands.stage,
    "choose": branches.choose,
    "parallel": branches.parallel,
    "repeat": bands.repeat,
    "each": bands.each,
    "plan": plan.draw,
    "call": bands.call,
    "aside": aside.draw,
    "link": acts.link,
    "reaction": reaction.draw,
    "decide": acts.decide,
    "set": acts.assign,
    "tell": acts.tell,
    "send": acts.send,
    "wait": acts.wait,
    "end": acts.end,
}
