"""People are told: urged to see to work, or given a case to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Urge:
    """Ask whoever holds a work item, or may take it, to see to it."""

    by: str
    item: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class CopyTo:
    """Let a person read the case, and tell them so. An ended case allows it too."""

    by: str
    to: str
    message: str = ""
