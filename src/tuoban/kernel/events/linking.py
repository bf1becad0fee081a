"""Cases of other packs: they are called, and answer when they have ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class CaseCalled:
    """A case of another pack is to begin, with what is handed in. Its number is drawn from the
    same row as those of work items; a call that is waited for is taken back by `WaitWithdrawn`."""

    number: int
    node: str
    activation: int
    pack: str
    request: str
    given: Mapping[str, Any]
    waits: bool
    at: datetime


@immutable(frozen=True, slots=True)
class CallAnswered:
    """A call is over: the case that was called has ended, with this outcome and these values;
    `case` is its number. With `by` somebody gave it up instead, for a reason."""

    number: int
    node: str
    outcome: str | None
    values: Mapping[str, Any]
    at: datetime
    case: str = ""
    by: str = ""
    reason: str = ""
