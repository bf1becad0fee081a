"""`covers` and `valid-until`: what was done lapses, and is done again where it is needed."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import Play
from tests.kernel.engine.test_each import names
from tests.kernel.engine.test_reactions import press
from tuoban.kernel import events as e
from tuoban.kernel.refusals import Refused

COVERED = """
- stage: deal
  steps:
    - {step: offer, by: worker, form: [amount]}
    - {step: approve, by: checker, covers: [amount]}
    - {step: talk, by: worker}
    - {step: sign, by: worker, needs: [approve]}
  during: [{on: haggle, by: worker, form: [amount]}]
- {step: file, by: worker, when: approve.count = 2}
- end: closed
""".replace("form: [amount]}]", "form: [amount], then: [{step: note, by: worker, when: good}]}]")


def ready() -> Play:
    return Play(COVERED).start().do("offer", amount=10).do("approve", by="zhou")


def test_what_changes_afterwards_lets_it_lapse() -> None:
    play = ready()
    press(play, "haggle", amount=9)
    assert names(play)["approve"]["all"] == []
    assert [(each.node, each.why) for each in play.journal if isinstance(each, e.CompletionLapsed)]
    assert play.state.values["amount"] == 9


def test_the_same_value_again_changes_nothing() -> None:
    play = ready()
    press(play, "haggle", amount=10)
    assert len(names(play)["approve"]["all"]) == 1


def test_it_is_offered_again_once_something_open_needs_it() -> None:
    play = ready()
    press(play, "haggle", amount=9)
    assert play.open() == {"talk"}
    play.do("talk")
    assert play.open() == {"sign", "approve"}
    assert play.item("approve").person == "zhou"
    with pytest.raises(Refused, match="locked"):
        play.do("sign")
    play.do("approve", by="zhou")
    assert play.open() == {"sign"}
    play.do("sign")
    assert play.open() == {"file"}


def test_it_locks_again_what_is_open_already() -> None:
    play = ready().do("talk")
    assert play.item("sign").locked is None
    press(play, "haggle", amount=9)
    assert play.open() == {"sign", "approve"}
    assert play.item("sign").locked == (0,)


def test_a_return_past_it_lets_it_be_done_in_its_turn() -> None:
    play = Play(COVERED.replace("needs: [approve]", "needs: [approve], returns-to: [offer]"))
    play.start().do("offer", amount=10).do("approve", by="zhou").do("talk")
    press(play, "haggle", amount=9)
    assert play.open() == {"sign", "approve"}
    play.send_back("sign", "offer")
    assert play.open() == {"offer"}
    play.do("offer", amount=8)
    assert play.open() == {"approve"}
    play.do("approve", by="zhou").do("talk").do("sign")
    assert play.state.status in ("running", "ended")


def test_a_signed_step_covers_what_its_signers_were_shown() -> None:
    definition = Play(
        """
- {step: quote, by: worker, form: [amount], signed-by: customer}
- {step: go, by: worker, needs: [quote], form: [kind]}
- end: closed
"""
    ).definition
    assert definition.nodes["quote"].covers == ("amount",)


PERMIT = """
- plan: permits
  steps:
    - step: permit
      by: worker
      fields: {expires_on: {type: date, en: Expires on}}
      form: [expires_on]
      valid-until: expires_on
    - {step: build, by: worker, needs: [permit]}
    - {step: rest, by: worker}
- end: closed
"""


def test_it_lapses_when_its_time_is_over() -> None:
    play = Play(PERMIT).start().do("permit", expires_on="2026-03-03")
    assert play.open() == {"build", "rest"}
    play.wait(days=1)
    assert play.item("build").locked is None
    play.wait(days=1)
    assert play.open() == {"build", "rest", "permit"}
    assert play.item("build").locked == (0,)
    play.do("permit", expires_on="2026-04-01")
    assert play.open() == {"build", "rest"}
    play.do("build").do("rest")
    assert play.state.status == "ended"
    assert not play.state.clocks


def test_nothing_is_done_again_that_nobody_needs() -> None:
    play = Play(PERMIT).start().do("permit", expires_on="2026-03-03").do("build").wait(days=3)
    assert play.open() == {"rest"}
    assert play.do("rest").state.status == "ended"


def test_without_a_moment_it_does_not_lapse() -> None:
    play = Play(PERMIT).start().do("permit").wait(days=300)
    assert play.open() == {"build", "rest"}


def test_a_block_that_lapses_is_entered_again() -> None:
    play = Play(
        """
