"""A calendar: when people work, as one immutable value."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Literal

from tuoban.kernel.calendars.days import Interval, joined, wall_intervals, without
from tuoban.kernel.calendars.errors import CalendarError, Finding
from tuoban.kernel.calendars.holidays import PublicHolidays
from tuoban.kernel.calendars.index import Index
from tuoban.kernel.calendars.instants import FIRST_YEAR, LAST_YEAR, micros_of
from tuoban.kernel.calendars.patterns import WEEKDAYS, Period, Week, overlap
from tuoban.kernel.calendars.spans import Spans, overlaps, runs_into
from tuoban.kernel.calendars.workdays import Workdays
from tuoban.kernel.text import Text

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class ExceptionDay:
    """What holds on one date whatever the week and the public holidays say.

    A day off has neither `spans` nor `like`; an extra or other working day has its own spans, or
    the hours of a weekday (`like`, 0 = Monday).
    """

    day: date
    spans: Spans = ()
    like: int | None = None
    label: Text = _NOTHING


@dataclass(frozen=True, slots=True)
class Absence:
    """Time from `start` until `end` that is taken out of whatever the calendar says.

    Raises:
        CalendarError: it does not end after it starts, or has no time zone.
    """

    start: datetime
    end: datetime
    label: Text = _NOTHING

    def __post_init__(self) -> None:
        if micros_of(self.start) >= micros_of(self.end):
            facts = {"start": self.start.isoformat(" "), "end": self.end.isoformat(" ")}
            raise CalendarError(Finding("absence-without-length", facts))


@dataclass(frozen=True, slots=True)
class Day:
    """What a calendar says of a date: its spans, where they come from, and what it is called."""

    spans: Spans
    source: Literal["week", "exception", "holiday", "moved-workday"]
    label: Text = _NOTHING


@dataclass(frozen=True)
class Calendar:
    """When work is done, in local time of `zone`.

    An exception of a date goes before public holidays and moved workdays, these before the week of
    the period that the date lies in; `absences` are taken away from the result. Without `holidays`
    none are kept. Before the first period nobody works.

    Raises:
        CalendarError: there is no working time at all, or something is said twice or overlaps; all
            that is wrong comes in one go.
    """

    label: Text
    zone: tzinfo
    periods: tuple[Period, ...]
    exceptions: tuple[ExceptionDay, ...] = ()
    holidays: PublicHolidays | None = None
    absences: tuple[Absence, ...] = ()

    def __post_init__(self) -> None:
        if findings := tuple(_errors(self)):
            raise CalendarError(*findings)

    def on(self, day: date) -> Day:
        """What holds on a local date, absences aside."""
        week = self.week_on(day)
        exception = self._exceptions.get(day)
        if exception is not None:
            like = exception.like
            spans = exception.spans if like is None else week.days[like] if week else ()
            return Day(spans, "exception", exception.label)
        ordinary = week.days[day.weekday()] if week else ()
        if self.holidays is None:
            return Day(ordinary, "week")
        if day in self.holidays.off:
            return Day((), "holiday", self.holidays.off[day].name)
        if moved := self.holidays.moved.get(day):
            instead = week.days[moved.like] if week else ()
            return Day(instead or ordinary, "moved-workday", moved.name)
        return Day(ordinary, "week")

    def week_on(self, day: date) -> Week | None:
        """The week in force on a date."""
        found = bisect_right(self._firsts, day) - 1
        return self._ordered[found].week if found >= 0 else None

    def intervals_on(self, day: date) -> list[Interval]:
        """The working time that begins on a local date, in instants; none beyond the years."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return []
        found = joined(wall_intervals(day, self.on(day).spans, self.zone))
        return list(without(found, self._away)) if found and self._away else found

    @cached_property
    def index(self) -> Index:
        """Sums over the working time. It follows from the calendar and is made as it is needed."""
        return Index(self.intervals_on, self.zone)

    @cached_property
    def workdays(self) -> Workdays:
        """The counts of dates with working time, likewise."""
        return Workdays(self.intervals_on, self.zone)

    @cached_property
    def _exceptions(self) -> Mapping[date, ExceptionDay]:
        return {each.day: each for each in self.exceptions}

    @cached_property
    def _ordered(self) -> tuple[Period, ...]:
        return tuple(sorted(self.periods, key=lambda each: each.first or date.min))

    @cached_property
    def _firsts(self) -> tuple[date, ...]:
        return tuple(each.first or date.min for each in self._ordered)

    @cached_property
    def _away(self) -> tuple[Interval, ...]:
        taken = ((micros_of(each.start), micros_of(each.end)) for each in self.absences)
        return tuple(joined(sorted(taken)))


def _errors(calendar: Calendar) -> Iterator[Finding]:
    spans = [each.spans for each in calendar.exceptions]
    if not any(spans) and not any(each.week and each.week.works for each in calendar.periods):
        yield Finding("no-working-time", {"calendar": calendar.label})
    for first in _twice([each.first or date.min for each in calendar.periods]):
        where = first.isoformat() if first > date.min else Text("最初", "the beginning")
        yield Finding("period-twice", {"where": where})
    for day in _twice([each.day for each in calendar.exceptions]):
        yield Finding("exception-twice", {"where": day.isoformat()})
    for each in calendar.exceptions:
        yield from _errors_of(calendar, each)


def _errors_of(calendar: Calendar, exception: ExceptionDay) -> Iterator[Finding]:
    where = exception.day.isoformat()
    for first, second in overlaps(exception.spans):
        yield overlap(Text(where, where), first, second)
    if exception.like is not None and not calendar.on(exception.day).spans:
        weekday = WEEKDAYS[exception.like]
        yield Finding("exception-without-hours", {"where": where, "weekday": weekday})


def _twice(days: list[date]) -> list[date]:
    return sorted(day for day, count in Counter(days).items() if count > 1)


def warnings(calendar: Calendar, first: date, last: date) -> Iterator[Finding]:
    """What is doubtful about the calendar from `first` to `last`: years whose public holidays are
    not confirmed or not known, and exceptions that overlap the days beside them."""
    if calendar.holidays is not None:
        known = calendar.holidays.confirmed
        for year in range(first.year, last.year + 1):
            if not known.get(year):
                code = "year-unconfirmed" if year in known else "year-without-data"
                yield Finding(code, {"year": str(year), "country": calendar.holidays.country})
    for day in sorted(_beside(calendar)):
        if first <= day <= last and runs_into(
            calendar.on(day - timedelta(days=1)).spans, calendar.on(day).spans
        ):
            yield Finding("days-run-together", {"where": day.isoformat()})


def _beside(calendar: Calendar) -> set[date]:
    """Dates that may meet another pattern on the date before."""
    days = [each.day for each in calendar.exceptions]
    days += [each.first for each in calendar.periods if each.first is not None]
    return {*days, *(day + timedelta(days=1) for day in days)}
