"""The table `operation x construct` of docs/reference/operations.md, cell by cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.commands import Sealed

STEP = """
- step: one
  by: worker
  form: [amount]
  signed-by: customer
  within: 1 hours
- {step: two, by: checker}
- end: closed
"""
STAGE = """
- stage: block
  within: 1 days
  steps:
    - {step: one, by: worker, form: [amount]}
- {step: two, by: checker}
- end: closed
"""
CHOOSE = """
- {step: look, by: worker, form: [kind]}
- choose:
    - when: kind = "hard"
      then:
        - {step: one, by: worker, form: [kind]}
    - otherwise:
        - {step: other, by: worker}
- {step: two, by: checker}
- end: closed
"""
PARALLEL = """
- {step: zero, by: worker}
- parallel:
    - stage: left
      steps: [{step: one, by: worker}]
    - stage: right
      steps: [{step: other, by: worker}]
- {step: two, by: checker}
- end: closed
"""
REPEAT = """
- repeat: rounds
  until: check.outcome = "good"
  at-most: 2
  steps:
    - {step: one, by: worker}
    - {step: check, by: checker, outcomes: {good: Good, bad: Bad}}
- {step: two, by: worker}
- end: closed
"""
EACH = """
- {step: zero, by: worker}
- each: part
  in: '["a", "b"]'
  ORDER
  steps:
    - {step: one, by: worker}
