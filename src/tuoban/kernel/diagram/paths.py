"""Lines as SVG writes them: with round corners, and an arrow at the end."""

from __future__ import annotations

from collections.abc import Sequence

from tuoban.kernel.diagram.geometry import Point

_TURN = 8
"""The radius of the corners of a line."""


def rounded(points: Sequence[Point], short: int) -> str:
    """The line with round corners, ending so much before its last point."""
    last = _toward(points[-1], points[-2], short)
    way = [f"M{points[0].x} {points[0].y}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_TURN, _length(before, corner) // 2, _length(corner, after) // 2)
        begin, end = _toward(corner, before, radius), _toward(corner, after, radius)
        way.append(f"L{begin.x} {begin.y}Q{corner.x} {corner.y} {end.x} {end.y}")
    way.append(f"L{last.x} {last.y}")
    return "".join(way)


def _length(a: Point, b: Point) -> int:
    return abs(a.x - b.x) + abs(a.y - b.y)


def _toward(a: Point, b: Point, by: int) -> Point:
    """So far from `a` on the level or upright way to `b`."""
    if a.x == b.x:
        return Point(a.x, a.y + (by if b.y > a.y else -by if b.y < a.y else 0))
    return Point(a.x + (by if b.x > a.x else -by), a.y)


def arrow(points: Sequence[Point]) -> str:
    before, end = points[-2], points[-1]
    if before.x == end.x:
        back = end.y - 7 if end.y > before.y else end.y + 7
        return f"M{end.x} {end.y}L{end.x - 4} {back}L{end.x + 4} {back}Z"
    back = end.x - 7 if end.x > before.x else end.x + 7
    return f"M{end.x} {end.y}L{back} {end.y - 4}L{back} {end.y + 4}Z"
