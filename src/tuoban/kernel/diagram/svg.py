"""A drawing as SVG, the same text for the same drawing.

Looks are classes and attributes alone: a page's strict content policy takes them, a style sheet
may say otherwise, and a file opened by itself still looks right.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence

from tuoban.kernel.diagram.geometry import (
    START,
    Band,
    Box,
    Drawing,
    Edge,
    Label,
    LabelKind,
)
from tuoban.kernel.diagram.glyphs import GLYPHS
from tuoban.kernel.diagram.looks import CARD, EDGE, INK, LINE, LOOKS, PAPER, SOFT, TEAL, Look, fonts
from tuoban.kernel.diagram.overlay import PLAIN, Overlay, Standing
from tuoban.kernel.diagram.paths import arrow, rounded
from tuoban.kernel.diagram.type import HEAD, LEADING, NOTE, TITLE

_ROUND, _PILL = 7, 22
"""The radius of the corners of a step, and at most of what the process does by itself."""

_REACHED = frozenset(("done", "current", "late", "waits", "lapsed", "withdrawn"))
_DASHED = frozenset(("reaction", "aside", "return", "loop"))
_SIZES: Mapping[LabelKind, int] = {"title": TITLE, "head": HEAD}
_PILLS = frozenset(("wait", "send", "tell", "set", "decide", "reaction"))


def to_svg(
    drawing: Drawing,
    *,
    title: str,
    told: Iterable[str] = (),
    overlay: Overlay = PLAIN,
    name: str = "diagram",
    language: str = "zh",
) -> str:
    """The drawing as one `svg` element.

    Args:
        title: what it shows.
        told: the same in words, line by line, for whoever does not see it; empty where the page
            tells it beside.
        name: begins the ids of the element, unique on its page.
        language: of what is written in it (`zh`, `en`).
    """
    return _Writer(drawing, overlay).svg(title, "\n".join(told), name, language)


_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML has no place for."""


def escape(text: str) -> str:
    return html.escape(_UNWRITABLE.sub("\ufffd", text))


def _tag(tag: str, inside: str | None = None, **attributes: object) -> str:
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value not in ("", None)
    )
    return f"<{tag}{written}/>" if inside is None else f"<{tag}{written}>{inside}</{tag}>"


