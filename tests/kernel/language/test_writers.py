"""What may run at the same time writes no field twice, nor does what may happen again meanwhile."""

from __future__ import annotations

import pytest

from tests.kernel.language.flows import STAGE, one, problems, step, undone
from tests.kernel.language.support import process
from tuoban.kernel.language import check_pack

NOTE = ", form: [note]"
CONFLICTS = {
    "a need that counts only sometimes": (
        f"- parallel: [{step('a', NOTE)}, "
        f"{step('b', NOTE + ', needs: [{step: a, when: amount > 1}]')}]",
        ("a", "b", "parallel"),
    ),
    "a need that only a later step has": (
        f"- plan: p\n  zh: 计划\n  steps:\n    - {step('a', NOTE)}\n"
        f"    - {STAGE.format('s', step('b', NOTE) + ', ' + step('c', ', needs: [a]'))}",
        ("a", "b", "p"),
    ),
    "a need of an earlier step alone": (
        f"- plan: p\n  zh: 计划\n  steps:\n"
        f"    - {STAGE.format('s', step('a') + ', ' + step('b', NOTE))}\n"
        f"    - {step('c', NOTE + ', needs: [a]')}",
        ("b", "c", "p"),
    ),
    "a need of an earlier step that may be passed over": (
        f"- parallel:\n    - {step('a', NOTE)}\n    - stage: s\n      zh: 段\n      steps:\n"
        f"        - {step('b', ', needs: [a], when: amount > 1')}\n        - {step('c', NOTE)}",
        ("a", "c", "parallel"),
    ),
    "a need in a branch that is not waited for": (
        f"- parallel:\n    - {step('a', NOTE)}\n    - stage: s\n      zh: 段\n      steps:\n"
        f"        - parallel: [{step('b', ', needs: [a]')}, {step('d')}]\n          join: any\n"
        f"        - {step('c', NOTE)}",
        ("a", "c", "parallel"),
    ),
    "a set": (
        f"- parallel: [{step('a', NOTE)}, {{stage: s, zh: 段, steps: [{{set: note, to: x}}]}}]",
        ("a", "set.1", "parallel"),
    ),
    "a step and its reaction": (
        f"- step: a\n  zh: 步\n  by: clerk\n  form: [note]\n"
        f"  during: [{{on: r, zh: 事, by: clerk, then: [{step('x', NOTE)}]}}]",
        ("a", "x", "a"),
    ),
    "a step and what its lateness begins": (
        f"- step: a\n  zh: 步\n  by: clerk\n  form: [note]\n  within: 1 day\n"
        f"  late: {{at the limit: {step('x', NOTE)}}}",
        ("a", "x", "a"),
    ),
    "two reactions": (
        f"- stage: s\n  zh: 段\n  steps: [{step('a')}]\n  during:\n"
        f"    - {{at: 1 day after start.at, then: [{step('x', NOTE)}]}}\n"
        f"    - {{at: 2 days after start.at, then: [{step('y', NOTE)}]}}",
        ("x", "y", "s"),
    ),
    "a block with its own field": (
        f"- stage: s\n  zh: 段\n  fields: {{fee: {{type: text, zh: 费}}}}\n  steps:\n"
        f"    - parallel: [{step('a', ', form: [fee]')}, {step('b', ', form: [fee]')}]",
        ("a", "b", "s → parallel"),
    ),
}


@pytest.mark.parametrize("case", CONFLICTS)
def test_what_may_run_together_writes_no_field_twice(case: str) -> None:
    text, (other, name, path) = CONFLICTS[case]
    (problem,) = problems(text)
    facts = problem.facts
    assert problem.code == "two-writers"
    assert (facts["other"], facts["step"], facts["path"]) == (other, name, path)


APART = {
    "by a need": f"- parallel: [{step('a', NOTE)}, {step('b', NOTE + ', needs: [a]')}]",
    "by the need of a block": (
        f"- parallel: [{step('a', NOTE)}, "
        f"{{stage: s, zh: 段, needs: [a], steps: [{step('b', NOTE)}]}}]"
    ),
    "by a chain of needs": (
        f"- plan: p\n  zh: 计划\n  steps: [{step('a', NOTE)}, {step('b', ', needs: [a]')}, "
        f"{step('c', NOTE + ', needs: [b]')}]"
    ),
    "by a need on the whole block": (
        f"- plan: p\n  zh: 计划\n  steps:\n"
        f"    - {STAGE.format('s', step('a') + ', ' + step('b', NOTE))}\n"
        f"    - {step('c', NOTE + ', needs: [s]')}"
    ),
    "by interrupting": (
        f"- stage: s\n  zh: 段\n  steps: [{step('a', NOTE)}]\n  during: [{{on: r, zh: 事, "
        f"by: clerk, interrupting: true, then: [{step('x', NOTE)}]}}]"
    ),
    "by being done at one moment": (
        f"- step: a\n  zh: 步\n  by: clerk\n"
        f"  during: [{{on: r, zh: 事, by: clerk, then: [{step('x')}, "
        f"{{set: note, to: case.number}}]}}]"
    ),
    "by a field of the reaction": (
        f"- step: a\n  zh: 步\n  by: clerk\n  during: [{{on: r, zh: 事, by: clerk, "
        f"fields: {{fee: {{type: text, zh: 费}}}}, then: [{step('x', ', form: [fee]')}]}}]"
    ),
    "by a moment that comes once": (
        f"- step: a\n  zh: 步\n  by: clerk\n"
        f"  during: [{{at: 1 day after start.at, then: [{step('x', NOTE)}]}}]"
    ),
    "by undoing": f"- {step('a', NOTE + undone(step('u', NOTE)))}",
    "by rounds": f'- {{repeat: r, until: note = "x", steps: [{step("a", NOTE)}]}}',
    "as a button does": (
        "- step: a\n  zh: 步\n  by: clerk\n  form: [note]\n"
        "  during: [{on: r, zh: 事, by: clerk, form: [note]}]"
    ),
}


