"""The row of correcting of docs/reference/operations.md, cell by cell."""

from __future__ import annotations

from tests.kernel.engine.playing import Play
from tests.kernel.engine.table import (
    CHOOSE,
    DECIDE,
    END,
    PARALLEL,
    REPEAT,
    STEP,
    TOGETHER,
    cell,
    of_element,
    signed,
)
from tuoban.kernel import commands as c


def corrected(play: Play, field: str, value: object, place: int = 0) -> Play:
    """Correct a field, on which no open work changes hands."""
    items = {each.id: each.person for each in play.state.items.values()}
    play.carry_out(c.Correct("wang", field, value, "mistyped", place))
    assert items.items() <= {each.id: each.person for each in play.state.items.values()}.items()
    return play


@cell("correct", "step")
def test_correct_step() -> None:
    play = signed(Play(STEP).start(kind="easy"))
    made = play.state.newest("one")
    corrected(play, "kind", "hard")
    assert play.state.newest("one") == made
    corrected(play, "amount", "7")  # the customer signed for another
    assert play.state.newest("one") is None
    assert play.open() == {"two"}
    assert play.state.values["amount"] == 7


@cell("correct", "stage")
def test_correct_stage() -> None:
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
def test_correct_choose() -> None:
    play = Play(CHOOSE).start().do("look", kind="hard")
    corrected(play, "kind", "easy")
    assert play.open() == {"one"}
    later = Play("- {step: zero, by: worker}" + CHOOSE.replace("form: [kind]", "")).start(
        kind="hard"
    )
    corrected(later, "kind", "easy").do("zero").do("look")
    assert later.open() == {"other"}


@cell("correct", "parallel")
def test_correct_parallel() -> None:
    play = Play(
        PARALLEL.replace("step: other,", "step: other, needs: [{that: amount > 5, else: Low}],")
    )
    play.start(amount="1").do("zero")
    assert play.item("other").locked == (0,)
    corrected(play, "amount", "7")
    assert play.item("other").locked is None
    assert play.open() == {"one", "other"}


@cell("correct", "each")
def test_correct_each() -> None:
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
def test_correct_repeat() -> None:
    play = Play(REPEAT.replace('until: check.outcome = "good"', "until: amount > 5"))
    play.start(amount="1").do("one").do("check", by="zhou", outcome="bad")
    assert play.open() == {"one"}
    corrected(play, "amount", "7")
    assert play.open() == {"one"}
    play.do("one").do("check", by="zhou", outcome="bad")
    assert play.open() == {"two"}


@cell("correct", "decide")
def test_correct_decide() -> None:
    play = Play(DECIDE).start().do("one", kind="easy")
    decided = play.state.newest("grade")
    corrected(play, "kind", "hard")
    assert play.state.newest("grade") == decided


@cell("correct", "end")
def test_correct_end() -> None:
    play = Play(END).start(amount="1").do("one")
    assert play.refused(c.Correct("li", "amount", "2", "mistyped")) == "case-over"