- {step: two, by: checker}
- end: closed
"""
TOGETHER = EACH.replace("ORDER", "order: together")
ONE_BY_ONE = EACH.replace("ORDER", "order: one by one")
DECIDE = """
- {step: one, by: worker, form: [kind, amount]}
- decide: grade
- {step: two, by: checker}
- end: closed
"""
END = """
- {step: one, by: worker}
- end: closed
"""

CELLS: dict[tuple[str, str], Callable[[], None]] = {}
"""What plays each cell, by operation and construct."""


def cell(operation: str, construct: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def keep(played: Callable[[], None]) -> Callable[[], None]:
        CELLS[operation, construct] = played
        return played

    return keep


def signed(play: Play) -> Play:
    """Do the first step of `STEP`."""
    signatures = {"customer": Sealed("s1", "c1")}
    item = play.item("one").id
    play.carry_out(c.Complete("li", item, None, {"amount": "5"}, frozenset(), signatures))
    return play


# -- withdraw -------------------------------------------------------------------------------------


@cell("withdraw", "step")
def withdraw_step() -> None:
    play = signed(Play(STEP).start())
    first = play.journal[-1]
    play.at = play.at.replace(minute=20)
    play.withdraw("one")
    assert play.item("one").person == "li"
    assert play.clock("one").begins == play.at
    assert play.state.values["amount"] is None
    assert play.state.newest("one") is None
    assert play.refused(c.Complete("li", play.item("one").id, None, {})) == "invalid"
    assert first in play.journal


@cell("withdraw", "stage")
def withdraw_stage() -> None:
    play = Play(STAGE).start().do("one")
    assert play.state.done["block"]
    play.at = play.at.replace(minute=20)
    play.withdraw("one")
    assert play.open() == {"one"}
    assert not play.state.done["block"]
    assert play.clock("block").begins == play.at
    assert play.do("one").do("two").state.outcome == "closed"


@cell("withdraw", "choose")
def withdraw_choose() -> None:
    play = Play(CHOOSE).start().do("look", kind="hard").do("one", kind="hard")
    play.withdraw("one")
    assert play.open() == {"one"}
    play.withdraw("look")
    assert play.open() == {"look"}
    assert play.do("look", kind="easy").open() == {"other"}


@cell("withdraw", "parallel")
def withdraw_parallel() -> None:
    play = Play(PARALLEL).start().do("zero").do("one")
    other = play.item("other").id
    play.carry_out(c.Claim("han", other))  # a neighbour is not what came of it
    assert play.withdraw("one").open() == {"one", "other"}
    assert play.item("other").id == other
    play.do("one").do("other", by="han").withdraw("one")
    assert play.open() == {"one"}
    assert play.state.newest("other") is not None
    assert play.do("one").open() == {"two"}


@cell("withdraw", "repeat")
def withdraw_repeat() -> None:
    play = Play(REPEAT).start().do("one").do("check", by="zhou", outcome="bad")
    play.withdraw("check", by="zhou")
    assert play.open() == {"check"}
    rounds = [
        each.round for each in play.journal if isinstance(each, e.RegionEntered) and each.round
    ]
    assert rounds == [1, 2, 1]
    play.do("check", by="zhou", outcome="good").withdraw("check", by="zhou")
    assert play.open() == {"check"}
    play.do("check", by="zhou", outcome="bad").do("one").do("check", by="zhou", outcome="bad")
    assert play.open() == {"two"}


def of_element(play: Play, number: int) -> int:
    """The open work of the first step for an element."""
    found = (
        item.id
        for item in play.state.items.values()
        if item.node == "one" and play.state.activations[item.activation].element == number
    )
    return next(found)


@cell("withdraw", "each")
def withdraw_each() -> None:
    play = Play(TOGETHER).start().do("zero")
    first, second = of_element(play, 1), of_element(play, 2)
    play.carry_out(c.Claim("han", second))  # a neighbour is not what came of it
    play.carry_out(c.Complete("li", first))
    play.carry_out(c.Withdraw("li", first))
    assert play.open() == {"one"}
    assert second in play.state.items
    play.carry_out(c.Complete("li", of_element(play, 1)))
    play.carry_out(c.Complete("han", second))
    assert play.open() == {"two"}

    play = Play(ONE_BY_ONE).start().do("zero").do("one")
    play.withdraw("one")
    assert of_element(play, 1) in play.state.items
    assert len(play.state.items) == 1
    play.do("one").do("one")
    assert play.open() == {"two"}


@cell("withdraw", "decide")
def withdraw_decide() -> None:
    play = Play(DECIDE).start().do("one", kind="easy")
    play.withdraw("one").do("one", kind="hard", amount="20")
    decided = play.state.completions["grade"]
    assert [each.counts for each in decided] == [False, True]
    assert [each.data["desk"] for each in decided] == ["front", "back"]


@cell("withdraw", "end")
def withdraw_end() -> None:
    play = Play(END).start().do("one")
    assert play.refused(c.Withdraw("li", 1)) == "case-over"


# -- delegate -------------------------------------------------------------------------------------


def delegated(play: Play, step: str = "one", by: str = "li", to: str = "han") -> Play:
    item = play.item(step)
    if item.person is None:
        play.carry_out(c.Claim(by, item.id))
    play.carry_out(c.Delegate(by, item.id, to, "leave"))
    return play


@cell("delegate", "step")
def delegate_step() -> None:
    play = delegated(Play(STEP).start())
    clock = play.clock("one")
    item = play.item("one").id
    play.carry_out(c.Complete("han", item, None, {"amount": "5"}))  # unsigned
    assert play.item("one").person == "li"
    assert play.state.values.get("amount") is None
    assert play.clock("one") == clock
    assert play.refused(c.Complete("li", item)) == "invalid"
    play.carry_out(c.Complete("li", item, signatures={"customer": Sealed("s1", "c1")}))
    made = play.state.newest("one")
    assert made is not None
    assert (made.by, made.delegates) == ("li", ("han",))
    assert str(play.state.values["amount"]) == "5.00"


@cell("delegate", "repeat")
def delegate_repeat() -> None:
    play = delegated(Play(REPEAT).start()).do("one", by="han").do("one", by="li")
    play.do("check", by="zhou", outcome="bad")
    assert play.item("one").delegated_by is None
    assert play.item("one").prepared is None


@cell("delegate", "end")
def delegate_end() -> None:
    play = Play("""
    - parallel:
        - {step: one, by: worker}
        - stage: other
          steps: [{step: two, by: worker}, {end: enough}]
    """)
    delegated(play.start()).do("two")
    assert play.state.outcome == "enough"
    (withdrawn,) = (each for each in play.journal if isinstance(each, e.ItemWithdrawn))
    assert withdrawn.person == "han"


# -- jump -----------------------------------------------------------------------------------------


def jumped(play: Play, step: str, to: str) -> Play:
    play.carry_out(c.Jump("wang", play.item(step).id, to, "so be it"))
    return play


@cell("jump", "step")
def jump_step() -> None:
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
def jump_stage() -> None:
    play = jumped(Play(STAGE).start(), "one", "two")
    assert play.open() == {"two"}
    assert play.state.clocks == {}
    assert len(play.state.activations) == 1
    assert play.refused(c.Jump("wang", play.item("two").id, "one", "back")) == "not-jumpable"


@cell("jump", "choose")
def jump_choose() -> None:
    play = Play(CHOOSE).start().do("look", kind="hard")
    assert play.refused(c.Jump("wang", play.item("one").id, "other", "x")) == "not-jumpable"
    assert jumped(play, "one", "two").open() == {"two"}
    assert jumped(play, "two", "look").do("look", kind="easy").open() == {"other"}


@cell("jump", "parallel")
def jump_parallel() -> None:
    play = Play(PARALLEL).start().do("zero").do("other")
    jumped(play, "one", "two")
    assert play.open() == {"two"}
    assert play.state.newest("other") is not None
    jumped(play, "two", "zero")
    assert play.open() == {"zero"}
    assert play.state.newest("other") is None
    assert play.do("zero").open() == {"one", "other"}


@cell("jump", "each")
def jump_each() -> None:
    play = Play(TOGETHER).start().do("zero")
    assert jumped(play, "one", "two").open() == {"two"}
    assert len(play.state.activations) == 1


@cell("jump", "repeat")
def jump_repeat() -> None:
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
def jump_decide() -> None:
    play = jumped(Play(DECIDE).start(), "one", "two")
    assert "grade" not in play.state.completions
    jumped(play, "two", "one").do("one", kind="hard", amount="20")
    assert [each.data["desk"] for each in play.state.completions["grade"]] == ["back"]


@cell("jump", "end")
def jump_end() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Cancel("wang", "mistake"))
    assert play.refused(c.Jump("wang", 1, "two", "x")) == "item-withdrawn"


# -- cancel ---------------------------------------------------------------------------------------


def cancelled(play: Play) -> Play:
    play.carry_out(c.Cancel("wang", "mistake"))
    state = play.state
    assert (state.status, state.outcome) == ("ended", "cancelled")
    open_parts = (state.items, state.activations, state.clocks, state.timers)
    assert [len(each) for each in open_parts] == [0, 0, 0, 0]
    return play


@cell("cancel", "step")
def cancel_step() -> None:
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
def cancel_stage() -> None:
    cancelled(Play(STAGE).start())


@cell("cancel", "choose")
def cancel_choose() -> None:
    cancelled(Play(CHOOSE).start().do("look", kind="hard"))


@cell("cancel", "parallel")
def cancel_parallel() -> None:
    cancelled(Play(PARALLEL).start().do("zero"))


@cell("cancel", "each")
def cancel_each() -> None:
    cancelled(Play(TOGETHER).start().do("zero"))


@cell("cancel", "repeat")
def cancel_repeat() -> None:
    cancelled(Play(REPEAT).start().do("one"))


@cell("cancel", "decide")
def cancel_decide() -> None:
    play = cancelled(Play(DECIDE).start().do("one", kind="easy"))
    assert play.state.newest("grade") is not None


@cell("cancel", "end")
def cancel_end() -> None:
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


# -- beside the flow ------------------------------------------------------------------------------

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


# -- correct --------------------------------------------------------------------------------------


def corrected(play: Play, field: str, value: object, place: int = 0) -> Play:
    """Correct a field, on which no open work changes hands."""
    items = {each.id: each.person for each in play.state.items.values()}
    play.carry_out(c.Correct("wang", field, value, "mistyped", place))
    assert items.items() <= {each.id: each.person for each in play.state.items.values()}.items()
    return play


@cell("correct", "step")
def correct_step() -> None:
    play = signed(Play(STEP).start(kind="easy"))
    made = play.state.newest("one")
    corrected(play, "kind", "hard")
    assert play.state.newest("one") == made
    corrected(play, "amount", "7")  # the customer signed for another
    assert play.state.newest("one") is None
    assert play.open() == {"two"}
    assert play.state.values["amount"] == 7


@cell("correct", "stage")
def correct_stage() -> None:
    play = Play("""
    - stage: block
      covers: [amount]
      fields: {note: {type: text, en: Note}}
      steps: [{step: one, by: worker, form: [amount, note]}]
    - {step: two, by: checker, needs: [block]}
    - end: closed
    """)
    play.start().do("one", amount="5", note="a")
    block = play.state.completions["one"][-1].scope[-1]
    corrected(play, "note", "b", block)
    assert play.open() == {"two"}
    corrected(play, "amount", "7")
    assert play.open() == {"one", "two"}
    assert play.item("two").locked == (0,)


@cell("correct", "choose")
def correct_choose() -> None:
    play = Play(CHOOSE).start().do("look", kind="hard")
    corrected(play, "kind", "easy")
    assert play.open() == {"one"}
    later = Play("- {step: zero, by: worker}" + CHOOSE.replace("form: [kind]", "")).start(
        kind="hard"
    )
    corrected(later, "kind", "easy").do("zero").do("look")
    assert later.open() == {"other"}


@cell("correct", "parallel")
def correct_parallel() -> None:
    play = Play(
        PARALLEL.replace("step: other,", "step: other, needs: [{that: amount > 5, else: Low}],")
    )
    play.start(amount="1").do("zero")
    assert play.item("other").locked == (0,)
    corrected(play, "amount", "7")
    assert play.item("other").locked is None
    assert play.open() == {"one", "other"}


@cell("correct", "each")
def correct_each() -> None:
    noted = TOGETHER.replace("steps:", "fields: {note: {type: text, en: Note}}\n  steps:")
    noted = noted.replace('\'["a", "b"]\'', "if amount > 5 then [1] else [1, 2]")
    play = Play(noted.replace("step: one, by: worker", "step: one, by: worker, form: [note]"))
    play.start(amount="1").do("zero")
    corrected(play, "amount", "7")
    assert len(play.state.items) == 2
    first, second = (play.state.items[of_element(play, each)].activation for each in (1, 2))
    corrected(play, "note", "a", second)
    assert first not in play.state.places


@cell("correct", "repeat")
def correct_repeat() -> None:
    play = Play(REPEAT.replace('until: check.outcome = "good"', "until: amount > 5"))
    play.start(amount="1").do("one").do("check", by="zhou", outcome="bad")
    assert play.open() == {"one"}
    corrected(play, "amount", "7")
    assert play.open() == {"one"}
    play.do("one").do("check", by="zhou", outcome="bad")
    assert play.open() == {"two"}


@cell("correct", "decide")
def correct_decide() -> None:
    play = Play(DECIDE).start().do("one", kind="easy")
    decided = play.state.newest("grade")
    corrected(play, "kind", "hard")
    assert play.state.newest("grade") == decided


@cell("correct", "end")
def correct_end() -> None:
    play = Play(END).start(amount="1").do("one")
    assert play.refused(c.Correct("li", "amount", "2", "mistyped")) == "case-over"


# -- urge, copy -----------------------------------------------------------------------------------


def urged(play: Play, step: str, by: str) -> tuple[str, ...]:
    """Whom urging a step told."""
    (event,) = play.carry_out(c.Urge(by, play.item(step).id, "please"))
    assert isinstance(event, e.WorkUrged)
    return event.to


@cell("urge", "step")
def urge_step() -> None:
    play = Play(STEP).start(by="li")
    clock = play.clock("one")
    assert urged(play, "one", "li") == ("han",)  # the others of the pool
    assert play.clock("one") == clock
    assert play.refused(c.Urge("li", play.item("one").id)) == "urged-lately"
    play.at = play.at.replace(minute=0, hour=play.at.hour + 1)
    play.carry_out(c.Claim("han", play.item("one").id))
    assert urged(play, "one", "wang") == ("han",)
    assert play.refused(c.Urge("han", play.item("one").id)) == "own-work"
    assert play.refused(c.Urge("far", play.item("one").id)) == "not-taking-part"
    play.carry_out(c.Suspend("wang", "flood"))
    assert play.refused(c.Urge("li", play.item("one").id)) == "suspended"


@cell("urge", "parallel")
def urge_parallel() -> None:
    play = Play(PARALLEL).start().do("zero")
    play.carry_out(c.Claim("han", play.item("one").id))
    play.carry_out(c.Claim("li", play.item("other").id))
    assert urged(play, "one", "li") == ("han",)
    assert urged(play, "other", "han") == ("li",)


@cell("urge", "each")
def urge_each() -> None:
    play = Play(TOGETHER).start().do("zero")
    first, second = of_element(play, 1), of_element(play, 2)
    play.carry_out(c.Claim("han", first))
    play.carry_out(c.Claim("li", second))
    (event,) = play.carry_out(c.Urge("wang", first))
    assert isinstance(event, e.WorkUrged)
    assert event.to == ("han",)


@cell("urge", "repeat")
def urge_repeat() -> None:
    play = Play(REPEAT).start()
    urged(play, "one", "li")
    play.do("one").do("check", by="zhou", outcome="bad")
    assert urged(play, "one", "li") == ("han",)


@cell("urge", "end")
def urge_end() -> None:
    play = Play(END).start().do("one")
    assert play.refused(c.Urge("li", 1)) == "item-done"


@cell("copy", "step")
def copy_step() -> None:
    play = Play(STEP).start()
    items, clocks, values = play.state.items, play.state.clocks, play.state.values
    play.carry_out(c.CopyTo("li", "far", "look"))
    assert play.state.copied == ("far",)
    assert (play.state.items, play.state.clocks, play.state.values) == (items, clocks, values)
    assert play.refused(c.CopyTo("li", "far")) == "copied-already"
    assert play.refused(c.CopyTo("li", "li")) == "copied-already"
    assert play.refused(c.CopyTo("li", "gone")) == "unknown-person"
    assert urged(play, "one", "far") == ("han", "li")


@cell("copy", "end")
def copy_end() -> None:
    play = Play(END).start().do("one")
    assert play.refused(c.CopyTo("far", "zhou")) == "not-taking-part"
    play.carry_out(c.CopyTo("li", "far"))
    assert play.state.copied == ("far",)


def test_what_is_locked_and_what_nobody_may_do_is_urged_elsewhere() -> None:
    play = Play("""
    - parallel:
        - {step: one, by: worker}
        - {step: two, by: worker, needs: [one]}
        - {step: three, by: ghost}
    - end: closed
    """).start()
    assert play.refused(c.Urge("li", play.item("two").id)) == "locked"
    assert urged(play, "three", "li") == ("zhou",)  # the head


@pytest.mark.parametrize("key", CELLS, ids="-".join)
def test_a_cell_of_the_table(key: tuple[str, str]) -> None:
    CELLS[key]()
