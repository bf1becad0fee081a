"""Ledgers for Hypothesis."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from tests.kernel.calendars.strategies import calendars, moments_near
from tuoban.kernel.calendars import Calendar
from tuoban.kernel.clocks import (
    CalendarChanged,
    Extended,
    Ledger,
    Length,
    LimitChanged,
    Paused,
    Resumed,
    Started,
    Within,
    read_length,
)

MINUTE = timedelta(minutes=1)

UNITS = st.sampled_from(["minute", "hour", "day", "working minute", "working hour", "workday"])


@st.composite
def lengths(draw: st.DrawFn) -> Length:
    return read_length(f"{draw(st.integers(1, 90))} {draw(UNITS)}s")


@st.composite
def ledgers(draw: st.DrawFn, night: date, *, changes: bool = True) -> Ledger:
    """A start, and up to four things that happen to it, minutes to days apart."""
    now = draw(moments_near(night, 3))
    ledger = Ledger((Started(now, Within(draw(lengths())), "a"),))
    kinds = ["pause", "extend", "limit", "calendar"] if changes else ["pause"]
    for _ in range(draw(st.integers(0, 4))):
        now += draw(st.integers(0, 4000)) * MINUTE
        match draw(st.sampled_from(kinds)):
            case "pause":
                ledger = ledger.then(Paused(now))
                now += draw(st.integers(0, 4000)) * MINUTE
                ledger = ledger.then(Resumed(now))
            case "extend":
                ledger = ledger.then(Extended(now, draw(lengths())))
            case "limit":
                ledger = ledger.then(LimitChanged(now, Within(draw(lengths()))))
            case "calendar":
                ledger = ledger.then(CalendarChanged(now, draw(st.sampled_from("ab"))))
    return ledger


@st.composite
def two_calendars(draw: st.DrawFn) -> tuple[dict[str, Calendar], date]:
    first, night = draw(calendars())
    second, _ = draw(calendars())
    return {"a": first, "b": second}, night


@st.composite
def histories(draw: st.DrawFn, start: datetime, span: timedelta) -> Ledger:
    """Any entries that make sense, in whole minutes, of which some have the same moment.

    Limits and extensions are working or elapsed time of up to two days. The clock may begin before
    its entry or after further ones, and may be paused at the end.
    """
    steps = st.just(0) | st.integers(0, 1500)
    most = span // MINUTE
    minute = draw(st.integers(0, 2000))
    begins = draw(st.none() | st.integers(0, 4000))
    ledger = Ledger(
        (
            Started(
                start + minute * MINUTE,
                Within(draw(_short_lengths())),
                "a",
                begins=None if begins is None else start + begins * MINUTE,
            ),
        )
    )
    is_paused = False
    for _ in range(draw(st.integers(0, 9))):
        minute = min(most, minute + draw(steps))
        at = start + minute * MINUTE
        match draw(st.sampled_from(["pause", "pause", "pause", "extend", "limit", "calendar"])):
            case "pause":
                ledger = ledger.then(Resumed(at) if is_paused else Paused(at))
                is_paused = not is_paused
            case "extend":
                ledger = ledger.then(Extended(at, draw(_short_lengths())))
            case "limit":
                ledger = ledger.then(LimitChanged(at, Within(draw(_short_lengths()))))
            case "calendar":
                ledger = ledger.then(CalendarChanged(at, draw(st.sampled_from("ab"))))
    return ledger


def _short_lengths() -> st.SearchStrategy[Length]:
    units = st.sampled_from(["minutes", "working minutes"])
    return st.builds(
        lambda number, unit: read_length(f"{number} {unit}"), st.integers(1, 2880), units
    )
