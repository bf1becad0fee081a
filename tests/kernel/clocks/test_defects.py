"""What service desks are reported for most: each wrong clock, and what is right here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.kernel.calendars.support import OFFICE_HOURS, at, calendar, wall
from tests.kernel.clocks.support import (
    CALENDARS,
    HOUR,
    changed,
    due_on_wall,
    extended,
    moved,
    named,
    pause,
    paused,
    resumed,
    started,
    stopped,
    until,
)
from tuoban.kernel.calendars import (
    CHINA,
    Absence,
    ExceptionDay,
    Period,
    PersonalTime,
    for_person,
)
from tuoban.kernel.clocks import (
    LimitChanged,
    Tier,
    Until,
    due,
    elapsed,
    read_length,
    standing,
    tier_moments,
)
from tuoban.kernel.definition import Text


def test_a_pause_is_not_ignored() -> None:
    ledger = started("2026-03-02 09:00").then(*pause("2026-03-02 10:00", "2026-03-02 11:30"))
    assert due_on_wall(ledger) == "2026-03-02 13:30"


def test_a_clock_that_stands_still_has_no_due_moment() -> None:
    ledger = started("2026-03-02 09:00").then(paused("2026-03-02 10:00"))
    assert due_on_wall(ledger) is None
    assert standing(ledger, CALENDARS, at("2026-03-05 10:00")).remaining.length == HOUR


def test_hold_time_is_not_lost_when_the_policy_changes() -> None:
    held = started("2026-03-02 09:00").then(*pause("2026-03-02 10:00", "2026-03-02 11:30"))
    ledger = held.then(changed("2026-03-02 13:00", "4 working hours"))
    assert due_on_wall(ledger) == "2026-03-02 15:30"


def test_hold_time_is_not_lost_when_the_policy_changes_during_the_hold() -> None:
    held = started("2026-03-02 09:00").then(
        paused("2026-03-02 10:00"),
        changed("2026-03-02 10:30", "4 working hours"),
        resumed("2026-03-02 11:30"),
    )
    assert due_on_wall(held) == "2026-03-02 15:30"


def test_time_already_used_is_not_lost_when_the_priority_changes() -> None:
    ledger = started("2026-03-02 09:00", "8 working hours").then(
        changed("2026-03-02 14:00", "5 working hours")
    )
    assert due_on_wall(ledger) == "2026-03-02 15:00"


def test_a_priority_raised_too_late_makes_the_work_late_at_once() -> None:
    ledger = started("2026-03-02 09:00", "8 working hours").then(
        changed("2026-03-02 17:00", "2 working hours")
    )
    assert due_on_wall(ledger) == "2026-03-02 11:00"
    assert standing(ledger, CALENDARS, at("2026-03-02 17:00")).late


def test_a_priority_changed_there_and_back_changes_nothing() -> None:
    ledger = started("2026-03-02 09:00", "2 workdays")
    there = ledger.then(changed("2026-03-02 10:00", "4 hours"))
    back = there.then(changed("2026-03-03 10:00", "2 workdays"))
    assert due_on_wall(back) == due_on_wall(ledger) == "2026-03-04 18:00"


def test_hold_time_outside_working_hours_is_not_counted() -> None:
    ledger = started("2026-03-02 17:00").then(*pause("2026-03-02 18:00", "2026-03-03 08:00"))
    assert due_on_wall(ledger) == due_on_wall(started("2026-03-02 17:00")) == "2026-03-03 10:00"


def test_only_the_part_of_a_hold_inside_working_hours_moves_the_due_moment() -> None:
    ledger = started("2026-03-02 17:00").then(*pause("2026-03-02 17:30", "2026-03-03 10:00"))
    assert due_on_wall(ledger) == "2026-03-03 11:30"


def test_no_escalation_at_midnight() -> None:
    ledger = started("2026-03-02 16:00")
    tiers = [Tier("limit"), Tier("later", "after", read_length("1 working hour"))]
    found = tier_moments(ledger, CALENDARS, tiers, {})
    assert [wall(each.moment) for each in found] == ["2026-03-02 18:00", "2026-03-03 10:00"]


def test_a_limit_in_workdays_ends_with_business_and_not_at_midnight() -> None:
    assert due_on_wall(started("2026-03-06 15:00", "2 workdays")) == "2026-03-10 18:00"


def test_lunch_is_not_counted() -> None:
    assert due_on_wall(started("2026-03-02 11:00")) == "2026-03-02 14:00"


def test_each_team_has_its_own_hours() -> None:
    assert due_on_wall(started("2026-03-06 17:30", on="east")) == "2026-03-09 10:30"
    assert due_on_wall(started("2026-03-06 17:30", on="west")) == "2026-03-06 19:30"


def test_each_person_has_their_own_absences() -> None:
    away = Absence(at("2026-03-02 13:00"), at("2026-03-03 13:00"))
    person = for_person(CALENDARS["east"], Text("李雷", "Li Lei"), PersonalTime(absences=(away,)))
    ledger = started("2026-03-02 11:00", on="li")
    found = due(ledger, {"li": person})
    assert found is not None
    assert wall(found) == "2026-03-03 14:00"


def test_work_handed_to_another_team_keeps_what_the_first_team_used() -> None:
    ledger = started("2026-03-06 17:00").then(moved("2026-03-06 18:30", "west"))
    # One hour at East until 18:00; West is open from 18:30 on.
    assert due_on_wall(ledger) == "2026-03-06 19:30"
    assert elapsed(ledger, CALENDARS, at("2026-03-06 19:00")).length == 1.5 * HOUR


def test_a_moved_workday_is_a_workday() -> None:
    assert due_on_wall(started("2026-02-13 17:00", on="china")) == "2026-02-14 10:00"


def test_a_holiday_of_ones_own_on_a_moved_workday_is_kept() -> None:
    closed = ExceptionDay(date(2026, 2, 14), label=Text("店休", "closed"))
    shop = named(calendar(OFFICE_HOURS, holidays=CHINA, exceptions=(closed,)), "店", "shop")
    found = due(started("2026-02-13 17:00", on="shop"), {"shop": shop})
    assert found is not None
    assert wall(found) == "2026-02-24 10:00"


def test_a_fixed_moment_never_stands_still() -> None:
    ledger = until("2026-03-02 09:00", "2026-03-04 12:00")
    held = ledger.then(*pause("2026-03-02 10:00", "2026-03-03 10:00"))
    assert due_on_wall(ledger) == due_on_wall(held) == "2026-03-04 12:00"


def test_an_extension_of_a_fixed_moment_counts_from_it() -> None:
    ledger = until("2026-03-02 09:00", "2026-03-04 17:00")
    assert due_on_wall(ledger.then(extended("2026-03-03 09:00", "2 working hours"))) == (
        "2026-03-05 10:00"
    )


def test_an_extension_in_another_unit_counts_once_the_limit_has_run_out() -> None:
    ledger = started("2026-03-02 16:00").then(extended("2026-03-02 17:00", "1 workday"))
    assert due_on_wall(ledger) == "2026-03-03 18:00"


def test_an_extension_outlives_a_change_of_the_limit() -> None:
    ledger = started("2026-03-02 09:00").then(
        extended("2026-03-02 09:30", "1 working hour"),
        changed("2026-03-02 10:00", "4 working hours"),
    )
    assert due_on_wall(ledger) == "2026-03-02 15:00"


def test_a_pause_over_whole_days_moves_a_limit_in_workdays_by_those_days() -> None:
    ledger = started("2026-03-06 15:00", "2 workdays")  # Friday
    held = ledger.then(*pause("2026-03-09 10:00", "2026-03-11 11:00"))  # Monday, Tuesday
    assert due_on_wall(held) == "2026-03-12 18:00"


def test_a_pause_within_a_day_does_not_cost_that_workday() -> None:
    held = started("2026-03-06 15:00", "2 workdays").then(
        *pause("2026-03-09 10:00", "2026-03-09 16:00")
    )
    assert due_on_wall(held) == "2026-03-10 18:00"


def test_a_workday_counts_once_when_the_team_changes_between_two_closing_times() -> None:
    # East closes at 18:00, West at 20:00; Monday has counted at East.
    ledger = started("2026-03-06 15:00", "2 workdays").then(moved("2026-03-09 19:00", "west"))
    assert due_on_wall(ledger) == "2026-03-10 20:00"
    # The other way round Monday is over at once.
    other = started("2026-03-06 15:00", "2 workdays", "west").then(
        moved("2026-03-09 19:00", "east")
    )
    assert elapsed(other, CALENDARS, at("2026-03-09 19:00")).size == 2  # Saturday, Monday
    assert due_on_wall(other) == "2026-03-09 19:00"


def test_a_calendar_that_takes_over_does_not_count_days_before_it_did() -> None:
    # Saturday is a workday at West, but East was in force.
    ledger = started("2026-03-06 15:00", "2 workdays").then(moved("2026-03-08 12:00", "west"))
    assert elapsed(ledger, CALENDARS, at("2026-03-08 12:00")).size == 0
    assert due_on_wall(ledger) == "2026-03-10 20:00"


@pytest.mark.parametrize("start", ["2026-04-03 12:00", "2026-04-04 12:00", "2026-04-05 12:00"])
def test_a_night_shift_is_a_workday_only_once_it_has_ended(start: str) -> None:
    nights = {"nights": calendar({"mon-sun": "22:00-06:00"})}
    ledger = started(start, "9 workdays", "nights")
    morning = at(start) + timedelta(days=2)
    before, after = morning.replace(hour=5, minute=59), morning.replace(hour=6)
    assert elapsed(ledger, nights, before).size == 0
    assert elapsed(ledger, nights, after).size == 1


def test_a_unit_whose_hours_have_yet_to_begin_counts_from_when_they_do() -> None:
    opens = Period(date(2026, 3, 2), CALENDARS["east"].periods[0].week)
    unit = {"new": replace(CALENDARS["east"], periods=(opens,))}
    found = standing(started("2026-02-25 10:00", "2 workdays", "new"), unit, at("2026-02-26 10:00"))
    assert found.elapsed.size == 0
    assert found.remaining.size == 2
    assert found.due == at("2026-03-03 18:00")


def test_an_extension_after_the_limit_has_run_out_counts_from_the_limit() -> None:
    ledger = started("2026-03-02 09:00").then(extended("2026-03-03 09:00", "2 working hours"))
    assert due_on_wall(ledger) == "2026-03-02 14:00"
    assert standing(ledger, CALENDARS, at("2026-03-03 09:00")).late


def test_an_extension_while_held_waits_with_the_limit() -> None:
    held = started("2026-03-02 09:00").then(
        paused("2026-03-02 10:00"), extended("2026-03-02 11:00", "1 working hour")
    )
    assert due_on_wall(held) is None
    assert standing(held, CALENDARS, at("2026-03-09 10:00")).remaining.length == 2 * HOUR
    assert due_on_wall(held.then(resumed("2026-03-03 09:00"))) == "2026-03-03 11:00"


def test_work_moved_while_held_has_its_days_left_counted_by_the_new_team() -> None:
    # Of one working hour at East nothing was used; two workdays follow, by West's hours.
    held = started("2026-03-06 17:00", "1 working hour").then(
        extended("2026-03-06 17:00", "2 workdays"),
        paused("2026-03-06 17:30"),
        moved("2026-03-06 17:45", "west"),
    )
    going = held.then(resumed("2026-03-06 17:50"))
    now = at("2026-03-06 17:50")
    assert due_on_wall(going) == "2026-03-09 20:00"  # Saturday, Monday
    assert standing(held, CALENDARS, now).remaining == standing(going, CALENDARS, now).remaining


@pytest.mark.parametrize("unit", ["8 working hours", "3 workdays", "2 months", "30 hours"])
def test_hold_time_is_kept_when_the_limit_changes_to_a_fixed_moment_and_back(unit: str) -> None:
    held = started("2026-03-02 09:00", unit).then(paused("2026-03-02 10:00"))
    fixed = held.then(LimitChanged(at("2026-03-02 11:00"), Until(at("2026-03-04 12:00"))))
    assert due_on_wall(fixed) == "2026-03-04 12:00"
    assert standing(fixed, CALENDARS, at("2026-03-03 10:00")).state == "running"
    back = fixed.then(changed("2026-03-03 10:00", unit))
    now = at("2026-03-03 11:00")
    assert standing(back, CALENDARS, now) == standing(held, CALENDARS, now)
    later = resumed("2026-03-03 12:00")
    assert due_on_wall(back.then(later)) == due_on_wall(held.then(later))


def test_what_was_used_is_kept_when_the_limit_changes_from_hours_to_workdays_to_months() -> None:
    hours = started("2026-03-02 09:00", "2 hours").then(
        *pause("2026-03-03 10:00", "2026-03-05 10:00")
    )
    days = hours.then(changed("2026-03-05 11:00", "3 workdays"))
    assert due_on_wall(days) == "2026-03-09 18:00"  # Tuesday and Wednesday ended in the pause
    months = days.then(changed("2026-03-05 12:00", "1 month"))
    assert due_on_wall(months) == "2026-04-04 09:00"


def test_work_done_at_its_limit_is_in_time() -> None:
    ledger = started("2026-03-02 09:00")
    now = at("2026-03-09 09:00")
    assert not standing(ledger.then(stopped("2026-03-02 11:00")), CALENDARS, now).late
    late = standing(ledger.then(stopped("2026-03-02 11:01")), CALENDARS, now)
    assert late.late
    assert late.remaining.length == timedelta(minutes=-1)


def test_lateness_does_not_grow_while_the_clock_stands_still() -> None:
    ledger = started("2026-03-02 09:00").then(paused("2026-03-02 14:00"))
    found = standing(ledger, CALENDARS, at("2026-03-05 14:00"))
    assert found.late
    assert found.remaining.length == -2 * HOUR


def test_an_edit_of_the_calendar_in_the_future_leaves_what_was_used() -> None:
    ledger = started("2026-03-02 09:00", "12 working hours")
    closed = ExceptionDay(date(2026, 3, 3))
    edited = {**CALENDARS, "east": replace(CALENDARS["east"], exceptions=(closed,))}
    now = at("2026-03-02 17:00")
    assert elapsed(ledger, edited, now) == elapsed(ledger, CALENDARS, now)
    found = due(ledger, edited)
    assert found is not None
    assert wall(found) == "2026-03-04 14:00"
