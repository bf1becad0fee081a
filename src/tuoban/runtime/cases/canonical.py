"""Canonical JSON text: the same value gives the same text, on every machine and database."""

from __future__ import annotations

import json
from typing import Any

from tuoban.kernel import json_text
from tuoban.kernel.codec import decode

_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def dump(plain: Any) -> str:
    """The canonical text of plain JSON types."""
    return _CANONICAL.encode(plain)


def to_text(value: Any) -> str:
    """The canonical text of a kernel value, event or state."""
    return json_text.canonical(value)


def from_text(text: str) -> Any:
    """What `to_text` was given.

    Raises:
        ValueError: the text is not such a text, as after tampering.
    """
    try:
        plain = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return decode(plain)
