"""People of the organisation sign what was completed, or refuse to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from tuoban.kernel.commands import Sealed
from tuoban.kernel.immutable import immutable
from tuoban.kernel.text import Text


@immutable(frozen=True, slots=True)
class SigningBegun:
    """Whoever holds a work item completed it, and its signers are asked. The slots are as in
    `ItemCompleted`; `values` are all of the form, those that can be a draft among them `draft`."""

    item: int
    by: str
    at: datetime
    outcome: str | None
    values: Mapping[str, Any]
    draft: tuple[str, ...]
    checked: tuple[str, ...]
    asked: Mapping[str, Text]
    signatures: Mapping[str, Sealed]
    stamped: tuple[str, ...]
    shown: str


@immutable(frozen=True, slots=True)
class ItemSigned:
    """A signer signed with their own `item` what the digest `shown` stands for."""

    item: int
    by: str
    at: datetime
    shown: str
    stamped: bool


@immutable(frozen=True, slots=True)
class SigningStopped:
    """Work that was being signed is to be completed anew, what was entered a draft; signatures
    given so far count no more.

    `by` refused to sign with their item `part`, for the `reason`, or completed it and got it back;
    else what was to be signed `changed`, or `nobody` who may do the work has completed it.
    """

    item: int
    why: Literal["refused", "got-back", "changed", "nobody"]
    at: datetime
    to: str | None = None
    """Whose work it is again."""
    by: str | None = None
    part: int | None = None
    reason: str = ""
