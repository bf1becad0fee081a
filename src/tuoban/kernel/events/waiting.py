"""The case waits: a turn for what it needs, and a `wait` for its moment or condition."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class TurnHeld:
    """The turn of a node has come, but what it needs is missing. `reasons` are the places of the
    failing needs, from 0."""

    node: str
    activation: int
    reasons: tuple[int, ...]


@immutable(frozen=True, slots=True)
class TurnFreed:
    """What a node waited for is there."""

    node: str
    activation: int


@immutable(frozen=True, slots=True)
class ReentryHeld:
    """Work went back to `target` inside a block that has to wait to be entered again; `scope` is
    the chain of activations in which the target had been done."""

    node: str
    activation: int
    target: str
    scope: tuple[int, ...]


@immutable(frozen=True, slots=True)
class ReentryOver:
    """The block is entered again at that step, or the case has gone another way."""

    node: str
    activation: int


@immutable(frozen=True, slots=True)
class WaitBegan:
    """The case came to a `wait`. Its number is drawn from the same row as those of work items."""

    number: int
    node: str
    activation: int
    at: datetime


WhyEnded = Literal["come", "true", "unknown", "message"]
"""The moment has come, the condition holds, no moment could be told, or a message came."""


@immutable(frozen=True, slots=True)
class WaitEnded:
    """The case goes on; `message` is the id of the message that came, if one did."""

    number: int
    node: str
    why: WhyEnded
    at: datetime
    message: str = ""


@immutable(frozen=True, slots=True)
class WaitWithdrawn:
    """A `wait` was taken back before it was over."""

    number: int
    node: str
