"""Months as a calendar makes them: every day with what holds on it and where that comes from."""

from __future__ import annotations

import calendar as civil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tuoban.faces.desk.hours.weeks import BarPart, bar
from tuoban.faces.reader import page_language
from tuoban.kernel.calendars import WEEKDAYS, Absence, Calendar, Day, Span, Spans, warnings
from tuoban.kernel.calendars.instants import FIRST_YEAR, LAST_YEAR, moment_of
from tuoban.runtime.calendars.compiling import written

Kind = Literal["working", "free", "holiday", "moved", "exception", "absence"]
"""What a day is: an ordinary working or free day, or one that differs for some reason."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day on the page; `mark` is the sign it bears, `words` tell all of it."""

    day: date
    kind: Kind
    works: bool
    mark: str
    words: str
    spans: str
    parts: tuple[BarPart, ...]
    is_today: bool
    is_first: bool
    """The one of its month that the Tab key reaches."""


@dataclass(frozen=True, slots=True)
class MonthCard:
    """A month; `weeks` are rows of seven, None beside its first and last day."""

    first: date
    name: str
    weeks: tuple[tuple[DayCell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """A run of days that differ for one reason: when, what it is called, and of which kind."""

    when: str
    name: str
    kind: Kind
    mark: str
    days: int


@dataclass(frozen=True, slots=True)
class YearView:
    year: int
    previous: int | None
    next: int | None
    months: tuple[MonthCard, ...]
    specials: tuple[SpecialDays, ...]
    doubts: tuple[str, ...]


def year_view(hours: Calendar, year: int, today: date) -> YearView:
    months = tuple(month_card(hours, date(year, n, 1), today) for n in range(1, 13))
    found = [cell for month in months for week in month.weeks for cell in week if cell is not None]
    return YearView(
        year,
        year - 1 if year > FIRST_YEAR else None,
        year + 1 if year < LAST_YEAR else None,
        months,
        tuple(_specials(hours, found)),
        doubts_of(hours, date(year, 1, 1), date(year, 12, 31)),
    )


def doubts_of(hours: Calendar, first: date, last: date) -> tuple[str, ...]:
    """What is doubtful about the calendar between two dates, in the reader's language."""
    return tuple(each.describe(page_language()) for each in warnings(hours, first, last))


def month_card(hours: Calendar, first: date, today: date) -> MonthCard:
    blanks, length = civil.monthrange(first.year, first.month)
    cells: list[DayCell | None] = [None] * blanks
    cells += (day_cell(hours, first.replace(day=n), today) for n in range(1, length + 1))
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7))
    return MonthCard(first, month_name(first), weeks)


def month_name(first: date) -> str:
    if page_language().startswith("en"):
        return f"{first:%B}"
    return f"{first.month}月"


def month_title(first: date) -> str:
    """`2026年3月`, `March 2026`."""
    if page_language().startswith("en"):
        return f"{first:%B %Y}"
    return f"{first.year}年{first.month}月"


def day_cell(hours: Calendar, day: date, today: date) -> DayCell:
    held = hours.on(day)
    worked, away = _worked(hours, day, held.spans)
    kind: Kind = "absence" if away is not None else kind_of(held)
    label = away.label if away is not None else held.label
    name = WEEKDAYS[day.weekday()].read(page_language())
    parts = [f"{day.isoformat()} {name}", _KINDS[kind]()]
    if label.zh:
        parts.append(label.read(page_language()))
    if worked:
        parts.append(written(worked))
    is_reached = (
        day == today if (day.year, day.month) == (today.year, today.month) else day.day == 1
    )
    return DayCell(
        day,
        kind,
        bool(worked),
        mark_of(kind),
        _(", ").join(parts),
        written(worked),
        bar(worked),
        day == today,
        is_reached,
    )


def _worked(hours: Calendar, day: date, spans: Spans) -> tuple[Spans, Absence | None]:
    """What is left of a day's spans, and the absence that takes some of them away."""
    if not spans or not hours.absences:
        return spans, None
    midnight = datetime.combine(day, time(), hours.zone)
    evening = midnight + timedelta(days=2)
    near = [each for each in hours.absences if each.start < evening and each.end > midnight]
    left = tuple(sorted(_on_the_wall(hours, day, *each) for each in hours.intervals_on(day)))
    return (left, near[0]) if near and left != spans else (spans, None)


def _on_the_wall(hours: Calendar, day: date, start: int, end: int) -> Span:
    """An interval of instants as the span of the wall clock that it is on its day."""
    first, last = (
        (moment_of(each).astimezone(hours.zone).replace(tzinfo=None) - _midnight(day)) // _MINUTE
        for each in (start, end)
    )
    return Span(first, max(last, first + 1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


_MINUTE = timedelta(minutes=1)


def kind_of(day: Day) -> Kind:
    if day.source == "week":
        return "working" if day.spans else "free"
    kinds: dict[str, Kind] = {"exception": "exception", "holiday": "holiday"}
    return kinds.get(day.source, "moved")


def mark_of(kind: Kind) -> str:
    """One sign for each kind of day that differs, as on Chinese calendars: 休, 班, 例."""
    return _MARKS[kind]() if kind in _MARKS else ""


_MARKS = {
    "holiday": lambda: pgettext("mark of a public holiday", "H"),
    "moved": lambda: pgettext("mark of a moved workday", "W"),
    "exception": lambda: pgettext("mark of an exception", "E"),
    "absence": lambda: pgettext("mark of an absence", "A"),
}
_KINDS = {
    "working": lambda: _("working day"),
    "free": lambda: _("free"),
    "holiday": lambda: _("public holiday"),
    "moved": lambda: _("moved workday"),
    "exception": lambda: _("exception"),
    "absence": lambda: _("absence"),
}


def kind_words(kind: Kind) -> str:
    return _KINDS[kind]()


def _specials(hours: Calendar, cells: list[DayCell]) -> Iterator[SpecialDays]:
    """Runs of neighbouring days of one kind and name."""
    run: list[DayCell] = []
    names: list[str] = []
    for cell in (each for each in cells if each.mark):
        name = hours.on(cell.day).label.read(page_language())
        follows = run and cell.day - run[-1].day == timedelta(days=1)
        if run and (not follows or (cell.kind, name) != (run[-1].kind, names[-1])):
            yield _run(run, names[-1])
            run, names = [], []
        run.append(cell)
        names.append(name)
    if run:
        yield _run(run, names[-1])


def _run(run: list[DayCell], name: str) -> SpecialDays:
    first, last = run[0], run[-1]
    when = short_day(first.day)
    if last is not first:
        when = f"{when} – {short_day(last.day)}"
    return SpecialDays(when, name or kind_words(first.kind), first.kind, first.mark, len(run))


def short_day(day: date) -> str:
    """`10-01 周四`, `10-01 Thu`."""
    name = WEEKDAYS[day.weekday()]
    return f"{day:%m-%d} {name.en[:3] if page_language().startswith('en') else name.zh}"
