"""The recorders of what leaves the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as the server outside took it."""

    key: str
    """Its Message-ID."""
    to: str
    text: str
