"""Working time and workdays at their edges, in Shanghai, where the clock never changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.kernel.calendars.support import ALWAYS, NIGHTS, OFFICE, at, calendar, wall
from tuoban.kernel.calendars import (
    CalendarError,
    ExceptionDay,
    add,
    add_workdays,
    between,
    is_working,
    next_working,
    previous_working,
    read_spans,
    subtract,
    workday_of,
    workdays_between,
)

HOUR = timedelta(hours=1)
NIGHT = calendar(NIGHTS)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02 09:00", 8, "2026-03-02 18:00"),  # a whole day ends at its own end
        ("2026-03-02 11:00", 1, "2026-03-02 12:00"),  # up to lunch
        ("2026-03-02 11:00", 2, "2026-03-02 14:00"),  # across lunch
        ("2026-03-02 12:30", 1, "2026-03-02 14:00"),  # from within lunch
        ("2026-03-06 17:00", 2, "2026-03-09 10:00"),  # across a weekend
        ("2026-03-07 11:00", 1, "2026-03-09 10:00"),  # from a Saturday
        ("2026-03-02 18:00", 1, "2026-03-03 10:00"),  # from the end of work
    ],
)
def test_working_hours_are_counted_inside_the_spans(start: str, hours: int, end: str) -> None:
    assert wall(add(OFFICE, at(start), hours * HOUR)) == end


@pytest.mark.parametrize(
    ("end", "hours", "start"),
    [
        ("2026-03-02 18:00", 8, "2026-03-02 09:00"),
        ("2026-03-02 14:00", 1, "2026-03-02 13:00"),  # starts after lunch, not before
        ("2026-03-02 14:00", 2, "2026-03-02 11:00"),
        ("2026-03-09 10:00", 2, "2026-03-06 17:00"),
        ("2026-03-09 09:00", 1, "2026-03-06 17:00"),  # from the start of work
        ("2026-03-08 10:00", 1, "2026-03-06 17:00"),  # from a Sunday
    ],
)
def test_counting_back_is_the_mirror_image(end: str, hours: int, start: str) -> None:
    assert wall(subtract(OFFICE, at(end), hours * HOUR)) == start


def test_the_start_of_a_span_is_worked_and_its_end_is_not() -> None:
    assert is_working(OFFICE, at("2026-03-02 09:00"))
    assert not is_working(OFFICE, at("2026-03-02 12:00"))
    assert is_working(OFFICE, at("2026-03-02 12:00") - timedelta(microseconds=1))


def test_next_and_previous_moments_of_work() -> None:
    noon, evening = at("2026-03-06 12:00"), at("2026-03-06 18:00")
    assert wall(next_working(OFFICE, noon)) == "2026-03-06 13:00"
    assert wall(previous_working(OFFICE, noon)) == "2026-03-06 12:00"
    assert wall(next_working(OFFICE, evening)) == "2026-03-09 09:00"
    assert wall(previous_working(OFFICE, at("2026-03-08 15:00"))) == "2026-03-06 18:00"
    assert wall(previous_working(OFFICE, at("2026-03-09 09:00"))) == "2026-03-06 18:00"


def test_no_length_stays_in_working_time_and_at_its_end_and_else_waits_for_work() -> None:
    nothing = timedelta()
    assert wall(add(OFFICE, at("2026-03-06 10:00"), nothing)) == "2026-03-06 10:00"
    assert wall(add(OFFICE, at("2026-03-06 18:00"), nothing)) == "2026-03-06 18:00"
    assert wall(add(OFFICE, at("2026-03-06 19:00"), nothing)) == "2026-03-09 09:00"
    assert wall(subtract(OFFICE, at("2026-03-09 09:00"), nothing)) == "2026-03-09 09:00"
    assert wall(subtract(OFFICE, at("2026-03-09 08:00"), nothing)) == "2026-03-06 18:00"


def test_differences_have_a_sign_and_leave_lunch_out() -> None:
    morning, evening = at("2026-03-02 08:00"), at("2026-03-02 20:00")
    assert between(OFFICE, morning, evening) == 8 * HOUR
    assert between(OFFICE, evening, morning) == -8 * HOUR


def test_lengths_are_exact_to_the_microsecond() -> None:
    tick = timedelta(microseconds=1)
    last = add(OFFICE, at("2026-03-02 09:00"), 8 * HOUR - tick)
    assert at("2026-03-02 18:00") - last == tick
    assert add(OFFICE, at("2026-03-02 09:00"), 8 * HOUR + tick) == at("2026-03-03 09:00") + tick


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-06 15:00", 2, "2026-03-10 18:00"),  # Friday: Monday, Tuesday
        ("2026-03-06 15:00", 1, "2026-03-09 18:00"),
        ("2026-03-06 07:00", 1, "2026-03-09 18:00"),  # before work: the day is not counted either
        ("2026-03-06 20:00", 1, "2026-03-09 18:00"),  # nor after it
        ("2026-03-07 10:00", 1, "2026-03-09 18:00"),  # Saturday: the next workday is the first
        ("2026-03-10 15:00", -2, "2026-03-06 09:00"),  # back: Monday, Friday
        ("2026-03-08 15:00", -1, "2026-03-06 09:00"),
        ("2026-03-07 10:00", 0, "2026-03-09 09:00"),
    ],
)
def test_the_day_of_the_event_is_not_counted_and_the_last_day_ends_with_business(
    start: str, days: int, end: str
) -> None:
    assert wall(add_workdays(OFFICE, at(start), days)) == end


def test_workdays_between_are_those_after_the_first_date_up_to_the_last() -> None:
    assert workdays_between(OFFICE, at("2026-03-06 15:00"), at("2026-03-10 09:30")) == 2
    assert workdays_between(OFFICE, at("2026-03-10 09:30"), at("2026-03-06 15:00")) == -2
    assert workdays_between(OFFICE, at("2026-03-07 01:00"), at("2026-03-08 23:00")) == 0


def test_a_night_shift_belongs_to_the_date_on_which_it_begins() -> None:
    assert wall(add(NIGHT, at("2026-03-02 23:00"), 8 * HOUR)) == "2026-03-03 23:00"
    assert workday_of(NIGHT, at("2026-03-03 05:00")).day == 2
    assert workday_of(NIGHT, at("2026-03-03 06:00")).day == 2
    assert workday_of(NIGHT, at("2026-03-03 06:01")).day == 3
    assert is_working(NIGHT, at("2026-03-07 05:00"))  # Saturday, but Friday's shift
    assert wall(add_workdays(NIGHT, at("2026-03-03 05:00"), 1)) == "2026-03-04 06:00"


def test_round_the_clock_is_elapsed_time_and_a_day_from_midnight_counts_whole() -> None:
    always = calendar(ALWAYS)
    assert wall(add(always, at("2026-03-06 15:00"), 100 * HOUR)) == "2026-03-10 19:00"
    assert wall(add_workdays(always, at("2026-03-06 15:00"), 1)) == "2026-03-08 00:00"
    assert wall(add_workdays(always, at("2026-03-06 00:00"), 1)) == "2026-03-07 00:00"


def test_what_lies_out_of_reach_is_refused() -> None:
    with pytest.raises(CalendarError, match="no result between the years 1900 and 2200"):
        add(OFFICE, at("2026-03-02 09:00"), timedelta(days=100_000))
    with pytest.raises(CalendarError) as caught:
        between(OFFICE, at("1800-01-01 00:00"), at("2026-03-02 09:00"))
    assert caught.value.code == "out-of-reach"
    with pytest.raises(CalendarError, match="has no time zone"):
        add(OFFICE, at("2026-03-02 09:00").replace(tzinfo=None), HOUR)


def test_where_the_work_of_two_dates_overlaps_the_later_one_begins_when_the_other_has_ended() -> (
    None
):
    early = ExceptionDay(date(2026, 3, 4), read_spans("05:00-10:00"))  # a Wednesday
    one = calendar(NIGHTS, exceptions=(early,))
    assert wall(add_workdays(one, at("2026-03-05 12:00"), -1)) == "2026-03-04 06:00"
    assert wall(add_workdays(one, at("2026-03-04 06:00"), -1)) == "2026-03-03 22:00"
    assert wall(add_workdays(one, at("2026-03-03 12:00"), 1)) == "2026-03-04 10:00"


def test_a_date_whose_work_is_all_that_of_the_date_before_is_no_workday() -> None:
    within = ExceptionDay(date(2026, 3, 4), read_spans("04:00-05:00"))
    one = calendar(NIGHTS, exceptions=(within,))
    assert wall(add_workdays(one, at("2026-03-02 12:00"), 2)) == "2026-03-06 06:00"
    assert workdays_between(one, at("2026-03-02 12:00"), at("2026-03-06 06:00")) == 2


def test_the_first_and_the_last_year_are_answered_for_and_no_day_beyond() -> None:
    last = at("2200-12-31 17:00")  # a Wednesday
    assert wall(add(OFFICE, last, HOUR)) == "2200-12-31 18:00"
    assert wall(subtract(OFFICE, at("1900-01-01 10:00"), HOUR)) == "1900-01-01 09:00"
    for beyond in (
        lambda: add(OFFICE, last, 2 * HOUR),
        lambda: subtract(OFFICE, at("1900-01-01 10:00"), 2 * HOUR),
        lambda: add_workdays(OFFICE, last, 1),
        lambda: add_workdays(OFFICE, at("1900-01-01 10:00"), -1),
        lambda: is_working(OFFICE, at("2201-01-05 10:00")),
        lambda: next_working(OFFICE, at("2200-12-31 18:00")),
        lambda: previous_working(OFFICE, at("1900-01-01 09:00")),
        lambda: workday_of(OFFICE, datetime.min.replace(tzinfo=UTC)),
        lambda: workday_of(OFFICE, datetime.max.replace(tzinfo=UTC)),
    ):
        with pytest.raises(CalendarError, match="no result between the years 1900 and 2200"):
            beyond()


def test_midnight_ends_a_date_forwards_and_begins_one_backwards() -> None:
    midnight = at("2026-03-04 00:00")  # Tuesday is over, Wednesday begins
    assert wall(add_workdays(OFFICE, midnight, 1)) == "2026-03-04 18:00"
    assert wall(add_workdays(OFFICE, midnight, -1)) == "2026-03-03 09:00"
