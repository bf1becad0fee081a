"""Where a case stands with every construct of its process, as its picture tells it."""

from __future__ import annotations

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.runtime.cases.queries.standing import standings
from tuoban.runtime.cases.queries.strip import strip

PROCESS = """
- {step: look, by: worker}
- choose:
    - when: kind = "hard"
      then: [{step: think, by: worker}]
    - otherwise: [{step: nod, by: worker}]
- stage: shop
  steps:
    - {step: mend, by: worker}
    - {tell: {boss: inbox}, text: Done}
    - {step: test, by: worker, when: good}
- {step: last, by: worker}
- end: closed
"""


def standing(play: Play, *withdrawn: str) -> dict[str, str]:
    steps = strip(play.definition, play.state, {}, play.at)
    return dict(standings(play.definition, play.state, steps, frozenset(withdrawn)))


def test_a_choice_is_made_and_its_other_branch_not_taken() -> None:
    play = Play(PROCESS).start(kind="hard")
    assert standing(play)["look"] == "current"
    assert standing(play)["choose.1"] == "ahead"
    found = standing(play.do("look"))
    assert (found["look"], found["choose.1"]) == ("done", "current")
    assert (found["think"], found["nod"]) == ("current", "passed")


def test_blocks_are_in_hand_while_something_in_them_is() -> None:
    play = Play(PROCESS).start(kind="easy").do("look").do("nod")
    assert standing(play)["shop"] == "current"
    found = standing(play.do("mend"))
    assert (found["shop"], found["tell.1"], found["test"]) == ("done", "done", "passed")
    assert (found["last"], found["end.1"]) == ("current", "ahead")


def test_an_ended_case_has_no_more_ahead() -> None:
    play = Play(PROCESS).start(kind="easy").do("look").do("nod").do("mend").do("last")
    found = standing(play)
    assert "ahead" not in found.values()
    assert found["end.1"] == "done"
    assert found["think"] == "passed"


def test_what_was_withdrawn_says_so() -> None:
    play = Play(
        """
- parallel:
    - {step: left, by: worker}
    - {step: right, by: worker}
  join: any
- {step: last, by: worker}
- end: closed
"""
    ).start()
    found = standing(play.do("left"), "right")
    assert (found["left"], found["right"], found["parallel.1"]) == ("done", "withdrawn", "done")


UNDONE = """
- step: book
  by: worker
  undo: [{step: unbook, by: worker}]
- stage: shop
  steps: [{step: mend, by: worker}]
- {step: bill, by: worker}
- end: closed
"""


def test_of_a_case_that_is_wound_up_only_what_undoes_it_is_still_to_come() -> None:
    play = Play(UNDONE).start().do("book")
    play.carry_out(c.Cancel("zhou", "no need"))
    found = standing(play, "mend")
    assert (found["book"], found["unbook"]) == ("done", "current")
    assert (found["shop"], found["mend"]) == ("passed", "withdrawn")
    assert (found["bill"], found["end.1"]) == ("passed", "passed")
    found = standing(play.do("unbook"), "mend")
    assert play.state.outcome == "cancelled"
    assert (found["unbook"], found["mend"], found["bill"]) == ("done", "withdrawn", "passed")


def test_a_case_that_undoes_before_its_end_still_comes_to_that_end() -> None:
    play = Play(UNDONE.replace("- end: closed", "- {end: closed, undo: true}")).start()
    found = standing(play.do("book").do("mend").do("bill"))
    assert (found["unbook"], found["bill"], found["end.1"]) == ("current", "done", "ahead")
