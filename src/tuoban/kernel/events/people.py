"""Work passes between people: taken, put back, handed over and delegated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class ItemClaimed:
    item: int
    by: str


@immutable(frozen=True, slots=True)
class ItemReleased:
    item: int
    by: str


@immutable(frozen=True, slots=True)
class ItemTransferred:
    item: int
    by: str
    to: str
    reason: str


@immutable(frozen=True, slots=True)
class ItemStoodIn:
    """Work passed to `person` in the place of `for_whom`, who is away, as their deputy; None: it is
    back with `person`, whose it is."""

    item: int
    person: str
    for_whom: str | None


@immutable(frozen=True, slots=True)
class ItemDelegated:
    """Whoever held the work gave it to a person who does it for them."""

    item: int
    by: str
    to: str
    reason: str


@immutable(frozen=True, slots=True)
class ItemPrepared:
    """A delegate is done: what was entered stands as a draft, and `to` holds the work again.

    `values` are those of the step's own fields and of the case's.
    """

    item: int
    by: str
    to: str
    at: datetime
    outcome: str | None
    values: Mapping[str, Any]
    checked: tuple[str, ...]


@immutable(frozen=True, slots=True)
class ItemGotBack:
    """Work came back from `delegate` to whoever had delegated it, `to`, undone.

    `by` is one of the two; whoever delegated it also where the delegate may no longer do it.
    """

    item: int
    by: str
    to: str
    delegate: str
