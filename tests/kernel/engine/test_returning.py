"""Return 退回, rule 2 of the language: what is done again, what stays, what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel.refusals import Refused

ROW = """
- {step: one, by: worker}
- {step: two, by: worker}
- {step: three, by: worker, returns-to: [one, two]}
- end: closed
"""

AFTER_JOIN = """
- {step: before, by: worker}
- parallel:
    - stage: left
      steps:
        - {step: left_one, by: worker}
        - {step: left_two, by: worker}
    - stage: right
      steps:
        - {step: right_one, by: worker}
        - {step: right_two, by: worker, returns-to: [right_one, before]}
- {step: after, by: worker, returns-to: [left_one, left_two, before]}
- end: closed
"""

AFTER_LOOP = """
- repeat: rounds
  until: check.outcome = "good"
  steps:
    - {step: make, by: worker}
    - {step: check, by: checker, outcomes: {good: Good, bad: Bad}, returns-to: [make]}
- {step: after, by: worker, returns-to: [make, check]}
- end: closed
"""

INTO_CHOICE = """
- {step: look, by: worker}
- choose:
    - when: kind = "hard"
      then:
        - {step: think, by: worker}
        - {step: act, by: worker}
    - otherwise:
        - {step: nod, by: worker}
- {step: after, by: worker, returns-to: [think, nod]}
- end: closed
"""


def test_everything_from_the_named_step_on_is_done_again() -> None:
    play = Play(ROW).start().do("one").do("two").send_back("three", to="one")
    assert play.open() == {"one"}
    assert [each.counts for each in play.state.completions["two"]] == [False]
    play.do("one").do("two").do("three")
    assert play.state.outcome == "closed"


def test_what_stands_before_the_named_step_keeps_counting() -> None:
    play = Play(ROW).start().do("one").do("two").send_back("three", to="two")
    assert play.open() == {"two"}
    assert play.state.newest("one") is not None


def test_work_goes_back_to_whoever_did_it() -> None:
    play = Play(ROW).start().do("one", by="han").do("two").send_back("three", to="one")
    assert play.item("one").person == "han"


def test_a_return_inside_one_branch_leaves_the_others_alone() -> None:
    play = Play(AFTER_JOIN).start().do("before").do("right_one").do("left_one")
    left = play.item("left_two").id
    play.send_back("right_two", to="right_one")
    assert play.open() == {"left_two", "right_one"}
    assert play.item("left_two").id == left


def test_a_return_from_a_branch_to_before_the_block_withdraws_the_whole_block() -> None:
    play = Play(AFTER_JOIN).start().do("before").do("left_one").do("right_one")
    play.send_back("right_two", to="before")
    assert play.open() == {"before"}
    assert play.state.newest("left_one") is None
    play.do("before")
    assert play.open() == {"left_one", "right_one"}


def test_a_return_from_after_the_join_runs_only_that_branch_again() -> None:
    play = Play(AFTER_JOIN).start().do("before")
    play.do("left_one").do("left_two").do("right_one").do("right_two")
    play.send_back("after", to="left_two")
    assert play.open() == {"left_two"}
    assert play.state.newest("left_one") is not None
    assert play.state.newest("right_two") is not None
    play.do("left_two")
    assert play.open() == {"after"}


def test_a_return_into_a_loop_opens_a_new_round_at_that_step() -> None:
    play = Play(AFTER_LOOP).start().do("make").do("check", outcome="good")
    play.send_back("after", to="check")
    assert play.open() == {"check"}
    assert [each.rounds for each in play.state.loops["rounds"]] == [2]
    play.do("check", outcome="bad")
    assert play.open() == {"make"}
    play.do("make").do("check", outcome="good").do("after")
    assert play.state.outcome == "closed"


def test_a_return_within_a_round_stays_in_it() -> None:
    play = Play(AFTER_LOOP).start().do("make").send_back("check", to="make")
    assert play.open() == {"make"}
    assert [each.rounds for each in play.state.loops["rounds"]] == [1]


def test_a_return_into_a_choice_reopens_the_branch_that_was_taken() -> None:
    play = Play(INTO_CHOICE).start(kind="hard").do("look").do("think").do("act")
    play.send_back("after", to="think")
    assert play.open() == {"think"}
    play.do("think").do("act").do("after")
    assert play.state.outcome == "closed"


def test_a_step_that_was_never_done_cannot_be_returned_to() -> None:
    play = Play(INTO_CHOICE).start(kind="hard").do("look").do("think").do("act")
    with pytest.raises(Refused, match="not-finished"):
        play.send_back("after", to="nod")


def test_only_the_steps_that_the_pack_names_can_be_returned_to() -> None:
    play = Play(ROW).start().do("one")
    with pytest.raises(Refused, match="not-returnable"):
        play.send_back("two", to="one")


def test_a_returned_step_gets_a_fresh_clock() -> None:
    play = Play(
        """
        - {step: one, by: worker, within: 30 minutes}
        - {step: two, by: worker, returns-to: [one]}
        - end: closed
        """
    ).start()
    first_due = play.due("one")
    play.wait(minutes=20).do("one").send_back("two", to="one")
    assert first_due is not None
    assert play.due("one") == play.at.replace(minute=50)


# -- back into a block that has to wait ------------------------------------------------------------

OPENS = """
- {step: look, by: worker, form: [wanted_at]}
- stage: work
  opens: wanted_at
  steps: [{step: a, by: worker}, {step: b, by: worker}]
