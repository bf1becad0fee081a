"""What is unsound is found wherever it hides, and told with its way; what is sound is taken."""

from __future__ import annotations

import pytest

from tests.kernel.language.examples import PROBLEMS
from tests.kernel.language.flows import STAGE, one, problems, step, undone
from tests.kernel.language.support import found, process, refused
from tuoban.kernel.language import check_pack

END = "{end: over, zh: 结束}"
DEAD = {
    "a stage that ends": (
        f"- {{stage: s, zh: 段, steps: [{step('a')}, {END}]}}\n- {step('b')}",
        "s → a → end over",
    ),
    "a choice whose branches all end": (
        f"- {step('a')}\n- choose:\n    - {{when: amount > 1, then: [{step('b')}, {END}]}}\n"
        f"    - {{otherwise: [{END}]}}\n- {step('c')}",
        "a → [amount > 1] → b → end over",
    ),
    "a parallel part with a branch that ends": (
        f"- parallel: [{{stage: s, zh: 段, steps: [{step('a')}, {END}]}}, {step('b')}]\n"
        f"- {step('c')}",
        "s → a → end over",
    ),
    "a loop that ends": (
        f"- {{repeat: r, until: a.count > 1, steps: [{step('a')}, {END}]}}\n- {step('b')}",
        "r → a → end over",
    ),
    "a plan with an entry that ends": (
        f"- plan: p\n  zh: 计划\n  steps:\n    - {step('a')}\n"
        f"    - {{stage: s, zh: 段, steps: [{step('b')}, {END}]}}\n- {step('c')}",
        "p → s → b → end over",
    ),
    "a condition that is always true": (
        f"- {{end: over, zh: 结束, when: 1 = 1}}\n- {step('a')}",
        "end over",
    ),
    "a branch that is always taken": (
        f"- choose: [{{when: true, then: [{END}]}}]\n- {step('a')}",
        "end over",
    ),
    "inside a reaction": (
        f"- stage: s\n  zh: 段\n  steps: [{step('a')}]\n"
        f"  during: [{{on: r, zh: 事, by: clerk, then: [{END}, {step('b')}]}}]",
        "s → r → end over",
    ),
    "inside what interrupts": (
        f"- stage: s\n  zh: 段\n  steps: [{step('a')}, {END}]\n  during:\n"
        f"    - {{on: r, zh: 事, by: clerk, interrupting: true, then: [{END}]}}\n- {step('b')}",
        "s → a → end over",
    ),
}


@pytest.mark.parametrize("case", DEAD)
def test_nothing_stands_behind_what_always_ends(case: str) -> None:
    text, path = DEAD[case]
    codes = {each.code: each.facts.get("path") for each in problems(text)}
    assert codes["dead-step"] == path
    assert len(codes) == 1


ALIVE = {
    "a reaction leads past the end": f"""
- stage: s
  zh: 段
  steps: [{step("a")}, {END}]
  during: [{{on: r, zh: 事, by: clerk, interrupting: true, then: [{step("b")}]}}]
- {step("c")}""",
    "lateness leads past the end": f"""
- stage: s
  zh: 段
  within: 1 day
  late: {{at the limit: move on}}
  steps: [{step("a")}, {END}]
- {step("b")}""",
    "enough leads past the end": f"""
- plan: p
  zh: 计划
  complete-when: a.count > 1
  steps: [{step("a")}, {{stage: s, zh: 段, steps: [{step("b")}, {END}]}}]
- {step("c")}""",
    "an optional entry ends": f"""
- plan: p
  zh: 计划
  steps:
    - {step("a")}
    - {{stage: s, zh: 段, optional: true, steps: [{step("b")}, {END}]}}
- {step("c")}""",
    "the end of a list without elements": f"""
- {{each: x, zh: 项, in: '[1]', steps: [{END}]}}
- {step("a")}""",
}


@pytest.mark.parametrize("case", ALIVE)
def test_what_may_be_come_to_another_way_is_not_dead(case: str) -> None:
    assert problems(ALIVE[case]) == ()


