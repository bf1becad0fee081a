"""Laws of time that hold for every value, whichever type carries it."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tuoban.kernel.expressions import BudgetExceeded, YearMonth, evaluate
from tuoban.kernel.expressions import temporal as t
from tuoban.kernel.expressions import wide as w
from tuoban.kernel.expressions.operators import compare
from tuoban.kernel.expressions.temporal.zones import instant_of, moment_of

LAST = date.max.toordinal()
FIRST_DAY = w.ordinal_on(w.FIRST_YEAR, 1, 1)
LAST_DAY = w.ordinal_on(w.LAST_YEAR, 12, 31)

ZONES: st.SearchStrategy[tzinfo | None] = st.one_of(
    st.none(),
    st.just(UTC),
    st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    st.sampled_from(["Asia/Shanghai", "Europe/Paris", "America/New_York"]).map(ZoneInfo),
)
ORDINALS = st.one_of(
    st.integers(1, LAST),
    st.integers(-400, 400),
    st.integers(LAST - 400, LAST + 400),
    st.integers(FIRST_DAY, LAST_DAY),
)
CLOCKS = st.integers(0, w.DAY // 1000 - 1).map(lambda clock: clock * 1000) | st.integers(
    0, w.DAY - 1
)
NANOSECONDS = st.one_of(
    st.integers(-(10**6), 10**6).map(lambda seconds: seconds * w.SECOND),
    st.integers(-(10**20), 10**20),
    st.integers(1 - w.LONGEST, w.LONGEST - 1),
)
DATES = ORDINALS.map(w.date_at)
TIMES = st.builds(w.time_at, CLOCKS, ZONES)
MOMENTS = st.builds(w.moment_at, ORDINALS, CLOCKS, ZONES)
LENGTHS = NANOSECONDS.map(w.length_at)
MONTHS = st.integers(-24 * 10**9, 24 * 10**9).map(YearMonth)
EDGES = st.builds(datetime.combine, st.sampled_from([date.min, date.max]), st.times())
NEAR_MOMENTS = st.builds(
    lambda moment, zone: moment.replace(tzinfo=zone), st.datetimes() | EDGES, ZONES
)
ANY = st.one_of(DATES, TIMES, MOMENTS, LENGTHS, MONTHS)


def by_instant(moment: w.Moment, length: w.Length) -> w.Moment | None:
    """The wide calculus alone."""
    return moment_of(instant_of(moment) + w.nanoseconds_of(length), moment.tzinfo)


def agree(left: Any, right: Any) -> bool:
    return type(left) is type(right) and (
        left is None or t.write_temporal(left) == t.write_temporal(right)
    )


# The two calculi agree


@given(NEAR_MOMENTS, st.timedeltas())
@example(datetime(2021, 3, 28, 2, 30, tzinfo=ZoneInfo("Europe/Paris")), timedelta(hours=1))
@example(datetime(2021, 10, 31, 2, 30, tzinfo=ZoneInfo("Europe/Paris")), timedelta(hours=1))
@example(datetime(9999, 12, 31, 23, tzinfo=ZoneInfo("Asia/Shanghai")), timedelta(hours=1))
def test_a_moment_is_shifted_as_python_shifts_it(moment: datetime, length: timedelta) -> None:
    assert agree(t.shift(moment, length), by_instant(moment, length))


@given(NEAR_MOMENTS, NEAR_MOMENTS)
def test_moments_are_measured_and_compared_as_python_does(left: datetime, right: datetime) -> None:
    assume((left.tzinfo is None) == (right.tzinfo is None))
    distance = instant_of(left) - instant_of(right)
    assert t.difference(left, right) == w.length_at(distance)
    assert t.compare_moments(left, right) == t.order(distance, 0)


@given(st.dates(), st.timedeltas())
def test_a_date_is_shifted_as_its_midnight(day: date, length: timedelta) -> None:
    later = by_instant(datetime.combine(day, time(tzinfo=UTC)), length)
    assert t.shift_date(day, length) == (None if later is None else w.date_of(later))


@given(st.dates(), st.integers(-4000, 4000), st.integers(-2_000_000, 2_000_000))
def test_the_calendar_repeats_itself_after_400_years(day: date, months: int, cycles: int) -> None:
    far = w.date_on(day.year + 400 * cycles, day.month, day.day)
    assume(far is not None and w.date_on(day.year + 400 * cycles + 400, 1, 1) is not None)
    assert far is not None
    assert (far.year, far.month, far.day) == (day.year + 400 * cycles, day.month, day.day)
    assert w.ordinal_of(far) == day.toordinal() + 146_097 * cycles
    near_later, far_later = (t.shift_months(one, YearMonth(months)) for one in (day, far))
    assume(near_later is not None and far_later is not None)
    assert near_later is not None
    assert far_later is not None
    assert w.ordinal_of(far_later) - w.ordinal_of(near_later) == 146_097 * cycles


@given(st.timedeltas(), st.timedeltas(), st.decimals(-100, 100, places=3))
def test_lengths_are_calculated_as_python_does(
    left: timedelta, right: timedelta, factor: Decimal
) -> None:
    first, second = w.nanoseconds_of(left), w.nanoseconds_of(right)
    assert t.add(left, right) == w.length_at(first + second)
    assert t.subtract(left, right) == w.length_at(first - second)
    assert compare(left, right) == t.compare_lengths(left, right) == t.order(first, second)
    assert t.scale(left, factor) == w.length_at(int(first // 1000 * factor) * 1000)


# One representation


@given(ANY)
def test_what_is_written_reads_back_as_the_same_value(value: Any) -> None:
    assume(value is not None)
    text = t.write_temporal(value)
    found: Any = t.read_temporal(text)
    assert type(found) is type(value)
    assert t.write_temporal(found) == text
    assert evaluate("is(x, y)", {"x": value, "y": found}) is True
    if not isinstance(value, YearMonth):
        assert found == value


@given(ORDINALS, CLOCKS, ZONES)
def test_a_value_is_wide_only_where_python_cannot_hold_it(
    ordinal: int, clock: int, zone: tzinfo | None
) -> None:
    near, whole = 1 <= ordinal <= LAST, clock % 1000 == 0
    assert isinstance(w.date_at(ordinal), date) is near
    assert isinstance(w.time_at(clock, zone), time) is whole
    assert isinstance(w.moment_at(ordinal, clock, zone), datetime) is (near and whole)


@given(NANOSECONDS)
def test_a_length_is_wide_only_where_python_cannot_hold_it(nanoseconds: int) -> None:
    length = w.length_at(nanoseconds)
    assert length is not None
    near = timedelta.min.days * w.DAY <= nanoseconds < (timedelta.max.days + 1) * w.DAY
    assert isinstance(length, timedelta) is (near and nanoseconds % 1000 == 0)
    assert w.nanoseconds_of(length) == nanoseconds


@given(MOMENTS)
def test_the_parts_of_a_moment_make_it_again(moment: w.Moment | None) -> None:
    assume(moment is not None)
    assert moment is not None
    assert agree(t.join(w.date_of(moment), w.time_of(moment)), moment)


# Laws


@given(MOMENTS, LENGTHS)
def test_a_length_added_and_taken_away_leaves_the_moment(
    moment: w.Moment | None, length: w.Length | None
) -> None:
    assume(moment is not None and length is not None)
    assert moment is not None
    assert length is not None
    later = t.shift(moment, length)
    assume(later is not None)
    assert later is not None
    assert compare(t.shift(later, t.negated(length)), moment) == 0
    assert t.difference(later, moment) == length


@given(TIMES, LENGTHS)
def test_a_length_added_and_taken_away_leaves_the_time_of_day(at: w.Time, length: w.Length) -> None:
    assert agree(t.shift_time(t.shift_time(at, length), t.negated(length)), at)


@given(DATES, DATES)
def test_the_days_between_two_dates_lead_from_one_to_the_other(left: w.Date, right: w.Date) -> None:
    between = t.days_between(left, right)
    assert between is not None
    assert agree(t.shift_date(right, between), left)


@given(MOMENTS, MOMENTS)
def test_moments_with_zones_have_the_order_of_the_time_line(left: Any, right: Any) -> None:
    assume(left is not None and right is not None)
    if (left.tzinfo is None) != (right.tzinfo is None):
        assert compare(left, right) is None
    else:
        assert compare(left, right) == t.order(instant_of(left), instant_of(right))


KINDS = {
    "dates": DATES,
    "local times": st.builds(w.time_at, CLOCKS, st.none()),
    "times": st.builds(w.time_at, CLOCKS, st.just(UTC) | st.just(timezone(timedelta(hours=8)))),
    "local moments": st.builds(w.moment_at, ORDINALS, CLOCKS, st.none()),
    "moments": st.builds(
        w.moment_at, ORDINALS, CLOCKS, ZONES.filter(lambda zone: zone is not None)
    ),
    "lengths": LENGTHS,
    "months": MONTHS,
}


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_the_order_within_a_kind_is_total(kind: str, data: st.DataObject) -> None:
    first, second, third = (data.draw(KINDS[kind]) for _ in range(3))
    assume(None not in (first, second, third))
    there, back = compare(first, second), compare(second, first)
    assert there is not None
    assert back is not None
    assert there == -back
    assert compare(first, first) == 0
    if there <= 0 and compare(second, third) in (-1, 0):
        assert compare(first, third) in (-1, 0)


# Nothing fails

OPERATORS = ["+", "-", "*", "/", "**", "=", "!=", "<", ">=", "in"]
FUNCTIONS = [
    *("string", "date", "time", "date and time", "duration", "abs", "day of year", "day of week"),
    *("month of year", "week of year"),
]
MEMBERS = ["year", "weekday", "hour", "second", "time offset", "timezone", "days", "seconds"]


@given(ANY, ANY | st.decimals(-(10**9), 10**9, places=9), st.sampled_from(OPERATORS))
def test_any_two_values_give_a_value_or_null(left: Any, right: Any, operator: str) -> None:
    for text in (f"x {operator} y", f"y {operator} x", "is(x, y)", "[x..y] = [y..x]"):
        evaluate(text, {"x": left, "y": right})


@given(ANY, ANY)
def test_any_value_has_its_members_and_functions(left: Any, right: Any) -> None:
    context = {"x": left, "y": right}
    for name in FUNCTIONS:
        evaluate(f"{name}(x)", context)
    for name in MEMBERS:
        evaluate(f"x.{name}", context)
    evaluate("years and months duration(x, y)", context)
    evaluate("date and time(x, y)", context)
    evaluate("string([x..y])", context)


@given(DATES, DATES)
def test_a_loop_over_dates_ends_or_exceeds_its_budget(left: Any, right: Any) -> None:
    try:
        evaluate("for day in x..y return day", {"x": left, "y": right})
    except BudgetExceeded:
        assert abs(w.ordinal_of(left) - w.ordinal_of(right)) > 1000
