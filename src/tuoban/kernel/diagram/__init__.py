"""Processes as drawings: a definition in, places on a canvas out, and SVG of these."""

from tuoban.kernel.diagram.conditions import Conditions
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
from tuoban.kernel.diagram.layout import lay
from tuoban.kernel.diagram.moving import Stills, stills
from tuoban.kernel.diagram.outline import Line, outline
from tuoban.kernel.diagram.overlay import PLAIN, Mark, Overlay, Standing
from tuoban.kernel.diagram.performers import performer_words
from tuoban.kernel.diagram.svg import to_svg

__all__ = [
    "PLAIN",
    "START",
    "Band",
    "Box",
    "Conditions",
    "Drawing",
    "Edge",
    "EdgeKind",
    "Label",
    "Line",
    "Mark",
    "Overlay",
    "Part",
    "Parts",
    "Point",
    "Standing",
    "Stills",
    "lay",
    "outline",
    "performer_words",
    "stills",
    "to_svg",
]
