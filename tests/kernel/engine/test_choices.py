"""A choice carries what any block does: a gate, reactions, and what it covers."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c

CHOICE = """
- {step: first, by: worker}
- choose:
    - when: kind = "hard"
      then: [{step: hard, by: worker}]
    - otherwise: [{step: easy, by: worker}]
  KEYS
- {step: last, by: worker, needs: [{that: amount != 3, else: not three}]}
- end: closed
"""


def choosing(keys: str) -> Play:
    return Play(CHOICE.replace("KEYS", keys)).start(kind="hard", amount=1)


def correct(play: Play, field: str, value: str) -> None:
    play.carry_out(c.Correct("wang", field, value, "a slip"))


def test_it_waits_for_what_it_needs_and_then_takes_the_branch_that_is_true() -> None:
    play = choosing("needs: [{that: amount > 1, else: too little}]").do("first")
    assert play.open() == set()
    correct(play, "kind", "easy")
    correct(play, "amount", "2")
    assert play.open() == {"easy"}


@pytest.mark.parametrize("kind", ["hard", "easy"])
def test_a_reaction_may_happen_while_a_branch_is_done(kind: str) -> None:
    keys = "during: [{on: call, by: worker, then: [{step: answer, by: worker}]}]"
    play = Play(CHOICE.replace("KEYS", keys)).start(kind=kind, amount=1).do("first")
    play.carry_out(c.React("li", "call", None, {}))
    assert play.do(kind).open() == {"answer"}
    assert play.do("answer").open() == {"last"}


def test_one_that_interrupts_leads_on_behind_the_choice() -> None:
    play = choosing("during: [{when: amount > 5, interrupting: true}]").do("first")
    correct(play, "amount", "6")
    assert play.open() == {"last"}


def test_a_branch_that_is_not_there_leaves_nothing_to_react_to() -> None:
    text = CHOICE.replace("    - otherwise: [{step: easy, by: worker}]\n", "")
    play = Play(text.replace("KEYS", "during: [{on: call, by: worker, form: [good]}]"))
    play.start(kind="easy").do("first")
    assert play.open() == {"last"}
    assert play.refused(c.React("li", "call", None, {})) == "not-active"


def test_it_goes_back_into_the_branch_that_was_taken() -> None:
    text = CHOICE.replace("needs: [{that: amount != 3, else: not three}]", "returns-to: [hard]")
    play = Play(text.replace("KEYS", "during: [{on: call, by: worker, form: [good]}]"))
    play.start(kind="hard").do("first").do("hard").send_back("last", "hard")
    play.carry_out(c.React("li", "call", None, {"good": True}))
    assert play.do("hard").do("last").state.status == "ended"


def test_what_it_covers_has_changed_so_that_it_is_made_anew_on_the_way_straight_back() -> None:
    play = Play(
        """
- {step: quote, by: worker, form: [kind]}
- choose:
    - when: kind = "hard"
      then: [{step: hard, by: worker}]
    - otherwise: [{step: easy, by: worker}]
  covers: [kind]
- {step: sign, by: worker, returns-to: [{quote: direct}]}
- end: closed
"""
    ).start()
    play.do("quote", kind="hard").do("hard")
    play.send_back("sign", "quote").do("quote", kind="easy")
    assert play.open() == {"easy", "sign"}
    assert play.do("easy").do("sign").state.status == "ended"