- stage: deal
  steps:
    - {step: offer, by: worker, form: [amount]}
    - stage: review
      covers: [amount]
      steps: [{step: look, by: worker}, {step: stamp, by: worker}]
    - {step: sign, by: worker, needs: [review]}
  during: [{on: haggle, by: worker, form: [amount], then: [{step: n, by: worker, when: good}]}]
- end: closed
"""
    ).start()
    play.do("offer", amount=10).do("look").do("stamp")
    press(play, "haggle", amount=9)
    assert play.open() == {"sign", "look"}
    play.do("look").do("stamp")
    assert play.open() == {"sign"}
    play.do("sign")
    assert play.state.status == "ended"


def test_what_is_done_again_is_not_wanted_when_the_block_is_left() -> None:
    play = Play(
        """
- plan: permits
  complete-when: build.count = 1
  steps:
    - {step: offer, by: worker, covers: [amount]}
    - {step: price, by: worker, form: [amount]}
    - {step: build, by: worker}
    - {step: other, by: worker, needs: [offer]}
- end: closed
"""
    ).start()
    play.do("offer").do("price", amount=3)
    assert play.open() == {"build", "other", "offer"}
    play.do("build")
    assert (play.state.status, play.state.again) == ("ended", ())


@pytest.mark.parametrize(
    "sign",
    [
        "{step: sign, by: worker, covers: [kind], form: [amount]}",
        "{stage: sign, covers: [kind], steps: [{step: it, by: worker, form: [amount]}]}",
    ],
    ids=["step", "block"],
)
def test_what_lapsed_and_was_gone_back_past_is_as_if_it_had_never_been_done(sign: str) -> None:
    play = Play(
        f"""
- stage: deal
  steps:
    - {{step: read, by: worker}}
    - {sign}
    - {{step: change, by: worker, form: [kind]}}
    - {{step: talk, by: worker, returns-to: [read]}}
  during: [{{on: ask, by: worker, then: [{{step: answer, by: worker, needs: [sign]}}]}}]
- end: closed
"""
    ).start(kind="easy")
    play.do("read").do("it" if "stage" in sign else "sign", amount=5).do("change", kind="hard")
    play.send_back("talk", "read")
    assert play.state.values["amount"] is None
    press(play, "ask")  # what needs it waits for the way there, and does not fetch it
    assert play.open() == {"read", "answer"}


def test_what_was_done_again_falls_whole_when_work_goes_back_past_it() -> None:
    play = Play(
        """
- {step: read, by: worker}
- {step: offer, by: worker, covers: [kind], form: [amount]}
- {step: change, by: worker, form: [kind]}
- {step: sign, by: worker, needs: [offer], returns-to: [read]}
- end: closed
"""
    ).start(kind="easy")
    play.do("read").do("offer", amount=5).do("change", kind="hard").do("offer", amount=7)
    play.send_back("sign", "read")
    assert play.state.values["amount"] is None


@pytest.mark.parametrize("to", ["read", "look"])
def test_work_goes_back_past_a_block_that_lapsed_in_a_block_that_was_left(to: str) -> None:
    play = Play(
        """
- {step: read, by: worker}
- stage: deal
  steps:
    - {step: look, by: worker}
    - {stage: sign, covers: [kind], steps: [{step: it, by: worker}]}
- {step: change, by: worker, form: [kind]}
- {step: talk, by: worker, returns-to: [read, look]}
- end: closed
"""
    ).start(kind="easy")
    play.do("read").do("look").do("it").do("change", kind="hard").send_back("talk", to)
    for step in ("read", "look", "it")[to == "look" :]:
        assert play.open() == {step}
        play.do(step)
    assert play.do("change").do("talk").state.outcome == "closed"
