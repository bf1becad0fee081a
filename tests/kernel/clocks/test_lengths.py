"""Lengths and ledgers that cannot be used are refused, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from string import Formatter

import pytest

from tests.kernel.calendars.support import at
from tests.kernel.clocks.support import (
    CALENDARS,
    due_on_wall,
    paused,
    resumed,
    started,
    stopped,
    until,
)
from tuoban.kernel.calendars import CalendarError, add_workdays
from tuoban.kernel.clocks import (
    CODES,
    ClockError,
    Ledger,
    Length,
    Measure,
    Started,
    Within,
    due,
    read_length,
    standing,
)


@pytest.mark.parametrize(
    ("make", "code", "says"),
    [
        (lambda: read_length("30"), "limit-without-unit", "“30” has no unit"),
        (lambda: read_length("soon"), "bad-length", "“soon” is no length of time"),
        (lambda: read_length("2 fortnights"), "unknown-unit", "no unit of time “fortnight”"),
        (lambda: read_length("0 hours"), "length-not-above-zero", "above zero"),
        (lambda: read_length("0 workdays"), "length-not-above-zero", "above zero"),
        (lambda: Length(Decimal("1e-10"), "working hour"), "length-not-above-zero", "above zero"),
        (lambda: read_length("1234567890 hours"), "bad-length", "is no length of time"),
        (lambda: read_length("1.2345678 hours"), "bad-length", "is no length of time"),
        (lambda: read_length("-1 hours"), "bad-length", "is no length of time"),
        (lambda: read_length("1.5 workdays"), "length-not-whole", "number of workdays must be"),
        (lambda: read_length("0.5 months"), "length-not-whole", "number of months must be whole"),
        (lambda: Ledger(()), "not-started", "has not started"),
        (lambda: Ledger((paused("2026-03-02 09:00"),)), "not-started", "has not started"),
        (
            lambda: started("2026-03-02 09:00").then(*started("2026-03-02 10:00").entries),
            "already-started",
            "has started already",
        ),
        (
            lambda: started("2026-03-02 09:00").then(
                paused("2026-03-02 10:00"), paused("2026-03-02 11:00")
            ),
            "already-paused",
            "is paused already",
        ),
        (
            lambda: started("2026-03-02 09:00").then(resumed("2026-03-02 10:00")),
            "not-paused",
            "is not paused",
        ),
        (
            lambda: started("2026-03-02 09:00").then(
                stopped("2026-03-02 10:00"), paused("2026-03-02 11:00")
            ),
            "already-stopped",
            "has stopped",
        ),
        (
            lambda: started("2026-03-02 09:00").then(paused("2026-03-02 08:00")),
            "entry-out-of-order",
            "2026-03-02 08:00:00+08:00 is earlier than the entry before it",
        ),
        (
            lambda: due(started("2026-03-02 09:00", on="north"), CALENDARS),
            "unknown-calendar",
            "no calendar “north”",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(make: Callable[[], object], code: str, says: str) -> None:
    with pytest.raises(ClockError) as caught:
        make()
    assert caught.value.code == code
    assert says in caught.value.describe("en")
    assert caught.value.describe("zh") != caught.value.describe("en")


def test_both_texts_of_a_code_name_the_same_facts() -> None:
    for zh, en in CODES.values():
        assert {name for _, name, _, _ in Formatter().parse(zh) if name} == (
            {name for _, name, _, _ in Formatter().parse(en) if name}
        )


@pytest.mark.parametrize(
    ("text", "zh", "en", "measure"),
    [
        ("1 working hour", "1 工作小时", "1 working hour", Measure.WORKING),
        ("1.5 working hours", "1.5 工作小时", "1.5 working hours", Measure.WORKING),
        ("20 workdays", "20 个工作日", "20 workdays", Measure.WORKDAYS),
        ("30 minutes", "30 分钟", "30 minutes", Measure.ELAPSED),
        ("2  weeks", "2 周", "2 weeks", Measure.ELAPSED),
        ("1 year", "1 年", "1 year", Measure.MONTHS),
    ],
)
def test_lengths_are_read_and_written(text: str, zh: str, en: str, measure: Measure) -> None:
    length = read_length(text)
    assert (length.text.zh, length.text.en, length.measure) == (zh, en, measure)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("3个月", "3 months"),
        ("3 个工作日", "3 workdays"),
        ("2个小时", "2 hours"),
        ("10分", "10 minutes"),
        ("3日", "3 days"),
        ("2 个星期", "2 weeks"),
    ],
)
def test_lengths_are_read_as_people_write_them_in_chinese(text: str, same: str) -> None:
    assert read_length(text) == read_length(same)


def test_a_month_is_the_same_day_of_the_next_month_and_pauses_move_it_by_elapsed_time() -> None:
    ledger = started("2026-01-31 12:00", "1 month")
    assert due_on_wall(ledger) == "2026-02-28 12:00"
    held = ledger.then(paused("2026-02-02 08:00"), resumed("2026-02-03 09:00"))
    assert due_on_wall(held) == "2026-03-01 13:00"


@pytest.mark.parametrize(
    ("start", "length", "due_at"),
    [
        ("2027-01-28 02:30", "2 months", "2027-03-28 03:00"),  # skipped: the instant of the skip
        ("2026-08-25 02:30", "2 months", "2026-10-25 02:30"),  # occurs twice: the first time
        ("2026-03-31 09:00", "1 month", "2026-04-30 09:00"),
        ("2024-02-29 09:00", "1 year", "2025-02-28 09:00"),
    ],
)
def test_months_keep_to_the_wall_as_calendars_read_it(start: str, length: str, due_at: str) -> None:
    zone = "Europe/Berlin"
    limit = Within(read_length(length))
    found = due(Ledger((Started(at(start, zone), limit, "berlin"),)), CALENDARS)
    assert found == at(due_at, zone).astimezone(UTC)


def test_a_million_working_minutes_are_counted_to_the_minute() -> None:
    found = due(started("2026-03-02 09:00", "1000000 working minutes"), CALENDARS)
    # 2083 days of 480 minutes, and 160 minutes of the next one.
    assert found == add_workdays(CALENDARS["east"], at("2026-03-02 09:00"), 2082) + timedelta(
        hours=15, minutes=160
    )


def test_months_from_the_second_pass_of_a_repeated_hour_do_not_remember_it() -> None:
    zone = "Europe/Berlin"
    limit = Within(read_length("6 years"))
    second = at("2020-10-25 02:30", zone, fold=1)  # in 2026 the clock is put back on that day, too
    ledger = Ledger((Started(second, limit, "berlin"),))
    assert due(ledger, CALENDARS) == at("2026-10-25 02:30", zone).astimezone(UTC)


@pytest.mark.parametrize(
    "length",
    [
        "900000 working hours",
        "999999 weeks",
        "100000 days",
        "9999 years",
        "175 years",
        "99999 workdays",
    ],
)
def test_a_limit_beyond_all_years_is_refused(length: str) -> None:
    with pytest.raises(CalendarError) as caught:
        due(started("2026-03-02 09:00", length), CALENDARS)
    assert caught.value.code == "out-of-reach"


@pytest.mark.parametrize("length", ["1 hour", "1 working hour", "1 workday", "1 month"])
@pytest.mark.parametrize("on", ["east", "berlin"])
@pytest.mark.parametrize("year", [1, 1898, 2201, 9999])
def test_a_clock_outside_all_years_is_refused(length: str, on: str, year: int) -> None:
    for moment in (datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, 23, tzinfo=UTC)):
        ledger = Ledger((Started(moment, Within(read_length(length)), on),))
        with pytest.raises(CalendarError) as caught:
            standing(ledger, CALENDARS, moment)
        assert caught.value.code == "out-of-reach"


def test_a_moment_outside_all_years_is_refused() -> None:
    for year in ("1899", "2201", "9999"):
        with pytest.raises(CalendarError, match="no result between the years 1900 and 2200"):
            due(until("2026-03-02 09:00", f"{year}-06-01 09:00"), CALENDARS)


def test_a_ledger_remembers_only_what_had_happened_by_then() -> None:
    ledger = started("2026-03-02 09:00").then(paused("2026-03-02 10:00"))
    assert len(ledger.until(at("2026-03-02 09:59")).entries) == 1
    assert len(ledger.until(at("2026-03-02 10:00")).entries) == 2
    with pytest.raises(ClockError, match="has not started"):
        ledger.until(at("2026-03-02 08:00"))
