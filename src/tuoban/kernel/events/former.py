"""Events of former formats, which are read and written no more."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class ClockStarted:
    """Format 1: time runs for an item until `due`. `at` is the instant the limit counts from."""

    item: int
    at: datetime
    due: datetime


@immutable(frozen=True, slots=True)
class ClockStopped:
    """Format 1: time stands still; `left` seconds (negative when late) remain, None for a moment
    that is gone."""

    item: int
    at: datetime
    left: float | None


FormerEvent = ClockStarted | ClockStopped
