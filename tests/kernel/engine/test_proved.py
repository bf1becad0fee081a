"""What the compiler leaves to the engine: what could be thought to fail, and does not."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel.engine import flow
from tuoban.kernel.refusals import Refused


def press(play: Play, reaction: str) -> None:
    play.carry_out(c.React("li", reaction, None, {}))


def test_what_is_needed_in_a_branch_that_is_not_taken_counts_as_done() -> None:
    play = Play(
        """
- choose:
    - when: kind = "hard"
      then: [{step: a, by: worker}, {stage: s, steps: [{step: b, by: worker}]}]
- {step: c, by: worker, needs: [a, b, s]}
- end: closed
"""
    ).start(kind="easy")
    assert play.do("c").state.status == "ended"


def test_what_is_needed_of_a_list_without_elements_counts_as_done() -> None:
    play = Play(
        """
- {each: x, in: '[1][item > 1]', steps: [{step: a, by: worker}]}
- {step: b, by: worker, needs: [a]}
- end: closed
"""
    ).start()
    assert play.do("b").state.status == "ended"


def test_enough_that_never_comes_leaves_all_elements_to_be_done() -> None:
    play = Play(
        """
- {each: x, in: '[1, 2]', enough-when: amount > 10, steps: [{step: a, by: worker}]}
- end: closed
"""
    ).start(amount=1)
    assert play.do("a").do("a").state.status == "ended"


def test_a_plan_that_is_never_enough_is_over_when_all_is_done() -> None:
    play = Play(
        """
- {plan: p, complete-when: amount > 10, steps: [{step: a, by: worker}]}
- end: closed
"""
    ).start(amount=1)
    assert play.do("a").state.status == "ended"


def test_an_entry_that_needs_an_optional_one_waits_for_somebody_to_add_it() -> None:
    play = Play(
        """
- plan: p
  steps: [{step: a, by: worker, needs: [o]}, {step: o, by: worker, optional: true}]
- end: closed
"""
    ).start()
    assert (play.open(), play.state.status) == (set(), "running")
    play.carry_out(c.Add("wang", "o", None, "asked for"))
    assert play.do("o").do("a").state.status == "ended"


@pytest.mark.parametrize("more", ["opens: b.at", "due: 1 hour after b.at"])
def test_a_moment_that_only_comes_later_holds_nothing_back(more: str) -> None:
    play = Play(
        f"- {{step: a, by: worker, {more}}}\n- {{step: b, by: worker}}\n- end: closed"
    ).start()
    assert play.do("a").do("b").state.status == "ended"


def test_a_reaction_may_need_the_step_that_it_belongs_to() -> None:
    play = Play(
        """
- step: s
  by: worker
  during: [{on: r, by: worker, then: [{step: x, by: worker, needs: [s]}]}]
- {step: y, by: worker}
- end: closed
"""
    ).start()
    press(play, "r")
    assert play.do("s").open() == {"x"}
    assert play.do("x").open() == {"y"}


def test_a_step_that_is_interrupted_is_passed_over() -> None:
    play = Play(
        """
- step: s
  by: worker
  during: [{on: r, by: worker, interrupting: true, then: [{step: x, by: worker, needs: [s]}]}]
- {step: y, by: worker, needs: [s]}
- end: closed
"""
    ).start()
    press(play, "r")
    assert play.do("x").do("y").state.status == "ended"


def test_what_stands_before_an_undone_step_is_done_by_then() -> None:
    play = Play(
        """
- {step: y, by: worker}
- {step: s, by: worker, undo: [{step: u, by: worker, needs: [y, s]}]}
- {step: z, by: worker}
- end: closed
"""
    ).start()
    play.do("y").do("s")
    play.carry_out(c.Cancel("wang", "no longer wanted"))
    assert play.do("u").state.status == "ended"


def test_writers_that_needs_order_come_one_after_the_other() -> None:
    play = Play(
        """
- parallel:
    - {step: a, by: worker, form: [amount]}
    - {step: b, by: worker, form: [amount], needs: [a]}
- end: closed
"""
    ).start()
    with pytest.raises(Refused, match="locked"):
        play.do("b", amount=2)
    play.do("a", amount=1).do("b", amount=2)
    assert play.state.values["amount"] == 2


def test_rounds_that_nothing_stops_are_refused_and_not_gone_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flow, "MOST_MOVES", 200)
    play = Play(
        """
- {step: first, by: worker}
- repeat: rounds
  until: a.count > 1
  at-most: 1000
  steps:
    - stage: s
      steps: [{step: a, by: worker}]
      during: [{when: kind = "hard", interrupting: true}]
- end: closed
"""
    ).start(kind="hard")
    with pytest.raises(Refused, match="too-many-steps"):
        play.do("first")
    assert play.open() == {"first"}


def test_of_a_reaction_that_happens_twice_what_is_set_last_counts() -> None:
    play = Play(
        """
- stage: s
  steps: [{step: a, by: worker}]
  during:
    - on: more
      by: worker
      fields: {cost: {type: money, en: Cost}}
      form: [cost]
      then: [{step: look, by: worker}, {set: amount, to: cost}]
- end: closed
"""
    ).start()
    for cost in (5, 7):
        play.carry_out(c.React("li", "more", None, {"cost": cost}))
    items = sorted(each.id for each in play.state.items.values() if each.node == "look")
    for item in reversed(items):
        play.carry_out(c.Complete("li", item, None, {}, frozenset(), {}))
    assert play.state.values["amount"] == 5
    assert play.do("a").state.status == "ended"
