"""Taking back and jumping where reactions run and in plans."""

from __future__ import annotations

from tests.kernel.engine.playing import Play
from tests.kernel.engine.table import jumped
from tuoban.kernel import commands as c

DURING = """
- {step: zero, by: worker}
- stage: block
  steps: [{step: one, by: worker}, {step: three, by: worker}]
  during:
    - {on: extra, by: worker, then: [{step: agree, by: worker}, {step: note, by: worker}]}
    - {on: stop, by: boss, interrupting: true, then: [{step: tidy, by: worker}]}
- {step: two, by: checker}
- end: closed
"""


def test_in_a_reaction_work_is_taken_back_while_it_runs() -> None:
    play = Play(DURING).start().do("zero")
    play.carry_out(c.React("li", "extra"))
    play.do("agree").withdraw("agree")
    assert play.open() == {"one", "agree"}
    play.do("agree").do("note")
    note = play.state.completions["note"][-1].item
    assert play.refused(c.Withdraw("li", note)) == "place-over"
    assert play.do("one").withdraw("one").open() == {"one"}


def test_a_reaction_that_somebody_began_is_a_beginning() -> None:
    play = Play(DURING).start().do("zero", by="li")
    play.carry_out(c.React("han", "extra"))
    assert play.refused(c.Withdraw("li", 1)) == "taken-up"
    begun = play.state.completions["extra"][-1].item
    assert play.refused(c.Withdraw("han", begun)) == "unknown-item"


def test_what_was_interrupted_is_not_taken_back() -> None:
    play = Play(DURING).start().do("zero").do("one")
    play.carry_out(c.React("wang", "stop"))
    assert play.open() == {"tidy"}
    one = play.state.completions["one"][-1].item
    assert play.refused(c.Withdraw("li", one)) == "place-over"
    play.do("tidy")
    assert play.open() == {"two"}


def test_from_a_reaction_a_case_jumps_only_inside_it() -> None:
    play = Play(DURING).start().do("zero")
    play.carry_out(c.React("li", "extra"))
    agree = play.item("agree").id
    assert play.refused(c.Jump("wang", agree, "two", "x")) == "not-jumpable"
    assert jumped(play, "agree", "note").open() == {"one", "note"}
    assert jumped(play, "one", "two").open() == {"two"}


def test_in_a_plan_whatever_needs_what_is_taken_back_comes_after_it() -> None:
    play = Play("""
    - plan: permits
      steps:
        - {step: land, by: worker}
        - {step: study, by: worker}
        - {step: permit, by: checker, needs: [land, study]}
        - {step: other, by: worker, optional: true, repeatable: true}
    - {step: hand_over, by: checker}
    - end: closed
    """).start()
    play.do("land").do("study", by="han")
    assert play.open() == {"permit"}
    assert play.withdraw("land").open() == {"land"}
    assert play.state.newest("study") is not None
    assert play.do("land").open() == {"permit"}
    play.do("permit", by="zhou")
    assert play.withdraw("permit", by="zhou").open() == {"permit"}
    permit = play.item("permit").id
    assert play.refused(c.Jump("wang", permit, "land", "x")) == "not-jumpable"
    assert jumped(play, "permit", "hand_over").open() == {"hand_over"}


def test_what_was_added_to_a_plan_again_stands_beside_what_was_done() -> None:
    play = Play("""
    - plan: permits
      steps:
        - {step: land, by: worker}
        - {step: other, by: worker, optional: true, repeatable: true}
    - {step: hand_over, by: checker}
    - end: closed
    """).start()
    play.carry_out(c.Add("li", "other"))
    play.do("other")
    done = play.state.completions["other"][-1].item
    play.carry_out(c.Add("han", "other"))
    assert play.refused(c.Withdraw("li", done)) == "not-finished"
