"""Kept values as expressions read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from tuoban.kernel.commands import Sealed
from tuoban.kernel.expressions import Row


def readable(value: Any, opened: Mapping[str, Any], zone: tzinfo) -> Any:
    """A kept value as expressions read it: opened where it is personal, moments as the wall in
    `zone` shows them."""
    if isinstance(value, Sealed):
        value = opened.get(value.ref)
    if isinstance(value, tuple):
        return tuple(readable(each, opened, zone) for each in value)
    if isinstance(value, Row):
        return value.having({name: readable(cell, opened, zone) for name, cell in value.items()})
    return value.astimezone(zone) if isinstance(value, datetime) else value
