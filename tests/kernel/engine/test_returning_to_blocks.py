"""Work goes back to a whole block, which is entered anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e

STAGE = """
- {step: first, by: worker}
- stage: s
  within: 2 hours
  needs: [{that: good = true, else: not good}]
  fields: {note: {type: text, en: Note}}
  steps:
    - {step: a, by: worker, form: [note]}
    - {step: b, by: worker}
- {step: check, by: checker, returns-to: [s], form: [good]}
- end: closed
"""


def test_a_stage_is_done_again_from_its_beginning_on_a_clock_of_its_own() -> None:
    play = Play(STAGE).start(good=True).do("first").do("a", note="x").wait(hours=1)
    play.do("b").send_back("check", "s", "zhou")
    assert play.open() == {"a"}
    assert play.item("a").person == "li"
    clock = next(each for each in play.state.clocks.values() if each.node == "s")
    assert clock.ledger.entries[0].at == play.at
    assert [made.counts for made in play.state.completions["a"]] == [False]
    assert [made.counts for made in play.state.completions["first"]] == [True]
    play.do("a", note="y").do("b").do("check", "zhou")
    assert play.state.status == "ended"


def test_what_the_stage_needs_is_judged_again() -> None:
    play = Play(STAGE).start(good=True).do("first").do("a").do("b")
    play.carry_out(c.Correct("wang", "good", "false", "it is not"))
    play.send_back("check", "s", "zhou")
    assert play.open() == set()
    play.carry_out(c.Correct("wang", "good", "true", "it is"))
    assert play.open() == {"a"}


BLOCKS = {
    "plan": "plan: s, steps: [{step: a, by: worker}, {step: b, by: worker, needs: [a]}]",
    "repeat": "repeat: s, until: s.round > 1, steps: [{step: a, by: worker}]",
    "each": "each: s, in: '[1, 2]', order: one by one, steps: [{step: a, by: worker}]",
    "call": "call: inner, as: s",
}
INNER = """
processes:
  inner: {en: Inner, steps: [{step: a, by: worker}]}
"""


@pytest.mark.parametrize("kind", BLOCKS)
def test_any_block_can_be_done_again(kind: str) -> None:
    play = Play(
        f"- {{{BLOCKS[kind]}}}\n- {{step: check, by: checker, returns-to: [s]}}\n- end: closed\n"
        + (INNER if kind == "call" else "")
    ).start()
    done: list[str] = []
    for _ in range(2):
        before = len(done)
        while "check" not in play.open():
            (step,) = play.open()
            play.do(step)
            done.append(step)
        if before == 0:
            play.send_back("check", "s", "zhou")
    assert done[: len(done) // 2] == done[len(done) // 2 :]
    assert play.do("check", "zhou").state.status == "ended"


def test_a_stage_of_a_branch_is_done_again_in_that_branch_alone() -> None:
    play = Play(
        """
- parallel:
    - stage: left
      steps:
        - {stage: s, steps: [{step: a, by: worker}]}
        - {step: b, by: worker}
    - {step: right, by: worker}
- {step: check, by: checker, returns-to: [s]}
- end: closed
"""
    ).start()
    play.do("a").do("b").do("right").send_back("check", "s", "zhou")
    assert play.open() == {"a"}
    play.do("a").do("b")
    assert play.open() == {"check"}


def test_a_stage_that_was_passed_over_is_nothing_to_go_back_to() -> None:
    play = (
        Play(
            """
- {step: first, by: worker}
- {stage: s, when: good = true, steps: [{step: a, by: worker}]}
- {step: check, by: checker, returns-to: [s, first]}
- end: closed
"""
        )
        .start(good=False)
        .do("first")
    )
    refused = play.refused(c.Return("zhou", play.item("check").id, "s", "not right"))
    assert refused == "not-finished"


def test_a_journal_says_to_which_block_work_went_back() -> None:
    play = Play(STAGE).start(good=True).do("first").do("a").do("b").send_back("check", "s", "zhou")
    (returned,) = (each for each in play.journal if isinstance(each, e.WorkReturned))
    assert returned.to == "s"
    play.at += timedelta(days=1)
    assert play.carry_out(c.Recheck()) is not None
