"""The strip of steps over a case: what is done, in hand, ahead for sure, and ahead perhaps."""

from __future__ import annotations

from tests.kernel.engine.playing import Play
from tuoban.runtime.cases.queries.strip import strip

PROCESS = """
- {step: look, by: worker}
- choose:
    - when: kind = "hard"
      then: [{step: think, by: worker}, {step: act, by: worker}]
    - otherwise: [{step: nod, by: worker}]
- {step: extra, by: worker, when: good}
- {step: last, by: worker}
- end: closed
"""


def shown(play: Play) -> str:
    marks = strip(play.definition, play.state, {}, play.at)
    return " ".join(f"{mark.key}:{mark.state}" for mark in marks)


def test_branches_are_open_questions_until_one_is_chosen_and_the_others_go() -> None:
    play = Play(PROCESS).start(kind="hard")
    assert shown(play) == "look:current think:maybe act:maybe nod:maybe extra:maybe last:ahead"
    play.do("look")
    assert shown(play) == "look:done think:current act:ahead extra:maybe last:ahead"


def test_what_was_passed_over_is_not_shown() -> None:
    play = Play(PROCESS).start(kind="easy").do("look").do("nod")
    assert shown(play) == "look:done nod:done last:current"


def test_a_wait_stands_among_the_steps_and_says_when_it_is_over() -> None:
    play = Play(
        """
- {step: look, by: worker}
- {wait: pause, for: 2 hours}
- {step: last, by: worker, returns-to: [look]}
- end: closed
"""
    ).start()
    assert shown(play) == "look:current pause:ahead last:ahead"
    play.do("look")
    assert shown(play) == "look:done pause:current last:ahead"
    pause = strip(play.definition, play.state, {}, play.at)[1]
    assert (pause.waits, pause.who, pause.at) == (True, None, play.clock("pause").due)
    play.wait(hours=2)
    assert shown(play) == "look:done pause:done last:current"
    play.send_back("last", "look")
    assert shown(play) == "look:current pause:ahead last:ahead"


def test_an_ended_case_shows_what_was_done() -> None:
    play = Play(PROCESS).start(kind="easy").do("look").do("nod").do("last")
    assert shown(play) == "look:done nod:done last:done"


def test_what_runs_on_without_being_waited_for_is_ahead_though_its_block_was_left() -> None:
    play = Play(
        """
- stage: shop
  steps:
    - {step: look, by: worker}
    - {call: towing, without-waiting: true}
- {step: last, by: worker}
- end: closed
processes:
  towing:
    en: Towing
    steps: [{step: order, by: worker}, {step: haul, by: worker}]
"""
    ).start()
    assert shown(play) == "look:current towing.order:ahead towing.haul:ahead last:ahead"
    play.do("look")
    assert shown(play) == "look:done towing.order:current towing.haul:ahead last:current"
    play.do("towing.order").do("towing.haul")
    assert shown(play) == "look:done towing.order:done towing.haul:done last:current"
