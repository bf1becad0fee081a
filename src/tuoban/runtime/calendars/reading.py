"""Reading the parts of a calendar as typed: weeks, days, dates and labels."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from tuoban.kernel.calendars import (
    WEEKDAYS,
    CalendarError,
    ExceptionDay,
    Finding,
    Period,
    Spans,
    Week,
    read_spans,
)
from tuoban.kernel.calendars.instants import FIRST_YEAR, LAST_YEAR
from tuoban.kernel.calendars.patterns import overlap
from tuoban.kernel.calendars.spans import overlaps
from tuoban.kernel.definition import Text
from tuoban.runtime.calendars.findings import Findings, Misfit
from tuoban.runtime.calendars.texts import WEEKDAY_KEYS, DayText, WeekDays, WeekText

MOST_WEEKS = 20
MOST_DAYS = 366
LONGEST_LABEL = 60
LONGEST_SPANS = 200
"""Characters typed for one day."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BLANKS = str.maketrans("\u3000\u00a0", "  ")
"""Wide and unbreakable blanks, which keyboards and other programs bring along."""


def read_weeks(weeks: tuple[WeekText, ...], found: Findings) -> tuple[Period, ...]:
    """The periods that can be used; what is wrong is noted at `week.<number>.<entry>`."""
    if not _are_few(len(weeks), MOST_WEEKS, "weeks", found):
        return ()
    read: list[Period] = []
    firsts: set[date | None] = set()
    for number, each in enumerate(weeks):
        place = f"week.{number}"
        first = read_date(each.first, f"{place}.first", found) if each.first else None
        week = _read_week(each.days, place, found) if each.days is not None else None
        if each.first and first is None:
            continue
        if first in firsts:
            where = first.isoformat() if first is not None else Text("最初", "the beginning")
            found.add(f"{place}.first", Finding("period-twice", {"where": where}))
        elif week is not None or each.days is None:
            read.append(Period(first, week))
        firsts.add(first)
    return tuple(read)


def read_days(days: tuple[DayText, ...], found: Findings) -> tuple[ExceptionDay, ...]:
    """The exceptions that can be used; what is wrong is noted at `day.<number>.<entry>`."""
    if not _are_few(len(days), MOST_DAYS, "days", found):
        return ()
    read: dict[date, ExceptionDay] = {}
    for number, each in enumerate(days):
        place = f"day.{number}"
        day = read_date(each.day, f"{place}.day", found)
        label = read_label(each.zh, each.en, place, found)
        spans, like = _read_hours(each, place, found)
        if day is None or spans is None:
            continue
        if day in read:
            found.add(f"{place}.day", Finding("exception-twice", {"where": day.isoformat()}))
            continue
        for first, second in overlaps(spans):
            where = day.isoformat()
            found.add(f"{place}.spans", overlap(Text(where, where), first, second))
        read[day] = ExceptionDay(day, spans, like, label)
    return tuple(read.values())


def read_date(text: str, place: str, found: Findings) -> date | None:
    """A date in ISO's form within the years of a calendar."""
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        found.add(place, Misfit("bad-date", {"text": text[:LONGEST_LABEL]}))
    elif not FIRST_YEAR <= day.year <= LAST_YEAR:
        facts = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        found.add(place, Misfit("date-out-of-reach", facts))
        return None
    return day


def read_label(zh: str, en: str, place: str, found: Findings) -> Text:
    """The label, one language standing for both where the other is not given."""
    zh, en = zh.translate(_BLANKS), en.translate(_BLANKS)
    for name, text in (("zh", zh), ("en", en)):
        if len(text) > LONGEST_LABEL:
            found.add(f"{place}.{name}", Misfit("too-long", {"most": str(LONGEST_LABEL)}))
        elif not text.isprintable():
            found.add(f"{place}.{name}", Misfit("not-readable"))
    return Text(zh.strip() or en.strip(), en.strip() or zh.strip())


def read_day_spans(text: str, place: str, found: Findings) -> Spans | None:
    """The spans of one day; None if they cannot be read."""
    if len(text) > LONGEST_SPANS:
        found.add(place, Misfit("too-long", {"most": str(LONGEST_SPANS)}))
        return None
    try:
        return spans_in(text)
    except CalendarError as error:
        found.add(place, *error.findings)
        return None


def spans_in(text: str) -> Spans:
    """The spans of a text, also where it was typed in full width: `０９：００－１２：００`.

    Raises:
        CalendarError: a part is no span, or has no length.
    """
    return read_spans(unicodedata.normalize("NFKC", text))


def _read_week(days: WeekDays, place: str, found: Findings) -> Week | None:
    read = [
        read_day_spans(text, f"{place}.{key}", found)
        for key, text in zip(WEEKDAY_KEYS, days, strict=True)
    ]
    mon, tue, wed, thu, fri, sat, sun = (spans or () for spans in read)
    try:
        week = Week((mon, tue, wed, thu, fri, sat, sun))
    except CalendarError as error:
        for each in error.findings:
            weekday = next(n for n, name in enumerate(WEEKDAYS) if name == each.facts["where"])
            found.add(f"{place}.{WEEKDAY_KEYS[weekday]}", each)
        return None
    return week if None not in read else None


def _read_hours(each: DayText, place: str, found: Findings) -> tuple[Spans | None, int | None]:
    """The spans and the weekday of an exception; no spans at all if they cannot be read."""
    if not each.like:
        return read_day_spans(each.spans, f"{place}.spans", found), None
    if each.like not in WEEKDAY_KEYS:
        found.add(f"{place}.like", Misfit("bad-day"))
        return None, None
    return (), WEEKDAY_KEYS.index(each.like)


def _are_few(number: int, most: int, place: str, found: Findings) -> bool:
    if number > most:
        found.add(place, Misfit("too-many", {"most": str(most)}))
    return number <= most
