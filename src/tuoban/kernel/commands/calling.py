"""Cases call one another: begun for another, answered, given up, and recalled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class BeginCalled:
    """Begin a case because another case calls its pack.

    Attributes:
        by: on whose behalf; empty: nobody's.
        request: empty: the only one of the pack.
        caller: the number of the case that calls.
    """

    by: str
    request: str
    unit: str
    number: str
    caller: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The case has ended that was called under the number `call`. Without effect if it is no
    longer waited for.

    Attributes:
        outcome: the name of its end; None: it had none.
        values: its fields that are asked back.
        number: how the other case is numbered.
    """

    call: int
    outcome: str | None
    number: str
    values: Mapping[str, Any] = field(default_factory=dict)
    by: None = None


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Wait no longer for the case that was called under the number `call`, for a reason."""

    by: str
    call: int
    reason: str


@dataclass(frozen=True, slots=True)
class Recall:
    """End a case because the case that called it has no more need of it. Without effect if it has
    ended. `caller` is the number of that case."""

    caller: str
    by: None = None
