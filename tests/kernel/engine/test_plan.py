"""`plan`: all that is free is open at once, and blocks that wait for their needs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.kernel.engine.playing import NINE, Play
from tests.kernel.engine.test_each import names
from tests.kernel.engine.test_reactions import press
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.refusals import Refused

PERMITS = """
- plan: permits
  fields: {area: {type: number, en: Area}}
  steps:
    - {step: land, by: worker, form: [area]}
    - {step: study, by: worker}
    - {step: road, by: worker, when: area > 100, needs: [land]}
    - {step: permit, by: checker, needs: [land, study, road], returns-to: [land, study]}
    - {step: other, by: worker, optional: true, repeatable: true}
    - stage: works
      needs: [permit]
      within: 1 hour
      steps: [{step: draw, by: worker}, {step: build, by: worker, returns-to: [land]}]
- {step: hand_over, by: worker, returns-to: [land, draw]}
- end: closed
"""


def add(play: Play, node: str, by: str = "li") -> None:
    play.carry_out(c.Add(by, node))


def test_all_that_is_free_is_open_at_once() -> None:
    play = Play(PERMITS).start()
    assert play.open() == {"land", "study"}
    assert [(each.node, each.reasons) for each in play.state.turns] == [
        ("road", (0,)), ("permit", (0, 1, 2)), ("works", (0,)),
    ]  # fmt: skip


def test_a_condition_is_judged_when_the_needs_hold() -> None:
    assert Play(PERMITS).start().do("land", area=200).open() == {"study", "road"}
    assert Play(PERMITS).start().do("land", area=20).do("study").open() == {"permit"}


def test_a_block_is_entered_when_its_needs_hold_and_its_limit_counts_from_then() -> None:
    play = Play(PERMITS).start().do("land").do("study").wait(hours=2)
    assert not play.state.clocks
    play.do("permit", by="zhou")
    assert play.open() == {"draw"}
    assert play.clock("works").due == NINE + timedelta(hours=3)


def test_it_ends_when_only_what_nobody_asked_for_is_left() -> None:
    play = Play(PERMITS).start().do("land").do("study").do("permit", by="zhou").do("draw")
    assert play.do("build").open() == {"hand_over"}
    play.do("hand_over")
    assert play.state.status == "ended"


def test_optional_work_is_added_by_hand_and_again() -> None:
    play = Play(PERMITS).start()
    add(play, "other")
    assert play.open() == {"land", "study", "other"}
    with pytest.raises(Refused, match="not-addable"):
        add(play, "other")
    play.do("other")
    add(play, "other")
    play.do("land").do("study").do("permit", by="zhou").do("draw").do("build")
    assert play.open() == {"other"}
    assert play.do("other").open() == {"hand_over"}
    assert names(play)["other"]["count"] == 2


def test_what_may_not_be_added_is_refused() -> None:
    play = Play(PERMITS).start()
    for node in ("land", "nothing", "hand_over"):
        with pytest.raises(Refused, match="not-addable"):
            add(play, node)
    with pytest.raises(Refused, match="not-in-charge"):
        add(play, "other", by="far")
    play.carry_out(c.Suspend("li", "x"))
    with pytest.raises(Refused, match="suspended"):
        add(play, "other")


def test_a_return_takes_with_it_whatever_needs_the_step() -> None:
    play = Play(PERMITS).start().do("land", area=200).do("study").do("road").do("permit", by="zhou")
    play.do("draw")
    play.send_back("build", "land")
    assert play.open() == {"land"}
    counting = {node for node, made in play.state.completions.items() if made[-1].counts}
    assert counting == {"study"}
    play.do("land", area=20)
    assert play.open() == {"permit"}
    assert play.do("permit", by="zhou").open() == {"draw"}


def test_a_return_leaves_alone_what_does_not_need_the_step() -> None:
    play = Play(PERMITS).start().do("land").do("study")
    add(play, "other")
    play.send_back("permit", "study", by="zhou")
    assert play.open() == {"study", "other"}
    assert play.do("study").open() == {"permit", "other"}


def test_a_return_from_behind_into_the_plan() -> None:
    play = Play(PERMITS).start().do("land").do("study").do("permit", by="zhou").do("draw")
    play.do("build").send_back("hand_over", "land")
    assert play.open() == {"land"}
    play.do("land").do("permit", by="zhou").do("draw").do("build")
    assert play.open() == {"hand_over"}
    play.send_back("hand_over", "draw")
    assert play.open() == {"draw"}
    assert play.do("draw").do("build").open() == {"hand_over"}


def test_enough_leaves_the_plan_and_withdraws_the_rest() -> None:
    play = Play(PERMITS.replace("  fields:", "  complete-when: permit.count = 1\n  fields:"))
    play.start().do("land").do("study")
    add(play, "other")
    play.do("permit", by="zhou")
    assert play.open() == {"hand_over"}
    assert any(isinstance(each, e.ItemWithdrawn) for each in play.journal)
    assert not play.state.turns


def test_a_plan_of_nothing_but_optional_work_is_over_at_once() -> None:
    play = Play(
        """
