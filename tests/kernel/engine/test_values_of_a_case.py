"""Which values count: those entered with work that counts, and shown where they were asked."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel.language import compile_pack
from tuoban.kernel.refusals import Refused

ASKED_TWICE = """
- {step: one, by: worker, form: [amount]}
- {step: two, by: worker, returns-to: [one]}
- choose:
    - when: amount > 50
      then: [{end: dear}]
- end: cheap
"""


def test_what_was_entered_before_a_return_no_longer_counts_but_stands_as_a_draft() -> None:
    play = Play(ASKED_TWICE).start().do("one", amount="100").send_back("two", to="one")
    assert play.state.values["amount"] is None
    assert play.state.completions["one"][-1].draft == {"amount": Decimal("100.00")}
    play.do("one", amount="5").do("two")
    assert play.state.outcome == "cheap"


def test_a_draft_that_is_confirmed_counts_again() -> None:
    play = Play(ASKED_TWICE).start().do("one", amount="100").send_back("two", to="one")
    play.do("one").do("two")
    assert play.state.outcome == "dear"


def test_a_value_from_before_the_named_step_comes_back() -> None:
    play = Play(ASKED_TWICE).start(amount="7").do("one", amount="100")
    play.send_back("two", to="one")
    assert play.state.values["amount"] == Decimal("7.00")


def test_a_gate_closes_again_when_the_value_it_needs_is_undone() -> None:
    play = Play(
        """
        - parallel:
            - stage: left
              steps:
                - {step: judge, by: worker, form: [good]}
                - {step: after, by: worker, returns-to: [judge]}
            - step: other
              by: worker
              needs: [{that: good, else: {en: not good yet, zh: 还不行}}]
        - end: closed
        """
    ).start()
    play.do("judge", good="yes")
    assert play.item("other").locked is None
    play.send_back("after", to="judge")
    assert play.item("other").locked == (0,)


HIDING = """
pack: hiding
version: 2026.1
language: en
title: Hiding
roles: {worker: Worker}
fields:
  kind: {type: choice, en: Kind, options: {easy: Easy, hard: Hard}}
  amount: {type: money, en: Amount, show-when: kind = "hard"}
  note: {type: text, en: Note, show-when: amount > 50, required: true}
starts: [{request: go, en: Go, by: [worker], form: [kind]}]
process:
  - {step: fill, by: worker, form: [kind, amount, note]}
  - end: closed
"""


@pytest.mark.parametrize("hidden", ["100", "abc"])
def test_a_hidden_entry_is_neither_asked_nor_taken_and_means_nothing(hidden: str) -> None:
    play = Play(compile_pack(HIDING)).start()
    play.do("fill", kind="easy", amount=hidden)
    assert play.state.values.get("amount") is None


def test_an_entry_that_is_shown_is_asked() -> None:
    play = Play(compile_pack(HIDING)).start()
    with pytest.raises(Refused) as caught:
        play.do("fill", kind="hard", amount="100")
    assert [each.place for each in caught.value.problems] == ["note"]


@pytest.mark.parametrize("typed", ["1e-999999", "1e3", "0x10"])
def test_numbers_are_written_out(typed: str) -> None:
    play = Play("- {step: fill, by: worker, form: [amount]}\n- end: closed").start()
    with pytest.raises(Refused):
        play.do("fill", amount=typed)


def test_a_limit_beyond_the_calendar_is_held_at_its_end() -> None:
    play = Play(
        """
        - step: far
          by: worker
          due: wanted_at
          late: {30 days after: tell performer}
        - end: closed
        """
    ).start(wanted_at="2200-12-31 23:59")
    assert play.due("far") is not None


def test_a_step_that_is_completed_late_was_late() -> None:
    play = Play(
        """
        - {step: a, by: worker, within: 30 minutes, late: {at the limit: escalate to boss}}
        - end: closed
        """
    ).start()
    play.at += timedelta(hours=5)
    play.do("a")
    assert [who for _, who in play.told()] == ["boss"]


LOOPS = """
- {step: start_, by: worker}
- repeat: r
  until: good
  at-most: 2
  steps: [{step: make, by: worker, form: [good]}]
- {step: later, by: worker, form: [good], returns-to: [start_]}
- choose:
    - when: r.exhausted
      then: [{end: gave_up}]
- end: closed
"""


def test_a_loop_that_ran_out_stays_so_whatever_comes_later() -> None:
    play = Play(LOOPS).start().do("start_").do("make", good="no").do("make", good="no")
    play.do("later", good="yes")
    assert play.state.outcome == "gave_up"


def test_a_return_to_before_a_loop_lets_its_rounds_begin_anew() -> None:
    play = Play(LOOPS).start().do("start_").do("make", good="no").do("make", good="no")
    play.send_back("later", to="start_")
    assert not play.state.loops["r"]
    play.do("start_").do("make", good="yes").do("later", good="yes")
    assert play.state.outcome == "closed"
