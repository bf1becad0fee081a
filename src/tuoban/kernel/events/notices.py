"""What people are told, and what they tell each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from tuoban.kernel.immutable import immutable

NOBODY = "nobody"
"""The tier of a notice that nobody is left to do a work item."""

TOLD = "told"
"""The tier of a notice that the process itself gives, and not a limit."""


@immutable(frozen=True, slots=True)
class WorkUrged:
    """Somebody asked these people to see to a work item."""

    item: int
    by: str
    to: tuple[str, ...]
    message: str
    at: datetime


@immutable(frozen=True, slots=True)
class CaseCopied:
    """A person got the case to read."""

    by: str
    to: str
    message: str
    at: datetime


@immutable(frozen=True, slots=True)
class Told:
    """A notice went to a person, or to whoever holds `role` in `unit`; `escalated` marks it.

    It is about the work item, or about the block `node`, or the case, where `item` is None.
    `values` are those of the fields that stand in its text, as they then were. `channel` is by what
    it goes, empty: into the inbox; then `role` without `unit` is an outside party.
    """

    item: int | None
    tier: str
    person: str | None
    role: str | None
    unit: str | None
    escalated: bool
    node: str = ""
    clock: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    channel: str = ""
