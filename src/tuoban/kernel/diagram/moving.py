"""One drawing for a case that moves: its boxes stand still, and what is said in them changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace

from tuoban.kernel.definition import Definition
from tuoban.kernel.diagram.geometry import Drawing, Label
from tuoban.kernel.diagram.layout import lay
from tuoban.kernel.diagram.overlay import Mark, Overlay
from tuoban.kernel.diagram.shapes import MOST
from tuoban.kernel.diagram.type import NOTE, set_in, width_of


@dataclass(frozen=True, slots=True)
class Stills:
    """A drawing that has room for whatever the case shows on its way.

    Attributes:
        resting: by node, the lines of its note where an overlay has none for it.
    """

    drawing: Drawing
    resting: Mapping[str, tuple[str, ...]]

    def under(self, overlay: Overlay) -> Drawing:
        """The drawing with the notes and badges of one overlay."""
        noted: set[str] = set()
        labels = []
        for label in self.drawing.parts.labels:
            shown: Label | None = label
            if label.kind == "mark":
                count = overlay.of(label.node).count
                shown = replace(label, lines=(count,)) if count else None
            elif label.kind == "note" and label.node not in noted:
                noted.add(label.node)
                shown = self._note(label, overlay.of(label.node).note)
            if shown is not None:
                labels.append(shown)
        parts = replace(self.drawing.parts, labels=tuple(labels))
        return replace(self.drawing, parts=parts)

    def _note(self, label: Label, note: str) -> Label | None:
        if not note:
            lines = self.resting.get(label.node)
            return replace(label, lines=lines, full="") if lines else None
        said = set_in(note, NOTE, MOST, 2)
        return replace(label, lines=said.lines, full=said.full, width=said.width)


def stills(
    definition: Definition,
    overlays: Iterable[Overlay],
    *,
    language: str = "zh",
    width: int | None = None,
    folded: Set[str] = frozenset(),
) -> Stills:
    """Lay a process out once for several overlays; the other arguments are those of `lay`."""
    plain = lay(definition, language=language, width=width, folded=folded)
    resting: dict[str, tuple[str, ...]] = {}
    for label in plain.parts.labels:
        if label.kind == "note":
            resting.setdefault(label.node, label.lines)
    widest: dict[str, Mark] = {}
    for overlay in overlays:
        for key, mark in overlay.marks.items():
            known = widest.get(key, Mark())
            at_rest = "".join(resting.get(key, ()))
            note = max(known.note, mark.note, key=lambda each: width_of(each, NOTE))
            fits = width_of(note, NOTE) <= width_of(at_rest, NOTE)
            widest[key] = Mark(
                note="" if fits else note, count=max(known.count, mark.count, key=len)
            )
    roomy = Overlay(widest)
    drawing = lay(definition, language=language, width=width, overlay=roomy, folded=folded)
    return Stills(drawing, resting)
