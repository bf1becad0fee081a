"""Reactions and called processes: they begin and end, and their host waits for them."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class ReactionBegun:
    """A reaction happened. Its number is drawn from the same row as those of work items.

    Its host is active in `activation`; what is done about it, in `occurrence`. `by` is who pressed
    its button, empty where it came by itself; `message` the id of the message that let it
    happen, if one did.
    """

    number: int
    node: str
    activation: int
    occurrence: int
    by: str
    at: datetime
    message: str = ""


@immutable(frozen=True, slots=True)
class ConditionFell:
    """The condition of a reaction that has happened is no longer true, so that it may again."""

    node: str
    activation: int


@immutable(frozen=True, slots=True)
class CallEnded:
    """A called process came to its end, with the `outcome` its end is named by, None if it has
    none. The number is drawn from the same row as those of work items."""

    number: int
    node: str
    activation: int
    occurrence: int
    outcome: str | None
    at: datetime
    scope: tuple[int, ...] = ()
    """The chain of activations in which it was called, where that may have been left since."""


@immutable(frozen=True, slots=True)
class BlockWaits:
    """Everything in a block, or a step, is done but what its reactions have begun."""

    node: str
    activation: int


@immutable(frozen=True, slots=True)
class HostLeft:
    """The last reaction of a step is over that the case waited for to go on behind it."""

    node: str
    activation: int
