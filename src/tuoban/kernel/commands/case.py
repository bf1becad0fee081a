"""The whole case: cancelled, put aside, resumed, or taken to another version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the case before its time, for a reason."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suspend:
    """Put the case aside, for a reason, until it is resumed."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with a case that was put aside."""

    by: str


@dataclass(frozen=True, slots=True)
class Migrate:
    """Let the case go on by another version of its process.

    Who may wish it, the shell decides. `renames` says how steps, blocks and fields are called now
    that had another name.
    """

    by: str | None
    version: str
    reason: str = ""
    renames: Mapping[str, str] = field(default_factory=dict)