def test_the_end_of_a_called_process_is_not_that_of_the_case() -> None:
    text = process(f"- {{call: small, zh: 小, as: c}}\n- {step('b')}\n- {{end: done, zh: 完成}}")
    called = f"processes: {{small: {{zh: 小, steps: [{step('a')}, {END}]}}}}\n"
    assert check_pack(text + called).problems == ()


def test_what_is_dead_in_a_called_process_is_found() -> None:
    text = process("- {call: small, zh: 小, as: c}\n- {end: done, zh: 完成}")
    called = f"processes: {{small: {{zh: 小, steps: [{step('a')}, {END}, {step('b')}]}}}}\n"
    (problem,) = check_pack(text + called).problems
    assert (problem.code, problem.facts["path"]) == ("dead-step", "c → a → end over")


NO_END = {
    "a choice that may take no branch": (
        f"- {step('a')}\n- choose: [{{when: amount > 1, then: [{END}]}}]",
        "a → [not(amount > 1)]",
    ),
    "an end that may be passed over": (
        f"- {step('a')}\n- {{end: over, zh: 结束, when: amount > 1}}",
        "a → [not(amount > 1)]",
    ),
    "one branch without": (
        f"- choose:\n    - {{when: amount > 1, then: [{END}]}}\n    - otherwise: [{step('b')}]",
        "b",
    ),
    "a reaction that interrupts": (
        f"- stage: s\n  zh: 段\n  steps: [{step('a')}, {END}]\n"
        f"  during: [{{on: r, zh: 事, by: clerk, interrupting: true}}]",
        "r",
    ),
    "a long way": (
        "\n".join(f"- {step(f's{number}')}" for number in range(20)),
        "s0 → s1 → s2 → … → s16 → s17 → s18 → s19",
    ),
}


@pytest.mark.parametrize("case", NO_END)
def test_a_way_without_an_end_is_shown(case: str) -> None:
    text, path = NO_END[case]
    (problem,) = check_pack(process(text)).problems
    assert (problem.code, problem.facts["path"]) == ("no-end", path)


def test_a_way_is_told_in_both_languages() -> None:
    (problem,) = check_pack(process(f"- {step('a')}")).problems
    assert problem.read("en").endswith("must finish with end. The way there: a.")
    assert problem.read("zh").endswith("每条路最后都要写 end。走到这里：a。")


NEVER_MET = {
    "what an optional entry does, behind its plan": (
        f"- {step('z')}\n- plan: p\n  zh: 计划\n"
        f"  steps: [{step('a')}, {step('o', ', optional: true')}]\n"
        f"- {step('b', ', needs: [o]')}",
        "needs-optional",
        "z → p → b",
    ),
    "what stands in an optional entry": (
        f"- plan: p\n  zh: 计划\n  steps:\n    - {step('a')}\n"
        f"    - {{stage: s, zh: 段, optional: true, steps: [{step('o')}]}}\n"
        f"- {step('b', ', needs: [o]')}",
        "needs-optional",
        "p → b",
    ),
    "what a reaction does": (
        f"- stage: s\n  zh: 段\n  steps: [{step('a', ', needs: [x]')}]\n"
        f"  during: [{{on: r, zh: 事, by: clerk, then: [{step('x')}]}}]",
        "needs-reaction",
        "s → a",
    ),
    "what the own reaction withdraws": (
        f"- stage: s\n  zh: 段\n  steps: [{step('a')}]\n  during:\n"
        f"    - {{on: r, zh: 事, by: clerk, interrupting: true, "
        f"then: [{step('x', ', needs: [a]')}]}}",
        "needs-withdrawn",
        "s → r → x",
    ),
    "what comes behind the host": (
        f"- step: s\n  zh: 步\n  by: clerk\n  during:\n    - {{on: r, zh: 事, by: clerk, then: "
        f"[{step('x', ', needs: [y]')}]}}\n- {step('y')}",
        "needs-never-met",
        "s → r → x",
    ),
    "what is not done yet when a step is undone": (
        f"- {step('s', undone(step('u', ', needs: [y]')))}\n- {step('y')}",
        "needs-undoing",
        "s → undo → u",
    ),
    "what never comes to its end": (
        f"- parallel:\n    - {STAGE.format('s', step('a') + ', ' + END)}\n"
        f"    - {step('b', ', needs: [s]')}\n    - {step('c')}\n  join: any",
        "needs-never-done",
        "s → a → end over",
    ),
}


