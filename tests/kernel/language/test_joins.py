"""`join`: how many branches of a parallel part are enough, and what that makes unsound."""

from __future__ import annotations

import re

import pytest

from tests.kernel.language.support import compiled, found, process, refused, split_mark, warned
from tuoban.kernel.definition import Parallel
from tuoban.kernel.language import check_pack


def joined(join: str) -> Parallel:
    text = f"""
- parallel:
    - {{step: one, zh: 一, by: clerk}}
    - {{step: two, zh: 二, by: clerk}}
    - {{step: three, zh: 三, by: clerk}}
{join}
- {{end: done, zh: 完成}}
"""
    return compiled(process(text)).nodes["parallel.1"].holding(Parallel)


@pytest.mark.parametrize(
    ("join", "enough"),
    [
        ("", None),
        ("  join: all", None),
        ("  join: any", 1),
        ("  join: 1", 1),
        ("  join: 2", 2),
        ("  join: 3", None),
    ],
)
def test_a_join_is_a_word_or_a_number(join: str, enough: int | None) -> None:
    assert joined(join).join == enough


@pytest.mark.parametrize("join", ["some", "2.5", "-1", "50 %", "''"])
def test_nothing_else_is_a_join(join: str) -> None:
    text = (
        f"- parallel: [{{step: a, zh: 甲, by: clerk}}, {{step: b, zh: 乙, by: clerk}}]\n"
        f"  join: ▸{join}\n- {{end: done, zh: 完成}}"
    )
    assert refused(process(text)).code in ("bad-join", "blank-text")


TWO_ENDS = """
- parallel:
    - {{end: one, zh: 一}}
    - {{end: two, zh: 二}}
    - {{step: look, zh: 看, by: clerk}}
  join: {}
- {{step: after, zh: 后, by: clerk}}
- {{end: done, zh: 完成}}
"""


@pytest.mark.parametrize(("join", "codes"), [("1", []), ("2", ["dead-step"]), ("3", ["dead-step"])])
def test_a_case_goes_on_behind_a_join_that_branches_without_an_end_are_enough_for(
    join: str, codes: list[str]
) -> None:
    problems = found(check_pack(process(TWO_ENDS.format(join))))
    assert [code for code, _, _ in problems] == codes


LOOP = """
- repeat: rounds
  until: look.outcome = "yes"
  steps:
    - parallel:
        - {{step: look, zh: 看, by: clerk, outcomes: {{yes: 是, no: 否}}}}
        - {{step: read, zh: 读, by: clerk, when: amount > 1}}
      join: {}
- {{end: done, zh: 完成}}
"""


@pytest.mark.parametrize(("join", "codes"), [("all", []), ("any", ["loop-may-spin"])])
def test_a_loop_may_spin_where_the_branch_with_work_may_be_withdrawn(
    join: str, codes: list[str]
) -> None:
    problems = found(check_pack(process(LOOP.format(join))))
    assert [code for code, _, _ in problems] == codes


def test_a_step_in_the_same_branch_or_beside_it_may_be_waited_for() -> None:
    text = """
- parallel:
    - stage: left
      zh: 左
      steps:
        - {step: one, zh: 一, by: clerk}
        - {step: two, zh: 二, by: clerk, needs: [one, right]}
    - stage: other
      zh: 另
      steps:
        - {step: right, zh: 右, by: clerk}
        - {step: more, zh: 更多, by: clerk}
  join: any
- {end: done, zh: 完成}
"""
    assert check_pack(process(text)).problems == ()


def branches(*steps: str, join: str = "any", behind: str = "") -> str:
    """A parallel part with these steps, each a branch, or several of them in one."""
    lines = "".join(
        f"    - {{stage: s_{number}, zh: 段, steps: [{each}]}}\n"
        for number, each in enumerate(steps, start=1)
    )
    return process(f"- parallel:\n{lines}  join: {join}\n{behind}- {{end: done, zh: 完成}}")


def step(name: str, needs: str = "") -> str:
    return f"{{step: {name}, zh: 办, by: clerk{needs and f', needs: [{needs}]'}}}"


A, B, TELL = step("a"), step("b"), "{tell: {head: inbox}, text: hello}"
CHOICE = "{choose: [{when: amount > 1, then: [%s]}]}"
PARALLEL = "10"
"""The line of that part."""
TOO_LATE = {
    "the other branch itself": branches(A, step("x", "▸s_1")),
    "its last step": branches(f"{B}, {A}", step("x", "▸a")),
    "what nobody has anything to do behind": branches(f"{A}, {TELL}", step("x", "▸a")),
    "two of three": branches(A, B, step("x", "a, ▸b"), join="2"),
    "two of three, one of which needs the other": branches(
        A, step("b", "a"), step("x", "▸b"), join="2"
    ),
    "what stands before it in its branch needs it": branches(
        A, f"{{stage: s, zh: 段, needs: [▸a], steps: [{step('x')}]}}"
    ),
    "one way or the other": branches(f"{B}, {CHOICE % A}", step("x", "▸a")),
    "another block that the other branch ends with": branches(
        f"{{parallel: [{A}, {B}]}}", step("x", "a, ▸b")
    ),
}


