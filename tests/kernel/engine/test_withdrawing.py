"""Withdraw 撤回: until when it is allowed, and what stands afterwards."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e

ROW = """
- {step: one, by: worker, form: [amount]}
- {step: two, by: checker, within: 30 minutes, late: {at the limit: tell performer}}
- {step: three, by: worker}
- end: closed
"""

BRANCHES = """
- parallel:
    - stage: left
      steps: [{step: left_one, by: worker}, {step: left_two, by: worker}]
    - stage: right
      steps: [{step: right_one, by: worker}]
- {step: after, by: checker}
- end: closed
"""

LOOP = """
- repeat: rounds
  until: check.outcome = "good"
  at-most: 2
  steps:
    - {step: make, by: worker}
    - {step: check, by: checker, outcomes: {good: Good, bad: Bad}}
- {step: after, by: worker}
- end: closed
"""


def test_the_step_is_offered_again_to_whoever_did_it_with_what_was_entered() -> None:
    play = Play(ROW).start().do("one", by="han", amount="5").withdraw("one", by="han")
    assert play.open() == {"one"}
    assert play.item("one").person == "han"
    assert play.state.values["amount"] is None
    assert play.state.newest("one") is None
    assert play.do("one", by="han").open() == {"two"}
    assert str(play.state.values["amount"]) == "5.00"


def test_what_was_offered_since_is_withdrawn() -> None:
    play = Play(ROW).start().do("one")
    two = play.item("two").id
    play.withdraw("one")
    assert play.state.was_withdrawn(two)
    assert play.refused(c.Claim("zhou", two)) == "item-withdrawn"


def test_only_whoever_completed_it_may_take_it_back() -> None:
    play = Play(ROW).start().do("one", by="han")
    assert play.refused(c.Withdraw("li", 1)) == "not-done-by-you"


@pytest.mark.parametrize(
    "begun", [c.Open("zhou", 2), c.Claim("zhou", 2), c.Transfer("zhou", 2, "li", "busy")]
)
def test_it_is_refused_once_somebody_has_begun_with_what_followed(begun: c.Command) -> None:
    play = Play(ROW).start().do("one")
    play.carry_out(begun)
    assert play.refused(c.Withdraw("li", 1)) == "taken-up"


def test_it_stays_refused_when_the_work_was_put_back() -> None:
    play = Play(ROW).start().do("one")
    play.carry_out(c.Claim("zhou", 2))
    play.carry_out(c.Release("zhou", 2))
    assert play.refused(c.Withdraw("li", 1)) == "taken-up"


def test_ones_own_look_at_what_followed_does_not_count() -> None:
    play = Play(ROW).start().do("one", by="li")
    play.carry_out(c.Claim("li", 2))
    assert play.withdraw("one", by="li").open() == {"one"}


def test_it_is_refused_once_what_followed_is_done_and_allowed_again_once_that_is_taken_back() -> (
    None
):
    play = Play(ROW).start().do("one", by="li").do("two", by="li")
    assert play.refused(c.Withdraw("li", 1)) == "taken-up"
    assert play.withdraw("two").withdraw("one").open() == {"one"}


def test_it_is_refused_once_a_limit_has_told_people() -> None:
    play = Play(ROW).start().do("one").wait(minutes=31)
    assert play.refused(c.Withdraw("li", 1)) == "alarm-given"


def test_what_was_sent_back_or_taken_back_already_is_not_taken_back_again() -> None:
    play = Play(ROW).start().do("one").withdraw("one")
    assert play.refused(c.Withdraw("li", 1)) == "not-finished"
    assert play.refused(c.Withdraw("li", 3)) == "not-finished"  # it is open again
    assert play.refused(c.Withdraw("li", 2)) == "item-withdrawn"
    assert play.refused(c.Withdraw("li", 9)) == "unknown-item"


def test_a_suspended_case_and_one_that_is_over_take_nothing_back() -> None:
    play = Play(ROW).start().do("one")
    play.carry_out(c.Suspend("wang", "flood"))
    assert play.refused(c.Withdraw("li", 1)) == "suspended"
    play.carry_out(c.Resume("wang"))
    play.do("two", by="zhou").do("three")
    assert play.refused(c.Withdraw("li", 3)) == "case-over"


def test_it_goes_back_to_whoever_did_it_whatever_same_as_says() -> None:
    play = Play("""
    - {step: one, by: worker}
    - {step: two, by: {same-as: one, role: worker}}
    - {step: three, by: checker}
    - end: closed
    """)
    play.start().do("one", by="li")
    play.carry_out(c.Transfer("li", play.item("two").id, "han", "leave"))
    play.do("two", by="han").withdraw("two", by="han")
    assert play.item("two").person == "han"


def test_looking_twice_leaves_one_fact() -> None:
    play = Play(ROW).start()
    assert [type(each) for each in play.carry_out(c.Open("han", 1))] == [e.ItemOpened]
    assert play.carry_out(c.Open("han", 1)) == []
    assert play.refused(c.Open("zhou", 1)) == "not-performer"


def test_the_first_of_a_finished_branch_is_taken_back_after_the_last() -> None:
    play = Play(BRANCHES).start().do("left_one").do("left_two").do("right_one")
    play.withdraw("left_two").withdraw("left_one")
    assert play.open() == {"left_one"}
    play.do("left_one").do("left_two")
    assert play.open() == {"after"}


def test_a_round_that_nobody_began_never_was() -> None:
    play = Play(LOOP).start().do("make").do("check", by="zhou", outcome="bad")
    play.withdraw("check", by="zhou")
    assert play.open() == {"check"}
    assert [each.rounds for each in play.state.loops["rounds"]] == [1]
    play.do("check", by="zhou", outcome="bad").do("make").do("check", by="zhou", outcome="bad")
    assert [each.rounds for each in play.state.loops["rounds"]] == [2]
    assert play.open() == {"after"}


def test_a_round_that_went_on_from_another_goes_on_from_it_again() -> None:
    play = Play("""
    - repeat: rounds
      until: check.outcome = "good"
      steps:
        - {step: make, by: worker}
        - {step: check, by: checker, outcomes: {good: Good, bad: Bad}}
        - {step: note, by: worker, needs: [make]}
    - {step: after, by: worker, returns-to: [check]}
    - end: closed
    """)
    play.start().do("make").do("check", by="zhou", outcome="good").do("note")
    play.send_back("after", to="check").do("check", by="zhou", outcome="good").do("note")
    play.withdraw("note")
    assert play.item("note").locked is None
    assert play.do("note").open() == {"after"}
