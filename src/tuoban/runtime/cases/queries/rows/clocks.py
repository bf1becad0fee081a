"""Limits with their ledgers, and what a case waits for by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tuoban.kernel.clocks import Amount
from tuoban.kernel.definition import Text

ClockState = Literal["ahead", "running", "paused", "stopped"]


@dataclass(frozen=True, slots=True)
class DueSource:
    """Something recorded that a due moment was read from; `at` if it is a moment itself."""

    label: Text
    value: Text
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A line of a clock's ledger: what happened, what was counted since the line before, and what
    altogether."""

    at: datetime
    what: Text
    counted: Text
    total: Text


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock of a case.

    Attributes:
        clock: its number in the case.
        node: the step or block it is for; empty for the case as a whole.
        item: the number of the work item it is for, None for a block or the case.
        what: how that is called; `name` is the limit's own, where it has one.
        opens: it tells when something opens, not by when it is to be done.
        happens: it tells when a reaction happens by itself, likewise.
        counts: it counts a length of time; else it is a moment.
        state: `ahead` before it begins to count.
        due_at: None while it stands still short of its limit.
        sentence: why it runs out when it does.
        doubts: warnings about the calendars it counts by.
        sources: what a calculated moment was read from.
        elapsed_amount: what `elapsed` says, counted; None where it cannot be computed. Likewise
            `remaining_amount`, which is below zero when late.
    """

    clock: int
    node: str
    item: int | None
    what: Text
    name: Text | None
    opens: bool
    happens: bool
    counts: bool
    state: ClockState
    late: bool
    begins: datetime
    due_at: datetime | None
    elapsed: Text
    remaining: Text
    sentence: Text
    rows: tuple[ClockRow, ...]
    doubts: tuple[Text, ...]
    sources: tuple[Text, ...]
    can_extend: bool
    elapsed_amount: Amount | None = None
    remaining_amount: Amount | None = None
    occurrence: Text | None = None
    """What happened that it stands in; the limit of a reaction itself has it as `what`."""
    held_for: Text | None = None
    """Why it stands still, where that is known."""
    waits: bool = False
    """It says how long the case waits by itself."""
    ahead: tuple[Text, ...] = ()
    """What comes around the limit and when, in order of time; of a clock that goes on."""


@dataclass(frozen=True, slots=True)
class WaitView:
    """What the case waits for by itself, with nothing for anybody to do.

    Attributes:
        until: when it goes on; None while a length stands still, and of a condition.
        sentence: why then; None of a condition.
        because: what makes the condition fail.
        message: the message that is waited for; `until` is then the longest.
    """

    node: str
    label: Text
    since: datetime
    until: datetime | None
    sentence: Text | None
    because: tuple[Text, ...]
    message: Text | None = None
