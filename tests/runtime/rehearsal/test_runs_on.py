"""A rehearsal of what never stops, or fails when its time comes, says so and ends."""

import pytest

from tuoban.runtime.rehearsal import halting, play, read_scenarios

pytestmark = pytest.mark.django_db

HEAD = """\
pack: runs-on
version: 1
language: en
title: Runs on
roles: {clerk: Clerk}
fields: {n: {type: integer, en: N, default: 0}}
starts: [{request: ask, en: Ask, by: clerk}]
process:
"""

SCENARIO = """
- scenario: time passes
  cast: {mei: clerk}
  start: {by: mei, request: ask}
  play: [{clock: in 40 days}]
  expect: {ended: over}
"""


def failure(process: str) -> str:
    (read,) = read_scenarios(SCENARIO)
    played = play(read, HEAD + process + "  - {end: over}\n", "")
    (line,) = (each for each in played.lines if each.failed)
    assert line.line == 5
    return line.text.en


def test_a_clock_that_ticks_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halting, "MOST_AT_ONCE", 20)  # the same in a moment
    ticking = "  - repeat: r\n    until: r.round > 9999999\n    steps: [{wait: 10 minutes}]\n"
    assert "happened by themselves" in failure(ticking)


def test_what_fails_when_its_time_comes_is_told() -> None:
    many = "  - repeat: r\n    until: n < 0\n    at-most: 9000\n    steps:\n"
    many += "      - {set: {n: n + 1}}\n" * 2
    assert "what came due fails" in failure("  - {wait: 1 hour}\n" + many)
