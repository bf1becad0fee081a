"""Cases that are linked by a call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tuoban.kernel.definition import Text

CallState = Literal["to begin", "running", "ended", "over"]


@dataclass(frozen=True, slots=True)
class CalledView:
    """A case that the case has called, or is about to.

    Attributes:
        call: the number of the call.
        number: that of the other case; empty as long as it has not begun.
        is_visible: whether the reader may open it.
        state: `over` is a call that was given up, or taken back, before anything began.
        error: why what was tried last has failed.
    """

    call: int
    label: Text
    called_at: datetime
    waits: bool
    number: str
    process: Text | None
    is_visible: bool
    state: CallState
    outcome: Text | None
    error: Text | None
    can_retry: bool
    can_give_up: bool


@dataclass(frozen=True, slots=True)
class CallerView:
    """The case by which this one was called."""

    number: str
    process: Text
    label: Text
    is_visible: bool
    waits: bool
