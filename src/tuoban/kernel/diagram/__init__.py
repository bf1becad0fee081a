"""Processes as drawings: a definition in, places on a canvas out."""

from tuoban.kernel.diagram.geometry import (
    START,
    Band,
    Box,
    Drawing,
    Edge,
    EdgeKind,
    Label,
    Part,
    Parts,
    Point,
)

__all__ = [
    "START",
    "Band",
    "Box",
    "Drawing",
    "Edge",
    "EdgeKind",
    "Label",
    "Part",
    "Parts",
    "Point",
]
