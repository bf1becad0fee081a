"""The clocks that run, and their moments to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from tuoban.kernel.clocks import Ledger
from tuoban.kernel.immutable import immutable
from tuoban.kernel.limits import is_due


@immutable(frozen=True, slots=True)
class Fired:
    """A moment around a limit that has passed: which round of it, and the moment itself."""

    round: int
    moment: datetime


@immutable(frozen=True, slots=True)
class Clock:
    """A clock that has not been stopped.

    It is for the work item `item`, or for the block `node` (the case, if empty), which stands in
    `activation`; `limit` is the key of its limit there. `due` follows from the ledger: None while
    it stands still short of its limit. `fired` tells which moments around the limit have passed.
    """

    id: int
    node: str
    activation: int
    item: int | None
    limit: str
    ledger: Ledger
    due: datetime | None
    fired: Mapping[str, Fired] = field(default_factory=dict)

    def has_run_out(self, at: datetime) -> bool:
        """Whether it is for a limit by which something is due, and that has passed."""
        return is_due(self.limit) and self.due is not None and self.due < at

    @property
    def begins(self) -> datetime:
        """When it began to count, or will."""
        return self.ledger.start.begun


@immutable(frozen=True, slots=True)
class Timer:
    """A moment around the limit of a clock that is to come, `round` counted from 1."""

    id: str
    clock: int
    tier: str
    round: int
    at: datetime
