"""`join`: how many branches of a parallel part are enough, and what that makes unsound."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import compiled, found, process, refused, warned
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
    - {step: right, zh: 右, by: clerk}
  join: any
- {end: done, zh: 完成}
"""
    assert check_pack(process(text)).problems == ()


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