- {step: check, by: worker, returns-to: [b]}
- end: x
"""


def sent_back_too_early() -> Play:
    """Back to a step of a stage whose moment has moved to noon since it was left."""
    play = Play(OPENS).start().do("look", wanted_at="2026-03-02 08:00").do("a").do("b")
    play.carry_out(c.Correct("wang", "wanted_at", "2026-03-02 12:00", "later"))
    return play.send_back("check", "b")


def counts(play: Play, step: str) -> list[bool]:
    return [made.counts for made in play.state.completions[step]]


def test_a_block_whose_moment_has_moved_is_entered_again_only_then() -> None:
    play = sent_back_too_early()
    assert (play.open(), counts(play, "a"), counts(play, "b")) == (set(), [True], [False])
    assert play.clock("work", "opens").due == play.at + timedelta(hours=3)
    play.wait(hours=3)
    assert (play.open(), play.state.reentries) == ({"b"}, ())
    assert play.do("b").do("check").state.status == "ended"


def test_a_block_that_waits_to_be_entered_again_is_entered_once_its_moment_moves_back() -> None:
    play = sent_back_too_early()
    play.carry_out(c.Correct("wang", "wanted_at", "2026-03-02 08:30", "at once"))
    assert play.open() == {"b"}


def test_from_before_it_a_block_that_waited_to_be_entered_again_begins_as_ever() -> None:
    play = (
        Play("""
- plan: p
  steps:
    - {step: look, by: worker, form: [wanted_at]}
    - stage: work
      needs: [look]
      opens: wanted_at
      steps: [{step: a, by: worker}, {step: b, by: worker}]
    - {step: check, by: worker, needs: [work], returns-to: [b]}
    - {step: other, by: worker, needs: [look], returns-to: [look]}
