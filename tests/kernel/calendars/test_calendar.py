"""What a calendar says of a date: weeks, periods, exceptions, holidays, people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.kernel.calendars.support import (
    CHINESE,
    NIGHTS,
    OFFICE,
    OFFICE_HOURS,
    SHANGHAI,
    at,
    calendar,
    wall,
)
from tuoban.kernel.calendars import (
    CHINA,
    Absence,
    Calendar,
    ExceptionDay,
    Period,
    PersonalTime,
    add,
    add_workdays,
    between,
    for_person,
    is_working,
    read_spans,
    read_week,
    workdays_between,
)
from tuoban.kernel.definition import Text

HOUR = timedelta(hours=1)
LI = Text("李雷", "Li Lei")


def test_a_new_pattern_holds_from_its_date_and_the_old_one_until_then() -> None:
    summer = read_week({"mon-fri": "08:00-14:00"})
    periods = (*OFFICE.periods, Period(date(2026, 6, 1), summer))
    both = Calendar(OFFICE.label, SHANGHAI, periods)
    assert wall(add(both, at("2026-05-29 17:00"), 2 * HOUR)) == "2026-06-01 09:00"
    assert wall(add(both, at("2026-06-01 13:00"), 2 * HOUR)) == "2026-06-02 09:00"


def test_before_the_first_pattern_nobody_works() -> None:
    late = Calendar(OFFICE.label, SHANGHAI, (Period(date(2026, 3, 4), OFFICE.periods[0].week),))
    assert wall(add(late, at("2026-03-02 09:00"), HOUR)) == "2026-03-04 10:00"


def test_a_day_off_and_an_extra_day_go_before_the_week() -> None:
    stocktaking = ExceptionDay(date(2026, 3, 7), read_spans("10:00-12:00"))
    closed = ExceptionDay(date(2026, 3, 9))
    like_friday = ExceptionDay(date(2026, 3, 8), like=4)
    one = calendar(OFFICE_HOURS, exceptions=(stocktaking, closed, like_friday))
    assert wall(add(one, at("2026-03-06 17:00"), 3 * HOUR)) == "2026-03-07 12:00"
    assert wall(add(one, at("2026-03-07 12:00"), 8 * HOUR)) == "2026-03-08 18:00"
    assert wall(add_workdays(one, at("2026-03-08 12:00"), 1)) == "2026-03-10 18:00"


def test_the_spring_festival_and_its_moved_workdays_of_2026() -> None:
    # Off from Sunday 15 to Monday 23 February; the Saturdays 14 and 28 are worked.
    assert wall(add_workdays(CHINESE, at("2026-02-13 15:00"), 1)) == "2026-02-14 18:00"
    assert wall(add_workdays(CHINESE, at("2026-02-13 15:00"), 2)) == "2026-02-24 18:00"
    assert wall(add_workdays(CHINESE, at("2026-02-27 15:00"), 1)) == "2026-02-28 18:00"
    assert CHINESE.on(date(2026, 2, 17)).label.zh == "春节"
    assert CHINESE.on(date(2026, 2, 28)).source == "moved-workday"


def test_a_moved_workday_is_worked_as_the_weekday_it_stands_for() -> None:
    # Saturday 28 February is worked for Monday 23.
    shop = calendar(
        {"mon": "12:00-20:00", "tue-fri": "09:00-17:00", "sat": "10:00-11:00"}, holidays=CHINA
    )
    assert shop.on(date(2026, 2, 28)).spans == read_spans("12:00-20:00")


def test_where_that_weekday_is_free_a_moved_workday_keeps_its_own_hours() -> None:
    shop = calendar({"tue-sat": "10:00-19:00"}, holidays=CHINA)
    assert shop.on(date(2026, 2, 28)).spans == read_spans("10:00-19:00")


def test_a_day_off_of_ones_own_on_a_moved_workday_stays_a_day_off() -> None:
    one = calendar(OFFICE_HOURS, holidays=CHINA, exceptions=(ExceptionDay(date(2026, 2, 14)),))
    assert wall(add_workdays(one, at("2026-02-13 15:00"), 1)) == "2026-02-24 18:00"


def test_moved_workdays_around_the_national_day_of_2026_are_counted() -> None:
    assert workdays_between(CHINESE, at("2026-09-18 12:00"), at("2026-10-11 12:00")) == 11


def test_a_calendar_without_holidays_works_through_them() -> None:
    assert is_working(OFFICE, at("2026-10-01 10:00"))
    assert not is_working(CHINESE, at("2026-10-01 10:00"))


def test_a_night_shift_before_a_holiday_is_worked_to_its_end() -> None:
    night = calendar(NIGHTS, holidays=CHINA)
    assert is_working(night, at("2026-10-01 05:00"))
    assert not is_working(night, at("2026-10-01 23:00"))


def test_an_absence_is_taken_out_of_the_units_time() -> None:
    away = Absence(at("2026-03-02 11:00"), at("2026-03-03 14:00"))
    person = for_person(OFFICE, LI, PersonalTime(absences=(away,)))
    assert wall(add(person, at("2026-03-02 10:00"), 2 * HOUR)) == "2026-03-03 15:00"
    assert between(OFFICE, away.start, away.end) == 10 * HOUR
    assert between(person, away.start, away.end) == timedelta()


def test_a_date_of_full_absence_is_no_workday_of_the_person() -> None:
    away = Absence(at("2026-03-03 00:00"), at("2026-03-04 00:00"))
    person = for_person(OFFICE, LI, PersonalTime(absences=(away,)))
    assert wall(add_workdays(person, at("2026-03-02 10:00"), 1)) == "2026-03-04 18:00"


def test_a_day_worked_like_one_on_which_a_person_never_works_is_free_for_them() -> None:
    saturday = ExceptionDay(date(2026, 3, 7), like=4)
    sunday = ExceptionDay(date(2026, 3, 8), like=0)
    unit = replace(OFFICE, exceptions=(saturday, sunday))
    own = (Period(date(2026, 3, 1), read_week({"mon-thu": "09:00-13:00"})),)
    person = for_person(unit, LI, PersonalTime(periods=own))
    assert not is_working(person, at("2026-03-07 10:00"))
    assert is_working(person, at("2026-03-08 10:00"))
    assert not is_working(person, at("2026-03-08 14:00"))


def test_a_shift_replaces_what_the_unit_has_on_its_date() -> None:
    unit = replace(CHINESE, exceptions=(ExceptionDay(date(2026, 3, 3)),))
    shifts = tuple(
        ExceptionDay(day, read_spans("20:00-22:00")) for day in (date(2026, 3, 3), date(2026, 5, 1))
    )
    person = for_person(unit, LI, PersonalTime(shifts=shifts))
    assert is_working(person, at("2026-03-03 21:00"))
    assert is_working(person, at("2026-05-01 21:00"))
    assert not is_working(unit, at("2026-05-01 21:00"))


def test_a_week_of_ones_own_replaces_the_units_and_keeps_its_holidays() -> None:
    part_time = Period(date(2026, 3, 1), read_week({"mon-thu": "09:00-13:00"}))
    again = Period(date(2026, 11, 1), None)
    person = for_person(CHINESE, LI, PersonalTime(periods=(part_time, again)))
    assert is_working(person, at("2026-02-27 17:00"))
    assert not is_working(person, at("2026-03-06 10:00"))
    assert not is_working(person, at("2026-10-01 10:00"))
    assert is_working(person, at("2026-11-06 17:00"))


def test_a_change_of_the_units_week_reaches_a_person_who_is_back_on_it() -> None:
    later = Period(date(2026, 12, 1), read_week({"mon-fri": "07:00-10:00"}))
    unit = replace(CHINESE, periods=(*CHINESE.periods, later))
    own = PersonalTime(periods=(Period(date(2026, 3, 1), None),))
    person = for_person(unit, LI, own)
    assert is_working(person, at("2026-12-01 07:30"))
    assert not is_working(person, at("2026-11-30 07:30"))


def test_overlapping_work_of_neighbouring_dates_counts_once() -> None:
    early = ExceptionDay(date(2026, 3, 3), read_spans("04:00-08:00"))
    night = calendar(NIGHTS, exceptions=(early,))
    assert between(night, at("2026-03-02 22:00"), at("2026-03-03 12:00")) == 10 * HOUR


@pytest.mark.parametrize("day", [date(2026, 3, 4), date(2026, 4, 6), date(2026, 1, 1)])
def test_thousands_of_exceptions_and_absences_are_as_exact_as_one(day: date) -> None:
    first = date(2020, 1, 1)
    days = [first + timedelta(days=each) for each in range(5000)]
    exceptions = tuple(ExceptionDay(each, read_spans("10:00-12:00")) for each in days)
    absences = tuple(
        Absence(at(f"{each} 10:30"), at(f"{each} 11:00")) for each in days if each.day % 2
    )
    one = calendar(OFFICE_HOURS, exceptions=exceptions, absences=absences)
    hours = between(one, at(f"{day} 00:00"), at(f"{day + timedelta(days=1)} 00:00"))
    assert hours == (1.5 * HOUR if day.day % 2 else 2 * HOUR)


def test_overlapping_absences_take_time_away_once() -> None:
    away = tuple(
        Absence(at(f"2026-03-02 {start}"), at(f"2026-03-02 {end}"))
        for start, end in (("10:00", "11:00"), ("10:30", "11:30"), ("08:00", "09:30"))
    )
    one = calendar(OFFICE_HOURS, absences=away)
    assert between(one, at("2026-03-02 00:00"), at("2026-03-02 12:00")) == HOUR


def test_an_absence_of_exactly_a_span_leaves_the_others() -> None:
    away = Absence(at("2026-03-02 09:00"), at("2026-03-02 12:00"))
    person = for_person(OFFICE, LI, PersonalTime(absences=(away,)))
    assert wall(add(person, at("2026-03-02 08:00"), HOUR)) == "2026-03-02 14:00"
    assert not is_working(person, at("2026-03-02 11:59"))
    assert wall(add_workdays(person, at("2026-02-27 10:00"), 1)) == "2026-03-02 18:00"


def test_a_new_pattern_holds_from_the_middle_of_a_week() -> None:
    late = Period(date(2026, 3, 4), read_week({"mon-fri": "12:00-20:00"}))  # a Wednesday
    both = Calendar(OFFICE.label, SHANGHAI, (*OFFICE.periods, late))
    assert wall(add(both, at("2026-03-03 17:00"), 2 * HOUR)) == "2026-03-04 13:00"
    assert wall(add_workdays(both, at("2026-03-02 10:00"), 2)) == "2026-03-04 20:00"


def test_a_night_shift_of_the_old_pattern_is_worked_to_its_end() -> None:
    days = Period(date(2026, 3, 4), read_week({"mon-fri": "09:00-17:00"}))
    both = Calendar(OFFICE.label, SHANGHAI, (Period(None, read_week(NIGHTS)), days))
    assert is_working(both, at("2026-03-04 05:00"))
    assert not is_working(both, at("2026-03-04 23:00"))


def test_calendars_of_the_same_parts_are_equal() -> None:
    assert calendar(OFFICE_HOURS, holidays=CHINA) == CHINESE
    assert CHINESE != OFFICE
