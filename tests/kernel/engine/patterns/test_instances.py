"""Patterns 12 to 15, 26, 27 and 34 to 36: the same work several times."""

from __future__ import annotations

from tests.kernel.engine.patterns.test_branching import is_locked
from tests.kernel.engine.playing import HEADER, Play
from tests.kernel.engine.test_reactions import press
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.language import compile_pack


def elements(play: Play, step: str) -> int:
    """For how many elements a step is open."""
    return sum(item.node == step for item in play.state.items.values())


def test_wcp_12_multiple_instances_without_synchronization() -> None:
    play = Play(
        """
- parallel:
    - each: letter
      in: '[1, 2, 3]'
      steps: [{step: post, by: worker}]
    - stage: meanwhile
      steps: [{step: a, by: worker}, {step: b, by: worker}]
- end: done
"""
    ).start()
    assert play.do("a").open() == {"post", "b"}
    play.do("post").do("b")
    assert elements(play, "post") == 2


DESIGNED = """
- each: copy
  in: '["red", "green", "blue"]'
  steps: [{step: sign, by: worker}]
- {step: file, by: worker}
- end: done
"""


def test_wcp_13_multiple_instances_with_a_priori_design_time_knowledge() -> None:
    play = Play(DESIGNED).start()
    assert elements(play, "sign") == 3
    play.do("sign").do("sign")
    assert play.open() == {"sign"}
    assert play.do("sign").open() == {"file"}


LISTED = """\
  - each: guest
    in: guests
    steps: [{step: invite, by: worker}]
  - {step: file, by: worker}
  - end: done
"""
WITH_GUESTS = HEADER.replace(
    "  good: {", "  guests: {type: list, of: text, en: Guests}\n  good: {"
).replace("form: [kind,", "form: [guests, kind,")


def test_wcp_14_multiple_instances_with_a_priori_run_time_knowledge() -> None:
    definition = compile_pack(WITH_GUESTS + LISTED)
    for guests in ([], ["ann"], ["ann", "bob", "cy", "di"]):
        play = Play(definition).start(guests=guests)
        assert elements(play, "invite") == len(guests)
        for _ in guests:
            play.do("invite")
        assert play.open() == {"file"}


MORE = """
- plan: talks
  steps:
    - {step: talk, by: worker, repeatable: true, outcomes: {yes_: Yes, no_: No}}
    - {step: close, by: worker}
ENOUGH- {step: file, by: worker}
- end: done
"""


def test_wcp_15_multiple_instances_without_a_priori_run_time_knowledge() -> None:
    play = Play(MORE.replace("ENOUGH", "")).start()
    for _ in range(3):
        play.do("talk", outcome="no_").carry_out(c.Add("li", "talk"))
    play.do("close")
    assert play.open() == {"talk"}
    assert play.do("talk", outcome="yes_").open() == {"file"}
    assert len(play.state.completions["talk"]) == 4


INTERRUPTED = """
- stage: asking
  steps:
    - each: guest
      in: '[1, 2, 3]'
      steps: [{step: ask, by: worker}]
  during:
    - {on: stop, by: boss, interrupting: true}
- {step: file, by: worker}
- end: done
"""


def test_wcp_26_cancel_multiple_instance_activity() -> None:
    play = Play(INTERRUPTED).start().do("ask")
    press(play, "stop", by="wang")
    assert play.open() == {"file"}
    assert sum(isinstance(each, e.ItemWithdrawn) for each in play.journal) == 2


def test_wcp_27_complete_multiple_instance_activity() -> None:
    play = Play(
        """
- each: guest
  in: '[1, 2, 3]'
  enough-when: good = true
  steps: [{step: ask, by: worker, form: [note]}]
  fields: {note: {type: text, en: Note}}
  during:
    - {on: enough, by: worker, then: [{set: good, to: true}]}
- {step: file, by: worker}
- end: done
"""
    ).start()
    play.do("ask")
    assert elements(play, "ask") == 2
    place = max(play.state.activations)
    play.carry_out(c.React("li", "enough", place))
    assert play.open() == {"file"}
    assert len(play.state.completions["ask"]) == 1


def test_wcp_34_static_partial_join_for_multiple_instances() -> None:
    play = Play(
        """
- plan: offers
  steps:
    - each: firm
      in: '[1, 2, 3]'
      steps: [{step: offer, by: worker}]
    - {step: judge, by: worker, needs: [{that: count(offer.all) >= 2, else: Two offers}]}
- end: done
"""
    ).start()
    assert is_locked(play.do("offer"), "judge")
    assert not is_locked(play.do("offer"), "judge")
    assert play.do("judge").open() == {"offer"}
    assert play.do("offer").state.status == "ended"


def test_wcp_35_cancelling_partial_join_for_multiple_instances() -> None:
    play = Play(
        """
- each: firm
  in: '[1, 2, 3]'
  enough-when: count(offer.all) >= 2
  steps: [{step: offer, by: worker}]
- {step: judge, by: worker}
- end: done
"""
    ).start()
    assert play.do("offer").open() == {"offer"}
    assert play.do("offer").open() == {"judge"}


def test_wcp_36_dynamic_partial_join_for_multiple_instances() -> None:
    enough = "  complete-when: 'count(talk.all[outcome = \"yes_\"]) >= 2'\n"
    play = Play(MORE.replace("ENOUGH", enough)).start()
    for outcome in ("yes_", "no_"):
        play.do("talk", outcome=outcome).carry_out(c.Add("li", "talk"))
    assert play.open() == {"talk", "close"}
    assert play.do("talk", outcome="yes_").open() == {"file"}
