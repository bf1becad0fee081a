"""Lays a process out, from left to right and, where it gets too long, in rows.

The constructs are a table (`constructs/table.py`): each makes a piece of its node, of the pieces of
what is inside it. So lines can only run where the pieces leave room for them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from tuoban.kernel.definition import ROOT_REGION, Definition, Node, Performer
from tuoban.kernel.diagram.conditions import Conditions
from tuoban.kernel.diagram.constructs import fold
from tuoban.kernel.diagram.constructs.table import ROWS
from tuoban.kernel.diagram.geometry import Drawing
from tuoban.kernel.diagram.overlay import PLAIN, Overlay
from tuoban.kernel.diagram.performers import performer_words
from tuoban.kernel.diagram.piece import ALONE, Beside, Piece
from tuoban.kernel.diagram.rows import in_rows
from tuoban.kernel.diagram.shapes import start
from tuoban.kernel.diagram.stacking import stacked
from tuoban.kernel.expressions import Expression
from tuoban.kernel.text import Text

MARGIN = 16
"""Around the whole drawing."""
ENDLESS = 1_000_000
"""The width of what never wraps."""


def lay(
    definition: Definition,
    *,
    language: str = "zh",
    width: int | None = None,
    overlay: Overlay = PLAIN,
    folded: Set[str] = frozenset(),
) -> Drawing:
    """The process as a drawing.

    Args:
        language: of what is written in it (`zh`, `en`).
        width: of the canvas, in pixels, beyond which the process goes on in a new row; it is wider
            only where a single piece is. None: one row, as long as it gets.
        overlay: what is told of a case, or of many.
        folded: blocks and choices of which nothing inside is drawn, and reactions that are left
            out. Where there are any, the drawing is brief, and says only by lines where work may be
            sent back to.
    """
    layout = Layout(definition, language, overlay, folded)
    room = ENDLESS if width is None else width - 2 * MARGIN
    whole = layout.region(ROOT_REGION, room, begin=start(definition, language))
    beside = layout.pieces(_when_cancelled(definition), room)
    piece = stacked([*([whole] if whole is not None else []), *beside], gap=24)
    parts = piece.parts.moved(MARGIN, MARGIN + piece.up)
    return Drawing(max(piece.width + 2 * MARGIN, width or 0), piece.height + 2 * MARGIN, parts)


def _when_cancelled(definition: Definition) -> tuple[str, ...]:
    then = definition.cancelling.then
    return (then,) if then else ()


class Layout:
    """What the pieces of one drawing have in common."""

    def __init__(
        self, definition: Definition, language: str, overlay: Overlay, folded: Set[str]
    ) -> None:
        self.definition = definition
        self.language = language
        self.overlay = overlay
        self.folded = folded
        self._made: dict[tuple[str, int, Beside], Piece] = {}

    def region(self, region: str, width: int, begin: Piece | None = None) -> Piece | None:
        """The nodes of a region, one after the other; None where it is empty."""
        nodes = [self.definition.nodes[key] for key in self.definition.regions[region].nodes]
        return in_rows(self, nodes, width, begin)

    def piece(self, node: Node, width: int, beside: Beside = ALONE) -> Piece:
        """One node with all that is inside it."""
        asked = (node.key, width, beside)
        if asked not in self._made:
            draw = fold.draw if node.key in self.folded else ROWS[node.kind]
            self._made[asked] = draw(self, node, width, beside)
        return self._made[asked]

    def pieces(self, keys: Sequence[str], width: int) -> list[Piece]:
        """What may happen while something is active, as far as it is drawn."""
        drawn = (self.definition.nodes[key] for key in keys if key not in self.folded)
        return [self.piece(each, width) for each in drawn]

    def say(self, zh: str, en: str) -> str:
        return Text(zh, en).read(self.language)

    def read(self, text: Text) -> str:
        return text.read(self.language)

    def label(self, key: str) -> str:
        return self.read(self.definition.nodes[key].label)

    def names(self, keys: Sequence[str]) -> str:
        return self.say("、", ", ").join(dict.fromkeys(self.label(key) for key in keys))

    def condition(self, node: Node, expression: Expression) -> str:
        """A condition of a node in words."""
        return Conditions(self.definition, node.key, self.language).read(expression)

    def performer(self, by: Performer) -> str:
        """Who does it, in a few words; empty where nothing says so."""
        return performer_words(self.definition, by, self.language)
