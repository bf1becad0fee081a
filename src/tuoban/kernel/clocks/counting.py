"""Counting along the stretches in which a clock ran: how much has passed, and when all has.

`spent` and `reach` are one calculus read in two directions: what the calendar of each stretch
counts between its start and its end, and nothing in between.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from tuoban.kernel.calendars import Calendar
from tuoban.kernel.calendars.instants import (
    FIRST_YEAR,
    LAST_YEAR,
    instant_at,
    local_moment,
    out_of_reach,
)
from tuoban.kernel.clocks.history import Run
from tuoban.kernel.clocks.lengths import Length, Measure


class Place(NamedTuple):
    """An instant in a stretch, by the number of the stretch."""

    run: int
    at: int


def spent(measure: Measure, runs: Sequence[Run], until: int, since: int | None = None) -> int:
    """What was counted up to `until`, after `since`, in the measure; months as elapsed time."""
    found, through = 0, None
    for run in runs:
        start, days_from = run.start, run.days_from
        if since is not None and since > start:
            start, days_from = since, max(days_from, since)
        end = until if run.end is None else min(run.end, until)
        if end < start:
            continue
        if measure is Measure.WORKING:
            found += run.calendar.index.between(start, end)
        elif measure is Measure.WORKDAYS:
            number, through = _days(run, start, days_from, end, through)
            found += number
        else:
            found += end - start
    return found


def spent_by(measure: Measure, runs: Sequence[Run], instants: Iterable[int]) -> Iterator[int]:
    """`spent` up to each of many instants in order, without counting anything twice."""
    found, number = 0, 0
    through: int | None = None
    for until in instants:
        while (end := runs[number].end) is not None and end <= until and number + 1 < len(runs):
            counted, through = _in(measure, runs[number], end, through)
            found += counted
            number += 1
        end = until if end is None else min(end, until)
        started = runs[number].start <= end
        yield found + (_in(measure, runs[number], end, through)[0] if started else 0)


def _in(measure: Measure, run: Run, end: int, through: int | None) -> tuple[int, int | None]:
    """What a stretch counts up to an instant, and the last date that is done with."""
    if measure is Measure.WORKING:
        return run.calendar.index.between(run.start, end), None
    if measure is Measure.WORKDAYS:
        return _days(run, run.start, run.days_from, end, through)
    return end - run.start, None


def _days(run: Run, start: int, days_from: int, end: int, through: int | None) -> tuple[int, int]:
    """The workdays that end in a stretch, and the last date that is done with, counted or not."""
    days = run.calendar.workdays
    # The day on which counting begins is not counted (Civil Code, article 201).
    begun = days.ending(start) if through is None else through
    passed = days.last_ended(days_from, begun)
    last = days.last_ended(end, passed)
    return (days.between(passed, last), last) if last > passed else (0, begun)


def reach(parts: Iterable[Length], runs: Sequence[Run], place: Place) -> Place | None:
    """The place at which all the lengths, one after the other, have passed since a place.

    None: the clock stands still before. The place is never before the one it starts from.
    """
    found: Place | None = place
    for part in parts:
        if found is None:
            return None
        found = _PASSING[part.measure](part.size, runs, found)
    return found


class _Passing(Protocol):
    def __call__(self, size: int, runs: Sequence[Run], place: Place) -> Place | None: ...


def _elapsed(size: int, runs: Sequence[Run], place: Place) -> Place | None:
    number, at = place
    while True:
        end = runs[number].end
        if end is None or end - at >= size:
            return Place(number, at + size)
        size -= end - at
        number += 1
        if number == len(runs):
            return None
        at = runs[number].start


def _working(size: int, runs: Sequence[Run], place: Place) -> Place | None:
    number, at = place
    while True:
        run = runs[number]
        index = run.calendar.index
        if run.end is None:
            return Place(number, index.forward(at, size))
        counted = index.between(at, run.end)
        if counted >= size:
            return Place(number, index.forward(at, size))
        size -= counted
        number += 1
        if number == len(runs):
            return None
        at = runs[number].start


def _workdays(size: int, runs: Sequence[Run], place: Place) -> Place | None:
    number, at = place
    through = runs[number].calendar.workdays.ending(at)
    days_from = at
    while True:
        run = runs[number]
        days = run.calendar.workdays
        passed = days.last_ended(days_from, through)
        reached = days.after(passed, size)
        end = days.end(reached)
        if run.end is None or end <= run.end:
            # Where only the calendar changed, the day may have ended before.
            return Place(number, max(end, run.start, at))
        last = days.last_ended(run.end, passed)
        if last > passed:
            size -= days.between(passed, last)
            through = last
        number += 1
        if number == len(runs):
            return None
        at, days_from = runs[number].start, runs[number].days_from


def _months(size: int, runs: Sequence[Run], place: Place) -> Place | None:
    ended = months_from(place.at, size, runs[place.run].calendar)
    return _elapsed(ended - place.at, runs, place)


def months_from(at: int, number: int, calendar: Calendar) -> int:
    """The same day and time so many months later (earlier, below zero), or the month's last day.

    Raises:
        CalendarError: the year is out of reach.
    """
    begun = local_moment(at, calendar.zone)
    years, month = divmod(begun.month - 1 + number, 12)
    year = begun.year + years
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise out_of_reach()
    day = min(begun.day, monthrange(year, month + 1)[1])
    return instant_at(begun.replace(year=year, month=month + 1, day=day), calendar.zone)


_PASSING: Mapping[Measure, _Passing] = {
    Measure.ELAPSED: _elapsed,
    Measure.WORKING: _working,
    Measure.WORKDAYS: _workdays,
    Measure.MONTHS: _months,
}
