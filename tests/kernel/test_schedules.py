"""Schedules against what a reader of a wall calendar would say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.calendars.strategies import calendars
from tuoban.kernel.calendars import CHINA, Calendar, CalendarError, Period, read_week
from tuoban.kernel.schedules import LONGEST, Every, Schedule
from tuoban.kernel.text import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = Calendar(
    Text("办公", "Office"),
    SHANGHAI,
    (Period(None, read_week({"mon-fri": "09:00-17:00"})),),
    holidays=CHINA,
)
FIVE = 17 * 60


def after(schedule: Schedule, text: str, zone: ZoneInfo = SHANGHAI) -> str:
    moment = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    return f"{schedule.after(moment, zone, OFFICE).astimezone(zone):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("schedule", "moment", "found"),
    [
        (Schedule("day", FIVE), "2026-03-02 16:59", "2026-03-02 17:00"),
        (Schedule("day", FIVE), "2026-03-02 17:00", "2026-03-03 17:00"),
        (Schedule("workday", FIVE), "2026-03-06 17:00", "2026-03-09 17:00"),
        # The Spring Festival of 2026: off from 15 to 23 February, 14 and 28 February are worked.
        (Schedule("workday", FIVE), "2026-02-13 18:00", "2026-02-14 17:00"),
        (Schedule("workday", FIVE), "2026-02-14 18:00", "2026-02-24 17:00"),
        (Schedule("month", FIVE, last="workday"), "2026-02-20 09:00", "2026-02-28 17:00"),
        (Schedule("month", FIVE, last="workday"), "2026-01-30 17:00", "2026-02-28 17:00"),
        (Schedule("week", 540, weekday=4), "2026-03-02 09:00", "2026-03-06 09:00"),
        (Schedule("week", 540, weekday=0), "2026-03-02 09:00", "2026-03-09 09:00"),
        (Schedule("month", FIVE, day=25), "2026-12-25 17:00", "2027-01-25 17:00"),
        (Schedule("month", FIVE, day=31), "2026-01-31 17:00", "2026-02-28 17:00"),
        (Schedule("month", FIVE, last="day"), "2028-02-01 00:00", "2028-02-29 17:00"),
        (Schedule("quarter", 540, day=10), "2026-01-10 09:00", "2026-04-10 09:00"),
        (Schedule("quarter", 540, day=92), "2026-01-10 09:00", "2026-03-31 09:00"),
        (Schedule("quarter", 540, last="workday"), "2026-03-31 08:00", "2026-03-31 09:00"),
        (Schedule("year", 540, day=1, month=3), "2026-03-01 09:00", "2027-03-01 09:00"),
        (Schedule("year", 540, day=29, month=2), "2026-01-01 00:00", "2026-02-28 09:00"),
        (Schedule("year", 540, last="day"), "2026-01-01 00:00", "2026-12-31 09:00"),
    ],
)
def test_the_next_moment(schedule: Schedule, moment: str, found: str) -> None:
    assert after(schedule, moment) == found


def test_a_time_that_is_skipped_comes_at_the_skip_and_one_that_comes_twice_once() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    half_past_two = Schedule("day", 150)
    before = datetime(2026, 3, 28, 12, tzinfo=berlin)
    assert half_past_two.after(before, berlin, OFFICE) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    before = datetime(2026, 10, 24, 12, tzinfo=berlin)
    first = half_past_two.after(before, berlin, OFFICE)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert half_past_two.after(first, berlin, OFFICE) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_month_without_workdays_is_left_out() -> None:
    march = Period(date(2026, 3, 1), read_week({"mon-fri": "09:00-17:00"}))
    may = Period(date(2026, 5, 1), read_week({"mon-fri": "09:00-17:00"}))
    idle = Period(date(2026, 4, 1), read_week({}))
    calendar = Calendar(Text("季", "Season"), SHANGHAI, (march, idle, may))
    schedule = Schedule("month", last="workday")
    for asked, month, day in ((1, 3, 31), (4, 5, 29)):
        moment = datetime(2026, asked, 1, tzinfo=SHANGHAI)
        found = schedule.after(moment, SHANGHAI, calendar)
        assert found.astimezone(SHANGHAI).date() == date(2026, month, day)


@pytest.mark.parametrize("every", ["day", "workday", "week", "month", "quarter", "year"])
def test_there_is_none_beyond_the_years_of_calendars(every: Every) -> None:
    schedule = Schedule(every)
    with pytest.raises(CalendarError):
        schedule.after(datetime(2200, 12, 31, 12, tzinfo=SHANGHAI), SHANGHAI, OFFICE)


@pytest.mark.parametrize(
    ("schedule", "period"),
    [
        (Schedule("day", FIVE), "2026-05-04"),
        (Schedule("week", FIVE), "2026-05-04"),
        (Schedule("month", FIVE), "2026-05"),
        (Schedule("quarter", FIVE), "2026-Q2"),
        (Schedule("year", FIVE), "2026"),
    ],
)
def test_periods_have_names(schedule: Schedule, period: str) -> None:
    assert schedule.period(datetime(2026, 5, 4, 0, 30, tzinfo=SHANGHAI), SHANGHAI) == period


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    minute = draw(st.integers(0, 1439))
    every: Every = draw(st.sampled_from(["day", "workday", "week", "month", "quarter", "year"]))
    if every in ("day", "workday"):
        return Schedule(every, minute)
    if every == "week":
        return Schedule("week", minute, weekday=draw(st.integers(0, 6)))
    if draw(st.booleans()):
        return Schedule(every, minute, last=draw(st.sampled_from(["day", "workday"])))
    if every == "year":
        found = draw(st.dates(date(2024, 1, 1), date(2024, 12, 31)))
        return Schedule("year", minute, day=found.day, month=found.month)
    return Schedule(every, minute, day=draw(st.integers(1, LONGEST[every])))


@given(schedules(), calendars(), st.timedeltas(timedelta(days=-40), timedelta(days=40)))
def test_moments_follow_one_another(
    schedule: Schedule, near: tuple[Calendar, date], offset: timedelta
) -> None:
    """Later than asked, nothing between, and of the date, time and period that it should be."""
    calendar, day = near
    zone = calendar.zone
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + offset
    try:
        first = schedule.after(moment, zone, calendar)
        second = schedule.after(first, zone, calendar)
    except CalendarError:
        return  # there is no more work in any year
    assert moment < first < second
    assert schedule.after(first - timedelta(microseconds=1), zone, calendar) == first
    assert schedule.after(moment + (first - moment) / 2, zone, calendar) == first
    wall = first.astimezone(zone)
    minutes = wall.hour * 60 + wall.minute
    back = (first - timedelta(minutes=1)).astimezone(zone)
    is_skipped = back.utcoffset() != wall.utcoffset()
    assert minutes == schedule.minute or is_skipped
    if is_skipped:
        return
    if schedule.every == "workday" or schedule.last == "workday":
        workday = wall.date().toordinal()
        assert calendar.workdays.after(workday - 1, 1) == workday
    if schedule.every == "week":
        assert wall.weekday() == schedule.weekday
    if schedule.every in ("month", "quarter", "year"):
        assert schedule.period(first, zone) != schedule.period(second, zone)
    if schedule.every == "month" and schedule.last is None:
        tomorrow = wall.date() + timedelta(days=1)
        assert wall.day == schedule.day or (wall.day < schedule.day and tomorrow.day == 1)
