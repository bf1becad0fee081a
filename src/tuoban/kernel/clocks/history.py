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
    LimitChanged,
    Paused,
    Resumed,
    Started,
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
    """A stretch in which it did not run, in instants, and the calendar that would have counted."""

    start: int
    end: int | None
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class History:
    """What a ledger amounts to: the limit and calendar in force, and when the clock ran.

    `runs` is never empty and goes on beyond `stopped`, so that a stopped clock still tells when it
    would have been due. `paused` is the start of a pause that has not ended.
    """

    limit: Limit
    extensions: tuple[Length, ...]
    runs: tuple[Run, ...]
    pauses: tuple[Pause, ...]
    calendar: str
    paused: int | None
    stopped: int | None


def history(ledger: Ledger, calendars: Calendars) -> History:
    """What the entries amount to.

    Raises:
        ClockError: a calendar is not there.
    """
    return _Reading(calendars).read(ledger)


class _Reading:
    """Folds the entries of one ledger."""

    def __init__(self, calendars: Calendars) -> None:
        self.calendars = calendars
        self.extensions: list[Length] = []
        self.runs: list[Run] = []
        self.pauses: list[Pause] = []
        self.open: Run | None = None
        self.running_since = 0
        self.paused: int | None = None
        self.stopped: int | None = None

    def read(self, ledger: Ledger) -> History:
        entries = ledger.entries
        limit = _last_limit(ledger)
        steady = isinstance(limit, Until)
        for entry in entries:
            at = micros_of(entry.at)
            match entry:
                case Started():
                    self.calendar = entry.calendar
                    self._run(at)
                case Paused() if not steady:
                    self._stand(at)
                    self.paused = at
                case Resumed() if not steady:
                    self._end_pause(at)
                    self._run(at)
                case CalendarChanged():
                    self._change(at, entry.calendar)
                case Extended():
                    self.extensions.append(entry.by)
                case Stopped():
                    self.stopped = at
        runs = (*self.runs, self.open) if self.open is not None else tuple(self.runs)
        paused = self.paused
        if paused is not None:
            self._end_pause(None)
        return History(
            limit,
            tuple(self.extensions),
            runs,
            tuple(self.pauses),
            self.calendar,
            paused,
            self.stopped,
        )

    def _run(self, at: int) -> None:
        self.running_since = at
        self.open = Run(at, None, self._named(self.calendar), at)

    def _stand(self, at: int) -> None:
        if self.open is not None:
            self.runs.append(self.open._replace(end=at))
            self.open = None

    def _end_pause(self, at: int | None) -> None:
        if self.paused is not None:
            self.pauses.append(Pause(self.paused, at, self._named(self.calendar)))
            self.paused = None

    def _change(self, at: int, name: str) -> None:
        self.calendar = name
        calendar = self._named(name)
        if self.open is None:
            return
        self._stand(at)
        midnight = instant_of(local_date(at, calendar.zone), 0, calendar.zone)
        self.open = Run(at, None, calendar, max(self.running_since, midnight))

    def _named(self, name: str) -> Calendar:
        try:
            return self.calendars[name]
        except KeyError:
            raise ClockError("unknown-calendar", calendar=name) from None


def _last_limit(ledger: Ledger) -> Limit:
    return next(
        each.limit for each in reversed(ledger.entries) if isinstance(each, Started | LimitChanged)
    )
