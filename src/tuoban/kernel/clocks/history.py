"""From the entries of a ledger to when its clock ran, and on which calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tuoban.kernel.calendars import Calendar
from tuoban.kernel.calendars.instants import instant_of, local_date, micros_of
from tuoban.kernel.clocks.errors import ClockError
from tuoban.kernel.clocks.ledger import (
    CalendarChanged,
    Calendars,
    Extended,
    Ledger,
    Limit,
    Paused,
    Resumed,
    Stopped,
    Until,
)
from tuoban.kernel.clocks.lengths import Length


class Run(NamedTuple):
    """A stretch in which the clock ran on one calendar, in instants; `end` None: it still does.

    A workday counts in the stretch in which its work ends, after `days_from`. That is the start;
    but where only the calendar changed it is the beginning of that date, so that a day which is
    over by the new calendar and was not yet by the old one is not lost.
    """

    start: int
    end: int | None
    calendar: Calendar
    days_from: int


class Pause(NamedTuple):
    """A stretch in which it did not run, in instants, and the calendar that would have counted.

    `goes_on`: only the calendar changed, the clock stood still before.
    """

    start: int
    end: int | None
    calendar: Calendar
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """What a ledger amounts to: the limit and calendar in force, and when the clock ran.

    `runs` is never empty: the first begins with the clock, and may end there. It goes on beyond
    `stopped`, so that a stopped clock still tells when it would have been due. `paused` is the
    instant at which a pause was entered that has not ended, `stopped` that of the stop; either may
    lie before the clock begins.
    """

    limit: Limit
    extensions: tuple[Length, ...]
    runs: tuple[Run, ...]
    pauses: tuple[Pause, ...]
    calendar: Calendar
    paused: int | None
    stopped: int | None

    @property
    def begins(self) -> int:
        return self.runs[0].start


def history(ledger: Ledger, calendars: Calendars) -> History:
    """What the entries amount to.

    Raises:
        ClockError: a calendar is not there.
    """
    return _Reading(ledger, calendars).read(ledger)


class _Reading:
    """Folds the entries of one ledger.

    What is entered before the clock begins counts from when it does. What is entered at one instant
    comes to the same in any order: a stretch or a pause without length is none.
    """

    def __init__(self, ledger: Ledger, calendars: Calendars) -> None:
        self.calendars = calendars
        self.begins = self.running_since = micros_of(ledger.start.begun)
        self.calendar = self._named(ledger.start.calendar)
        self.open = Run(self.begins, None, self.calendar, self.begins)
        self.runs: list[Run] = []
        self.pauses: list[Pause] = []
        self.extensions: list[Length] = []
        self.paused: int | None = None
        self.stands = self.held_from = 0
        self.stopped: int | None = None

    def read(self, ledger: Ledger) -> History:
        limit = ledger.limit
        steady = isinstance(limit, Until)
        for entry in ledger.entries[1:]:
            at = micros_of(entry.at)
            match entry:
                case Paused() if not steady:
                    self.paused = at
                    self.stands = self.held_from = max(at, self.begins)
                case Resumed() if not steady:
                    self._resume(max(at, self.begins))
                case CalendarChanged():
                    self._change(max(at, self.begins), self._named(entry.calendar))
                case Extended():
                    self.extensions.append(entry.by)
                case Stopped():
                    self.stopped = at
        if self.paused is None:
            self.runs.append(self.open)
        else:
            self._stand(None)
        return History(
            limit,
            tuple(self.extensions),
            tuple(self.runs),
            tuple(self.pauses),
            self.calendar,
            self.paused,
            self.stopped,
        )

    def _resume(self, at: int) -> None:
        self.paused = None
        if at > self.stands:
            self._stand(at)
            self.running_since = at
            self.open = Run(at, None, self.calendar, at)
        elif self.open.calendar is not self.calendar:
            self._change(at, self.calendar)

    def _stand(self, until: int | None) -> None:
        self._end_run(self.stands)
        if until != self.held_from:
            self._hold(until)

    def _end_run(self, at: int) -> None:
        if self.open.start < at or not self.runs:
            self.runs.append(self.open._replace(end=at))

    def _hold(self, until: int | None) -> None:
        goes_on = self.held_from > self.stands
        self.pauses.append(Pause(self.held_from, until, self.calendar, goes_on))

    def _change(self, at: int, calendar: Calendar) -> None:
        if self.paused is None:
            if self.open.start < at:
                self._end_run(at)
            midnight = instant_of(local_date(at, calendar.zone), 0, calendar.zone)
            self.open = Run(at, None, calendar, max(self.running_since, midnight))
        elif self.held_from < at:
            self._hold(at)
            self.held_from = at
        if at == self.begins:
            self.open = self.open._replace(calendar=calendar)
        self.calendar = calendar

    def _named(self, name: str) -> Calendar:
        try:
            return self.calendars[name]
        except KeyError:
            raise ClockError("unknown-calendar", calendar=name) from None
