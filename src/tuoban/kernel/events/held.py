"""What events hold by name: values, signatures, facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any


def mappings_of(event: Any) -> list[Mapping[str, Any]]:
    """The mappings of an event, without the empty ones."""
    kind: Any = type(event)
    return [held for name in _names(kind) if (held := getattr(event, name))]


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if str(each.type).startswith("Mapping["))
