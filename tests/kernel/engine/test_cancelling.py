"""`cancel`: who may cancel a case, and until when."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import HEADER, Play
from tuoban.kernel import commands as c
from tuoban.kernel.language import PackError, compile_pack

PROCESS = """
  - {step: one, by: worker, form: [amount]}
  - stage: block
    steps: [{step: two, by: worker}]
  - {step: three, by: worker}
  - end: closed
"""


def play(cancel: str) -> Play:
    text = HEADER + PROCESS.strip("\n") + f"\ncancel: {cancel}\n"
    return Play(compile_pack(text)).start(wanted_at="2026-03-02 12:00")


def test_only_the_roles_named_cancel() -> None:
    case = play("{by: [checker, boss]}")
    assert case.refused(c.Cancel("han", "no need")) == "not-a-canceller"
    assert case.refused(c.Cancel("far", "no need")) == "not-a-canceller"
    case.carry_out(c.Cancel("wang", "no need"))
    assert case.state.outcome == "cancelled"


@pytest.mark.parametrize("until", ["two", "block"])
def test_it_is_too_late_once_a_step_or_block_is_done(until: str) -> None:
    case = play(f"{{until: {until}}}").do("one")
    assert case.refused(c.Cancel("li", "no need")) == "not-to-cancel"
    case.do("two")
    assert case.refused(c.Cancel("zhou", "no need")) == "too-late-to-cancel"
    case.withdraw("two")
    case.carry_out(c.Cancel("zhou", "no need"))
    assert case.state.outcome == "cancelled"


def test_it_is_too_late_while_a_condition_holds() -> None:
    case = play("{until: {that: amount > 10}}").do("one", amount=20)
    assert case.refused(c.Cancel("zhou", "no need")) == "too-late-to-cancel"
    case.carry_out(c.Correct("zhou", "amount", 5, "miscounted"))
    case.carry_out(c.Cancel("zhou", "no need"))


def test_it_is_too_late_from_a_moment_on() -> None:
    case = play("{until: 1 hours before wanted_at}").wait(hours=2)
    assert case.refused(c.Cancel("zhou", "no need")) == "too-late-to-cancel"
    case = play("{until: 1 hours before wanted_at}").wait(hours=1)
    case.carry_out(c.Cancel("zhou", "no need"))


@pytest.mark.parametrize(
    ("cancel", "code"),
    [
        ("{by: nobody}", "unknown-role"),
        ("{until: nowhere}", "unknown-name"),
        ("{until: {that: amount}}", "wrong-kind"),
        ("{then: []}", "empty-list"),
    ],
)
def test_mistakes_are_told(cancel: str, code: str) -> None:
    with pytest.raises(PackError) as problems:
        play(cancel)
    assert [each.code for each in problems.value.problems] == [code]
