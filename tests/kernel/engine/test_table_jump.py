"""The rows of jumping and cancelling of docs/reference/operations.md, cell by cell."""

from __future__ import annotations

from dataclasses import replace

from tests.kernel.engine.playing import DIRECTORY, Play
from tests.kernel.engine.table import (
    CHOOSE,
    DECIDE,
    END,
    PARALLEL,
    REPEAT,
    STAGE,
    STEP,
    TOGETHER,
    cell,
    jumped,
    signed,
)
from tuoban.kernel import commands as c
from tuoban.kernel import events as e


@cell("jump", "step")
def test_jump_step() -> None:
    play = jumped(Play(STEP).start(), "one", "two")
    assert play.open() == {"two"}
    assert play.state.done["one"][0].passed_over
    assert play.state.clocks == {}
    play = jumped(play, "two", "one")
    assert play.open() == {"one"}
    assert not play.state.done["one"]
    play.at = play.at.replace(minute=20)
    jumped(signed(play), "two", "one")
    assert play.clock("one").begins == play.at
    assert play.item("one").person == "li"
    assert play.state.values["amount"] is None
    assert play.state.newest("one") is None
    assert play.refused(c.Withdraw("li", play.item("one").id - 2)) == "not-finished"


@cell("jump", "stage")
def test_jump_stage() -> None:
    play = jumped(Play(STAGE).start(), "one", "two")
    assert play.open() == {"two"}
    assert play.state.clocks == {}
    assert len(play.state.activations) == 1
    assert play.refused(c.Jump("wang", play.item("two").id, "one", "back")) == "not-jumpable"


@cell("jump", "choose")
def test_jump_choose() -> None:
    play = Play(CHOOSE).start().do("look", kind="hard")
    assert play.refused(c.Jump("wang", play.item("one").id, "other", "x")) == "not-jumpable"
    assert jumped(play, "one", "two").open() == {"two"}
    assert jumped(play, "two", "look").do("look", kind="easy").open() == {"other"}


@cell("jump", "parallel")
def test_jump_parallel() -> None:
    play = Play(PARALLEL).start().do("zero").do("other")
    jumped(play, "one", "two")
    assert play.open() == {"two"}
    assert play.state.newest("other") is not None
    jumped(play, "two", "zero")
    assert play.open() == {"zero"}
    assert play.state.newest("other") is None
    assert play.do("zero").open() == {"one", "other"}


@cell("jump", "each")
def test_jump_each() -> None:
    play = Play(TOGETHER).start().do("zero")
    assert jumped(play, "one", "two").open() == {"two"}
    assert len(play.state.activations) == 1


@cell("jump", "repeat")
def test_jump_repeat() -> None:
    play = Play(REPEAT).start().do("one").do("check", by="zhou", outcome="bad")
    jumped(play, "one", "check")
    assert play.open() == {"check"}
    assert [each.rounds for each in play.state.loops["rounds"]] == [2]
    assert jumped(play, "check", "two").open() == {"two"}

    play = Play("- {step: zero, by: worker}\n" + REPEAT.strip())
    play.start().do("zero").do("one").do("check", by="zhou", outcome="bad")
    jumped(play, "one", "zero").do("zero")
    assert [each.rounds for each in play.state.loops["rounds"]] == [1]


@cell("jump", "decide")
def test_jump_decide() -> None:
    play = jumped(Play(DECIDE).start(), "one", "two")
    assert "grade" not in play.state.completions
    jumped(play, "two", "one").do("one", kind="hard", amount="20")
    assert [each.data["desk"] for each in play.state.completions["grade"]] == ["back"]


@cell("jump", "end")
def test_jump_end() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Cancel("wang", "mistake"))
    assert play.refused(c.Jump("wang", 1, "two", "x")) == "item-withdrawn"


def cancelled(play: Play) -> Play:
    play.carry_out(c.Cancel("wang", "mistake"))
    state = play.state
    assert (state.status, state.outcome) == ("ended", "cancelled")
    open_parts = (state.items, state.activations, state.clocks, state.timers)
    assert [len(each) for each in open_parts] == [0, 0, 0, 0]
    return play


