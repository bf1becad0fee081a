"""What holds of every ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.kernel.calendars.strategies import calendars, moments_near
from tests.kernel.clocks.strategies import MINUTE, histories, ledgers, lengths, two_calendars
from tuoban.kernel.calendars import (
    Calendar,
    add,
    add_workdays,
    between,
    is_working,
    previous_working,
)
from tuoban.kernel.calendars.instants import micros_of
from tuoban.kernel.clocks import (
    Amount,
    CalendarChanged,
    Extended,
    Ledger,
    Length,
    LimitChanged,
    Measure,
    Paused,
    Resumed,
    Started,
    Until,
    Within,
    due,
    elapsed,
    read_length,
    rows,
    standing,
)
from tuoban.kernel.clocks.counting import spent
from tuoban.kernel.clocks.history import history

Drawn = tuple[Calendar, date]


@given(two_calendars(), st.data())
def test_at_any_later_time_the_ledger_gives_the_same_due_moment(
    drawn: tuple[dict[str, Calendar], date], data: st.DataObject
) -> None:
    known, night = drawn
    ledger = data.draw(ledgers(night))
    last = ledger.entries[-1].at
    found = {standing(ledger, known, last + days * timedelta(days=1)).due for days in (0, 1, 30)}
    assert found == {due(ledger, known)}


@given(two_calendars(), st.data(), st.integers(0, 20_000))
def test_what_has_passed_and_what_is_left_make_the_limit(
    drawn: tuple[dict[str, Calendar], date], data: st.DataObject, later: int
) -> None:
    known, night = drawn
    ledger = data.draw(ledgers(night))
    lengths = [each.limit.length for each in ledger.entries[:1]]  # type: ignore[union-attr]
    for entry in ledger.entries[1:]:
        if isinstance(entry, LimitChanged) and isinstance(entry.limit, Within):
            lengths[0] = entry.limit.length
        elif isinstance(entry, Extended):
            lengths.append(entry.by)
    assume(len({each.measure for each in lengths}) == 1)
    found = standing(ledger, known, ledger.entries[-1].at + later * MINUTE)
    # A workday that was over when the calendar changed may come on top of the limit.
    if not (found.late and found.elapsed.measure is Measure.WORKDAYS):
        assert found.elapsed.size + found.remaining.size == sum(each.size for each in lengths)


@given(calendars(), st.data(), st.integers(1, 5000), st.integers(1, 200), st.integers(0, 4000))
def test_a_pause_moves_the_due_moment_by_exactly_its_working_time(
    drawn: Drawn, data: st.DataObject, length: int, before: int, held: int
) -> None:
    calendar, night = drawn
    start = data.draw(moments_near(night))
    ledger = Ledger((Started(start, Within(read_length(f"{length} working minutes")), "a"),))
    first = start + before * MINUTE
    last = first + held * MINUTE
    plain = due(ledger, {"a": calendar})
    assert plain is not None
    assume(first < plain)
    moved = due(ledger.then(Paused(first), Resumed(last)), {"a": calendar})
    span = between(calendar, first, last)
    assert moved == (add(calendar, plain, span) if span else plain)


@given(calendars(), st.data(), st.integers(1, 30), st.integers(1, 9000), st.integers(0, 9000))
def test_a_pause_moves_a_limit_in_workdays_by_the_days_that_ended_in_it(
    drawn: Drawn, data: st.DataObject, days: int, before: int, held: int
) -> None:
    calendar, night = drawn
    start = data.draw(moments_near(night))
    known = {"a": calendar}
    ledger = Ledger((Started(start, Within(read_length(f"{days} workdays")), "a"),))
    first, last = start + before * MINUTE, start + (before + held) * MINUTE
    plain = due(ledger, known)
    assert plain is not None
    assume(first < plain)
    assert plain == add_workdays(calendar, start, days)
    passed = elapsed(ledger, known, last).size - elapsed(ledger, known, first).size
    held_ledger = ledger.then(Paused(first), Resumed(last))
    assert due(held_ledger, known) == add_workdays(calendar, start, days + passed)


@given(two_calendars(), st.data(), lengths(), st.integers(0, 4000))
def test_a_priority_changed_there_and_back_changes_nothing(
    drawn: tuple[dict[str, Calendar], date],
    data: st.DataObject,
    other: Length,
    later: int,
) -> None:
    known, night = drawn
    ledger = data.draw(ledgers(night))
    limit = [each.limit for each in ledger.entries if isinstance(each, Started | LimitChanged)][-1]
    now = ledger.entries[-1].at + later * MINUTE
    there = ledger.then(LimitChanged(now, Within(other)))
    back = there.then(LimitChanged(now + MINUTE, limit))
    assert standing(back, known, now + MINUTE) == standing(ledger, known, now + MINUTE)


@given(two_calendars(), st.data(), st.integers(0, 4000), st.integers(0, 4000))
def test_a_calendar_changed_and_changed_back_at_once_changes_nothing(
    drawn: tuple[dict[str, Calendar], date], data: st.DataObject, later: int, latest: int
) -> None:
    known, night = drawn
    ledger = data.draw(ledgers(night, changes=False))
    assume(ledger.entries[0].limit.length.measure is not Measure.WORKDAYS)  # type: ignore[union-attr]
    now = ledger.entries[-1].at + later * MINUTE
    back = ledger.then(CalendarChanged(now, "b"), CalendarChanged(now, "a"))
    when = now + latest * MINUTE
    assert standing(back, known, when) == standing(ledger, known, when)


@given(two_calendars(), st.data(), st.integers(0, 4000))
def test_what_was_used_stays_used_whatever_calendar_comes_next(
    drawn: tuple[dict[str, Calendar], date], data: st.DataObject, later: int
) -> None:
    known, night = drawn
    start = data.draw(moments_near(night))
    ledger = Ledger((Started(start, Within(read_length("99 working hours")), "a"),))
    now = start + later * MINUTE
    used = between(known["a"], start, now)
    other = ledger.then(CalendarChanged(now, "b"))
    assert elapsed(other, known, now) == Amount(Measure.WORKING, used // timedelta(microseconds=1))
    day_after: datetime = now + timedelta(days=1)
    assert elapsed(other, known, day_after).length == used + between(known["b"], now, day_after)


@settings(max_examples=40)
@given(two_calendars(), st.data(), st.lists(st.integers(0, 4000), min_size=3, max_size=3))
def test_any_ledger_gives_the_same_due_moment_however_often_and_late_it_is_asked(
    drawn: tuple[dict[str, Calendar], date], data: st.DataObject, later: list[int]
) -> None:
    known, night = drawn
    ledger = data.draw(histories(_midnight(night), timedelta(days=4)))
    again = dict(reversed([(name, replace(each)) for name, each in known.items()]))
    last = ledger.entries[-1].at
    found = {standing(ledger, again, last + each * MINUTE).due for each in later}
    assert found == {due(ledger, known)}


@settings(max_examples=40)
@given(two_calendars(), st.data(), lengths())
def test_another_limit_leaves_what_was_used_and_held(
    drawn: tuple[dict[str, Calendar], date], data: st.DataObject, other: Length
) -> None:
    known, night = drawn
    ledger = data.draw(histories(_midnight(night), timedelta(days=4)))
    now = ledger.entries[-1].at
    there = ledger.then(LimitChanged(now, Within(other)))
    once_more = there.then(
        LimitChanged(now, Until(now)),
        LimitChanged(now, Within(other)),
    )
    assert standing(once_more, known, now) == standing(there, known, now)
    from_the_start = Ledger((replace(ledger.start, limit=Within(other)), *ledger.entries[1:]))
    kept = tuple(each for each in from_the_start.entries if not isinstance(each, LimitChanged))
    assert standing(there, known, now) == standing(Ledger(kept), known, now)


@settings(max_examples=40)
@given(two_calendars(), st.data())
def test_the_rows_add_up_to_what_had_elapsed_at_each(
    drawn: tuple[dict[str, Calendar], date], data: st.DataObject
) -> None:
    known, night = drawn
    ledger = data.draw(histories(_midnight(night), timedelta(days=4)) | ledgers(night))
    now = ledger.entries[-1].at
    past = history(ledger, known)
    for row in rows(ledger, known, now):
        assert row.total.size == spent(row.total.measure, past.runs, micros_of(row.at))


def _midnight(night: date) -> datetime:
    return datetime(night.year, night.month, night.day, tzinfo=UTC)


@given(calendars(), st.data(), st.sampled_from(["working minute", "workday"]), st.integers(1, 500))
def test_no_limit_in_working_time_ends_outside_it(
    drawn: Drawn, data: st.DataObject, unit: str, number: int
) -> None:
    calendar, night = drawn
    limit = Within(read_length(f"{number} {unit}s"))
    ledger = Ledger((Started(data.draw(moments_near(night)), limit, "a"),))
    found = due(ledger, {"a": calendar})
    assert found is not None
    assert found == previous_working(calendar, found) or is_working(calendar, found)
