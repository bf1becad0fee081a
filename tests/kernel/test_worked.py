"""Working time between two moments counts by the hours that were in force then."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tuoban.kernel.calendars import Calendar, Period, read_week
from tuoban.kernel.state import Outside
from tuoban.kernel.text import Text
from tuoban.kernel.worked import InForce, outside, worked

ZONE = ZoneInfo("Asia/Shanghai")


def open_at(week: str) -> Calendar:
    return Calendar(Text("店", "Shop"), ZONE, (Period(None, read_week({"mon-sun": week})),))


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=ZONE)


HOURS = (InForce(None, open_at("09:00-12:00")), InForce(at(3, 10), open_at("08:00-20:00")))
"""Three hours a day until Tuesday at ten, twelve from then on."""


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def test_what_was_before_a_change_counts_by_the_former_hours() -> None:
    count = worked(HOURS).call
    assert count(at(2), at(3)) == hours(3)
    assert count(at(2), at(4)) == hours(3 + 1 + 10)
    assert count(at(4), at(5)) == hours(12)
    assert count(at(4), at(2)) == -hours(14)


def test_nothing_is_counted_without_hours_or_moments() -> None:
    assert worked(()).call(at(2), at(3)) is None
    assert worked(HOURS).call(at(2), None) is None


def test_the_time_of_outside_parties_is_that_part_of_it_in_which_only_they_had_work() -> None:
    waited = (Outside(("customer",), at(2, 8), at(2, 10)), Outside(("customer",), at(4, 19)))
    count = outside(HOURS, waited, at(5, 9)).call
    assert count(at(2), at(3)) == hours(1)
    assert count(at(2), at(6)) == hours(1 + 1 + 1), "what goes on is cut off at the end"
    assert count(at(3), at(4)) == hours(0)
    assert count(at(3), at(2)) == -hours(1)