@pytest.mark.parametrize("case", TOO_LATE)
def test_nothing_waits_for_what_ends_the_block_that_it_stands_in(case: str) -> None:
    problem = refused(TOO_LATE[case])
    assert (problem.code, problem.facts["line"]) == ("needs-overtaken", PARALLEL)
    assert re.fullmatch(r"s_\d → [xs]", str(problem.facts["path"]))


IN_TIME = {
    "somebody has more to do in the other branch": branches(f"{A}, {B}", step("x", "a")),
    "or may have": branches(f"{A}, {CHOICE % B}", step("x", "a")),
    "more branches are waited for": branches(A, step("x", "a"), B, join="2"),
    "the other branch may be passed over": process(
        f"- parallel:\n    - {{stage: s, zh: 段, when: amount > 1, steps: [{A}]}}\n"
        f"    - {step('x', 's')}\n  join: any\n- {{end: done, zh: 完成}}"
    ),
    "a reaction may still run": branches(
        f"{{step: a, zh: 办, by: clerk, during: [{{on: r, zh: 事, by: clerk, then: [{B}]}}]}}",
        step("x", "a"),
    ),
    "another round may come": branches(
        f"{{repeat: l, until: l.round > 1, zh: 轮, at-most: 3, steps: [{A}]}}", step("x", "a")
    ),
}


@pytest.mark.parametrize("case", IN_TIME)
def test_what_leaves_time_may_be_waited_for(case: str) -> None:
    assert check_pack(IN_TIME[case]).problems == ()


def test_nothing_waits_for_what_ends_the_process() -> None:
    text = process(
        f"- parallel:\n    - {{stage: s, zh: 段, steps: [{A}, {{end: over, zh: 止}}]}}\n"
        f"    - {step('x', '▸a')}\n    - {B}\n  join: 2\n- {{end: done, zh: 完成}}"
    )
    problem = refused(text)
    assert problem.code == "needs-ended"
    assert (problem.facts["line"], problem.facts["path"]) == ("11", "x")


INNER = f"{{parallel: [{A}, {B}], join: any}}"
HARMLESS = {
    "the other branch goes on": branches(f"{INNER}, {step('c')}", step("x", "a")),
    "so does one beside the block that waits": branches(
        f"{{parallel: [{INNER}, {step('x', 'a')}]}}", step("c")
    ),
    "behind it, where something else is enough": process(
        f"- {INNER}\n- {{parallel: [{step('x', 'a')}, {step('c')}], join: any}}\n"
        "- {end: done, zh: 完成}"
    ),
    "one of two, as only one of them can be lost": process(
        f"- {INNER}\n- {{parallel: [{step('x', 'a')}, {step('y', 'b')}], join: any}}\n"
        "- {end: done, zh: 完成}"
    ),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_may_be_withdrawn_may_be_needed_where_that_holds_nothing_up(case: str) -> None:
    assert check_pack(HARMLESS[case]).problems == ()


LOST = {
    "both branches need it": branches(
        f"{{parallel: [{INNER}, {step('x', '▸a')}]}}", step("y", "a"), join="2"
    ),
    "the only other one may be passed over": process(
        f"- {INNER}\n- parallel:\n    - {{step: c, zh: 办, by: clerk, when: amount > 1}}\n"
        f"    - {step('x', '▸a')}\n  join: any\n- {{end: done, zh: 完成}}"
    ),
    "one that needs both of two of which only one is done": branches(
        f"{INNER}, {step('c')}", f"{step('x', 'a, ▸b')}, {step('y')}"
    ),
    "the other one waits for whoever waits": process(
        f"- {INNER}\n- parallel:\n    - {{stage: s, zh: 段, steps: [{step('x', '▸a')}, "
        f"{step('z')}]}}\n    - {{stage: t, zh: 段, steps: [{step('y', 'x')}, {step('w')}]}}\n"
        "  join: any\n- {end: done, zh: 完成}"
    ),
}


@pytest.mark.parametrize("case", LOST)
def test_what_may_be_withdrawn_is_not_needed_where_all_else_may_wait_for_it(case: str) -> None:
    text, _ = split_mark(LOST[case])
    problems = check_pack(text).problems
    assert {each.code for each in problems} == {"needs-withdrawn"}
    assert (problems[0].line, problems[0].column) == split_mark(LOST[case])[1]


def test_whoever_did_a_step_that_may_be_withdrawn_may_be_nobody() -> None:
    text = """
- parallel:
    - {step: left, zh: 左, by: clerk}
    - {step: right, zh: 右, by: clerk}
  join: any
- {step: after, zh: 后, by: {same-as: ▸left}}
- {end: done, zh: 完成}
"""
    assert warned(process(text)).code == "nobody-to-take"
