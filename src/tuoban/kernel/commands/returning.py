"""The case goes on elsewhere: sent back, taken back, or made to jump."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Return:
    """Send work back to a finished step, which is then done again, with all that follows it.

    `of` names the element that is meant, by its place in the list from 1, where the step stands in
    an `each` that the work is not in; several where one `each` stands inside another, outermost
    first. `straight`: the case comes straight back from it; None: where nothing else is possible.
    """

    by: str
    item: int
    to: str
    reason: str
    of: tuple[int, ...] = ()
    straight: bool | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take back what one has completed, as long as nobody has begun with what came of it."""

    by: str
    item: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Jump:
    """Let the case go on at the step `to` instead of at a work item, for a reason."""

    by: str
    item: int
    to: str
    reason: str
