"""From what people type to typed values, with a problem that says what to do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoban.kernel.definition import Field, FieldType, Text
from tuoban.kernel.values import end_of, parse, to_input

ZONE = ZoneInfo("Asia/Shanghai")
TYPES: tuple[FieldType, ...] = (
    "text",
    "phone",
    "integer",
    "number",
    "money",
    "boolean",
    "choice",
    "date",
    "datetime",
    "duration",
    "percent",
    "time",
    "unit",
)


def field(kind: FieldType, **more: Any) -> Field:
    options = (("a", Text("甲", "First")), ("b", Text("乙", "Second"))) if kind == "choice" else ()
    return Field("f", kind, Text("项", "Entry"), options=options, **more)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  两行\r\n字 ", "两行\n字"),
        ("text", "䶮𠮷", "䶮𠮷"),
        ("text", "pasted\u200b\ufeff with\u202e marks", "pasted with marks"),
        ("text", "\u200b", None),
        ("phone", "138 0013 8000", "13800138000"),
        ("phone", "+86 13800138000", "13800138000"),
        ("phone", "1３800１３8000", "13800138000"),
        ("phone", "0571-88001234", "0571-88001234"),
        ("phone", "400-123-4567", "400-123-4567"),
        ("phone", "+44 7911123456", "+447911123456"),
        ("integer", "1,200", Decimal(1200)),
        ("integer", "１２", Decimal(12)),
        ("number", "12.50", Decimal("12.50")),
        ("money", "80", Decimal("80.00")),
        ("boolean", "是", True),
        ("boolean", "no", False),
        ("choice", "a", "a"),
        ("choice", "Second", "b"),
        ("date", "2026-11-21", date(2026, 11, 21)),
        ("datetime", "2026-11-21T09:30", datetime(2026, 11, 21, 1, 30, tzinfo=UTC)),
        ("datetime", "2026-11-21 09:30+00:00", datetime(2026, 11, 21, 9, 30, tzinfo=UTC)),
        ("percent", "30", Decimal(30)),
        ("percent", "12.5 %", Decimal("12.5")),
        ("percent", "１２％", Decimal(12)),
        ("time", "9:05", time(9, 5)),
        ("time", "23:59:30", time(23, 59, 30)),
        ("time", time(9, 5, 1, 7, tzinfo=UTC), time(9, 5, 1)),
        ("unit", "east", "east"),
        ("duration", "30 分钟", timedelta(minutes=30)),
        ("duration", "2 hours", timedelta(hours=2)),
        ("integer", "   ", None),
    ],
)
def test_what_people_type_is_understood(kind: FieldType, typed: str, value: Any) -> None:
    assert parse(field(kind), typed, ZONE) == (value, None)


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("text", "a\x00b", "not-text"),
        ("text", "half a character \ud800", "not-text"),
        ("text", "deleted \x7f", "not-text"),
        ("text", "no character \ufffe", "not-text"),
        ("text", "x" * 501, "too-long"),
        ("phone", "1380013800", "not-phone"),
        ("phone", "23800138000", "not-phone"),
        ("percent", "half", "not-percent"),
        ("percent", "%", "not-percent"),
        ("time", "24:00", "not-time"),
        ("time", "9", "not-time"),
        ("time", "09:30+08:00", "not-time"),
        ("unit", "two words", "not-unit"),
        ("integer", "1.5", "not-integer"),
        ("integer", "1e400", "not-integer"),
        ("number", "NaN", "not-number"),
        ("number", "Infinity", "not-number"),
        ("money", "1.234", "not-money"),
        ("boolean", "maybe", "not-boolean"),
        ("choice", "c", "not-option"),
        ("date", "2026-02-30", "not-date"),
        ("datetime", "2026-11-21", "not-datetime"),
        ("datetime", "tomorrow", "not-datetime"),
        ("datetime", "0001-01-01T00:00", "not-datetime"),
        ("duration", "soon", "not-duration"),
    ],
)
def test_what_cannot_be_understood_is_told_beside_its_field(
    kind: FieldType, typed: str, code: str
) -> None:
    value, problem = parse(field(kind), typed, ZONE)
    assert value is None
    assert problem is not None
    assert (problem.code, problem.place) == (code, "f")
    assert problem.read("zh") != problem.read("en")


def test_bounds_are_told_with_their_unit() -> None:
    mileage = field("integer", minimum=Decimal(0), maximum=Decimal(100), unit="km")
    _, problem = parse(mileage, "101", ZONE)
    assert problem is not None
    assert problem.read("en") == "Must not be more than 100 km."


@given(kind=st.sampled_from(TYPES), typed=st.text(max_size=40))
def test_any_text_gives_a_value_or_a_problem(kind: FieldType, typed: str) -> None:
    value, problem = parse(field(kind), typed, ZONE)
    assert value is None or problem is None
    if problem is not None:
        assert problem.read("zh")


@given(
    kind=st.sampled_from(TYPES),
    raw=st.one_of(st.integers(), st.floats(), st.booleans(), st.lists(st.text()), st.none()),
)
def test_a_value_of_another_kind_is_a_problem_never_an_error(kind: FieldType, raw: object) -> None:
    value, problem = parse(field(kind), raw, ZONE)
    assert value is None or problem is None


@given(amount=st.decimals(0, 10**9, places=2))
def test_money_typed_again_is_the_same(amount: Decimal) -> None:
    money = field("money")
    assert parse(money, to_input(money, amount, ZONE), ZONE) == (amount, None)


_DAY = 86_400
# Hypothesis takes its bounds without a zone and adds the zone itself.
YEARS = (datetime(1990, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001


@given(moment=st.datetimes(*YEARS, timezones=st.just(UTC)))
def test_a_moment_typed_again_is_the_same_minute(moment: datetime) -> None:
    when = field("datetime")
    again, _ = parse(when, to_input(when, moment, ZONE), ZONE)
    assert again == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize("zone", [ZONE, ZoneInfo("America/New_York")])
@pytest.mark.parametrize(
    "moment",
    [date.max, date.min, datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)],
)
def test_a_limit_at_the_edge_of_time_is_an_instant(moment: date, zone: ZoneInfo) -> None:
    assert end_of(moment, zone).utcoffset() == timedelta(0)


def test_a_date_as_a_limit_means_the_end_of_that_day_in_the_zone() -> None:
    assert end_of(date(2026, 11, 21), ZONE) == datetime(2026, 11, 21, 16, 0, tzinfo=UTC)


@given(length=st.integers(min_value=1, max_value=999_999) | st.integers(1, 3000).map(_DAY.__mul__))
def test_a_length_typed_again_is_the_same(length: int) -> None:
    given_, takes = timedelta(seconds=length), field("duration")
    typed = to_input(takes, given_, ZONE)
    again, problem = parse(takes, typed, ZONE)
    assert (again, problem) == (given_, None)
