"""What a message carries, as it is kept: plain values, those of persons apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tuoban.kernel.codec import decode, encode
from tuoban.kernel.commands import Sealed
from tuoban.kernel.expressions import Row
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.models import Message


def to_text(values: Mapping[str, Any]) -> str:
    """How values are kept. Rows lose their keys, which mean something in their own case only."""
    return canonical.dump(encode({name: _plain(value) for name, value in values.items()}))


def _plain(value: Any) -> Any:
    if isinstance(value, Row):
        return dict(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


def clear_values(message: Message) -> dict[str, Any]:
    """What it carries that is not personal."""
    found: dict[str, Any] = decode(json.loads(message.values))
    return found


def personal_values(message: Message) -> dict[str, Any]:
    """What it carries that is personal, unless it was erased."""
    found: dict[str, Any] = decode(json.loads(message.personal))
    return found


def split(values: Mapping[str, Any], opened: Mapping[str, Any]) -> tuple[str, str]:
    """The texts of the values that are not personal, and of those that are."""
    personal = {
        name: opened.get(value.ref) for name, value in values.items() if isinstance(value, Sealed)
    }
    clear = {name: value for name, value in values.items() if name not in personal}
    return to_text(clear), to_text(personal)
