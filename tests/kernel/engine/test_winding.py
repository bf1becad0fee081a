"""`undo`: what was done is undone, the newest first, when a case is cancelled or ends so."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import Play, define
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.language import PackError

ROW = """
- step: one
  by: worker
  form: [amount]
  undo: [{step: undo_one, by: {same-as: one}, within: 1 hours}, {step: check_one, by: checker}]
- step: two
  by: checker
  outcomes: {yes_: Yes, no_: No}
  undo: [{step: undo_two, by: checker}]
- choose:
    - when: two.outcome = "no_"
      then: [{end: refused, undo: true}]
- parallel:
    - {step: three, by: worker}
    - {step: four, by: worker}
- end: closed
"""


def done() -> Play:
    return Play(ROW).start().do("one", amount=5).do("two", by="zhou", outcome="yes_")


def test_a_cancelled_case_ends_once_everything_is_undone_the_newest_first() -> None:
    play = done().do("three")
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"undo_two"}
    assert play.state.status == "running"
    assert play.refused(c.Cancel("wang", "no need")) == "winding-up"
    play.do("undo_two", by="zhou")
    assert play.open() == {"undo_one"}
    assert play.item("undo_one").person == "li"
    assert play.clock("undo_one").item == play.item("undo_one").id
    play.do("undo_one").do("check_one", by="zhou")
    assert play.state.outcome == "cancelled"
    withdrawn = [each.item for each in play.journal if isinstance(each, e.ItemWithdrawn)]
    assert len(withdrawn) == 1
    assert play.state.values["amount"] == 5


def test_only_what_was_done_is_undone() -> None:
    play = Play(ROW).start().do("one", amount=5)
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"undo_one"}
    play = Play(ROW).start()
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.state.outcome == "cancelled"


def test_an_end_may_undo_too() -> None:
    play = Play(ROW).start().do("one", amount=5).do("two", by="zhou", outcome="no_")
    assert play.open() == {"undo_two"}
    play.do("undo_two", by="zhou").do("undo_one").do("check_one", by="zhou")
    assert play.state.outcome == "refused"


def test_a_return_undoes_nothing() -> None:
    play = Play(ROW.replace("outcomes: {yes_", "returns-to: [one]\n  outcomes: {yes_")).start()
    play.do("one", amount=5).send_back("two", "one", by="zhou")
    assert play.open() == {"one"}
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.state.outcome == "cancelled"


def test_what_was_done_for_each_and_in_each_round_is_undone_where_it_was_done() -> None:
    play = Play("""
    - each: part
      in: '["a", "b"]'
      order: one by one
      steps:
        - repeat: rounds
          until: one.outcome = "good"
          steps:
            - step: one
              by: worker
              outcomes: {good: Good, bad: Bad}
              undo: [{step: back, by: worker, when: one.outcome = "good"}]
    - {step: two, by: worker}
    - end: closed
    """).start()
    for outcome in ("bad", "good", "good"):
        play.do("one", outcome=outcome)
    left = set(play.state.activations)
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"back"}
    elements = []
    while play.state.status == "running":
        scope = play.state.scope(play.item("back").activation)
        elements.append(next(play.state.activations[each].element for each in scope[1:]))
        play.do("back")
    assert elements == [2, 1]
    assert play.state.outcome == "cancelled"
    assert left == {0}


def test_an_undo_is_waited_for_and_undone_no_further() -> None:
    play = done()
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.refused(c.Withdraw("zhou", 2)) == "winding-up"
    item = play.item("undo_two").id
    assert play.refused(c.Jump("wang", item, "one", "why not")) == "not-jumpable"
    play.carry_out(c.Suspend("wang", "holiday"))
    assert play.refused(c.Complete("zhou", item)) == "suspended"
    play.carry_out(c.Resume("wang"))
    assert play.do("undo_two", by="zhou").open() == {"undo_one"}


def test_mistakes_are_told() -> None:
    for undo in ("[]", "[{step: one, by: worker}]"):
        with pytest.raises(PackError):
            define(f"- {{step: one, by: worker, undo: {undo}}}\n- end: closed\n")
