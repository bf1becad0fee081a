"""Messages that came to a case, and what took them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class Taker:
    """A wait or a reaction (`node`) that took a message, under its number; `elements` are the
    places of the elements around it."""

    number: int
    node: str
    elements: tuple[int, ...] = ()


@immutable(frozen=True, slots=True)
class Received:
    """A message that came to the case: what it carried, and what took it. `began`: the case began
    by it; `joined`: it was one more of those by which such a case begins."""

    name: str
    values: Mapping[str, Any]
    sent_at: datetime
    began: bool = False
    joined: bool = False
    takers: tuple[Taker, ...] = ()