- end: x
""")
        .start()
        .do("look", wanted_at="2026-03-02 08:00")
        .do("a")
        .do("b")
    )
    play.carry_out(c.Correct("wang", "wanted_at", "2026-03-02 12:00", "later"))
    play.send_back("check", "b")
    assert (play.open(), [each.target for each in play.state.reentries]) == ({"other"}, ["b"])
    play.send_back("other", "look")
    assert (play.open(), play.state.reentries, counts(play, "a")) == ({"look"}, (), [False])
    play.do("look", wanted_at="2026-03-02 08:00")
    assert play.open() == {"a", "other"}


def test_work_inside_a_block_that_waits_to_be_entered_again_is_taken_back_as_ever() -> None:
    play = sent_back_too_early().withdraw("a")
    assert (play.open(), play.state.reentries) == ({"a"}, ())
    assert not [each for each in play.state.clocks.values() if each.limit == "opens"]
    assert play.do("a").do("b").open() == {"check"}


def test_a_block_whose_needs_fail_by_now_is_entered_again_once_they_hold() -> None:
    play = Play(OPENS.replace("opens: wanted_at", "needs: [{that: good = true, else: Not good}]"))
    play.start(good=True).do("look").do("a").do("b")
    play.carry_out(c.Correct("wang", "good", "false", "not good any more"))
    play.send_back("check", "b")
    assert (play.open(), [each.node for each in play.state.turns]) == (set(), ["work"])
    play.carry_out(c.Correct("wang", "good", "true", "good again"))
    assert (play.open(), play.state.turns, play.state.reentries) == ({"b"}, (), ())


def test_an_element_whose_moment_has_moved_is_entered_again_only_then() -> None:
    play = Play("""
- each: part
  in: '[1, 2]'
  opens: wanted_at
  steps: [{step: a, by: worker}, {step: b, by: worker}]
- {step: check, by: worker, returns-to: [b]}
- end: x
""").start(wanted_at="2026-03-02 08:00")
    for step in ("a", "b") * 2:
        play.do(step)
    play.carry_out(c.Correct("wang", "wanted_at", "2026-03-02 12:00", "later"))
    play.carry_out(c.Return("li", play.item("check").id, "b", "not right", (2,)))
    assert (play.open(), sorted(counts(play, "b"))) == (set(), [False, True])
    assert play.wait(hours=3).open() == {"b"}
    assert play.do("b").do("check").state.status == "ended"


def test_back_in_a_later_round_nothing_from_there_on_counts_while_the_loop_waits() -> None:
    play = Play("""
- repeat: loop
  opens: wanted_at
  until: loop.round >= 2
  at-most: 3
  steps: [{step: a, by: worker}, {step: b, by: worker}]
- {step: check, by: worker, returns-to: [b]}
- end: x
""").start(wanted_at="2026-03-02 08:00")
    for step in ("a", "b") * 2:
        play.do(step)
    play.carry_out(c.Correct("wang", "wanted_at", "2026-03-02 12:00", "later"))
    play.send_back("check", "b")
    assert (play.open(), counts(play, "b")) == (set(), [True, False])
    play.wait(hours=3).do("b")
    assert counts(play, "b") == [True, False, True]
    assert play.do("check").state.status == "ended"


BLOCK_IN_A_LOOP = """
- repeat: loop
  until: b.outcome = "good"
  steps:
    - stage: part
      steps: [{step: a, by: worker}, {step: a_too, by: worker}]
    - {step: b, by: checker, outcomes: {good: Good, bad: Bad}, returns-to: [a, a_too]}
- {step: after, by: worker, returns-to: [a]}
- end: x
"""


def test_back_in_a_new_round_the_former_work_inside_a_block_counts_no_more() -> None:
    play = Play(BLOCK_IN_A_LOOP).start()
    for outcome in ("bad", "good"):
        play.do("a").do("a_too").do("b", "zhou", outcome)
    play.send_back("after", "a")
    assert (play.open(), counts(play, "a")) == ({"a"}, [True, False])
    assert (counts(play, "a_too"), counts(play, "b")) == ([True, False], [True, False])


def test_back_in_an_earlier_round_nothing_of_the_later_ones_counts() -> None:
    play = Play(BLOCK_IN_A_LOOP).start()
    play.do("a").do("a_too").do("b", "zhou", "bad")
    play.carry_out(c.Jump("wang", play.item("a").id, "a_too", "so be it"))
    play.do("a_too").do("b", "zhou", "good").send_back("after", "a")
    assert (play.open(), counts(play, "a")) == ({"a"}, [False])
    assert (counts(play, "a_too"), counts(play, "b")) == ([False] * 2, [False] * 2)