- plan: extras
  steps: [{step: a, by: worker, optional: true}]
- {step: b, by: worker}
- end: closed
"""
    )
    assert play.start().open() == {"b"}


def test_a_plan_has_reactions() -> None:
    play = Play(
        """
- plan: show
  steps: [{step: a, by: worker}, {step: b, by: worker, needs: [a]}]
  during:
    - {on: rain, by: worker, then: [{step: tent, by: worker}]}
    - {on: storm, by: worker, interrupting: true}
- {step: z, by: worker}
- end: closed
"""
    ).start()
    press(play, "rain")
    assert play.open() == {"a", "tent"}
    play.do("a").do("b")
    assert play.open() == {"tent"}
    assert play.do("tent").open() == {"z"}


def test_one_that_interrupts_ends_the_plan() -> None:
    play = Play(
        """
- plan: show
  steps: [{step: a, by: worker}, {step: b, by: worker, needs: [a]}]
  during: [{on: storm, by: worker, interrupting: true}]
- {step: z, by: worker}
- end: closed
"""
    ).start()
    press(play, "storm")
    assert (play.open(), play.state.turns) == ({"z"}, ())


def test_a_block_in_a_row_waits_for_what_runs_beside_it() -> None:
    play = Play(
        """
- parallel:
    - {step: a, by: worker}
    - stage: late
      needs: [a, {that: good, else: not good yet}]
      steps: [{step: b, by: worker}]
    - {step: c, by: worker, form: [good]}
- end: closed
"""
    ).start()
    assert play.open() == {"a", "c"}
    play.do("a")
    assert [each.reasons for each in play.state.turns] == [(1,)]
    assert play.do("c", good=True).open() == {"b"}


def test_an_each_in_a_plan_and_needs_on_what_is_done_inside() -> None:
    play = Play(
        """
- plan: show
  steps:
    - each: stand
      in: '[1, 2]'
      steps: [{step: build, by: worker}]
    - {step: open_gate, by: worker, needs: [stand]}
- end: closed
"""
    ).start()
    for item in tuple(play.state.items):
        assert play.open() == {"build"}
        play.carry_out(c.Complete("li", item))
    assert play.open() == {"open_gate"}


def test_what_the_end_of_a_plan_surely_overtakes_is_withdrawn_and_the_case_goes_on() -> None:
    play = Play(
        """
- plan: p
  complete-when: a.count > 0
  steps:
    - {step: a, by: worker}
    - {step: b, by: worker, needs: [a]}
- {step: behind, by: worker}
- end: over
"""
    ).start()
    assert play.do("a").open() == {"behind"}
    assert play.do("behind").state.status == "ended"
