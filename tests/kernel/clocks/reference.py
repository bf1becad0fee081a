"""A ledger read minute by minute, straight from the meaning of its entries.

Working and elapsed time only, in whole minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from tests.kernel.calendars import reference
from tuoban.kernel.clocks import (
    CalendarChanged,
    Extended,
    Ledger,
    Length,
    LimitChanged,
    Measure,
    Paused,
    Resumed,
    Started,
    Within,
)

MINUTE = timedelta(minutes=1)

Windows = Mapping[str, reference.Window]


def due(ledger: Ledger, windows: Windows) -> datetime | None:
    """The first moment by which all lengths have been counted; None: not in the window."""
    lengths = _lengths(ledger)
    measure, left = lengths.pop(0)
    for minute, running, calendar in _minutes(ledger, windows):
        if running and _counts(measure, windows[calendar], minute):
            left -= 1
            if left == 0:
                if not lengths:
                    return windows[calendar].moment(minute + 1)
                measure, left = lengths.pop(0)
    return None


def elapsed(ledger: Ledger, windows: Windows, measure: Measure, now: datetime) -> int:
    """The minutes counted by a moment."""
    return sum(
        running and _counts(measure, windows[calendar], minute)
        for minute, running, calendar in _minutes(ledger, windows)
        if windows[calendar].moment(minute) < now
    )


def _counts(measure: Measure, window: reference.Window, minute: int) -> bool:
    return measure is Measure.ELAPSED or window.is_working(minute)


def _minutes(ledger: Ledger, windows: Windows) -> Iterator[tuple[int, bool, str]]:
    """Every minute of the window: whether the clock runs in it, and on which calendar."""
    window = windows[ledger.start.calendar]
    entries = list(ledger.entries[1:])
    running, calendar = True, ledger.start.calendar
    for minute in range(len(window.days)):
        at = window.moment(minute)
        while entries and entries[0].at <= at:
            match entries.pop(0):
                case Resumed():
                    running = True
                case Paused():
                    running = False
                case CalendarChanged(_, name):
                    calendar = name
        yield minute, running and at >= ledger.start.begun, calendar


def _lengths(ledger: Ledger) -> list[tuple[Measure, int]]:
    """The last limit, then the extensions."""
    limits = [each.limit for each in ledger.entries if isinstance(each, Started | LimitChanged)]
    assert isinstance(limits[-1], Within)
    extensions = [each.by for each in ledger.entries if isinstance(each, Extended)]
    return [_size(each) for each in (limits[-1].length, *extensions)]


def _size(length: Length) -> tuple[Measure, int]:
    return length.measure, length.size // 60_000_000
