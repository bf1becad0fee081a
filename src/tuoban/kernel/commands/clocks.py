"""Time passes: limits are extended, timers fire, what limits depend on has changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extend:
    """Give a clock a further length of time, such as `2 working hours`, for a reason."""

    by: str
    clock: int
    length: str
    reason: str


@dataclass(frozen=True, slots=True)
class FireTimer:
    """The moment of a timer has come. Without effect if the timer is no longer set."""

    timer: str
    by: None = None


@dataclass(frozen=True, slots=True)
class Recheck:
    """Something that clocks or gates depend on has changed outside the case: look again."""

    by: None = None
