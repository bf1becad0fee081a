"""Working time on nights on which the clock changes: elapsed real time inside local spans."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.kernel.calendars.support import ALWAYS, at, calendar, wall
from tuoban.kernel.calendars import Calendar, add, add_workdays, between, is_working

BERLIN, NEW_YORK, LORD_HOWE = "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"


def worked(one: Calendar, zone: str, day: str) -> timedelta:
    """The working time of a local date and the night behind it."""
    return between(one, at(f"{day} 00:00", zone), at(f"{day} 23:59", zone))


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        (BERLIN, "2026-03-29", 7 * 60),
        (BERLIN, "2026-10-25", 9 * 60),
        (NEW_YORK, "2026-03-08", 7 * 60),
        (NEW_YORK, "2026-11-01", 9 * 60),
        (LORD_HOWE, "2026-10-04", 7 * 60 + 30),
        (LORD_HOWE, "2026-04-05", 8 * 60 + 30),
        ("Asia/Shanghai", "2026-03-29", 8 * 60),
    ],
)
def test_a_shift_lasts_as_long_as_it_really_lasts(zone: str, day: str, minutes: int) -> None:
    shift = calendar({"mon-sun": "00:00-08:00"}, zone)
    assert worked(shift, zone, day) == timedelta(minutes=minutes)


def test_office_hours_keep_to_the_wall_when_the_offset_changes() -> None:
    office = calendar({"mon-fri": "09:00-17:00"}, BERLIN)
    due = add(office, at("2026-03-27 16:00", BERLIN), timedelta(hours=2))
    assert wall(due, BERLIN) == "2026-03-30 10:00"


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [
        ("02:15-04:00", 60),  # begins in the gap: begins with the skip, at 03:00
        ("01:00-02:15", 60),  # ends in the gap: ends with the skip
        ("02:15-02:45", 0),  # lies in the gap: is not worked
        ("02:15-02:45, 03:00-04:00", 60),
    ],
)
def test_a_time_that_is_skipped_means_the_instant_of_the_skip(hours: str, minutes: int) -> None:
    one = calendar({"sun": hours, "mon": "09:00-10:00"}, BERLIN)
    assert worked(one, BERLIN, "2026-03-29") == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [
        ("02:30-04:00", 150),  # begins at the first 02:30
        ("01:00-02:30", 90),  # ends at the first 02:30
        ("02:00-02:30", 30),  # is worked once
        ("02:30-03:00", 90),  # from the first 02:30 until the clock shows 03:00
        ("01:00-02:30, 02:30-04:00", 240),
    ],
)
def test_a_time_that_occurs_twice_means_its_first_occurrence(hours: str, minutes: int) -> None:
    one = calendar({"sun": hours}, BERLIN)
    assert worked(one, BERLIN, "2026-10-25") == timedelta(minutes=minutes)


def test_in_the_repeated_hour_work_that_has_ended_does_not_begin_again() -> None:
    one = calendar({"sun": "01:00-02:30"}, BERLIN)
    assert is_working(one, at("2026-10-25 02:15", BERLIN))
    assert not is_working(one, at("2026-10-25 02:15", BERLIN, fold=1))


def test_a_day_that_begins_in_a_gap_begins_with_the_skip() -> None:
    one = calendar(ALWAYS, "America/Havana")  # the clock skips from 00:00 to 01:00
    due = add_workdays(one, at("2026-03-06 12:00", "America/Havana"), 2)
    assert wall(due, "America/Havana") == "2026-03-09 00:00"
    assert worked(one, "America/Havana", "2026-03-08") == timedelta(hours=22, minutes=59)


def test_a_date_that_a_zone_leaves_out_has_no_working_time() -> None:
    one = calendar(ALWAYS, "Pacific/Apia")
    due = add_workdays(one, at("2011-12-28 12:00", "Pacific/Apia"), 2)
    assert wall(due, "Pacific/Apia") == "2012-01-01 00:00"
