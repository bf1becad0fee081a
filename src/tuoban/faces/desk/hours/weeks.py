"""The ordinary week as it is edited and drawn: seven rows, each with a bar of 24 hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tuoban.kernel.calendars import WEEKDAYS, CalendarError, Spans
from tuoban.kernel.calendars.spans import DAY
from tuoban.kernel.definition import Text
from tuoban.runtime.calendars.reading import LONGEST_SPANS, spans_in
from tuoban.runtime.calendars.texts import FREE, WEEKDAY_KEYS, WeekText


@dataclass(frozen=True, slots=True)
class BarPart:
    """A piece of a bar in minutes from midnight; `carried`: its work began the day before."""

    start: int
    width: int
    carried: bool = False


@dataclass(frozen=True, slots=True)
class WeekdayRow:
    key: str
    name: Text
    typed: str
    problem: str
    parts: tuple[BarPart, ...]
    total: str


@dataclass(frozen=True, slots=True)
class WeekCard:
    """One week; `first` is the date it holds from, empty: since ever."""

    number: int
    first: str
    first_problem: str
    as_unit: bool
    rows: tuple[WeekdayRow, ...]
    total: str


def week_cards(weeks: tuple[WeekText, ...], problems: Mapping[str, str]) -> tuple[WeekCard, ...]:
    return tuple(_card(number, each, problems) for number, each in enumerate(weeks))


def _card(number: int, week: WeekText, problems: Mapping[str, str]) -> WeekCard:
    typed = week.days or FREE
    spans = [spans_of(each) for each in typed]
    rows = tuple(
        WeekdayRow(
            key,
            WEEKDAYS[n],
            typed[n],
            problems.get(f"week.{number}.{key}", ""),
            bar(spans[n], spans[n - 1]),
            in_hours(_minutes(spans[n])),
        )
        for n, key in enumerate(WEEKDAY_KEYS)
    )
    total = in_hours(sum(map(_minutes, spans)))
    first_problem = problems.get(f"week.{number}.first", "")
    return WeekCard(number, week.first, first_problem, week.days is None, rows, total)


def spans_of(text: str) -> Spans:
    """The spans typed for a day; none as long as they cannot be read."""
    try:
        return spans_in(text[:LONGEST_SPANS])
    except CalendarError:
        return ()


def bar(spans: Spans, before: Spans = ()) -> tuple[BarPart, ...]:
    """The bar of a day, with what runs into it from the day before."""
    carried = [BarPart(0, each.end - DAY, carried=True) for each in before if each.end > DAY]
    own = [BarPart(each.start, min(each.end, DAY) - each.start) for each in spans]
    return (*carried, *own)


def in_hours(minutes: int) -> str:
    """`8 h`, `7.5 h`; a free day in words."""
    if not minutes:
        return _("free")
    return _("%(hours)s h") % {"hours": f"{minutes / 60:.2f}".rstrip("0").rstrip(".")}


def _minutes(spans: Spans) -> int:
    return sum(each.end - each.start for each in spans)
