"""`late`: the process moves on without what is late, or does something about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.kernel.engine.playing import HEADER, NINE, Play
from tests.kernel.engine.test_each import do, names, open_elements
from tests.kernel.engine.test_reactions import press
from tuoban.kernel import events as e
from tuoban.kernel.language import compile_pack

WAITED = """
- step: answer
  by: worker
  within: 1 hour
  late: {at the limit: tell performer, 1 hour after: [escalate to boss, move on]}
  outcomes: {yes_: Yes}
- {step: call, by: worker, when: 'answer.outcome = "timeout"', needs: [answer]}
- {step: go, by: {role: checker, same-as: answer}}
- end: closed
"""


def test_the_process_moves_on_without_a_step_that_is_late() -> None:
    play = Play(WAITED).start().wait(hours=1)
    assert play.open() == {"answer"}
    play.wait(hours=1)
    assert play.open() == {"call"}
    assert play.told()[-1] == ("1 hour after", "boss")
    assert [each.person for each in play.journal if isinstance(each, e.ItemWithdrawn)] == [None]
    assert names(play)["answer"]["outcome"] == "timeout"
    assert not play.state.clocks
    assert play.do("call").item("go").person is None


def test_in_time_nothing_moves_on() -> None:
    play = Play(WAITED).start().do("answer", outcome="yes_").wait(hours=5)
    assert play.open() == {"go"}


def test_whoever_comes_late_finds_it_withdrawn() -> None:
    play = Play(WAITED).start()
    play.at += timedelta(hours=3)
    with pytest.raises(Exception, match="item-withdrawn"):
        play.do("answer", outcome="yes_")


def test_every_part_of_a_joint_step_is_withdrawn() -> None:
    play = Play(
        """
- {step: vote, by: {role: worker, agree: all}, within: 1 hour, late: {at the limit: move on}}
- {step: go, by: checker}
- end: closed
"""
    ).start()
    assert len(play.state.items) == 2
    assert play.wait(hours=1).open() == {"go"}


def test_a_block_is_left_with_all_that_is_open_in_it() -> None:
    play = Play(
        """
- stage: work
  within: 1 hour
  late: {at the limit: move on}
  steps: [{parallel: [{step: a, by: worker}, {step: b, by: worker}]}, {step: c, by: worker}]
- {step: go, by: checker, needs: [work]}
- end: closed
"""
    ).start()
    play.do("a").wait(hours=1)
    assert play.open() == {"go"}
    assert play.item("go").locked is None


def test_one_element_is_given_up_and_the_others_go_on() -> None:
    play = Play(
        """
- each: guest
  in: '[1, 2]'
  within: duration("PT" + string(guest) + "H")
  late: {at the limit: move on}
  steps: [{step: ask, by: worker}, {step: note, by: worker}]
- {step: go, by: checker}
- end: closed
"""
    ).start()
    play.wait(hours=1)
    assert open_elements(play) == {("ask", 2)}
    do(play, "ask", 2)
    assert play.wait(hours=1).open() == {"go"}


def test_a_called_process_ends_with_timeout() -> None:
    play = Play(
        compile_pack(
            HEADER
            + "  - {call: check, within: 1 hour, late: {at the limit: move on}}\n"
            + "  - {step: b, by: worker, when: 'check.outcome = \"timeout\"'}\n  - end: x\n"
            + "processes:\n  check: {en: Check, steps: [{step: look, by: worker}, {end: fine}]}\n"
        )
    ).start()
    assert play.wait(hours=1).open() == {"b"}


def test_steps_are_done_about_lateness_while_the_work_goes_on() -> None:
    play = Play(
        """
- step: answer
  by: worker
  within: 1 hour
  late:
    at the limit: [tell performer, {step: apologise, by: checker}, {step: offer, by: checker}]
- {step: go, by: worker}
- end: closed
"""
    ).start()
    play.wait(hours=1)
    assert play.open() == {"answer", "apologise"}
    play.do("apologise", by="zhou")
    assert play.open() == {"answer", "offer"}
    play.do("offer", by="zhou").do("answer")
    assert play.open() == {"go"}


def test_steps_about_the_lateness_of_a_block() -> None:
    play = Play(
        """
- stage: work
  fields: {room: {type: text, en: Room}}
  within: 1 hour
  late: {every hour after: {step: visit, by: boss, when: room = null}}
  steps: [{step: a, by: worker, form: [room]}]
- end: closed
"""
    ).start()
    play.wait(hours=2)
    assert play.open() == {"a", "visit"}
    play.do("visit", by="wang").wait(hours=1)
    assert play.open() == {"a", "visit"}
    play.do("a", room="3")
    assert play.open() == {"visit"}
    play.do("visit", by="wang")
    assert play.state.status == "ended"


def test_steps_about_the_lateness_of_an_occurrence() -> None:
    play = Play(
        """
- stage: care
  steps: [{step: a, by: worker}]
  during:
    - on: test
      by: worker
      within: 1 hour
      late: {at the limit: {step: hurry, by: boss}}
      then: [{step: sample, by: worker}]
- end: closed
"""
    ).start()
    press(play, "test")
    play.wait(hours=1)
    assert play.open() == {"a", "sample", "hurry"}
    play.do("a").do("sample")
    assert play.open() == {"hurry"}
    assert play.at == NINE + timedelta(hours=1)
    play.do("hurry", by="wang")
    assert play.state.status == "ended"
