"""What must hold of every drawing, whatever it shows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from tuoban.kernel.diagram import Band, Box, Drawing, Edge, Label, Point
from tuoban.kernel.diagram.type import HEAD, LEADING, NOTE, TITLE


class Area(NamedTuple):
    """A rectangle, from its upper left to its lower right corner."""

    left: int
    top: int
    right: int
    bottom: int

    def overlaps(self, other: Area) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Area) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


def area(of: Box | Band) -> Area:
    return Area(of.x, of.y, of.right, of.bottom)


def text_area(label: Label) -> Area:
    size = {"title": TITLE, "head": HEAD}.get(label.kind, NOTE)
    left = label.x - label.width // 2 if label.anchor == "middle" else label.x
    bottom = label.y + LEADING[size] * (len(label.lines) - 1)
    return Area(left, label.y - size + 2, left + label.width, bottom + 3)


def segments(edge: Edge) -> Iterator[Area]:
    for a, b in pairwise(edge.points):
        yield Area(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))


def faults(drawing: Drawing) -> list[str]:
    """All that is wrong with a drawing."""
    return [
        *_outside(drawing),
        *_overlapping(drawing),
        *_through(drawing),
        *_text(drawing),
        *_crooked(drawing),
        *crossings(drawing),
    ]


def _outside(drawing: Drawing) -> Iterator[str]:
    canvas = Area(0, 0, drawing.width, drawing.height)
    parts = drawing.parts
    shapes: tuple[Box | Band, ...] = (*parts.boxes, *parts.bands)
    for shape in shapes:
        if not canvas.holds(area(shape)):
            yield f"outside: {shape}"
    for label in parts.labels:
        if not canvas.holds(text_area(label)):
            yield f"outside: {label}"
    for edge in parts.edges:
        if not all(canvas.holds(each) for each in segments(edge)):
            yield f"outside: {edge}"


def _overlapping(drawing: Drawing) -> Iterator[str]:
    parts = drawing.parts
    for one, other in combinations(parts.boxes, 2):
        if area(one).overlaps(area(other)):
            yield f"overlap: {one} and {other}"
    for band, inner in combinations(parts.bands, 2):
        inside = area(band).holds(area(inner)) or area(inner).holds(area(band))
        if area(band).overlaps(area(inner)) and not inside:
            yield f"bands cut: {band} and {inner}"
    for band in parts.bands:
        for box in parts.boxes:
            if area(band).overlaps(area(box)) and not area(band).holds(area(box)):
                yield f"half in its band: {box} in {band}"


def _through(drawing: Drawing) -> Iterator[str]:
    for edge in drawing.parts.edges:
        for box in drawing.parts.boxes:
            if any(_cuts(each, area(box)) for each in segments(edge)):
                yield f"through: {edge} through {box}"


def _cuts(line: Area, box: Area) -> bool:
    """Whether a line goes through the inside of a box."""
    if line.top == line.bottom:
        level = box.top < line.top < box.bottom
        return level and line.left < box.right and box.left < line.right
    upright = box.left < line.left < box.right
    return upright and line.top < box.bottom and box.top < line.bottom


def _text(drawing: Drawing) -> Iterator[str]:
    parts = drawing.parts
    boxes = {box.node: box for box in parts.boxes if not box.part and box.kind != "end"}
    for label in parts.labels:
        if label.kind == "mark":
            continue
        own = boxes.get(label.node) if label.kind in ("title", "note") else None
        if own is not None and not area(own).holds(text_area(label)):
            yield f"text outside its box: {label}"
        for box in parts.boxes:
            if box is not own and text_area(label).overlaps(area(box)):
                yield f"text over a box: {label} over {box}"
        for edge in parts.edges:
            if any(_cuts(each, text_area(label)) for each in segments(edge)):
                yield f"line through text: {edge} through {label}"
    labels = [each for each in parts.labels if each.kind != "mark"]
    for one, other in combinations(labels, 2):
        if text_area(one).overlaps(text_area(other)):
            yield f"text over text: {one} and {other}"


def _crooked(drawing: Drawing) -> Iterator[str]:
    for edge in drawing.parts.edges:
        if len(edge.points) < 2 or any(_is_askew(a, b) for a, b in pairwise(edge.points)):
            yield f"neither level nor upright: {edge}"


def _is_askew(a: Point, b: Point) -> bool:
    return (a.x != b.x) == (a.y != b.y)


def crossings(drawing: Drawing) -> Iterator[str]:
    """Lines that cross, or that lie on one another without having an end in common."""
    for one, other in combinations(drawing.parts.edges, 2):
        shares = (one.source, one.source_part) == (other.source, other.source_part) or (
            one.target,
            one.target_part,
        ) == (other.target, other.target_part)
        for a in segments(one):
            for b in segments(other):
                if _cross(a, b) or (not shares and _lie_on(a, b)):
                    yield f"crossing: {one} and {other}"


def _cross(a: Area, b: Area) -> bool:
    level, upright = (a, b) if a.top == a.bottom else (b, a)
    if level.top != level.bottom or upright.left != upright.right:
        return False
    within = level.left < upright.left < level.right
    return within and upright.top < level.top < upright.bottom


def _lie_on(a: Area, b: Area) -> bool:
    if a.top == a.bottom == b.top == b.bottom:
        return a.left < b.right and b.left < a.right
    if a.left == a.right == b.left == b.right:
        return a.top < b.bottom and b.top < a.bottom
    return False
