"""Patterns 10, 11, 21 and 43: going back, going round, and coming to an end."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import Play

CYCLES = """
- {step: a, by: worker}
- {step: b, by: worker}
- {step: c, by: worker, returns-to: [a]}
- {step: d, by: worker, returns-to: [b]}
- end: done
"""


def test_wcp_10_arbitrary_cycles() -> None:
    """Two cycles that overlap, so that neither stands inside the other."""
    play = Play(CYCLES).start().do("a").do("b").send_back("c", "a")
    assert play.open() == {"a"}
    play.do("a").do("b").do("c").send_back("d", "b")
    assert play.open() == {"b"}
    play.do("b").send_back("c", "a").do("a").do("b").do("c").do("d")
    assert play.state.status == "ended"


IMPLICIT = """
- parallel:
    - stage: long_way
      steps: [{step: a, by: worker}, {step: b, by: worker}]
    - {step: c, by: worker}
- end: done
"""


@pytest.mark.parametrize("order", ["abc", "acb", "cab"])
def test_wcp_11_implicit_termination(order: str) -> None:
    """Each way just stops; the case is over when nothing is left to do."""
    play = Play(IMPLICIT).start()
    for step in order:
        assert play.state.status == "running"
        play.do(step)
    assert play.state.status == "ended"


UNTIL = """
- repeat: rounds
  until: check.outcome = "yes_"
  at-most: 3
  steps:
    - {step: try_it, by: worker}
    - {step: check, by: worker, outcomes: {yes_: Yes, no_: No}}
- {step: file, by: worker}
- end: done
"""
WHILE = UNTIL.replace("at-most: 3", 'at-most: 3\n  when: kind = "hard"')


def test_wcp_21_structured_loop() -> None:
    play = Play(UNTIL).start().do("try_it").do("check", outcome="no_")
    assert play.open() == {"try_it"}
    assert play.do("try_it").do("check", outcome="yes_").open() == {"file"}
    assert Play(WHILE).start(kind="easy").open() == {"file"}
    assert Play(WHILE).start(kind="hard").open() == {"try_it"}


EXPLICIT = """
- parallel:
    - stage: one
      steps:
        - {step: a, by: worker, form: [good]}
        - choose:
            - when: good = false
              then: [{end: given_up}]
    - stage: two
      steps: [{step: b, by: worker}, {step: c, by: worker}]
- end: done
"""


def test_wcp_43_explicit_termination() -> None:
    play = Play(EXPLICIT).start().do("a", good=False)
    assert (play.state.status, play.state.outcome, play.open()) == ("ended", "given_up", set())
    play = Play(EXPLICIT).start().do("a", good=True).do("b").do("c")
    assert play.state.outcome == "done"
