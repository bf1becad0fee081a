"""`call`: another process of the pack, with names, data and an end of its own."""

from __future__ import annotations

from typing import Any

from tests.kernel.engine.playing import HEADER, Play
from tests.kernel.engine.test_each import names
from tuoban.kernel import events as e
from tuoban.kernel.language import check_pack, compile_pack

REVIEW = """
processes:
  review:
    en: Review
    fields: {text: {type: text, en: Text}, marks: {type: number, en: Marks}}
    steps:
      - {step: submit, by: worker, form: [text]}
      - parallel:
          - {step: legal, by: worker, form: [marks], outcomes: {yes_: Yes, no_: No}}
          - {step: money, by: {role: worker, same-as: submit}}
      - choose:
          - when: legal.outcome = "no_" or submit.count > 1
            then: [{end: refused}]
      - {step: stamp, by: worker, when: marks > 5, returns-to: [submit], needs: [legal]}
      - {end: passed}
"""

PROCESS = """
  - {step: draft, by: worker}
  - {call: review, with: {text: '"first " + kind'}}
  - {step: sign, by: worker, when: 'review.outcome = "passed"', returns-to: [draft]}
  - {call: review, as: second}
  - {step: close, by: worker, when: 'second.outcome = "refused" and review.marks > 5'}
  - end: closed
"""


def play() -> Play:
    return Play(compile_pack(HEADER + PROCESS.strip("\n") + REVIEW)).start(kind="easy")


def do(case: Play, step: str, outcome: str | None = None, **data: Any) -> Play:
    return case.do(step, "li", outcome, **data)


def through(case: Play, call: str, outcome: str, marks: int) -> Play:
    do(case, f"{call}.submit", text="x")
    do(case, f"{call}.legal", outcome, marks=marks)
    return do(case, f"{call}.money")


def test_what_is_handed_in_stands_in_its_fields() -> None:
    case = do(play(), "draft")
    assert case.open() == {"review.submit"}
    assert names(case)["review"]["count"] == 0
    activation = case.item("review.submit").activation
    assert case.state.places[activation]["text"][-1].value == "first easy"


def test_names_inside_mean_the_steps_of_this_call() -> None:
    case = through(do(play(), "draft"), "review", "yes_", 10)
    assert case.open() == {"review.stamp"}
    do(case, "review.stamp")
    assert case.open() == {"sign"}
    assert names(case)["review"]["outcome"] == "passed"


def test_its_end_ends_it_alone_and_withdraws_what_is_open_in_it() -> None:
    case = through(do(play(), "draft"), "review", "no_", 1)
    assert case.state.status == "running"
    assert case.open() == {"second.submit"}
    assert names(case)["review"]["outcome"] == "refused"


def test_called_twice_each_has_data_of_its_own() -> None:
    case = do(through(do(play(), "draft"), "review", "yes_", 10), "review.stamp")
    through(do(case, "sign"), "second", "no_", 1)
    assert case.open() == {"close"}
    do(case, "close")
    assert case.state.outcome == "closed"


def test_inside_it_work_goes_back_within_it() -> None:
    case = through(do(play(), "draft"), "review", "yes_", 10)
    case.send_back("review.stamp", "review.submit")
    assert case.open() == {"review.submit"}


def test_a_return_past_it_lets_it_run_anew() -> None:
    case = do(through(do(play(), "draft"), "review", "yes_", 10), "review.stamp")
    case.send_back("sign", "draft")
    do(case, "draft")
    assert case.open() == {"review.submit"}
    assert "outcome" not in names(case)["review"]
    assert [each.outcome for each in case.journal if isinstance(each, e.CallEnded)] == ["passed"]


def test_a_process_without_an_end_has_no_outcome() -> None:
    case = Play(
        compile_pack(
            HEADER
            + "  - {call: check}\n  - {step: b, by: worker, when: check.at != null}\n  - end: x\n"
            + "processes:\n  check: {en: Check, steps: [{step: look, by: worker}]}\n"
        )
    ).start()
    case.do("check.look")
    assert case.open() == {"b"}


def test_a_process_may_call_another_one() -> None:
    case = Play(
        compile_pack(
            HEADER
            + "  - {call: outer}\n  - end: x\n"
            + "processes:\n"
            + "  outer: {en: Outer, steps: [{step: a, by: worker}, {call: inner}, "
            + "{step: c, by: worker, when: 'inner.outcome = \"fine\"'}]}\n"
            + "  inner: {en: Inner, steps: [{step: b, by: worker}, {end: fine}]}\n"
        )
    ).start()
    case.do("outer.a").do("outer.inner.b").do("outer.c")
    assert case.state.status == "ended"


IN_AN_EACH = """
  - each: part
    in: '[1, 2]'
    steps:
      - {call: trying, as: trial}
      - {step: praise, by: worker, when: trial.count = 1}
  - end: closed
processes:
  trying:
    steps:
      - repeat: rounds
        until: rounds.round >= 2
        at-most: 3
        steps: [{step: attempt, by: worker}]
      - {step: rest, by: worker, when: rounds.round = 2}
      - end: over
"""


def in_an_each(text: str) -> str:
    return HEADER + text.strip("\n") + "\n"


def test_a_process_called_for_every_element_reads_its_own_loop() -> None:
    play = Play(compile_pack(in_an_each(IN_AN_EACH))).start()
    for _ in range(4):
        play.do("trial.attempt")
    assert play.open() == {"trial.rest"}
    play.do("trial.rest").do("trial.rest")
    assert play.open() == {"praise"}


def test_beside_the_call_nothing_of_its_process_is_read_in_an_each_either() -> None:
    report = check_pack(in_an_each(IN_AN_EACH.replace("trial.count = 1", "attempt.count = 1")))
    assert [each.code for each in report.problems] == ["unknown-name"]
