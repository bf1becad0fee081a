"""People of the organisation sign what was completed, or refuse to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
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
    named: Mapping[str, str] = field(default_factory=dict)


@immutable(frozen=True, slots=True)
class ItemSigned:
    """A signer signed with their own `item` what the digest `shown` stands for."""

    item: int
    by: str
    at: datetime
    shown: str
    stamped: bool
    for_whom: str | None = None
    """In whose place `by` signed, as their deputy."""


@immutable(frozen=True, slots=True)
class SigningStopped:
    """Work that was being signed is to be completed anew, what was entered a draft; signatures
    given so far count no more.

    `by` refused to sign with their item `part`, for the `reason`, or completed it and got it back;
    else what was to be signed `changed`, `nobody` who may do the work has completed it, or somebody
    was `dropped` who had been added.
    """

    item: int
    why: Literal["refused", "got-back", "changed", "nobody", "dropped"]
    at: datetime
    to: str | None = None
    """Whose work it is again."""
    by: str | None = None
    part: int | None = None
    reason: str = ""


@immutable(frozen=True, slots=True)
class SignerAdded:
    """Whoever holds a work item asks somebody about it: `before` it is completed, with the item
    `part`, else to sign it after. Of joint work, `part` is what they got of it."""

    item: int
    by: str
    to: str
    before: bool
    reason: str
    part: int | None
    at: datetime


@immutable(frozen=True, slots=True)
class OpinionGiven:
    """Somebody who was asked gave an opinion, with their own `item`, of the item `of`, which `to`
    holds."""

    item: int
    of: int
    by: str
    to: str | None
    agrees: bool
    words: str
    at: datetime
    for_whom: str | None = None
    """In whose place `by` gave it, as their deputy."""


@immutable(frozen=True, slots=True)
class SignerDropped:
    """Somebody who was added is not asked any more: `by` does without them; empty: they may no
    longer sign, of which `to` is told."""

    item: int
    person: str
    by: str
    to: str | None
