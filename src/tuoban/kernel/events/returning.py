"""Work goes back, or elsewhere, and what was done stops counting."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class WorkReturned:
    item: int
    to: str
    by: str
    reason: str
    of: tuple[int, ...] = ()
    """The element that it went back to, as in the command."""
    straight: int | None = None
    """The activation in which the step is done again, where it comes straight back (`direct`)."""


@immutable(frozen=True, slots=True)
class CameStraightBack:
    """What a work item had sent the case back for is done again: it goes on, with whoever holds
    it."""

    item: int
    person: str | None
    at: datetime


@immutable(frozen=True, slots=True)
class WorkTakenBack:
    """Whoever completed a work item took it back before anybody began with what came of it."""

    item: int
    by: str
    reason: str


@immutable(frozen=True, slots=True)
class WorkJumped:
    """An administrator let the case go on at the step `to` instead of at a work item."""

    item: int
    to: str
    by: str
    reason: str


@immutable(frozen=True, slots=True)
class CompletionVoided:
    """A completion stopped counting because work was sent back to before it, or taken back."""

    node: str
    item: int


@immutable(frozen=True, slots=True)
class DoneVoided:
    """A block done or a construct passed over no longer counts: it will be judged afresh."""

    node: str
    activation: int
