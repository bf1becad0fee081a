"""Calculating in working time and in workdays.

Working time is half-open: a span is worked from its first instant up to its end, which is no longer
worked. What is *counted* ends in the span in which it runs out: eight hours from 09:00 are over at
18:00, not at 09:00 of the next day. Counting backwards is the mirror image. With `next_working` and
`previous_working` rounding into working time, for every length above zero:

    subtract(add(moment, length), length) == next_working(moment)
    add(subtract(moment, length), length) == previous_working(moment)
    between(moment, add(moment, length)) == length

A *workday* is a local date on which work begins. Days are counted as the Civil Code does (article
201: the day of the event is not counted; article 203: the last day ends when business ends), so two
workdays from Friday 15:00 are over when work ends on Tuesday. Counting backwards, again the mirror
image: two workdays before Tuesday 15:00 begin when work begins on Friday.

Moments are aware; results are in UTC, exact to the microsecond. Every function raises
`CalendarError`: `moment-without-zone`, or `out-of-reach` outside 1900 to 2200.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tuoban.kernel.calendars.calendar import Calendar
from tuoban.kernel.calendars.instants import length_of, micros_in, micros_of, moment_of


def add(calendar: Calendar, moment: datetime, length: timedelta) -> datetime:
    """The moment by which `length` of working time has passed since `moment`.

    From outside working time it counts from the next moment of work. No length gives `moment`
    itself where it is in working time or just ends it, else the next moment of work.
    """
    at, size = micros_of(moment), micros_in(length)
    if size > 0:
        return moment_of(calendar.index.forward(at, size))
    if size < 0:
        return moment_of(calendar.index.back(at, -size))
    if calendar.index.previous(at) == at:
        return moment_of(at)
    return moment_of(calendar.index.next(at))


def subtract(calendar: Calendar, moment: datetime, length: timedelta) -> datetime:
    """The moment from which `length` of working time passes until `moment`.

    No length gives `moment` itself in working time, else the moment at which work last ended.
    """
    at, size = micros_of(moment), micros_in(length)
    if size > 0:
        return moment_of(calendar.index.back(at, size))
    if size < 0:
        return moment_of(calendar.index.forward(at, -size))
    if calendar.index.next(at) == at:
        return moment_of(at)
    return moment_of(calendar.index.previous(at))


def between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The working time from `start` to `end`, negative if `end` is earlier. It is additive."""
    return length_of(calendar.index.between(micros_of(start), micros_of(end)))


def is_working(calendar: Calendar, moment: datetime) -> bool:
    """Whether `moment` lies in working time; its end does not."""
    at = micros_of(moment)
    return calendar.index.next(at) == at


def next_working(calendar: Calendar, moment: datetime) -> datetime:
    """The first moment of working time from `moment` on."""
    return moment_of(calendar.index.next(micros_of(moment)))


def previous_working(calendar: Calendar, moment: datetime) -> datetime:
    """The last moment up to `moment` that working time leads up to: itself, or an end of work."""
    return moment_of(calendar.index.previous(micros_of(moment)))


def add_workdays(calendar: Calendar, moment: datetime, number: int) -> datetime:
    """The end of work on the `number`-th workday after the date that `moment` belongs to.

    For a negative number the start of work on that workday before it. That is the date on the wall,
    or the date before while work begun on it goes on past midnight. Midnight and an end of work
    belong to the date they end when counting forwards, to what follows when counting backwards.
    Zero adds nothing and gives what `add` gives for no length.
    """
    days, at = calendar.workdays, micros_of(moment)
    if number > 0:
        return moment_of(days.end(days.after(days.ending(at), number)))
    if number < 0:
        return moment_of(days.start(days.before(days.beginning(at), -number)))
    return add(calendar, moment, timedelta())


def workdays_between(calendar: Calendar, start: datetime, end: datetime) -> int:
    """The workdays after the date of `start` up to that of `end`, itself included.

    Negative if `end` is earlier; additive. For n > 0, n lie between m and `add_workdays(m, n)`.
    """
    days = calendar.workdays
    return days.between(days.ending(micros_of(start)), days.ending(micros_of(end)))


def workday_of(calendar: Calendar, moment: datetime) -> date:
    """The date that `moment` belongs to, as counted forwards; it need not be a workday."""
    return date.fromordinal(calendar.workdays.ending(micros_of(moment)))
