"""The moments before, at and after a limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.kernel.calendars.support import wall
from tests.kernel.clocks.support import (
    CALENDARS,
    changed,
    pause,
    paused,
    started,
    stopped,
    until,
)
from tuoban.kernel.calendars import Period, read_week
from tuoban.kernel.clocks import Ledger, Tier, read_length, tier_moments


def before(length: str) -> Tier:
    return Tier(f"{length} before", "before", read_length(length))


def after(length: str) -> Tier:
    return Tier(f"{length} after", "after", read_length(length))


def every(length: str) -> Tier:
    return Tier(f"every {length} after", "after", read_length(f"1 {length}"), every=True)


LIMIT = Tier("at the limit")


def moments(ledger: Ledger, *tiers: Tier, **fired: int) -> list[str]:
    known = {key.replace("_", " "): number for key, number in fired.items()}
    return [wall(each.moment) for each in tier_moments(ledger, CALENDARS, tiers, known)]


def test_tiers_come_in_order_of_time() -> None:
    ledger = started("2026-03-02 11:00")  # due at 14:00
    found = tier_moments(ledger, CALENDARS, [after("1 hour"), LIMIT, before("30 minutes")], {})
    assert [each.key for each in found] == ["30 minutes before", "at the limit", "1 hour after"]
    assert [wall(each.moment)[-5:] for each in found] == ["13:30", "14:00", "15:00"]


def test_working_time_before_and_after_leaves_lunch_and_nights_out() -> None:
    ledger = started("2026-03-02 11:00", "2 working hours")
    assert moments(ledger, before("90 working minutes")) == ["2026-03-02 11:30"]
    assert moments(ledger, after("5 working hours")) == ["2026-03-03 10:00"]


def test_elapsed_time_before_a_limit_is_just_that() -> None:
    ledger = started("2026-03-02 17:00")  # due at 10:00 on Tuesday
    assert moments(ledger, before("2 hours")) == ["2026-03-03 08:00"]


def test_a_workday_before_is_the_start_of_the_workday_before() -> None:
    appointment = until("2026-03-02 09:00", "2026-03-09 14:00")
    assert moments(appointment, before("1 workday")) == ["2026-03-06 09:00"]
    assert moments(appointment, after("1 workday")) == ["2026-03-10 18:00"]


def test_months_before_and_after_keep_the_day_or_the_last_of_the_month() -> None:
    contract = until("2026-03-02 09:00", "2026-03-31 12:00")
    assert moments(contract, before("1 month")) == ["2026-02-28 12:00"]
    assert moments(contract, after("1 quarter")) == ["2026-06-30 12:00"]


def test_a_tier_that_has_come_comes_no_more() -> None:
    assert moments(started("2026-03-02 11:00"), LIMIT, at_the_limit=1) == []


def test_every_week_after_comes_week_after_week() -> None:
    ledger = started("2026-03-02 11:00")
    rounds = [moments(ledger, every("week"), every_week_after=number)[0] for number in range(3)]
    assert rounds == ["2026-03-09 14:00", "2026-03-16 14:00", "2026-03-23 14:00"]


def test_every_month_after_does_not_drift_from_the_last_of_the_month() -> None:
    ledger = until("2026-01-02 09:00", "2026-01-31 12:00")
    rounds = [moments(ledger, every("month"), every_month_after=number)[0] for number in range(3)]
    assert rounds == ["2026-02-28 12:00", "2026-03-31 12:00", "2026-04-30 12:00"]


def test_nothing_comes_while_the_clock_stands_still_short_of_its_limit() -> None:
    held = started("2026-03-02 09:00").then(paused("2026-03-02 10:00"))
    assert moments(held, before("30 minutes"), LIMIT, after("1 hour")) == []


def test_what_lies_after_the_limit_waits_while_the_clock_stands_still() -> None:
    late = started("2026-03-02 09:00").then(paused("2026-03-02 11:30"))
    assert moments(late, LIMIT, after("1 hour")) == ["2026-03-02 11:00"]
    resumed = started("2026-03-02 09:00").then(*pause("2026-03-02 11:30", "2026-03-02 17:00"))
    assert moments(resumed, after("1 hour")) == ["2026-03-02 17:30"]


def test_every_after_counts_over_a_pause_only_what_the_clock_ran() -> None:
    ledger = started("2026-03-02 09:00").then(*pause("2026-03-02 12:00", "2026-03-02 15:20"))
    hourly = Tier("hourly", "after", read_length("1 hour"), every=True)
    rounds = [moments(ledger, hourly, hourly=number)[0] for number in range(3)]
    # Due at 11:00; the pause begins with the first hour over.
    assert rounds == ["2026-03-02 12:00", "2026-03-02 16:20", "2026-03-02 17:20"]


def test_only_what_lies_after_the_limit_comes_again() -> None:
    again = [
        Tier("at the limit", every=True),
        Tier("before it", "before", read_length("1 hour"), every=True),
    ]
    assert moments(started("2026-03-02 11:00"), *again, at_the_limit=1, before_it=1) == []


def test_nothing_comes_once_the_work_is_done() -> None:
    done = started("2026-03-02 09:00").then(stopped("2026-03-02 10:00"))
    assert moments(done, before("30 minutes"), LIMIT, every("week")) == []


def test_what_would_lie_before_all_working_time_comes_when_the_clock_begins() -> None:
    opens = Period(date(2026, 3, 2), read_week({"mon-fri": "09:00-18:00"}))
    known = {"new": replace(CALENDARS["east"], periods=(opens,))}
    tiers = [before("3 workdays"), before("9 working hours"), before("9000 months"), LIMIT]
    found = tier_moments(started("2026-03-02 08:00", on="new"), known, tiers, {})
    assert [wall(each.moment) for each in found] == [*["2026-03-02 08:00"] * 3, "2026-03-02 11:00"]


@pytest.mark.parametrize("unit", ["minute", "working minute", "workday", "month"])
def test_what_lies_beyond_all_years_never_comes_and_hides_nothing(unit: str) -> None:
    tiers = [Tier("absurd", "after", read_length(f"1 {unit}"), every=True), LIMIT]
    ledger = started("2026-03-02 09:00")
    assert moments(ledger, *tiers, absurd=900_000_000) == ["2026-03-02 11:00"]


def test_a_far_round_of_every_minute_after_is_as_exact_as_the_first() -> None:
    every_minute = Tier("minute", "after", read_length("1 minute"), every=True)
    ledger = started("2026-03-02 09:00")
    assert moments(ledger, every_minute, minute=3 * 365 * 1440 - 1) == ["2029-03-01 11:00"]


def test_all_moments_move_with_the_limit() -> None:
    ledger = started("2026-03-02 09:00").then(changed("2026-03-02 09:30", "4 working hours"))
    assert moments(ledger, before("30 minutes"), LIMIT) == ["2026-03-02 13:30", "2026-03-02 14:00"]
