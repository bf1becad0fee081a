"""Clocks run for limits, and their moments come."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel.clocks import Entry, Started
from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class MovedOn:
    """The process went on without a step that was late, whose outcome is then `timeout`; without a
    block that was late, or an element of one, where `number` is None."""

    number: int | None
    node: str
    activation: int
    at: datetime


@immutable(frozen=True, slots=True)
class ClockOpened:
    """A clock was started for a limit: of a work item, or of a block, or of the case (no `node`).

    Opened again under its number, it begins at another moment; its other entries stay. `due` is
    what the ledger then gives, None where it gives no moment.
    """

    clock: int
    node: str
    activation: int
    item: int | None
    limit: str
    started: Started
    due: datetime | None


@immutable(frozen=True, slots=True)
class ClockChanged:
    """An entry was made in the ledger of a clock, which then gives `due`. `Stopped` is the last."""

    clock: int
    entry: Entry
    due: datetime | None


@immutable(frozen=True, slots=True)
class TimerSet:
    timer: str
    clock: int
    tier: str
    round: int
    at: datetime


@immutable(frozen=True, slots=True)
class TimerCancelled:
    timer: str


@immutable(frozen=True, slots=True)
class LimitPassed:
    """A moment around a limit (`tier`) came at `moment` and was acted upon at `at`.

    `at` is later where the system was not there in time. `due` is when the limit runs out.
    """

    timer: str
    clock: int
    tier: str
    round: int
    moment: datetime
    due: datetime
    at: datetime
