"""What people are told, with the values of fields in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tuoban.kernel.definition.nature import Act

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


INBOX, SMS, MAIL = "inbox", "sms", "mail"
BEYOND = (SMS, MAIL)
"""Channels that lead out of the house, to a telephone or a mailbox."""


@dataclass(frozen=True, slots=True)
class Tell(Act):
    """What people are told: the holders of roles, or whoever does the step on which it stands
    (`performer`).

    Attributes:
        to: whom in their inbox.
        text: what it says; None: that the work has come.
        beyond: whom by a channel that leads out of the house, and which; outside parties too.
    """

    to: tuple[str, ...]
    text: Message | None = None
    beyond: tuple[tuple[str, str], ...] = ()
