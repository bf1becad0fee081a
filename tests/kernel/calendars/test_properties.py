"""What holds of every calendar: laws of the arithmetic, and the minute-by-minute reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.calendars import reference
from tests.kernel.calendars.strategies import (
    calendars,
    dates_near,
    lengths,
    moments_near,
    office_weeks,
    spans,
    weeks,
)
from tuoban.kernel.calendars import (
    Calendar,
    ExceptionDay,
    Period,
    PersonalTime,
    add,
    add_workdays,
    between,
    for_person,
    is_working,
    next_working,
    previous_working,
    subtract,
    workday_of,
    workdays_between,
)

Drawn = tuple[Calendar, date]
ZERO = timedelta()


@given(calendars(), st.data(), lengths())
def test_adding_then_subtracting_returns_to_the_moment_of_work(
    drawn: Drawn, data: st.DataObject, length: timedelta
) -> None:
    calendar, night = drawn
    moment = data.draw(moments_near(night))
    there = add(calendar, moment, length)
    assert subtract(calendar, there, length) == next_working(calendar, moment)
    back = subtract(calendar, moment, length)
    assert add(calendar, back, length) == previous_working(calendar, moment)


@given(calendars(), st.data(), lengths())
def test_the_difference_to_what_was_added_is_what_was_added(
    drawn: Drawn, data: st.DataObject, length: timedelta
) -> None:
    calendar, night = drawn
    moment = data.draw(moments_near(night))
    assert between(calendar, moment, add(calendar, moment, length)) == length
    assert between(calendar, moment, add(calendar, moment, -length)) == -length
    assert subtract(calendar, moment, -length) == add(calendar, moment, length)


@given(calendars(), st.data(), lengths(), lengths())
def test_adding_in_two_parts_is_adding_at_once(
    drawn: Drawn, data: st.DataObject, first: timedelta, second: timedelta
) -> None:
    calendar, night = drawn
    moment = data.draw(moments_near(night))
    assert add(calendar, add(calendar, moment, first), second) == add(
        calendar, moment, first + second
    )


@given(calendars(), st.data())
def test_the_difference_is_additive(drawn: Drawn, data: st.DataObject) -> None:
    calendar, night = drawn
    a, b, c = (data.draw(moments_near(night, 200)) for _ in range(3))
    assert between(calendar, a, b) + between(calendar, b, c) == between(calendar, a, c)
    assert workdays_between(calendar, a, b) + workdays_between(calendar, b, c) == (
        workdays_between(calendar, a, c)
    )


@given(calendars(), st.data(), lengths() | st.just(ZERO))
def test_no_result_lies_outside_working_time(
    drawn: Drawn, data: st.DataObject, length: timedelta
) -> None:
    calendar, night = drawn
    moment = data.draw(moments_near(night))
    later = add(calendar, moment, length)
    assert later == previous_working(calendar, later) or is_working(calendar, later)
    earlier = subtract(calendar, moment, length)
    assert is_working(calendar, earlier) or earlier == previous_working(calendar, earlier)


@given(calendars(), st.data(), st.integers(1, 30), st.integers(1, 30))
def test_workdays_added_are_counted_again_and_add_up(
    drawn: Drawn, data: st.DataObject, first: int, second: int
) -> None:
    calendar, night = drawn
    moment = data.draw(moments_near(night))
    there = add_workdays(calendar, moment, first)
    assert workdays_between(calendar, moment, there) == first
    assert add_workdays(calendar, there, second) == add_workdays(calendar, moment, first + second)
    back = add_workdays(calendar, moment, -first)
    assert add_workdays(calendar, back, -second) == (
        add_workdays(calendar, moment, -first - second)
    )
    assert back <= moment < there


@given(calendars(), st.data())
def test_every_answer_is_that_of_the_reference(drawn: Drawn, data: st.DataObject) -> None:
    calendar, night = drawn
    days = 4
    start = datetime(night.year, night.month, night.day, tzinfo=UTC) - timedelta(days=days / 2)
    window = reference.Window(calendar, start, days)
    edges = [at for at in range(1, days * 1440) if window.days[at] != window.days[at - 1]]
    some = st.integers(0, days * 1440 - 1)
    minute = data.draw(st.sampled_from(edges) | some if edges else some)
    assert_agrees(calendar, window, minute, data.draw(some), data.draw(st.integers(1, 2000)))


def assert_agrees(
    calendar: Calendar, window: reference.Window, minute: int, other: int, length: int
) -> None:
    """All questions about a minute are answered as the reference does, if its window suffices."""
    at, size = window.moment(minute), timedelta(minutes=length)
    assert between(calendar, at, window.moment(other)) == window.between(minute, other)
    assert is_working(calendar, at) == window.is_working(minute)
    for expected, found in (
        (window.next_working(minute), next_working(calendar, at)),
        (window.previous_working(minute), previous_working(calendar, at)),
        (window.add(minute, length), add(calendar, at, size)),
        (window.subtract(minute, length), subtract(calendar, at, size)),
    ):
        if expected is not None:
            assert found == window.moment(expected)


@settings(max_examples=40)
@given(calendars())
def test_a_minute_of_work_belongs_to_the_date_on_which_the_work_began(drawn: Drawn) -> None:
    calendar, night = drawn
    start = datetime(night.year, night.month, night.day, tzinfo=UTC)
    window = reference.Window(calendar, start, 2)
    counted = [each for each in range(1, 2880, 7) if window.days[each] is not None]
    for minute in counted:
        found = workday_of(calendar, window.moment(minute))
        # Where the work of two dates overlaps, it is part of either.
        assert found in (window.days[minute], workday_of(calendar, window.moment(minute - 1)))


@given(calendars(), st.data())
def test_a_persons_date_is_the_shift_the_units_special_day_or_their_own_week(
    drawn: Drawn, data: st.DataObject
) -> None:
    unit, night = drawn
    week = st.none() | office_weeks() | weeks()
    firsts = data.draw(st.lists(st.none() | dates_near(night), max_size=3, unique=True))
    periods = tuple(Period(first, data.draw(week)) for first in firsts)
    shifted = data.draw(st.dictionaries(dates_near(night), spans(), max_size=3))
    shifts = tuple(ExceptionDay(day, spans) for day, spans in shifted.items())
    person = for_person(unit, unit.label, PersonalTime(periods, shifts))
    for each in range(-10, 11):
        day = night + timedelta(days=each)
        begun = [one for one in periods if one.first is None or one.first <= day]
        latest = max(begun, key=lambda one: one.first or date.min, default=None)
        own = latest.week if latest is not None else None
        if day in shifted:
            assert person.on(day).spans == shifted[day]
        elif own is None:
            assert person.on(day) == unit.on(day)
        else:
            assert person.on(day) == replace(unit, periods=(Period(None, own),)).on(day)


@pytest.mark.long
@settings(max_examples=2)
@given(calendars(), st.integers(0, 2**32))
def test_ten_years_agree_with_the_reference(drawn: Drawn, seed: int) -> None:
    calendar, night = drawn
    start = datetime(night.year - 5, 1, 1, tzinfo=UTC)
    days, random = 3653, Random(seed)  # noqa: S311
    window = reference.Window(calendar, start, days)
    for _ in range(1000):
        minute, other = random.randrange(days * 1440), random.randrange(days * 1440)
        assert_agrees(calendar, window, minute, other, random.randrange(1, 20_000))
