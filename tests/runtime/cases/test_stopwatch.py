"""The rows that start, pause and finish write."""

from __future__ import annotations

from tuoban.runtime.cases.stopwatch import begun_before, joined, running, started, stopped

NINE, TEN = "2026-03-02T09:00:05", "2026-03-02T10:00:00"


def test_starting_takes_the_place_of_a_blank_row() -> None:
    expected = {"#": "+1", "what": "", "begun": NINE, "who": "7"}
    assert started([{"#": "+1", "what": ""}], NINE, "7") == [expected]


def test_starting_twice_starts_once() -> None:
    once = started([], NINE, "7")
    assert started(once, TEN, "7") == once


def test_after_a_pause_the_same_is_gone_on_with_in_another_row() -> None:
    first = [{**row, "what": "Pump"} for row in started([], NINE, "7")]
    paused = stopped(first, TEN, "No part")
    ended = {"ended": TEN, "paused": "No part"}
    assert paused == [{"#": "+1", "what": "Pump", "begun": NINE, "who": "7", **ended}]
    assert running(paused) is None
    assert begun_before(paused)
    again = started(paused, "2026-03-02T11:00:00", "7")
    assert again[1] == {"#": "+2", "what": "Pump", "begun": "2026-03-02T11:00:00", "who": "7"}


def test_stopping_twice_stops_once() -> None:
    once = stopped(started([], NINE, "7"), TEN)
    assert stopped(once, "2026-03-02T11:00:00", "why") == once


def test_a_row_with_hours_does_not_run() -> None:
    assert running([{"#": "+1", "what": "Pump", "begun": NINE, "hours": "2"}]) is None


def test_a_page_that_did_not_know_of_a_stretch_does_not_lose_it() -> None:
    kept = [{"#": "+1", "what": "", "begun": NINE}]
    typed = [{"#": "+1", "what": "Pump", "begun": "", "ended": ""}, {"#": "+2", "what": "Pipe"}]
    assert joined(kept, typed)[0] == {"#": "+1", "what": "Pump", "begun": NINE, "ended": ""}
    assert joined(kept, [{"#": "+2", "what": "Pipe"}]) == [{"#": "+2", "what": "Pipe"}, *kept]


def test_a_blank_row_that_was_kept_does_not_come_back() -> None:
    assert joined([{"#": "+1", "what": ""}, {}], [{"#": "+2", "what": "Pipe"}]) == [
        {"#": "+2", "what": "Pipe"}
    ]
