"""Work items: offered, locked, looked at, completed and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from tuoban.kernel.commands import Sealed
from tuoban.kernel.immutable import immutable
from tuoban.kernel.state import Part, Signed
from tuoban.kernel.text import Text

NOT_YET = -1
"""Stands among the reasons of a lock for the moment at which the step opens."""

SENT_BACK = -2
"""Stands among the reasons of a lock for what the step has sent the case back for."""


@immutable(frozen=True, slots=True)
class ItemOffered:
    """Work was offered to a person, or to the pools it lies in, each a role in a unit."""

    item: int
    node: str
    activation: int
    roles: tuple[str, ...]
    pools: tuple[tuple[str, str], ...]
    person: str | None
    assigned: bool
    at: datetime
    part: Part | None = None
    """Of which item it is a signer's part."""


@immutable(frozen=True, slots=True)
class ItemReoffered:
    """Its holder may no longer do it, or nobody is left in its pools: offered anew to these."""

    item: int
    pools: tuple[tuple[str, str], ...]
    person: str | None
    assigned: bool | None = None
    """Whether a rule named the person; None in older journals: whoever was named was so by one."""
    roles: tuple[str, ...] | None = None
    """The roles that may do it, where they are others than before."""
    former: str | None = None
    """Who had it, and may no longer do it."""


@immutable(frozen=True, slots=True)
class ItemLocked:
    """A gate of the item fails. `reasons` are the places of the failing needs, from 0, and
    `NOT_YET` before it opens."""

    item: int
    reasons: tuple[int, ...]
    at: datetime | None = None


@immutable(frozen=True, slots=True)
class ItemUnlocked:
    item: int
    at: datetime | None = None


@immutable(frozen=True, slots=True)
class ItemCompleted:
    """Work was done. `data` holds the step's own fields; those of the case are set apart."""

    item: int
    by: str
    at: datetime
    outcome: str | None
    data: Mapping[str, Any]
    checked: tuple[str, ...]
    signatures: Mapping[str, Sealed]
    shown: str
    """Digest of what was shown to the signers."""
    covered: tuple[tuple[int, str, Any], ...] = ()
    """What it stands for: fields with the values they have, each with the activation whose copy it
    is, 0 for those of the case."""
    asked: Mapping[str, Text] = field(default_factory=dict)
    """The ticked lines that were asked for rows, as they were read."""
    stamped: tuple[str, ...] = ()
    """The roles of outside parties whose stamp is on the paper."""
    signed: tuple[Signed, ...] = ()
    """Who of the organisation signed it; `by` completed it before that."""
    named: Mapping[str, str] = field(default_factory=dict)
    """By step, who is to do it."""
    for_whom: str | None = None
    """In whose place `by` did it, as their deputy."""
    evidence: Mapping[str, Sealed] = field(default_factory=dict)
    """Of an outside party who did it themselves, by role: what they were shown, and how they came
    to it."""


@immutable(frozen=True, slots=True)
class JointlyDecided:
    """Of those who did a step together enough agreed (`agreed` of `total`, where `needed` were
    asked for), or too few can. The completion of `item` speaks for the step."""

    node: str
    activation: int
    item: int
    agreed: int
    needed: int
    total: int


@immutable(frozen=True, slots=True)
class ItemWithdrawn:
    """Open work was taken back: it is not done, and whoever held it is told."""

    item: int
    person: str | None


@immutable(frozen=True, slots=True)
class ItemOpened:
    """Somebody who may do the work has looked at it for the first time."""

    item: int
    by: str
    at: datetime
