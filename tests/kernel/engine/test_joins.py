"""`parallel` with `join`: enough branches done, and the rest is withdrawn and told."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.refusals import Refused

THREE = """
- parallel:
    - {{step: one, by: worker, when: amount > 1}}
    - {{step: two, by: worker, when: amount > 2}}
    - stage: third
      when: amount > 3
      within: 1 hour
      steps:
        - {{step: three, by: worker}}
        - {{step: four, by: worker}}
  join: {}
- {{step: after, by: worker, returns-to: [one, three, four]}}
- end: closed
"""


def played(join: str, amount: int = 4) -> Play:
    return Play(THREE.format(join)).start(amount=amount)


def test_without_a_join_or_with_all_every_branch_is_waited_for() -> None:
    play = played("all").do("one").do("two").do("three")
    assert play.open() == {"four"}
    assert play.do("four").open() == {"after"}


def test_any_branch_is_enough_and_the_rest_is_withdrawn() -> None:
    play = played("any").do("two")
    assert play.open() == {"after"}
    assert len(play.state.activations) == 1
    assert not play.state.clocks
    assert not play.state.done.get("third")


def test_a_branch_is_done_at_its_end_and_not_before() -> None:
    play = played("any").do("three")
    assert play.open() == {"one", "two", "four"}
    assert play.do("four").open() == {"after"}


def test_a_number_of_branches_is_enough() -> None:
    play = played("2").do("one")
    assert play.open() == {"two", "three"}
    assert play.do("two").open() == {"after"}


def test_whoever_held_what_is_withdrawn_is_told_by_the_event() -> None:
    play = played("any")
    play.carry_out(c.Claim("han", play.item("one").id))
    number = play.item("one").id
    play.do("two")
    withdrawn = [each for each in play.journal if isinstance(each, e.ItemWithdrawn)]
    assert e.ItemWithdrawn(number, "han") in withdrawn
    assert len(withdrawn) == 2
    with pytest.raises(Refused, match="item-withdrawn"):
        play.carry_out(c.Complete("han", number))


@pytest.mark.parametrize(
    ("amount", "done"),
    [(4, ["one", "two"]), (3, ["one", "two"]), (2, ["one"]), (1, [])],
)
def test_of_fewer_than_are_enough_all_that_were_entered_are_needed(
    amount: int, done: list[str]
) -> None:
    play = played("2", amount)
    for step in done:
        assert "after" not in play.open()
        play.do(step)
    assert play.open() == {"after"}


def test_a_branch_passed_over_is_not_one_that_is_done() -> None:
    play = played("any", 3)
    assert play.open() == {"one", "two"}


def test_a_branch_that_ends_at_once_is_enough() -> None:
    process = """
- parallel:
    - {step: slow, by: worker}
    - {decide: grade}
  join: any
- {step: after, by: worker}
- end: closed
"""
    assert Play(process).start().open() == {"after"}


def test_an_end_in_a_branch_still_ends_the_case() -> None:
    process = """
- parallel:
    - {step: slow, by: worker}
    - stage: quick
      steps: [{step: look, by: worker}, {end: refused}]
  join: any
- end: closed
"""
    play = Play(process).start().do("look")
    assert (play.state.status, play.state.outcome) == ("ended", "refused")


@pytest.mark.parametrize("to", ["one", "three"])
def test_a_return_into_a_branch_is_waited_for_and_withdraws_nothing_more(to: str) -> None:
    """Whether the branch had been done, or withdrawn after its first step."""
    play = played("any").do("three").do("one").send_back("after", to)
    assert play.open() == {to}
    play.do(to)
    if to == "three":
        assert play.open() == {"four"}
        play.do("four")
    assert play.open() == {"after"}
    play.do("after")
    assert play.state.outcome == "closed"


def test_a_step_that_was_withdrawn_and_never_done_cannot_be_gone_back_to() -> None:
    play = played("any").do("one")
    with pytest.raises(Refused, match="not-finished"):
        play.send_back("after", "four")


def test_a_return_to_before_it_enters_every_branch_anew() -> None:
    process = """
- {step: before, by: worker}
- parallel:
    - {step: one, by: worker, returns-to: [before]}
    - {step: two, by: worker, when: good = true}
    - {step: three, by: worker}
  join: 2
- {step: after, by: worker, returns-to: [before]}
- end: closed
"""
    play = Play(process).start(good=False).do("before").do("one")
    assert play.open() == {"three"}
    play.do("three").send_back("after", "before").do("before")
    assert play.open() == {"one", "three"}
    play.do("three")
    assert play.open() == {"one"}
    play.send_back("one", "before").do("before").do("one").do("three")
    assert play.open() == {"after"}


def test_every_round_of_a_loop_counts_its_own_branches() -> None:
    process = """
- repeat: rounds
  until: rounds.round = 2
  steps:
    - parallel:
        - {step: one, by: worker, when: rounds.round = 1}
        - {step: two, by: worker}
        - {step: three, by: worker}
      join: 2
    - {step: close, by: worker}
- end: closed
"""
    play = Play(process).start().do("one").do("two")
    assert play.open() == {"close"}
    play.do("close").do("two")
    assert play.open() == {"three"}
    assert play.do("three").open() == {"close"}


def test_an_outer_join_withdraws_what_waits_to_open_inside() -> None:
    process = """
- parallel:
    - stage: later
      opens: 1 day after start.at
      steps: [{step: one, by: worker}]
    - parallel:
        - {step: two, by: worker}
        - {step: three, by: worker}
  join: any
- {step: after, by: worker}
- end: closed
"""
    play = Play(process).start().do("two").do("three")
    assert play.open() == {"after"}
    assert not play.state.clocks
    assert not play.state.timers
    play.wait(days=2)
    assert play.open() == {"after"}


def test_what_runs_beside_it_is_waited_for_before_it_is_left() -> None:
    process = """
- parallel:
    - {step: one, by: worker}
    - {step: two, by: worker}
  join: any
  during:
    - {on: extra, by: worker, then: [{step: more, by: worker}]}
- {step: after, by: worker}
- end: closed
"""
    play = Play(process).start()
    play.carry_out(c.React("li", "extra"))
    play.do("one")
    assert play.open() == {"more"}
    assert play.do("more").open() == {"after"}
