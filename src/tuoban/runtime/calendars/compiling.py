"""From a calendar as typed to the kernel's calendar, or to all that is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, tzinfo

from tuoban.kernel.calendars import (
    Calendar,
    CalendarError,
    Finding,
    Period,
    PublicHolidays,
    Spans,
    Week,
)
from tuoban.kernel.definition import Text
from tuoban.runtime.calendars.findings import Findings, Misfit
from tuoban.runtime.calendars.reading import read_days, read_weeks
from tuoban.runtime.calendars.texts import CalendarText, DayText, WeekDays, WeekText


def compiled(
    text: CalendarText, label: Text, zone: tzinfo, holidays: PublicHolidays | None
) -> Calendar:
    """The calendar that the text stands for; `holidays` are those it keeps, if it keeps any.

    Raises:
        ContentError: it cannot be used; all that is wrong comes in one go, each with its place.
    """
    found = Findings()
    periods, exceptions = read_weeks(text.weeks, found), read_days(text.days, found)
    _check_reach(text, periods, found)
    kept = holidays if text.keeps_holidays else None
    try:
        calendar = Calendar(label, zone, periods, exceptions, kept)
    except CalendarError as error:
        # What is missing may only be missing because it could not be read.
        for each in error.findings if not found else ():
            found.add(_place(each, text), each)
        found.check()
        raise
    found.check()
    return calendar


def _check_reach(text: CalendarText, periods: tuple[Period, ...], found: Findings) -> None:
    """Working time reaches back and ahead for ever, so that every limit runs out some time."""
    if not any(not each.first for each in text.weeks):
        found.add("weeks", Misfit("no-first-week"))
    last = max(periods, key=lambda each: each.first or date.min, default=None)
    if last is None or last.first is None or (last.week is not None and last.week.works):
        return
    first = last.first.isoformat()
    number = next(n for n, each in enumerate(text.weeks) if each.first == first)
    found.add(f"week.{number}.first", Misfit("no-work-after"))


def _place(finding: Finding, text: CalendarText) -> str:
    if finding.code != "exception-without-hours":
        return ""
    number = next(n for n, each in enumerate(text.days) if each.day == finding.facts["where"])
    return f"day.{number}.like"


def tidied(text: CalendarText) -> CalendarText:
    """The text of a calendar that can be used as it is kept: spans, dates and labels in one form,
    weeks and days in order."""
    found = Findings()
    return replace(text, weeks=tidied_weeks(text.weeks, found), days=tidied_days(text.days, found))


def tidied_weeks(weeks: tuple[WeekText, ...], found: Findings) -> tuple[WeekText, ...]:
    read = []
    for each, period in zip(weeks, read_weeks(weeks, found), strict=True):
        days = _written_week(period.week) if period.week is not None else None
        read.append(replace(each, days=days))
    return tuple(sorted(read, key=lambda each: each.first))


def tidied_days(days: tuple[DayText, ...], found: Findings) -> tuple[DayText, ...]:
    read = [
        replace(each, spans=written(day.spans), zh=day.label.zh, en=day.label.en)
        for each, day in zip(days, read_days(days, found), strict=True)
    ]
    return tuple(sorted(read, key=lambda each: each.day))


def _written_week(week: Week) -> WeekDays:
    mon, tue, wed, thu, fri, sat, sun = (written(spans) for spans in week.days)
    return mon, tue, wed, thu, fri, sat, sun


def written(spans: Spans) -> str:
    """`09:00-12:00, 13:00-18:00`."""
    return ", ".join(str(each) for each in spans)
