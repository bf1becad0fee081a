"""A moment so much later or earlier, by a calendar: what `3 workdays after` a moment is."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel.calendars import Calendar
from tuoban.kernel.calendars.instants import is_in_reach, micros_of, moment_of, out_of_reach
from tuoban.kernel.clocks.counting import Place, months_from, reach
from tuoban.kernel.clocks.history import Run
from tuoban.kernel.clocks.lengths import Length, Measure


def later(moment: datetime, length: Length, calendar: Calendar) -> datetime:
    """The moment by which `length` has passed since `moment`, in UTC.

    Raises:
        CalendarError: it lies out of reach, or the moment has no time zone.
    """
    at = micros_of(moment)
    found = reach((length,), (Run(at, None, calendar, at),), Place(0, at))
    if found is None or not is_in_reach(found.at):
        raise out_of_reach()
    return moment_of(found.at)


def earlier(moment: datetime, length: Length, calendar: Calendar) -> datetime:
    """The moment from which `length` passes until `moment`, in UTC; raises as `later`."""
    return moment_of(back(micros_of(moment), length, calendar))


def back(at: int, length: Length, calendar: Calendar) -> int:
    """The same in instants."""
    if length.measure is Measure.WORKING:
        return calendar.index.back(at, length.size)
    if length.measure is Measure.WORKDAYS:
        days = calendar.workdays
        return days.start(days.before(days.beginning(at), length.size))
    if length.measure is Measure.MONTHS:
        return months_from(at, -length.size, calendar)
    return at - length.size