@pytest.mark.parametrize("case", NEVER_MET)
def test_what_may_never_be_done_cannot_be_needed(case: str) -> None:
    text, code, path = NEVER_MET[case]
    assert one(text) == (code, path)


MAY_BE_MET = {
    "an optional entry, in its plan": f"""
- {{plan: p, zh: 计划, steps: [{step("a", ", needs: [o]")}, {step("o", ", optional: true")}]}}""",
    "the step that a reaction belongs to": f"""
- step: s
  zh: 步
  by: clerk
  during: [{{on: r, zh: 事, by: clerk, then: [{step("x", ", needs: [s]")}]}}]""",
    "the step that a reaction interrupts": f"""
- step: s
  zh: 步
  by: clerk
  during:
    - {{on: r, zh: 事, by: clerk, interrupting: true, then: [{step("x", ", needs: [s]")}]}}""",
    "what stands before the step that is undone": f"""
- {step("y")}
- {step("s", f", undo: [{step('u', ', needs: [y, s]')}]")}""",
    "what stands in a branch not taken": f"""
- choose: [{{when: amount > 1, then: [{step("a")}]}}]
- {step("b", ", needs: [a]")}""",
    "what is in the same reaction": f"""
- stage: s
  zh: 段
  steps: [{step("a")}]
  during:
    - on: r
      zh: 事
      by: clerk
      then: [{{parallel: [{step("x")}, {step("y", ", needs: [x, a]")}]}}]""",
}


@pytest.mark.parametrize("case", MAY_BE_MET)
def test_what_is_done_or_passed_over_may_be_needed(case: str) -> None:
    assert problems(MAY_BE_MET[case]) == ()


CIRCLES = {
    "through a block": (
        f"- parallel:\n    - {STAGE.format('s', step('a', ', needs: [b]'))}\n"
        f"    - {step('b', ', needs: [s]')}",
        "b → s → a → b",
    ),
    "through the needs of a block": (
        f"- parallel:\n    - {{stage: s, zh: 段, needs: [b], steps: [{step('a')}]}}\n"
        f"    - {step('b', ', needs: [a]')}",
        "b → a → s → b",
    ),
    "once somebody adds an entry": (
        f"- parallel:\n    - {{plan: p, zh: 计划, steps: [{step('a')}, "
        f"{step('o', ', optional: true, needs: [b]')}]}}\n    - {step('b', ', needs: [p]')}",
        "b → p → o → b",
    ),
    "once a reaction happens": (
        f"- parallel:\n    - stage: s\n      zh: 段\n      steps: [{step('a')}]\n      during:\n"
        f"        - {{on: r, zh: 事, by: clerk, then: [{step('x', ', needs: [b]')}]}}\n"
        f"    - {step('b', ', needs: [s]')}",
        "b → s → x → b",
    ),
    "where needs count only sometimes": (
        f"- parallel: [{step('a', ', needs: [b]')}, "
        f"{step('b', ', needs: [{step: a, when: amount > 1}]')}]",
        "a → b → a",
    ),
}


@pytest.mark.parametrize("case", CIRCLES)
def test_needs_go_in_no_circle(case: str) -> None:
    text, circle = CIRCLES[case]
    (problem,) = problems(text)
    names = str(problem.facts["circle"]).split(" → ")
    assert problem.code == "needs-circle"
    assert names[0] == names[-1]
    rest = circle.split(" → ")[:-1]
    turned = [rest[at:] + rest[:at] for at in range(len(rest))]
    assert names[:-1] in turned


