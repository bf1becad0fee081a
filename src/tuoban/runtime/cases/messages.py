"""The texts of `tell` in words: what a notice said, with the values of fields as they then were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any

from tuoban.kernel.definition import Definition, Message, MessagePart, Step, Tell, Text
from tuoban.kernel.facts import part_of
from tuoban.runtime.cases.wording import in_words, same

_NOTHING = same("—")


def message_of(definition: Definition, node: str) -> Message | None:
    """The text of the `tell` that a node is or carries."""
    found = definition.nodes[node].construct if node in definition.nodes else None
    if isinstance(found, Step):
        return found.tell.text if found.tell is not None else None
    return found.text if isinstance(found, Tell) else None


def in_full(
    definition: Definition,
    message: Message,
    values: Mapping[str, Any],
    zone: tzinfo,
    opened: Mapping[str, Any] | None,
) -> Text:
    """The text with its values in words.

    Args:
        opened: personal values by reference; None for a reader who may not see them.
    """
    words = {
        name: _NOTHING
        if (value := values.get(name)) is None
        else in_words(definition, part_of(definition, name), value, zone, opened)
        for name in message.fields
    }
    zh = _joined(message.zh, {name: each.zh for name, each in words.items()})
    return Text(zh, _joined(message.en, {name: each.en for name, each in words.items()}))


def _joined(parts: Iterable[MessagePart], words: Mapping[str, str]) -> str:
    return "".join(words[part] if kind == "field" else part for kind, part in parts)
