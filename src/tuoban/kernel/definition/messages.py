"""What people are told, with the values of fields in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MessagePart = tuple[Literal["text", "field"], str]
"""A run of plain text, or the name of a field of the case whose value stands in its place."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text with the values of fields in it, in both languages."""

    zh: tuple[MessagePart, ...]
    en: tuple[MessagePart, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields whose values stand in it."""
        parts = (*self.zh, *self.en)
        return tuple(dict.fromkeys(part for kind, part in parts if kind == "field"))


@dataclass(frozen=True, slots=True)
class Tell:
    """A notice in the inbox of people: of the holders of roles, or of whoever does the step on
    which it stands (`performer`). `text` is what it says; None: that the work has come."""

    to: tuple[str, ...]
    text: Message | None = None
