"""Ledgers for Hypothesis."""

from __future__ import annotations

from datetime import date, timedelta

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
