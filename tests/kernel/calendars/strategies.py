"""Calendars and moments for Hypothesis, around nights on which zones change their offset."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tuoban.kernel.calendars import (
    CHINA,
    Absence,
    Calendar,
    ExceptionDay,
    Period,
    Span,
    Spans,
    Week,
)
from tuoban.kernel.definition import Text

WEEK = 7 * 1440
LABEL = Text("日历", "calendar")

NIGHTS = {
    "Asia/Shanghai": [date(2026, 2, 14), date(2026, 10, 1), date(1991, 4, 14), date(2026, 4, 6)],
    "Europe/Berlin": [date(2026, 3, 29), date(2026, 10, 25)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],
    "America/Havana": [date(2026, 3, 8), date(2026, 11, 1)],
    "America/Sao_Paulo": [date(2018, 2, 18), date(2018, 11, 4)],
    "America/St_Johns": [date(2006, 4, 2), date(2006, 10, 29)],
    "Africa/Cairo": [date(2024, 4, 26), date(2024, 11, 1)],
    "Pacific/Apia": [date(2011, 12, 30)],
}
"""By zone: dates on which something happens to the clock, or to the workdays; on 6 April 2026 a new
block of 64 days begins to be summed up."""


def weeks() -> st.SearchStrategy[Week]:
    """Weeks of any spans, four hours together at least."""
    return _any_weeks().filter(
        lambda week: sum(each.end - each.start for day in week.days for each in day) >= 240
    )


@st.composite
def _any_weeks(draw: st.DrawFn) -> Week:
    """Spans cross midnight, also from Sunday to Monday."""
    points = sorted(draw(st.lists(st.integers(0, WEEK - 1), min_size=2, max_size=24, unique=True)))
    turned = draw(st.integers(0, 1439))
    days: list[list[Span]] = [[] for _ in range(7)]
    for start, end in zip(points[::2], points[1::2], strict=False):
        day, minute = divmod((start + turned) % WEEK, 1440)
        days[day].append(Span(minute, minute + min(end - start, 1440)))
    made = [tuple(sorted(each)) for each in days]
    return Week((made[0], made[1], made[2], made[3], made[4], made[5], made[6]))


@st.composite
def office_weeks(draw: st.DrawFn) -> Week:
    """Weeks such as people have: lunch, nights, all round the clock."""
    office = (Span(510, 720), Span(780, 1050))
    night = (Span(1320, 1800),)
    day: Spans = draw(st.sampled_from([office, night, (Span(0, 1440),), (Span(90, 200),)]))
    off: Spans = draw(st.sampled_from([(), day]))
    return Week((day, day, day, day, day, off, off))


def dates_near(night: date) -> st.SearchStrategy[date]:
    return st.integers(-9, 9).map(lambda days: night + timedelta(days=days))


def spans() -> st.SearchStrategy[Spans]:
    """The spans of a single day; none is a day off."""
    points = st.lists(st.integers(0, 1439), max_size=4, unique=True).map(sorted)
    return points.map(
        lambda found: tuple(
            Span(start, end) for start, end in zip(found[::2], found[1::2], strict=False)
        )
    )


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Calendar, date]:
    """A calendar, and a date near which it has something to show."""
    zone = draw(st.sampled_from(sorted(NIGHTS)))
    night = draw(st.sampled_from(NIGHTS[zone]))
    periods = [Period(None, draw(weeks() | office_weeks()))]
    if draw(st.booleans()):
        periods.append(Period(draw(dates_near(night)), draw(weeks() | office_weeks())))
    special = draw(st.dictionaries(dates_near(night), spans(), max_size=3))
    exceptions = tuple(ExceptionDay(day, spans) for day, spans in special.items())
    holidays = CHINA if draw(st.booleans()) else None
    absences = draw(st.lists(absences_near(night), max_size=2))
    calendar = Calendar(
        LABEL, ZoneInfo(zone), tuple(periods), exceptions, holidays, tuple(absences)
    )
    return calendar, night


def moments_near(night: date, days: int = 9) -> st.SearchStrategy[datetime]:
    """Whole minutes."""
    return st.integers(-days * 1440, days * 1440).map(lambda minutes: _midnight(night, minutes))


@st.composite
def absences_near(draw: st.DrawFn, night: date) -> Absence:
    start = draw(moments_near(night))
    return Absence(start, start + timedelta(minutes=draw(st.integers(1, 3000))))


def lengths(most: timedelta = timedelta(days=10)) -> st.SearchStrategy[timedelta]:
    """Above zero, to the microsecond."""
    return st.timedeltas(timedelta(microseconds=1), most)


def _midnight(night: date, minutes: int) -> datetime:
    return datetime(night.year, night.month, night.day, tzinfo=UTC) + timedelta(minutes=minutes)
