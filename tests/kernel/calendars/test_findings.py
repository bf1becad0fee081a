"""What cannot be used is refused, what is doubtful is warned of, both in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from string import Formatter

import pytest

from tests.kernel.calendars.support import CHINESE, NIGHTS, OFFICE, OFFICE_HOURS, at, calendar
from tuoban.kernel.calendars import (
    CODES,
    Absence,
    Calendar,
    CalendarError,
    ExceptionDay,
    Period,
    Span,
    read_spans,
    read_week,
    warnings,
)

DAY = date(2026, 3, 7)


def exceptional(*exceptions: ExceptionDay) -> Calendar:
    return calendar(OFFICE_HOURS, exceptions=exceptions)


@pytest.mark.parametrize(
    ("make", "code", "says"),
    [
        (lambda: read_spans("nine to five"), "bad-time", "“nine” is not a span"),
        (lambda: read_spans("09:00-25:00"), "bad-time", "“09:00-25:00” is not a span"),
        (lambda: read_spans("09:60-10:00"), "bad-time", "“09:60-10:00” is not a span"),
        (lambda: read_spans("08:00-08:00"), "span-without-length", "08:00-08:00 has no length"),
        (lambda: Span(0, 1441), "span-too-long", "longer than 24 hours"),
        (lambda: Span(1440, 1500), "span-begins-next-day", "does not begin on its day"),
        (
            lambda: read_week({"mon": "09:00-12:00, 11:00-13:00"}),
            "spans-overlap",
            "Monday: the spans 09:00-12:00 and 11:00-13:00 overlap",
        ),
        (
            lambda: read_week({"sun": "22:00-06:00", "mon": "05:00-09:00"}),
            "spans-overlap",
            "Sunday: the spans 22:00-06:00 and 05:00-09:00 overlap",
        ),
        (lambda: read_week({"monday": "09:00-12:00"}), "bad-weekday", "“monday” is not a weekday"),
        (lambda: read_week({"fri-mon": "09:00-12:00"}), "bad-weekday", "“fri-mon”"),
        (
            lambda: read_week({"mon-fri": "09:00-12:00", "wed": ""}),
            "weekday-twice",
            "Wednesday is given twice",
        ),
        (lambda: calendar({"mon": ""}), "no-working-time", "“test” has no working time"),
        (
            lambda: Calendar(OFFICE.label, OFFICE.zone, (*OFFICE.periods, *OFFICE.periods)),
            "period-twice",
            "in force from the beginning",
        ),
        (
            lambda: exceptional(ExceptionDay(DAY), ExceptionDay(DAY)),
            "exception-twice",
            "2026-03-07 has two exceptions",
        ),
        (
            lambda: exceptional(ExceptionDay(DAY, (Span(0, 60), Span(30, 90)))),
            "spans-overlap",
            "2026-03-07: the spans 00:00-01:00 and 00:30-01:30 overlap",
        ),
        (
            lambda: exceptional(ExceptionDay(DAY, like=6)),
            "exception-without-hours",
            "worked like a Sunday",
        ),
        (
            lambda: Absence(at("2026-03-02 09:00"), at("2026-03-02 09:00")),
            "absence-without-length",
            "not after its start",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(
    make: Callable[[], object], code: str, says: str
) -> None:
    with pytest.raises(CalendarError) as caught:
        make()
    assert caught.value.code == code
    assert says in caught.value.describe("en")
    assert caught.value.describe("zh") != caught.value.describe("en")


def test_all_that_is_wrong_with_a_calendar_is_said_at_once() -> None:
    with pytest.raises(CalendarError) as caught:
        exceptional(ExceptionDay(DAY), ExceptionDay(DAY), ExceptionDay(date(2026, 3, 8), like=6))
    assert [each.code for each in caught.value.findings] == [
        "exception-twice",
        "exception-without-hours",
    ]


@pytest.mark.parametrize("text", ["08:30-12:00,13:30-17:30", "08:30 - 12:00；13:30 — 17:30"])
def test_spans_are_read_as_people_write_them(text: str) -> None:
    assert [str(each) for each in read_spans(text)] == ["08:30-12:00", "13:30-17:30"]


def test_midnight_at_the_end_of_a_day_is_written_24_00() -> None:
    assert read_spans("00:00-24:00") == (Span(0, 1440),)
    assert read_spans("22:00-06:00") == (Span(1320, 1800),)
    assert str(Span(1320, 1800)) == "22:00-06:00"


def codes(one: Calendar, first: date, last: date) -> list[str]:
    found = list(warnings(one, first, last))
    assert all(each.warns for each in found)
    return [f"{each.code} {each.facts.get('year', '')}".strip() for each in found]


def test_years_that_are_not_confirmed_or_not_known_are_warned_of() -> None:
    assert codes(CHINESE, date(2026, 1, 1), date(2026, 12, 31)) == []
    assert codes(CHINESE, date(2026, 12, 31), date(2027, 1, 1)) == ["year-unconfirmed 2027"]
    assert codes(CHINESE, date(2099, 1, 1), date(2099, 1, 2)) == ["year-without-data 2099"]
    assert codes(OFFICE, date(2099, 1, 1), date(2099, 1, 2)) == []


def test_a_warning_is_a_sentence_in_both_languages() -> None:
    (found,) = warnings(CHINESE, date(2027, 1, 1), date(2027, 1, 2))
    assert found.describe("zh").startswith("2027 年的放假安排（中国）未经确认")
    assert found.describe("en").startswith("The public holidays of 2027 (China) are not confirmed")


def test_dates_that_run_into_each_other_are_warned_of() -> None:
    early = ExceptionDay(date(2026, 3, 3), read_spans("04:00-08:00"))
    night = calendar(NIGHTS, exceptions=(early,))
    assert codes(night, date(2026, 3, 1), date(2026, 3, 31)) == ["days-run-together"]


def test_both_texts_of_a_code_name_the_same_facts() -> None:
    for zh, en in CODES.values():
        assert {name for _, name, _, _ in Formatter().parse(zh) if name} == (
            {name for _, name, _, _ in Formatter().parse(en) if name}
        )


def test_a_new_period_without_a_week_is_a_long_closure() -> None:
    closed = Calendar(OFFICE.label, OFFICE.zone, (*OFFICE.periods, Period(DAY, None)))
    assert closed.on(date(2026, 3, 9)).spans == ()