@cell("cancel", "step")
def test_cancel_step() -> None:
    play = signed(Play(STEP).start())
    play.carry_out(c.Claim("zhou", play.item("two").id))
    cancelled(play)
    (withdrawn,) = (each for each in play.journal if isinstance(each, e.ItemWithdrawn))
    assert withdrawn.person == "zhou"
    made = play.state.newest("one")
    assert made is not None
    assert made.signatures
    assert str(play.state.values["amount"]) == "5.00"


@cell("cancel", "stage")
def test_cancel_stage() -> None:
    cancelled(Play(STAGE).start())


@cell("cancel", "choose")
def test_cancel_choose() -> None:
    cancelled(Play(CHOOSE).start().do("look", kind="hard"))


@cell("cancel", "parallel")
def test_cancel_parallel() -> None:
    cancelled(Play(PARALLEL).start().do("zero"))


@cell("cancel", "each")
def test_cancel_each() -> None:
    cancelled(Play(TOGETHER).start().do("zero"))


@cell("cancel", "repeat")
def test_cancel_repeat() -> None:
    cancelled(Play(REPEAT).start().do("one"))


@cell("cancel", "decide")
def test_cancel_decide() -> None:
    play = cancelled(Play(DECIDE).start().do("one", kind="easy"))
    assert play.state.newest("grade") is not None


@cell("cancel", "end")
def test_cancel_end() -> None:
    play = Play(END).start().do("one")
    assert play.refused(c.Cancel("wang", "mistake")) == "case-over"
    assert play.state.outcome == "closed"


def test_whoever_began_a_case_may_cancel_it_until_something_is_done() -> None:
    play = Play(STAGE).start(by="han")
    assert play.refused(c.Cancel("li", "mistake")) == "not-to-cancel"
    assert play.refused(c.Cancel("han", " ")) == "reason-missing"
    play.do("one").withdraw("one")
    assert play.refused(c.Cancel("han", "mistake")) == "not-to-cancel"
    play.carry_out(c.Suspend("wang", "flood"))
    cancelled(play)
    fresh = Play(STAGE).start(by="han")
    fresh.carry_out(c.Cancel("han", "mistake"))
    assert fresh.state.outcome == "cancelled"


def test_an_administrator_who_is_active_lets_a_case_jump() -> None:
    admin = replace(DIRECTORY, administrators=frozenset({"far"}))
    play = Play(STEP, directory=admin).start()
    play.carry_out(c.Jump("far", 1, "two", "stuck"))
    assert play.open() == {"two"}
    gone = replace(admin, people=admin.people - {"far"})
    assert Play(STEP, directory=gone).start().refused(c.Jump("far", 1, "two", "x")) == "not-head"


def test_only_a_head_lets_a_case_jump_for_a_reason_and_while_it_runs() -> None:
    play = Play(STEP).start()
    assert play.refused(c.Jump("li", 1, "two", "x")) == "not-head"
    assert play.refused(c.Jump("zhou", 1, "two", " ")) == "reason-missing"
    assert play.refused(c.Jump("zhou", 1, "one", "x")) == "not-jumpable"
    assert play.refused(c.Jump("zhou", 1, "nowhere", "x")) == "not-jumpable"
    play.carry_out(c.Suspend("wang", "flood"))
    assert play.refused(c.Jump("zhou", 1, "two", "x")) == "suspended"


def test_no_jump_lifts_not_and_what_was_done_before_it_is_not_taken_back() -> None:
    play = (
        Play("""
    - {step: one, by: worker}
    - {step: two, by: worker}
    - {step: three, by: {role: worker, not: one}, needs: [two]}
    - end: closed
    """)
        .start()
        .do("one", by="li")
    )
    jumped(play, "two", "three")
    assert play.item("three").locked is None  # passed over counts as done
    assert play.refused(c.Claim("li", play.item("three").id)) == "not-same-person"
    assert play.refused(c.Withdraw("li", 1)) == "jumped-since"
    assert play.do("three", by="han").state.outcome == "closed"


def test_a_jump_enters_a_step_whose_condition_does_not_hold() -> None:
    play = Play("""
    - {step: one, by: worker}
    - {step: two, by: worker, when: kind = "hard"}
    - end: closed
    """)
    assert jumped(play.start(), "one", "two").open() == {"two"}
