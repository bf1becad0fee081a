"""A drawn signature as the parts of an inline SVG."""

from dataclasses import dataclass

from tuoban.runtime.cases.queries import SignatureShown

MARGIN = 4.0  # units of the drawing around the outermost points
WIDEST, HIGHEST = 240.0, 72.0  # CSS pixels in which a drawing is shown


@dataclass(frozen=True, slots=True)
class Drawing:
    """`view_box` and `path` are SVG attributes; the size is in CSS pixels."""

    view_box: str
    path: str
    width: int
    height: int


def drawing(signature: SignatureShown) -> Drawing | None:
    """The drawing cut to its ink; None if only a name was typed."""
    points = [point for stroke in signature.strokes for point in stroke]
    if not points:
        return None
    left, top = min(x for x, _ in points) - MARGIN, min(y for _, y in points) - MARGIN
    width = max(x for x, _ in points) + MARGIN - left
    height = max(y for _, y in points) + MARGIN - top
    scale = min(1.0, WIDEST / width, HIGHEST / height)
    return Drawing(
        view_box=f"{left:g} {top:g} {width:g} {height:g}",
        path=" ".join(_line(stroke) for stroke in signature.strokes),
        width=max(1, round(width * scale)),
        height=max(1, round(height * scale)),
    )


def _line(stroke: tuple[tuple[float, float], ...]) -> str:
    """A run of points; a single one is a line without length, which round ends make a dot."""
    first, *rest = stroke
    return " ".join([f"M{first[0]:g} {first[1]:g}", *(f"L{x:g} {y:g}" for x, y in rest or [first])])
