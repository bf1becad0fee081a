"""What was done lapses by itself, and is done again where something open needs it."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class CompletionLapsed:
    """What a step stood for has changed, or its time is over: it no longer counts, though what was
    entered with it stays."""

    node: str
    item: int
    why: str
    """`changed`, `expired`, or `returned` where work went back to it and comes straight back."""
    at: datetime


@immutable(frozen=True, slots=True)
class BlockLapsed:
    """What a block stood for has changed: it no longer counts as done."""

    node: str
    activation: int
    at: datetime


@immutable(frozen=True, slots=True)
class DoneAgain:
    """What has lapsed is offered, or entered, again because something open needs it; the case does
    not go on behind it."""

    node: str
    activation: int


@immutable(frozen=True, slots=True)
class AgainOver:
    """It is done again, or no longer wanted."""

    node: str
    activation: int