WHEN_X = step("a", ', when: b.outcome = "x"')
DECIDED = {
    "a branch behind one that is always taken": (
        f"- choose: [{{when: true, then: [{step('a')}]}}, {{otherwise: [{step('b')}]}}]",
        "dead-branch",
    ),
    "a condition of a branch": (
        f"- choose: [{{when: 'false and amount > 1', then: [{step('a')}]}}]",
        None,
    ),
    "null": (f"- {step('a', ', when: null')}", "never-true"),
    "a reaction that happens at once": (
        f"- stage: s\n  zh: 段\n  steps: [{step('a')}]\n"
        f"  during: [{{when: true, interrupting: true, then: [{step('x')}]}}]",
        "always-true",
    ),
    "enough from the start": (
        f"- {{each: x, zh: 项, in: '[1, 2]', enough-when: true, steps: [{step('a')}]}}",
        "always-true",
    ),
    "a plain number of rounds": (
        f"- {{repeat: r, until: false, at-most: 3, steps: [{step('a')}]}}",
        None,
    ),
    "a loop that waits for what is behind it": (
        f'- {{repeat: r, until: b.outcome = "x", steps: [{step("a")}]}}\n'
        f"- {step('b', ', outcomes: {x: 甲}')}",
        "when-too-early",
    ),
    "a reaction that waits for what is behind it": (
        f"- stage: s\n  zh: 段\n  steps: [{step('a')}]\n"
        f'  during: [{{when: b.outcome = "x", then: [{step("c")}]}}]\n'
        f"- {step('b', ', outcomes: {x: 甲}')}",
        "when-too-early",
    ),
    "what another branch may tell": (
        f"- parallel: [{WHEN_X}, {step('b', ', outcomes: {x: 甲}')}]",
        None,
    ),
    "what an earlier round may tell": (
        f'- repeat: r\n  until: b.outcome = "y"\n  steps:\n    - {WHEN_X}\n'
        f"    - {step('b', ', outcomes: {x: 甲, y: 乙}')}",
        None,
    ),
    "how often something was done": (
        f"- {step('a', ', when: b.count > 0')}\n- {step('b', ', returns-to: [a]')}",
        None,
    ),
}


@pytest.mark.parametrize("case", DECIDED)
def test_conditions_decide_something(case: str) -> None:
    text, code = DECIDED[case]
    assert [each.code for each in problems(text)] == ([code] if code else [])


def test_every_problem_of_soundness_has_its_place() -> None:
    text = process(
        f"- {step('a', ', needs: [b]')}\n- {step('b')}\n- {END}\n- {step('c', ', when: false')}"
    )
    assert [each[0] for each in found(check_pack(text))] == [
        "needs-never-met",
        "dead-step",
        "never-true",
    ]


BACK = """
- {{step: first, zh: 先, by: clerk}}
- stage: s
  zh: 段
  steps: [{{step: a, zh: 步, by: clerk, returns-to: [{}]}}]
- {{wait: w, zh: 等, for: 1 day}}
- {{step: b, zh: 步, by: clerk, returns-to: [{}]}}
- {{stage: t, zh: 段, steps: [{{step: d, zh: 步, by: clerk}}]}}"""


def test_work_may_go_back_to_a_whole_block_before_it() -> None:
    assert problems(BACK.format("first", "s")) == ()


@pytest.mark.parametrize(
    ("inside", "behind", "code"),
    [
        ("s", "first", "return-not-before"),
        ("first", "t", "return-not-before"),
        ("first", "w", "not-a-step"),
        ("first", "{s: direct}", "not-a-step"),
    ],
)
def test_work_goes_back_to_no_block_around_or_behind_it(
    inside: str, behind: str, code: str
) -> None:
    (problem,) = problems(BACK.format(inside, behind))
    assert problem.code == code


FLOW = (
    *("no-end", "dead-step", "dead-branch", "never-true", "always-true", "when-too-early"),
    *("loop-may-spin", "loop-never-left", "loop-unmoved", "join-above-branches"),
    *("needs-never-met", "needs-withdrawn", "needs-undoing", "needs-reaction", "needs-optional"),
    *("needs-overtaken", "needs-ended"),
    *("needs-own-end", "needs-never-done", "needs-never-filled", "wait-never-true", "wait-unmoved"),
    *("lapses-out-of-reach", "return-not-before", "return-not-needed", "calls-itself"),
    *("two-writers", "elements-write", "occurrences-write", "never-before", "bars-nobody"),
)
"""What is wrong with the way that cases take."""


@pytest.mark.parametrize("code", FLOW)
def test_every_problem_of_the_flow_shows_the_way(code: str) -> None:
    assert refused(PROBLEMS[code]).facts["path"]
