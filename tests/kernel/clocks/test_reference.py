"""Ledgers of any entries give what reading them minute by minute gives."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.calendars.reference import Window
from tests.kernel.clocks import reference
from tests.kernel.clocks.strategies import MINUTE, histories, two_calendars
from tuoban.kernel.calendars import Calendar
from tuoban.kernel.clocks import Measure, due, standing

DAYS = 6


@settings(max_examples=15)
@given(two_calendars(), st.data())
def test_any_ledger_is_due_when_the_reference_says(
    drawn: tuple[dict[str, Calendar], date], data: st.DataObject
) -> None:
    known, night = drawn
    start = datetime(night.year, night.month, night.day, tzinfo=UTC) - timedelta(days=2)
    end = start + timedelta(days=DAYS)
    windows = {name: Window(each, start, DAYS) for name, each in known.items()}
    for _ in range(8):
        ledger = data.draw(histories(start, DAYS * 1440 * MINUTE))
        expected, found = reference.due(ledger, windows), due(ledger, known)
        if expected is not None:
            assert found == expected
        else:
            assert found is None or found > end
        now = end - data.draw(st.integers(0, 1440)) * MINUTE
        if now < ledger.entries[-1].at:
            continue
        stands = standing(ledger, known, now)
        counted = reference.elapsed(ledger, windows, stands.elapsed.measure, now)
        assert stands.elapsed.size == counted * 60_000_000
        assert stands.late == (found is not None and found < now)
        if stands.late and stands.elapsed.measure is Measure.WORKING:
            over = reference.elapsed(ledger, windows, Measure.WORKING, found or end)
            assert stands.remaining.size == (over - counted) * 60_000_000
