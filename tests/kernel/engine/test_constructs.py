"""What each construct does when its turn comes."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel.events import BranchChosen, PassedOver

SEQUENCE = """
- {step: first, by: worker}
- {step: second, by: worker}
- end: closed
"""

CHOICE = """
- {step: look, by: worker, outcomes: {good: Good, bad: Bad}}
- choose:
    - when: look.outcome = "good"
      then: [{step: praise, by: worker}]
    - when: look.outcome = "bad"
      then: [{end: refused}]
- {step: after, by: worker}
- end: closed
"""

PARALLEL = """
- parallel:
    - stage: left
      steps:
        - {step: left_one, by: worker}
        - {step: left_two, by: worker}
    - {step: right, by: worker, when: kind != "easy"}
- {step: after, by: worker}
- end: closed
"""

LOOP = """
- repeat: rounds
  until: check.outcome = "good"
  at-most: 3
  steps:
    - {step: make, by: worker}
    - {step: check, by: checker, outcomes: {good: Good, bad: Bad}}
- choose:
    - when: rounds.exhausted
      then: [{end: given_up}]
- end: closed
"""


def test_steps_follow_one_another_until_the_case_ends_by_name() -> None:
    play = Play(SEQUENCE).start()
    assert play.open() == {"first"}
    play.do("first")
    assert play.open() == {"second"}
    play.do("second")
    assert (play.state.status, play.state.outcome, play.open()) == ("ended", "closed", set())


def test_a_choice_takes_the_first_branch_that_is_true_and_goes_on_behind_it() -> None:
    play = Play(CHOICE).start().do("look", outcome="good")
    assert play.open() == {"praise"}
    assert play.do("praise").open() == {"after"}


def test_an_end_inside_a_branch_ends_the_case() -> None:
    play = Play(CHOICE).start().do("look", outcome="bad")
    assert (play.state.status, play.state.outcome) == ("ended", "refused")


def test_a_choice_without_a_true_branch_is_gone_past() -> None:
    play = Play(CHOICE.replace('= "bad"', '= "good" and good')).start().do("look", outcome="bad")
    assert play.open() == {"after"}
    assert [each.branch for each in play.journal if isinstance(each, BranchChosen)] == [None]


def test_branches_run_together_and_the_join_waits_for_all() -> None:
    play = Play(PARALLEL).start(kind="hard")
    assert play.open() == {"left_one", "right"}
    play.do("right")
    assert play.open() == {"left_one"}
    play.do("left_one").do("left_two")
    assert play.open() == {"after"}


def test_a_branch_whose_condition_fails_is_not_waited_for() -> None:
    play = Play(PARALLEL).start(kind="easy")
    assert play.open() == {"left_one"}
    assert play.do("left_one").do("left_two").open() == {"after"}


def test_a_loop_runs_until_its_condition_holds() -> None:
    play = Play(LOOP).start().do("make").do("check", outcome="bad")
    assert play.open() == {"make"}
    play.do("make").do("check", outcome="good")
    assert play.state.outcome == "closed"
    assert [each.rounds for each in play.state.loops["rounds"]] == [2]


def test_a_loop_stops_at_its_last_round_and_says_so() -> None:
    play = Play(LOOP).start()
    for _ in range(3):
        play.do("make").do("check", outcome="bad")
    assert play.state.outcome == "given_up"


def test_what_its_condition_rules_out_is_passed_over() -> None:
    play = Play(
        """
        - {step: maybe, by: worker, when: kind = "hard"}
        - stage: never
          when: amount > 100
          steps: [{step: inside, by: worker}]
        - {step: last, by: worker}
        - end: closed
        """
    ).start(kind="easy", amount=5)
    assert play.open() == {"last"}
    assert [each.node for each in play.journal if isinstance(each, PassedOver)] == [
        "maybe",
        "never",
    ]


def test_a_condition_that_cannot_be_told_counts_as_not_true() -> None:
    play = Play(CHOICE.replace('look.outcome = "good"', "amount > 3")).start()
    play.do("look", outcome="bad")
    assert play.state.outcome == "refused"


def test_an_end_withdraws_what_is_open_in_the_other_branches() -> None:
    play = Play(
        """
        - parallel:
            - {step: slow, by: worker, within: 2 hours, late: {at the limit: tell performer}}
            - stage: quick
              steps:
                - {step: stop, by: worker}
                - choose:
                    - when: kind = "hard"
                      then: [{end: stopped}]
        - end: closed
        """
    ).start(kind="hard")
    slow = play.item("slow").id
    play.do("stop")
    assert play.state.outcome == "stopped"
    assert play.state.was_withdrawn(slow)
    assert not play.state.timers
    assert not play.state.activations


@pytest.mark.parametrize("process", [SEQUENCE, CHOICE, PARALLEL, LOOP])
def test_the_same_text_gives_the_same_keys(process: str) -> None:
    one, other = Play(process).definition, Play(process).definition
    assert list(one.nodes) == list(other.nodes)
    assert list(one.regions) == list(other.regions)
