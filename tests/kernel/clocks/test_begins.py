"""A clock that begins at another moment than its entry, and entries of one and the same moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.calendars.support import at, calendar, wall
from tests.kernel.clocks.strategies import MINUTE, ledgers, two_calendars
from tests.kernel.clocks.support import (
    CALENDARS,
    HOUR,
    changed,
    due_on_wall,
    extended,
    moved,
    pause,
    paused,
    resumed,
    started,
    stopped,
)
from tuoban.kernel.calendars import Calendar, CalendarError
from tuoban.kernel.clocks import (
    CalendarChanged,
    ClockError,
    Entry,
    Ledger,
    Paused,
    Resumed,
    Started,
    Stopped,
    Tier,
    amount_text,
    doubts,
    due,
    read_length,
    rows,
    sentence,
    standing,
    tier_moments,
)

Known = dict[str, Calendar]


def begun(when: str, begins: str, length: str = "2 working hours", on: str = "east") -> Ledger:
    """A ledger entered at one moment that begins at another."""
    ledger = started(when, length, on)
    return Ledger((replace(ledger.start, begins=at(begins)),))


AHEAD = begun("2026-03-02 09:00", "2026-03-05 10:00")  # due at 12:00 on Thursday


def test_a_clock_counts_from_the_moment_it_begins_and_not_from_its_entry() -> None:
    assert due_on_wall(AHEAD) == "2026-03-05 12:00"
    assert due_on_wall(begun("2026-03-02 11:00", "2026-03-02 09:00")) == "2026-03-02 11:00"


def test_before_it_begins_nothing_has_elapsed_and_all_is_left() -> None:
    for unit in ("working hours", "workdays", "hours", "months"):
        ledger = begun("2026-03-02 09:00", "2026-03-05 10:00", f"2 {unit}")
        first = standing(ledger, CALENDARS, at("2026-03-02 09:00"))
        then = standing(ledger, CALENDARS, at("2026-03-05 10:00"))
        assert first == then
        assert first.elapsed.size == 0
        assert not first.late


def test_a_pause_that_is_over_before_the_clock_begins_counts_for_nothing() -> None:
    held = AHEAD.then(*pause("2026-03-02 10:00", "2026-03-05 09:30"))
    assert due_on_wall(held) == "2026-03-05 12:00"
    now = at("2026-03-05 11:00")
    assert standing(held, CALENDARS, now) == standing(AHEAD, CALENDARS, now)
    assert sentence(held, CALENDARS, now) == sentence(AHEAD, CALENDARS, now)


def test_of_a_pause_that_lasts_into_the_clock_only_what_lies_in_it_counts() -> None:
    held = AHEAD.then(*pause("2026-03-02 10:00", "2026-03-05 11:30"))
    assert due_on_wall(held) == "2026-03-05 14:30"
    assert "1 pause (1 h 30 min of working time)" in (
        sentence(held, CALENDARS, at("2026-03-05 15:00")).en
    )


def test_a_clock_paused_before_it_begins_stands_still_from_its_beginning() -> None:
    held = AHEAD.then(paused("2026-03-02 10:00"))
    assert due_on_wall(held) is None
    for now in ("2026-03-03 10:00", "2026-03-09 10:00"):
        found = standing(held, CALENDARS, at(now))
        assert (found.state, found.elapsed.size, found.remaining.length) == ("paused", 0, 2 * HOUR)
    assert sentence(held, CALENDARS, at("2026-03-03 10:00")).zh == (
        "接车 3月5日 周四 10:00 + 2 工作小时，城东店日历，暂停 1 次（0 分钟工作时间）"
        "；3月2日 周一 10:00 起暂停，还剩 2 小时工作时间"
    )


def test_work_done_before_its_clock_begins_is_in_time() -> None:
    done = AHEAD.then(stopped("2026-03-04 10:00"))
    found = standing(done, CALENDARS, at("2026-03-09 10:00"))
    assert (found.state, found.late, found.elapsed.size) == ("stopped", False, 0)
    assert found.remaining.length == 2 * HOUR


def test_work_done_while_held_before_its_clock_begins_is_in_time() -> None:
    done = AHEAD.then(paused("2026-03-03 10:00"), stopped("2026-03-04 10:00"))
    found = standing(done, CALENDARS, at("2026-03-09 10:00"))
    assert (found.state, found.late, found.elapsed.size) == ("stopped", False, 0)


@pytest.mark.parametrize("length", ["2 working hours", "2 workdays", "30 minutes", "1 month"])
def test_a_calendar_or_limit_changed_before_the_clock_begins_is_as_if_from_the_start(
    length: str,
) -> None:
    plain = begun("2026-03-02 09:00", "2026-03-02 19:00", length, "west")
    entered = begun("2026-03-02 09:00", "2026-03-02 19:00", "9 workdays").then(
        paused("2026-03-02 09:30"),
        moved("2026-03-02 10:00", "west"),
        changed("2026-03-02 10:00", length),
        resumed("2026-03-02 10:30"),
    )
    for now in (at("2026-03-02 11:00"), at("2026-03-02 20:00"), at("2026-03-04 10:00")):
        assert standing(entered, CALENDARS, now) == standing(plain, CALENDARS, now)


def test_an_extension_before_the_clock_begins_runs_after_the_limit() -> None:
    assert due_on_wall(AHEAD.then(extended("2026-03-03 09:00", "1 working hour"))) == (
        "2026-03-05 14:00"
    )


def test_the_sentence_says_from_when_it_counts() -> None:
    late = begun("2026-03-02 10:30", "2026-03-02 09:05")
    assert sentence(late, CALENDARS, at("2026-03-02 10:30")).zh == (
        "接车 09:05 + 2 工作小时，城东店日历，无暂停 = 11:05"
    )
    west = AHEAD.then(moved("2026-03-04 10:00", "west"))
    assert sentence(west, CALENDARS, at("2026-03-04 10:00")).en == (
        "reception 10:00 + 2 working hours, calendar West, no pauses = 12:00"
    )


def test_the_rows_say_from_when_it_counts_and_what_had_passed_by_the_entry() -> None:
    ledger = begun("2026-03-02 10:30", "2026-03-02 09:05")
    first, last = rows(ledger, CALENDARS, at("2026-03-02 10:30"))
    assert wall(first.at) == "2026-03-02 10:30"
    assert first.what.zh == "接车 09:05 起计：2 工作小时，城东店日历"
    assert first.what.en == "reception, from 09:05: 2 working hours, calendar East"
    assert amount_text(first.total).en == "1 h 25 min of working time"
    assert wall(last.at) == "2026-03-02 11:05"


def test_moments_around_the_limit_of_a_clock_yet_to_begin_are_known() -> None:
    tiers = [Tier("before", "before", read_length("1 workday")), Tier("limit")]
    assert [wall(each.moment) for each in tier_moments(AHEAD, CALENDARS, tiers, {})] == [
        "2026-03-04 09:00",
        "2026-03-05 12:00",
    ]


def test_doubts_are_those_of_the_years_in_which_it_counts() -> None:
    ledger = begun("2025-12-29 09:00", "2026-12-29 09:00", "9 workdays", "china")
    (found,) = doubts(ledger, CALENDARS, at("2025-12-29 09:00"))
    assert found.facts["year"] == "2027"


def test_a_beginning_without_a_time_zone_is_refused() -> None:
    naive = Ledger((replace(AHEAD.start, begins=datetime(2026, 3, 5, 10)),))  # noqa: DTZ001
    with pytest.raises(CalendarError, match="has no time zone"):
        due(naive, CALENDARS)


def test_an_entry_without_a_time_zone_is_refused() -> None:
    with pytest.raises(CalendarError, match="has no time zone"):
        AHEAD.then(Paused(datetime(2026, 3, 5, 10)))  # noqa: DTZ001


def test_entries_of_the_repeated_hour_are_in_order_of_time_and_not_of_the_wall() -> None:
    zone = "Europe/Berlin"
    first, second = at("2026-10-25 02:45", zone), at("2026-10-25 02:15", zone, fold=1)
    ledger = Ledger((replace(AHEAD.start, at=first, begins=None),)).then(Paused(second))
    assert len(ledger.until(first).entries) == 1
    with pytest.raises(ClockError) as caught:
        ledger.then(Resumed(first))
    assert caught.value.code == "entry-out-of-order"


# Several entries of one moment


def test_a_pause_without_length_is_none() -> None:
    plain = started("2026-03-02 09:00")
    held = plain.then(*pause("2026-03-02 10:00", "2026-03-02 10:00"))
    now = at("2026-03-02 10:30")
    assert standing(held, CALENDARS, now) == standing(plain, CALENDARS, now)
    assert sentence(held, CALENDARS, now) == sentence(plain, CALENDARS, now)


@pytest.mark.parametrize("length", ["2 working hours", "2 workdays", "30 minutes", "1 month"])
def test_a_start_a_pause_and_another_calendar_at_once_come_to_the_same_in_any_order(
    length: str,
) -> None:
    moment = "2026-03-02 19:00"
    now = at("2026-03-03 20:00")
    entries = (paused(moment), moved(moment, "west"), changed(moment, length))
    found = [
        standing(
            started(moment, "9 hours").then(*order, resumed("2026-03-03 10:00")), CALENDARS, now
        )
        for order in permutations(entries)
    ]
    plain = started(moment, length, "west").then(*pause(moment, "2026-03-03 10:00"))
    assert {each == standing(plain, CALENDARS, now) for each in found} == {True}


def test_a_day_that_another_team_has_ended_is_not_lost_to_a_pause_without_length() -> None:
    # West closes at 20:00, East at 18:00: Monday is over with the change.
    plain = started("2026-03-06 15:00", "9 workdays", "west").then(
        moved("2026-03-09 19:00", "east")
    )
    held = plain.then(*pause("2026-03-09 19:00", "2026-03-09 19:00"))
    now = at("2026-03-09 19:30")
    assert standing(held, CALENDARS, now) == standing(plain, CALENDARS, now)
    assert standing(held, CALENDARS, now).elapsed.size == 2  # Saturday, Monday


def test_a_day_ends_in_the_pause_whether_the_team_or_the_pause_is_entered_first() -> None:
    plain = started("2026-03-06 15:00", "9 workdays", "west")
    moment, now = "2026-03-09 19:00", at("2026-03-10 10:00")
    first = plain.then(paused(moment), moved(moment, "east"), resumed("2026-03-10 09:00"))
    second = plain.then(moved(moment, "east"), paused(moment), resumed("2026-03-10 09:00"))
    assert standing(first, CALENDARS, now) == standing(second, CALENDARS, now)
    assert standing(first, CALENDARS, now).elapsed.size == 1  # Saturday


def test_the_day_on_which_a_held_clock_begins_is_that_of_the_calendar_it_begins_on() -> None:
    nights = calendar({"mon-fri": "22:00-06:00"})
    known = {**CALENDARS, "nights": nights}
    ledger = begun("2026-03-02 09:00", "2026-03-03 05:00", "1 workday", "nights").then(
        paused("2026-03-02 10:00"), moved("2026-03-02 11:00", "east"), resumed("2026-03-03 10:00")
    )
    # At East it begins on Tuesday, which is not counted; by the night shift it would be Monday.
    found = due(ledger, known)
    assert found is not None
    assert wall(found) == "2026-03-04 18:00"


@settings(max_examples=40)
@given(two_calendars(), st.data(), st.integers(0, 4000), st.integers(0, 9000))
def test_entries_of_one_moment_come_to_the_same_in_any_order(
    drawn: tuple[Known, date], data: st.DataObject, later: int, latest: int
) -> None:
    known, night = drawn
    ledger = data.draw(ledgers(night))
    now = ledger.entries[-1].at + later * MINUTE
    first = ledger.then(Paused(now), CalendarChanged(now, "b"))
    second = ledger.then(CalendarChanged(now, "b"), Paused(now))
    going = (Resumed(now + 300 * MINUTE),)
    when = now + latest * MINUTE
    assert standing(first, known, when) == standing(second, known, when)
    assert due(first.then(*going), known) == due(second.then(*going), known)


@settings(max_examples=40)
@given(two_calendars(), st.data(), st.integers(0, 4000), st.integers(0, 9000))
def test_a_pause_without_length_changes_nothing(
    drawn: tuple[Known, date], data: st.DataObject, later: int, latest: int
) -> None:
    known, night = drawn
    ledger = data.draw(ledgers(night))
    now = ledger.entries[-1].at + later * MINUTE
    when = now + latest * MINUTE
    held = ledger.then(Paused(now), Resumed(now))
    assert standing(held, known, when) == standing(ledger, known, when)
    moved_on = ledger.then(CalendarChanged(now, "b"))
    for order in (
        (Paused(now), CalendarChanged(now, "b"), Resumed(now)),
        (CalendarChanged(now, "b"), Paused(now), Resumed(now)),
        (Paused(now), Resumed(now), CalendarChanged(now, "b")),
    ):
        assert standing(ledger.then(*order), known, when) == standing(moved_on, known, when)


@settings(max_examples=40)
@given(two_calendars(), st.data(), st.integers(0, 9000), st.integers(0, 12_000))
def test_a_clock_begun_ahead_is_one_started_then_whatever_was_entered_before(
    drawn: tuple[Known, date], data: st.DataObject, ahead: int, later: int
) -> None:
    known, night = drawn
    ledger = data.draw(ledgers(night))
    begins = ledger.start.at + ahead * MINUTE
    early = Ledger((replace(ledger.start, begins=begins), *ledger.entries[1:]))
    clamped = Ledger(tuple(_not_before(each, begins) for each in ledger.entries))
    assert due(early, known) == due(clamped, known)
    now = max(begins, ledger.entries[-1].at) + later * MINUTE
    assert standing(early, known, now) == standing(clamped, known, now)


def _not_before(entry: Entry, moment: datetime) -> Entry:
    return replace(entry, at=max(entry.at, moment))


@settings(max_examples=40)
@given(two_calendars(), st.data(), st.integers(0, 9000), st.integers(0, 12_000))
def test_a_clock_entered_late_is_one_started_in_time(
    drawn: tuple[Known, date], data: st.DataObject, behind: int, later: int
) -> None:
    known, night = drawn
    ledger = data.draw(ledgers(night))
    start = ledger.start
    entered = start.at + behind * MINUTE
    late = Started(entered, start.limit, start.calendar, start.label, start.at)
    now = entered + later * MINUTE
    plain = Ledger((start,))
    assert standing(Ledger((late,)), known, now) == standing(plain, known, now)
    stop = Stopped(entered + timedelta(days=1))
    assert standing(Ledger((late, stop)), known, stop.at) == (
        standing(plain.then(stop), known, stop.at)
    )