AGAIN = {
    "a button": f"{{on: r, zh: 事, by: clerk, then: [{step('x', NOTE)}]}}",
    "a condition": f"{{when: amount > 1, as: r, zh: 事, then: [{step('x', NOTE)}]}}",
    "a schedule": f"{{every: day at 9:00, as: r, zh: 事, then: [{step('x', NOTE)}]}}",
    "inside a block": f"{{on: r, zh: 事, by: clerk, then: [{STAGE.format('q', step('x', NOTE))}]}}",
}


@pytest.mark.parametrize("case", AGAIN)
def test_what_may_happen_again_meanwhile_writes_nothing_outside_of_it(case: str) -> None:
    text = f"- stage: s\n  zh: 段\n  steps: [{step('a')}]\n  during: [{AGAIN[case]}]"
    (problem,) = problems(text)
    assert (problem.code, problem.facts["reaction"]) == ("occurrences-write", "r")
    assert str(problem.facts["path"]).startswith("s → r → ")


def test_a_field_of_the_block_around_is_written_over_too() -> None:
    text = (
        f"- stage: s\n  zh: 段\n  fields: {{fee: {{type: text, zh: 费}}}}\n  steps: [{step('a')}]\n"
        f"  during: [{{on: r, zh: 事, by: clerk, then: [{step('x', ', form: [fee]')}]}}]"
    )
    assert one(text) == ("occurrences-write", "s → r → x")


@pytest.mark.parametrize("case", APART)
def test_what_comes_one_after_the_other_may_write_the_same_field(case: str) -> None:
    assert problems(APART[case]) == ()


TOWING = "\nprocesses:\n  towing: {{zh: 拖车, steps: [{}]}}\n"
CALL = "{call: towing, without-waiting: true}"


def beside(steps: str, towing: str) -> list[tuple[str, str]]:
    """The problems of a process that calls another one without waiting for it, with their ways."""
    whole = process(steps + "\n- {end: done, zh: 完成}") + TOWING.format(towing)
    return [(each.code, str(each.facts.get("path"))) for each in check_pack(whole).problems]


def test_what_runs_on_writes_nothing_that_is_written_meanwhile() -> None:
    shop = STAGE.format("s", f"{step('a', NOTE)}, {CALL}")
    assert beside(f"- {shop}", step("x", NOTE)) == []  # all else is over before the call
    behind = f"- {shop}\n- {step('b', NOTE)}"
    assert beside(behind, step("x", NOTE)) == [("two-writers", "s → a → towing → x")]
    assert beside(f"- {shop}\n- {step('b', NOTE + ', needs: [towing]')}", step("x", NOTE)) == []


@pytest.mark.parametrize(
    "around",
    [
        "- {{repeat: r, until: amount > 3, at-most: 3, steps: [{}, {}]}}",
        "- {{each: e, zh: 逐一, in: '[1, 2]', order: one by one, steps: [{}, {}]}}",
    ],
)
def test_what_is_called_again_while_it_runs_on_writes_nothing_outside_of_it(around: str) -> None:
    text = around.format(step("a", ", form: [amount]"), CALL)
    ((code, _),) = beside(text, step("x", NOTE))
    assert code == "asides-write"
    before = around.format(step("a", ", form: [amount, note]"), CALL)
    ((code, _),) = beside(before, "{set: note, to: case.number}, " + step("x"))
    assert code == "two-writers"  # the next round begins before it is over


def test_a_process_that_has_called_it_is_over_with_it() -> None:
    processes = (
        f"\nprocesses:\n  towing: {{zh: 拖车, steps: [{step('x', NOTE)}]}}\n"
        f"  outer: {{zh: 外, steps: [{step('y')}, {CALL}]}}\n"
    )
    text = f"- {{call: outer}}\n- {step('b', NOTE)}\n- {{end: done, zh: 完成}}"
    assert check_pack(process(text) + processes).problems == ()
