"""Reading forms of the desk: entries `f.<field>`, `check.<key>` and `sign.<role>.<part>`."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from tuoban.runtime.cases.service import SignatureInput

FIELD = "f."
CHECK = "check."
SIGN = "sign."
LONGEST_STROKES = 200_000  # characters of JSON; a signature takes a few thousand


def plain(text: str) -> str:
    """The text without NUL characters, which PostgreSQL cannot even look for."""
    return text.replace("\0", "")


def values(posted: QueryDict) -> dict[str, str]:
    """All entries as typed, by input name."""
    return {name: str(value) for name, value in posted.items() if name != "csrfmiddlewaretoken"}


def field_values(posted: QueryDict) -> dict[str, str]:
    return _under(FIELD, posted)


def ticked(posted: QueryDict) -> frozenset[str]:
    return frozenset(_under(CHECK, posted))


def draft(posted: QueryDict) -> dict[str, str]:
    """What a draft keeps: the fields, and each tick as `check:<key>`."""
    return field_values(posted) | {f"check:{key}": "1" for key in sorted(ticked(posted))}


def signatures(posted: QueryDict) -> dict[str, SignatureInput]:
    """The signatures by role; a role with neither a name nor a drawing has not signed."""
    parts = _under(SIGN, posted)
    found: dict[str, SignatureInput] = {}
    for role in {name.rpartition(".")[0] for name in parts}:
        name = parts.get(f"{role}.name", "").strip()
        strokes = read_strokes(parts.get(f"{role}.strokes", ""))
        if name or strokes:
            found[role] = SignatureInput(name, strokes)
    return found


def read_strokes(text: str) -> list[list[list[int]]] | None:
    """The strokes of a drawing: runs of points [x, y, milliseconds]; None if nothing was drawn.

    What no signature pad sends counts as nothing drawn.
    """
    if not text or len(text) > LONGEST_STROKES:
        return None
    try:
        strokes = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(strokes, list) or not all(map(_is_stroke, strokes)):
        return None
    return strokes or None


def _is_stroke(stroke: Any) -> bool:
    return isinstance(stroke, list) and all(
        isinstance(point, list) and len(point) == 3 and all(type(part) is int for part in point)
        for point in stroke
    )


def _under(prefix: str, posted: QueryDict) -> dict[str, str]:
    entries: Mapping[str, Any] = posted
    return {
        name.removeprefix(prefix): str(value)
        for name, value in entries.items()
        if name.startswith(prefix) and len(name) > len(prefix)
    }
