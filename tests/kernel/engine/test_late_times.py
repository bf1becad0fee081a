"""`late` at moments that are calculated: by settings, by fields, and with what changes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tests.kernel.engine.playing import HEADER, ZONE, Play
from tests.kernel.engine.timing import at, play_at
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.engine import evolve
from tuoban.kernel.language import compile_pack
from tuoban.kernel.state import NEW

CALCULATED = """
- step: a
  by: worker
  within: 2 hours
  late:
    settings.patience before: tell performer
    grade.limit after: tell boss
    every settings.patience after: tell checker
- end: x
"""
GRADED = "- {decide: grade}\n"


def passed(play: Play) -> list[tuple[str, datetime]]:
    return [(each.tier, each.moment) for each in play.journal if isinstance(each, e.LimitPassed)]


def with_patience(process: str, length: str) -> Play:
    """The case of a pack whose setting has this value."""
    header = HEADER.replace("default: 30 minutes", f"default: {length}")
    steps = "".join(f"  {line}\n" for line in process.strip("\n").splitlines())
    play = Play(compile_pack(header + steps, packs=None))
    play.at = at("03-02 09:00")
    return play


def test_moments_around_a_limit_follow_settings_and_tables() -> None:
    play = play_at("03-02 09:00", GRADED + CALCULATED.lstrip()).start(kind="hard", amount=20)
    play.wait(hours=3)
    assert passed(play) == [
        ("settings.patience before", at("03-02 10:30")),
        ("grade.limit after", at("03-02 11:15")),
        ("every settings.patience after", at("03-02 11:30")),
        ("every settings.patience after", at("03-02 12:00")),
    ]


def test_a_journal_is_told_again_without_calculating_anything() -> None:
    play = play_at("03-02 09:00", GRADED + CALCULATED.lstrip()).start(kind="hard", amount=20)
    other = replace(play.definition, settings={})
    state = NEW
    for event in play.wait(hours=3).journal:
        state = evolve(other, state, event)
    assert state == play.state


MOVED = """
- step: a
  by: worker
  within: 2 hours
  late:
    'if kind = "hard" then duration("PT1H") else settings.patience before': tell boss
- end: x
"""


def test_a_moment_is_set_anew_when_what_it_is_read_from_changes() -> None:
    play = play_at("03-02 09:00", MOVED).start(kind="easy")
    (timer,) = play.state.timers.values()
    assert timer.at == at("03-02 10:30")
    play.carry_out(c.Correct("wang", "kind", "hard", "it is"))
    (timer,) = play.state.timers.values()
    assert timer.at == at("03-02 10:00")
    play.wait(hours=1)
    play.carry_out(c.Correct("wang", "kind", "easy", "it is not"))
    assert [each.at for each in play.state.timers.values()] == [at("03-02 10:30")]


WANTED = """
- parallel:
    - {step: a, by: worker, within: 2 hours, late: {wanted_at - start.at before: tell boss}}
    - {step: b, by: checker, form: [wanted_at]}
- end: x
"""


def test_what_cannot_be_told_yet_comes_when_it_can() -> None:
    play = play_at("03-02 09:00", WANTED).start()
    assert not play.state.timers
    play.do("b", by="zhou", wanted_at="2026-03-02 10:00")
    assert [each.at for each in play.state.timers.values()] == [at("03-02 10:00")]


def test_no_time_before_or_after_a_limit_is_at_it() -> None:
    play = play_at("03-02 09:00", WANTED).start(wanted_at="2026-03-02 09:00").wait(hours=2)
    assert [moment for _, moment in passed(play)] == [at("03-02 11:00")]


@pytest.mark.parametrize(
    ("amount", "rounds"), [("1", ["10:10", "10:20"]), ("30", ["10:30"]), ("0", ["10:10", "10:20"])]
)
def test_what_comes_again_keeps_ten_minutes_between(amount: str, rounds: list[str]) -> None:
    process = """
    - step: a
      by: worker
      within: 1 hour
      late: {every duration("PT1M") * amount after: tell boss}
    - end: x
    """
    play = play_at("03-02 09:00", process).start(amount=amount).wait(hours=1)
    play.at = at("03-02 10:30")
    play.carry_out(c.Recheck())
    found = [f"{moment.astimezone(ZONE):%H:%M}" for _, moment in passed(play)]
    assert found[: len(rounds)] == rounds
    assert len(found) == (1 if amount == "30" else 3)


def test_a_setting_in_working_time_counts_by_the_calendar() -> None:
    process = """
- step: a
  by: worker
  within: 2 hours
  late: {settings.patience after: tell boss}
- end: x
"""
    play = with_patience(process, "1 workday").start()
    (timer,) = play.state.timers.values()
    assert timer.at > at("03-02 11:00")


def test_limits_of_blocks_and_of_elements_have_calculated_moments_too() -> None:
    process = """
    - stage: s
      within: 1 hour
      late: {settings.patience after: [tell boss, move on]}
      steps: [{step: a, by: worker}]
    - {step: b, by: worker}
    - end: x
    """
    play = play_at("03-02 09:00", process).start().wait(hours=1, minutes=29)
    assert play.open() == {"a"}
    play.wait(minutes=1)
    assert play.open() == {"b"}
