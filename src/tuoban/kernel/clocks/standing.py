"""Where a clock stands: whether it runs, what has passed, what is left, and when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tuoban.kernel.calendars.instants import (
    is_in_reach,
    length_of,
    micros_of,
    moment_of,
    out_of_reach,
)
from tuoban.kernel.clocks.counting import Place, reach, spent
from tuoban.kernel.clocks.history import History, Run, history
from tuoban.kernel.clocks.ledger import Calendars, Ledger, Unset, Until, Within
from tuoban.kernel.clocks.lengths import Length, Measure


@dataclass(frozen=True, slots=True)
class Amount:
    """What was counted: `size` is microseconds, or workdays. Months are counted as elapsed time."""

    measure: Measure
    size: int

    @property
    def length(self) -> timedelta:
        """As a length of (working) time.

        Raises:
            ValueError: it is a number of workdays.
        """
        if self.measure is Measure.WORKDAYS:
            raise ValueError("workdays have no length of time")
        return length_of(self.size)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a clock stands at a moment.

    `due` is None while the clock stands still short of its limit. It is `late` after its due
    moment, not at it; a stopped clock is late if it was so when it stopped. `remaining` is negative
    when late. Before the clock begins nothing has elapsed and all remains.
    """

    state: Literal["running", "paused", "stopped"]
    late: bool
    due: datetime | None
    elapsed: Amount
    remaining: Amount


def due(ledger: Ledger, calendars: Calendars) -> datetime | None:
    """When the limit has run out, or will if nothing happens; None while the clock stands still.

    Raises:
        ClockError: a calendar is not there.
        CalendarError: the calendar gives no result within its years.
    """
    reached = due_place(history(ledger, calendars))
    return moment_of(reached.at) if reached is not None else None


def standing(ledger: Ledger, calendars: Calendars, now: datetime) -> Standing:
    """How the clock stands at `now`; entries after `now` are not regarded.

    Raises:
        ClockError, CalendarError: as for `due`.
    """
    past = history(ledger.until(now), calendars)
    at = micros_of(now) if past.stopped is None else past.stopped
    reached = due_place(past)
    measure = measure_of(past)
    late = reached is not None and reached.at < at
    state: Literal["running", "paused"] = "running" if past.paused is None else "paused"
    return Standing(
        "stopped" if past.stopped is not None else state,
        late,
        moment_of(reached.at) if reached is not None else None,
        Amount(measure, spent(measure, past.runs, at)),
        Amount(measure, _remaining(past, measure, reached, at)),
    )


def elapsed(ledger: Ledger, calendars: Calendars, now: datetime) -> Amount:
    """What has been counted by `now`, each calendar having counted while it was in force."""
    return standing(ledger, calendars, now).elapsed


def remaining(ledger: Ledger, calendars: Calendars, now: datetime) -> Amount:
    """What is left at `now` of the limit and its extensions, in the measure of the limit."""
    return standing(ledger, calendars, now).remaining


def state(
    ledger: Ledger, calendars: Calendars, now: datetime
) -> Literal["running", "paused", "stopped"]:
    """Whether the clock runs at `now`."""
    return standing(ledger, calendars, now).state


def measure_of(past: History) -> Measure:
    """The measure in which the clock counts."""
    if not isinstance(past.limit, Within) or past.limit.length.measure is Measure.MONTHS:
        return Measure.ELAPSED
    return past.limit.length.measure


def due_place(past: History) -> Place | None:
    """Where the limit has run out with its extensions; None while there is none.

    Raises:
        CalendarError: that is out of reach.
    """
    if isinstance(past.limit, Unset):
        return None
    reached = reach(parts(past), past.runs, first_place(past))
    if reached is not None and not is_in_reach(reached.at):
        raise out_of_reach()
    return reached


def counts_by_calendar(past: History) -> bool:
    """Whether the hours of a calendar have a part in when the limit runs out."""
    measures = {each.measure for each in parts(past)}
    if isinstance(past.limit, Until) and past.limit.basis and past.limit.basis.offset:
        measures.add(past.limit.basis.offset.measure)
    return bool(measures & {Measure.WORKING, Measure.WORKDAYS})


def parts(past: History) -> tuple[Length, ...]:
    """The lengths that run out one after the other."""
    own = (past.limit.length,) if isinstance(past.limit, Within) else ()
    return own + past.extensions


def first_place(past: History) -> Place:
    """Where the first of them begins to run."""
    if not isinstance(past.limit, Until):
        return Place(0, past.runs[0].start)
    moment = micros_of(past.limit.moment)
    begun = [number for number, run in enumerate(past.runs) if run.start <= moment]
    return Place(begun[-1] if begun else 0, moment)


def _remaining(past: History, measure: Measure, reached: Place | None, at: int) -> int:
    if isinstance(past.limit, Unset):
        return 0
    if reached is not None and isinstance(past.limit, Until):
        return reached.at - at
    if reached is not None and reached.at < at:
        return -spent(measure, past.runs, at, since=reached.at)
    since = max(at, past.begins)
    if reached is None or past.paused is not None:
        runs = (*past.runs, Run(since, None, past.calendar, since))
        reached = reach(parts(past), runs, first_place(past))
    if reached is None:
        return 0
    return _left(measure, past, since, reached)


def _left(measure: Measure, past: History, at: int, reached: Place) -> int:
    """What is counted from an instant until the limit has run out."""
    if measure is Measure.WORKING:
        return past.calendar.index.between(at, reached.at)
    if measure is Measure.WORKDAYS:
        runs = past.runs
        whole = (Run(run.start, at if run.end is None else run.end, *run[2:]) for run in runs)
        return spent(measure, [*whole, Run(at, None, past.calendar, at)], reached.at) - spent(
            measure, runs, at
        )
    return reached.at - at
