"""The ledger of a clock: what happened to a time limit, from which everything else is computed.

Nothing that can be computed is written down. An entry is never changed; what turns out differently
is a further entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.calendars import Calendar
from tuoban.kernel.calendars.instants import micros_of
from tuoban.kernel.clocks.errors import ClockError
from tuoban.kernel.clocks.lengths import Length
from tuoban.kernel.text import Text

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Within:
    """A length that runs while the clock runs."""

    length: Length


@dataclass(frozen=True, slots=True)
class Basis:
    """What a moment was read from: what is called `label` and lies at `moment`, and how long after
    it, or before it (`back`), the limit lies."""

    label: Text
    moment: datetime
    offset: Length | None = None
    back: bool = False


@dataclass(frozen=True, slots=True)
class Until:
    """A moment. It never stands still: pauses do not move it. `basis` explains it, if known."""

    moment: datetime
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Unset:
    """No limit can be told, as yet or any more. Nothing is due, but what is used and held meanwhile
    is kept, and counts once there is a limit."""


Limit = Within | Until | Unset


@dataclass(frozen=True, slots=True)
class Started:
    """The clock runs, on the calendar of that name, from `begins` on.

    That is the moment of the entry where nothing else is said. It may have passed by then, or still
    be to come: what is entered before it counts from it on, so that a pause that is over by then
    counts for nothing. `label` says what the clock counts from.
    """

    at: datetime
    limit: Limit
    calendar: str
    label: Text = NOTHING
    begins: datetime | None = None

    @property
    def begun(self) -> datetime:
        """The moment from which it counts."""
        return self.at if self.begins is None else self.begins


@dataclass(frozen=True, slots=True)
class Paused:
    at: datetime
    reason: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Resumed:
    at: datetime


@dataclass(frozen=True, slots=True)
class LimitChanged:
    """Another limit holds, as if it had from the start; a change of priority is one, too."""

    at: datetime
    limit: Limit
    reason: Text = NOTHING


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """From now on another calendar counts; what the old one has counted stays."""

    at: datetime
    calendar: str


@dataclass(frozen=True, slots=True)
class Extended:
    """A length that runs once the limit, with earlier extensions, has run out."""

    at: datetime
    by: Length
    reason: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Stopped:
    """What the limit was for is done."""

    at: datetime


Entry = Started | Paused | Resumed | LimitChanged | CalendarChanged | Extended | Stopped

Calendars = Mapping[str, Calendar]
"""The calendars by the names that ledgers use."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries in order of time; several may have the same moment.

    Raises:
        ClockError: an entry makes no sense after those before it.
        CalendarError: a moment has no time zone.
    """

    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        state = "new"
        previous: tuple[int, datetime] | None = None
        for entry in self.entries:
            # Instants: moments of one zone compare by the wall, which shows an hour twice.
            at = micros_of(entry.at)
            if previous is not None and at < previous[0]:
                raise ClockError(
                    "entry-out-of-order",
                    moment=entry.at.isoformat(" "),
                    previous=previous[1].isoformat(" "),
                )
            state, previous = _after(state, entry), (at, entry.at)
        if state == "new":
            raise ClockError("not-started")

    @property
    def start(self) -> Started:
        """The first entry."""
        return next(each for each in self.entries if isinstance(each, Started))

    @property
    def limit(self) -> Limit:
        """The limit that holds by the last entry."""
        return next(
            each.limit
            for each in reversed(self.entries)
            if isinstance(each, Started | LimitChanged)
        )

    @property
    def calendar(self) -> str:
        """The name of the calendar that counts by the last entry."""
        return next(
            each.calendar
            for each in reversed(self.entries)
            if isinstance(each, Started | CalendarChanged)
        )

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still by the last entry."""
        turns = (each for each in reversed(self.entries) if isinstance(each, Paused | Resumed))
        return isinstance(next(turns, None), Paused)

    def then(self, *entries: Entry) -> Ledger:
        """The ledger with further entries."""
        return Ledger(self.entries + entries)

    def until(self, now: datetime) -> Ledger:
        """The ledger as it stood at a moment, later entries left out."""
        at = micros_of(now)
        if micros_of(self.entries[-1].at) <= at:
            return self
        return Ledger(tuple(each for each in self.entries if micros_of(each.at) <= at))


_WRONG = {"new": "not-started", "stopped": "already-stopped"}


def _after(state: str, entry: Entry) -> str:
    """The state of the clock after an entry: new, running, paused or stopped."""
    if isinstance(entry, Started):
        if state != "new":
            raise ClockError("already-started")
        return "running"
    if state in _WRONG:
        raise ClockError(_WRONG[state])
    if isinstance(entry, Paused):
        if state == "paused":
            raise ClockError("already-paused")
        return "paused"
    if isinstance(entry, Resumed):
        if state != "paused":
            raise ClockError("not-paused")
        return "running"
    return "stopped" if isinstance(entry, Stopped) else state
