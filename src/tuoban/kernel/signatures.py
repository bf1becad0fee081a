"""Signatures: reading a signer's name and the strokes of a drawing.

A signature is a name, a drawing, or both. A drawing is a list of strokes; a stroke is a list of
points, each a list of numbers (x, y and perhaps a time), or a list of plain numbers.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from tuoban.kernel.refusals import Problem

LONGEST_NAME = 100  # characters
MOST_STROKES = 500
LONGEST_SIGNATURE = 200_000  # characters as JSON; a long one has some 20,000
_LARGEST = 1e9


def read_signature(
    role: str, name: str, strokes: Any
) -> tuple[dict[str, Any] | None, Problem | None]:
    """The signature as JSON types, or the problem that stands beside `signature:<role>`.

    None for both where neither a name nor a stroke was given.
    """
    place = f"signature:{role}"
    name = name.strip()
    value = {"name": name, "strokes": [] if strokes is None else strokes}
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in name):
        return None, Problem("not-text", place)
    if len(name) > LONGEST_NAME:
        return None, Problem("too-long", place, {"limit": LONGEST_NAME, "length": len(name)})
    if not _is_drawing(value["strokes"]):
        return None, Problem("signature-unreadable", place)
    length = len(json.dumps(value))
    if length > LONGEST_SIGNATURE:
        return None, Problem("too-long", place, {"limit": LONGEST_SIGNATURE, "length": length})
    return (value if name or value["strokes"] else None), None


def _is_drawing(strokes: Any) -> bool:
    return (
        isinstance(strokes, list | tuple)
        and len(strokes) <= MOST_STROKES
        and all(isinstance(stroke, list | tuple) and _is_stroke(stroke) for stroke in strokes)
    )


def _is_stroke(stroke: Any) -> bool:
    return all(
        all(map(_is_coordinate, part)) if isinstance(part, list | tuple) else _is_coordinate(part)
        for part in stroke
    )


def _is_coordinate(part: Any) -> bool:
    return type(part) in (int, float) and abs(part) <= _LARGEST
