"""Patterns 16, 18, 19, 20, 23 to 25 and 39: what the case allows depends on where it stands."""

from __future__ import annotations

import pytest

from tests.kernel.engine.patterns.test_branching import is_locked
from tests.kernel.engine.playing import Play
from tests.kernel.engine.test_reactions import press
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.refusals import Refused

DEFERRED = """
- parallel:
    - {step: pay, by: worker}
    - {step: refuse, by: checker}
    - {wait: silence, for: 3 days}
  join: any
- choose:
    - when: pay.at != null
      then: [{step: deliver, by: worker}]
    - when: refuse.at != null
      then: [{step: regret, by: worker}]
    - otherwise: [{step: remind, by: worker}]
- end: done
"""


def test_wcp_16_deferred_choice() -> None:
    """Nobody and no value chooses: whatever happens first does."""
    assert Play(DEFERRED).start().do("pay").open() == {"deliver"}
    assert Play(DEFERRED).start().do("refuse", by="zhou").open() == {"regret"}
    assert Play(DEFERRED).start().wait(days=3).open() == {"remind"}


MILESTONE = """
- stage: open_for_changes
  steps: [{step: plan_it, by: worker}, {step: agree, by: worker}]
  during: [{on: change, by: worker, then: [{step: redraw, by: worker}]}]
- {step: build, by: worker}
- end: done
"""


def test_wcp_18_milestone() -> None:
    play = Play(MILESTONE).start().do("plan_it")
    press(play, "change")
    play.do("redraw").do("agree")
    with pytest.raises(Refused, match="not-active"):
        press(play, "change")


CANCELLED = """
- step: write
  by: worker
  during: [{on: drop, by: boss, interrupting: true}]
- {step: file, by: worker}
- end: done
"""


def test_wcp_19_cancel_task() -> None:
    play = Play(CANCELLED).start()
    press(play, "drop", by="wang")
    assert play.open() == {"file"}
    assert "write" not in play.state.completions


def test_wcp_20_cancel_case() -> None:
    play = Play(MILESTONE).start()
    press(play, "change")
    play.carry_out(c.Cancel("wang", "The customer has gone"))
    assert (play.state.status, play.open()) == ("ended", set())


def test_wcp_23_transient_trigger() -> None:
    """What is not waited for is lost."""
    play = Play(CANCELLED).start().do("write")
    with pytest.raises(Refused, match="not-active"):
        press(play, "drop", by="wang")
    assert play.open() == {"file"}


PERSISTENT = """
- parallel:
    - {step: tell_it, by: worker, form: [good]}
    - stage: other
      steps:
        - {step: a, by: worker}
        - {wait: told, that: good = true}
        - {step: b, by: worker}
- end: done
"""


def test_wcp_24_persistent_trigger() -> None:
    """What comes too early is kept until it is waited for."""
    assert Play(PERSISTENT).start().do("tell_it", good=True).do("a").open() == {"b"}
    play = Play(PERSISTENT).start().do("a")
    assert play.open() == {"tell_it"}
    assert play.do("tell_it", good=True).open() == {"b"}


REGION = """
- parallel:
    - stage: work
      steps:
        - parallel:
            - {step: a, by: worker}
            - {step: b, by: worker}
      during: [{on: stop, by: boss, interrupting: true, then: [{step: tidy, by: worker}]}]
    - {step: c, by: worker}
- {step: d, by: worker}
- end: done
"""


def test_wcp_25_cancel_region() -> None:
    play = Play(REGION).start()
    press(play, "stop", by="wang")
    assert play.open() == {"tidy", "c"}
    withdrawn = [each.item for each in play.journal if isinstance(each, e.ItemWithdrawn)]
    assert len(withdrawn) == 2
    assert play.do("tidy").do("c").open() == {"d"}


BUSY = "else: The press is in use"
CRITICAL = f"""
- parallel:
    - stage: one
      steps:
        - {{step: take_1, by: worker, needs: [{{that: take_2.count = free_2.count, {BUSY}}}]}}
        - {{step: free_1, by: worker}}
    - stage: two
      steps:
        - {{step: take_2, by: worker, needs: [{{that: take_1.count = free_1.count, {BUSY}}}]}}
        - {{step: free_2, by: worker}}
- end: done
"""


@pytest.mark.parametrize(("first", "second"), [("1", "2"), ("2", "1")])
def test_wcp_39_critical_section(first: str, second: str) -> None:
    play = Play(CRITICAL).start()
    assert not is_locked(play, f"take_{second}")
    play.do(f"take_{first}")
    assert is_locked(play, f"take_{second}")
    with pytest.raises(Refused, match="locked"):
        play.do(f"take_{second}")
    play.do(f"free_{first}").do(f"take_{second}").do(f"free_{second}")
    assert play.state.status == "ended"