class _Writer:
    def __init__(self, drawing: Drawing, overlay: Overlay) -> None:
        self._drawing = drawing
        self._overlay = overlay
        self._lefts = {band.node: band.x for band in drawing.parts.bands}
        self._labels: dict[str, list[Label]] = {}
        for label in drawing.parts.labels:
            self._labels.setdefault(label.node, []).append(label)

    def svg(self, title: str, told: str, name: str, language: str) -> str:
        width, height = self._drawing.width, self._drawing.height
        is_linked = any(each.href for each in self._overlay.marks.values())
        ids = f"{name}-title {name}-desc" if told else f"{name}-title"
        inside = [
            _tag("title", escape(title), id=f"{name}-title"),
            _tag("desc", escape(told), id=f"{name}-desc") if told else "",
            _tag("rect", class_="diagram-paper", width=width, height=height, fill=PAPER),
            self._group("bands", (self._band(each) for each in self._drawing.parts.bands)),
            self._group("edges", (self._edge(each) for each in self._edges())),
            self._group("boxes", self._boxes()),
            self._group("said", (self._label(each) for each in self._beside())),
        ]
        return _tag(
            "svg",
            "\n" + "\n".join(each for each in inside if each) + "\n",
            xmlns="http://www.w3.org/2000/svg",
            class_="diagram",
            viewBox=f"0 0 {width} {height}",
            width=width,
            height=height,
            role="group" if is_linked else "img",
            aria_labelledby=ids,
            font_family=fonts(language),
            font_size=TITLE,
        )

    def _group(self, name: str, inside: Iterable[str]) -> str:
        hidden = None if name == "boxes" else "true"
        # Lines one pixel wide lie between the pixels' edges, so that they are sharp.
        between = "translate(.5 .5)" if name == "edges" else None
        return _tag(
            "g", "\n".join(inside), class_=f"diagram-{name}", aria_hidden=hidden, transform=between
        )

    def _standing(self, node: str) -> Standing:
        if node == START:
            marked = any(m.standing in _REACHED for m in self._overlay.marks.values())
            return "done" if marked else ""
        return self._overlay.of(node).standing

    # Bands

    def _band(self, band: Band) -> str:
        is_in_hand = self._standing(band.node) in ("current", "late")
        kind = f"diagram-band diagram-{band.kind}" + (" diagram-in-hand" if is_in_hand else "")
        ground = _tag(
            "rect",
            class_=kind,
            x=band.x,
            y=band.y,
            width=band.width,
            height=band.height,
            rx=10,
            fill=INK,
            fill_opacity="0.028",
            stroke=TEAL if is_in_hand else LINE,
            stroke_dasharray="5 4" if band.kind == "repeat" else None,
        )
        sign = self._glyph(band.kind, band.x + 13, band.y + 8, SOFT)
        return ground + sign

    def _glyph(self, name: str, x: int, y: int, colour: str) -> str:
        path = GLYPHS.get(name)
        if path is None:
            return ""
        return _tag(
            "path",
            class_=f"diagram-glyph diagram-glyph-{name}",
            d=path,
            transform=f"translate({x} {y})",
            fill="none",
            stroke=colour,
            stroke_width="1.4",
            stroke_linecap="round",
            stroke_linejoin="round",
        )

    # Lines

    def _edges(self) -> Sequence[Edge]:
        """What is done lies above what is not, where lines share a way."""
        return sorted(self._drawing.parts.edges, key=self._is_gone)

    def _is_gone(self, edge: Edge) -> bool:
        """Whether the case came this way."""
        if edge.kind in ("return", "loop"):
            return False
        standing = self._standing(edge.source)
        came = standing in ("done", "lapsed") or (standing == "current" and self._enters(edge))
        return came and self._standing(edge.target) in _REACHED

    def _enters(self, edge: Edge) -> bool:
        """Whether it leads from a block into it, and so is gone once the case is in the block."""
        left = self._lefts.get(edge.source)
        begins = left is not None and edge.points[0].x <= left + 6
        return edge.source_part == "fork" or begins

    def _edge(self, edge: Edge) -> str:
        gone = self._is_gone(edge)
        colour = TEAL if gone else EDGE
        kind = f"diagram-edge diagram-{edge.kind}" + (" diagram-gone" if gone else "")
        line = _tag(
            "path",
            d=rounded(edge.points, 6 if edge.has_arrow else 0),
            fill="none",
            stroke=colour,
            stroke_width="1.6" if gone else "1",
            stroke_dasharray="4 3" if edge.kind in _DASHED else None,
        )
        head = _tag("path", d=arrow(edge.points), fill=colour) if edge.has_arrow else ""
        return _tag("g", line + head, class_=kind)

    # Boxes

    def _boxes(self) -> Iterable[str]:
        for band in self._drawing.parts.bands:
            if band.is_conditional:
                yield _tag("g", self._diamond(band), aria_hidden="true")
        for box in self._drawing.parts.boxes:
            mark, standing = self._overlay.of(box.node), self._standing(box.node)
            texts = (
                "".join(self._label(each, LOOKS[standing]) for each in self._inside(box))
                if not box.part
                else ""
            )
            kind = f"diagram-box diagram-{box.kind}" + (f" diagram-{standing}" if standing else "")
            drawn = self._shape(box, LOOKS[standing]) + texts
            if mark.href and not box.part:
                link = _tag("a", drawn, href=mark.href, class_="diagram-link")
                yield _tag("g", link, class_=kind)
            else:
                yield _tag("g", drawn, class_=kind, aria_hidden="true")

    def _inside(self, box: Box) -> Iterable[Label]:
        kinds = ("title", "note", "mark")
        return [each for each in self._labels.get(box.node, ()) if each.kind in kinds]

    def _beside(self) -> Iterable[Label]:
        """The labels that stand in no box."""
        boxed = {box.node for box in self._drawing.parts.boxes if not box.part}
        kinds = ("title", "note", "mark")
        for label in self._drawing.parts.labels:
            if label.kind not in kinds or label.node not in boxed:
                yield label

    def _shape(self, box: Box, look: Look) -> str:
        if box.part:
            return self._gateway(box)
        if box.kind in (START, "end"):
            return self._mark(box)
        ground, edge, colour, _ = look
        dashes = "4 3" if box.is_optional or box.kind == "reaction" else None
        standing = self._standing(box.node)
        if standing in ("withdrawn", "passed"):
            dashes = "2 3"
        shape = _tag(
            "rect",
            x=box.x,
            y=box.y,
            width=box.width,
            height=box.height,
            rx=min(box.height // 2, _PILL) if box.kind in _PILLS else _ROUND,
            fill=ground,
            stroke=edge,
            stroke_width="1.2",
            stroke_dasharray=dashes,
        )
        middle = box.y + box.height // 2
        sign = self._glyph(box.glyph, box.x + 12, middle - 7, colour) if box.glyph else ""
        return shape + sign + (self._diamond(box) if box.is_conditional else "")

    def _gateway(self, box: Box) -> str:
        standing = self._standing(box.node)
        colour = TEAL if standing in _REACHED else EDGE
        x, y, half = box.x + box.width // 2, box.y + box.height // 2, box.width // 2
        if box.kind == "aside":
            return _tag("circle", cx=x, cy=y, r=half - 1, fill=CARD, stroke=colour)
        shape = _tag(
            "path",
            d=f"M{x - half} {y}L{x} {y - half}L{x + half} {y}L{x} {y + half}Z",
            fill=CARD,
            stroke=colour,
            stroke_width="1.2",
            stroke_linejoin="round",
        )
        sign = ""
        if box.kind == "parallel":
            sign = _tag("path", d=f"M{x - 5} {y}h10M{x} {y - 5}v10", stroke=colour, stroke_width=2)
        elif box.part == "fork":
            sign = _tag(
                "path",
                d=f"M{x - 4} {y - 4}l8 8M{x + 4} {y - 4}l-8 8",
                stroke=colour,
                stroke_width="1.8",
            )
        return shape + sign + (self._diamond(box) if box.is_conditional else "")

    def _mark(self, box: Box) -> str:
        standing = self._standing(box.node)
        x, y, radius = box.x + box.width // 2, box.y + box.height // 2, box.width // 2
        if box.kind == START:
            return _tag("circle", cx=x, cy=y, r=radius - 2, fill=TEAL, stroke=TEAL)
        reached = standing in _REACHED
        colour = TEAL if reached else SOFT
        ring = _tag("circle", cx=x, cy=y, r=radius - 2, fill=CARD, stroke=colour, stroke_width="3")
        return ring + (self._diamond(box) if box.is_conditional else "")

    def _diamond(self, of: Box | Band) -> str:
        """The mark of what is done only under a condition, where the line comes in."""
        x, y = of.x, of.y + (of.axis if isinstance(of, Band) else of.height // 2)
        return _tag(
            "path",
            class_="diagram-when",
            d=f"M{x - 6} {y}L{x} {y - 6}L{x + 6} {y}L{x} {y + 6}Z",
            fill=CARD,
            stroke=EDGE,
            stroke_width="1.2",
        )

    # Text

    def _label(self, label: Label, look: Look = LOOKS[""]) -> str:
        size = _SIZES.get(label.kind, NOTE)
        if label.kind == "mark":
            return self._badge(label)
        colour = look[2] if label.kind in ("title", "head") else look[3]
        lines = [
            _tag("tspan", escape(line), x=label.x, y=label.y + place * LEADING[size])
            for place, line in enumerate(label.lines)
        ]
        full = _tag("title", escape(label.full)) if label.full else ""
        strong = label.kind == "head" or (look[2] == "#ffffff" and label.kind == "title")
        return _tag(
            "text",
            full + "".join(lines),
            class_=f"diagram-{label.kind}",
            font_size=size,
            font_weight="600" if strong else None,
            fill=colour,
            text_anchor=label.anchor if label.anchor != "start" else None,
        )

    def _badge(self, label: Label) -> str:
        width = max(18, label.width + 10)
        return _tag(
            "g",
            _tag(
                "rect", x=label.x - width // 2, y=label.y - 12, width=width, height=18, rx=9,
                fill=TEAL, stroke=CARD, stroke_width="1.5",
            )
            + _tag(
                "text", escape("".join(label.lines)), x=label.x, y=label.y + 1, fill="#ffffff",
                font_size=NOTE, font_weight="600", text_anchor="middle",
            ),
            class_="diagram-count",
        )  # fmt: skip
