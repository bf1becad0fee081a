"""Lengths and ledgers that cannot be used are refused, in both languages."""

from __future__ import annotations

from collections.abc import Callable
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
)
from tuoban.kernel.calendars import CalendarError
from tuoban.kernel.clocks import (
    CODES,
    ClockError,
    Ledger,
    Measure,
    due,
    read_length,
)


@pytest.mark.parametrize(
    ("make", "code", "says"),
    [
        (lambda: read_length("30"), "limit-without-unit", "“30” has no unit"),
        (lambda: read_length("soon"), "bad-length", "“soon” is no length of time"),
        (lambda: read_length("2 fortnights"), "unknown-unit", "no unit of time “fortnight”"),
        (lambda: read_length("0 hours"), "length-not-above-zero", "above zero"),
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


def test_a_month_is_the_same_day_of_the_next_month_and_pauses_move_it_by_elapsed_time() -> None:
    ledger = started("2026-01-31 12:00", "1 month")
    assert due_on_wall(ledger) == "2026-02-28 12:00"
    held = ledger.then(paused("2026-02-02 08:00"), resumed("2026-02-03 09:00"))
    assert due_on_wall(held) == "2026-03-01 13:00"


def test_a_limit_beyond_all_years_is_refused() -> None:
    for length in ("900000 working hours", "999999 weeks", "9999 years", "99999 workdays"):
        with pytest.raises(CalendarError) as caught:
            due(started("2026-03-02 09:00", length), CALENDARS)
        assert caught.value.code == "out-of-reach"


def test_a_ledger_remembers_only_what_had_happened_by_then() -> None:
    ledger = started("2026-03-02 09:00").then(paused("2026-03-02 10:00"))
    assert len(ledger.until(at("2026-03-02 09:59")).entries) == 1
    assert len(ledger.until(at("2026-03-02 10:00")).entries) == 2
    with pytest.raises(ClockError, match="has not started"):
        ledger.until(at("2026-03-02 08:00"))
