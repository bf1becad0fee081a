"""What is judged again and again can change meanwhile, or is not taken."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import pack, process, refused
from tuoban.kernel.language import check_pack
from tuoban.services.installed import CATALOGUE


def test_a_loop_is_moved_by_what_a_form_inside_it_writes() -> None:
    text = process(
        """
- repeat: rounds
  until: amount = 1
  steps: [{step: work, zh: 办理, by: clerk, form: [amount]}]
- {end: done, zh: 完成}
"""
    )
    assert check_pack(text).warnings == ()


def test_a_loop_is_not_moved_by_a_step_outside_it() -> None:
    text = process(
        """
- {step: before, zh: 先, by: clerk}
- repeat: rounds
  ▸until: before.count = 1
  steps: [{step: work, zh: 办理, by: clerk}]
- {end: done, zh: 完成}
"""
    )
    assert refused(text).code == "loop-unmoved"


def test_a_loop_that_is_bounded_need_not_be_moved() -> None:
    text = process(
        """
- repeat: rounds
  until: amount = 1
  at-most: 3
  steps: [{step: work, zh: 办理, by: clerk}]
- {end: done, zh: 完成}
"""
    )
    assert check_pack(text).problems == ()


KNOWN = {
    "fields": """
  amount: {type: integer, zh: 数量}
  note: {type: text, zh: 说明}
  total: {type: integer, zh: 合计, is: amount * 2}
  car: {type: asset, kind: car, zh: 车}""",
    "kinds": "{car: {zh: 车, facts: {plate: {type: text, zh: 牌}, age: {type: integer, zh: 年}}}}",
    "papers": "{letter: {zh: 函件, from: customer}}",
    "starts": "[{request: ask, zh: 申请, by: [clerk, head], form: [amount, note, car]}]",
}
LOOK_IN = "{step: look, zh: 看, by: clerk, papers: [letter]}"
LOOP = "{{repeat: rounds, until: {}, steps: [{{step: work, zh: 办理, by: clerk}}]}}"
WAIT = "{{wait: held, zh: 等, that: {}}}"
ENTER = "{step: enter, zh: 填, by: clerk, form: [amount]}"
MOVED = {
    "by a payment": ("case.due = 0", ""),
    "by what is on file": ("car.age > 3", ""),
    "by a paper": ("letter.received", ""),
    "by another branch": ("amount > 3", ENTER),
    "by what is computed from it": ("total > 3", ENTER),
    "by how often another is done": ("enter.count > 3", ENTER),
}


@pytest.mark.parametrize("what", [LOOP, WAIT])
@pytest.mark.parametrize("case", MOVED)
def test_what_may_change_meanwhile_can_be_waited_for(case: str, what: str) -> None:
    condition, beside = MOVED[case]
    branches = ", ".join(filter(None, (what.format(condition), beside)))
    text = f"\n  - {LOOK_IN}\n  - parallel: [{branches}]\n  - {{end: done, zh: 完成}}"
    assert check_pack(pack(process=text, **KNOWN), catalogue=CATALOGUE).problems == ()


@pytest.mark.parametrize(("what", "code"), [(LOOP, "loop-unmoved"), (WAIT, "wait-unmoved")])
@pytest.mark.parametrize("condition", ["amount > 3", "total > 3", "look.count > 3"])
def test_what_cannot_change_meanwhile_is_not_waited_for(
    condition: str, what: str, code: str
) -> None:
    text = f"\n  - {LOOK_IN}\n  - {what.format(condition)}\n  - {{end: done, zh: 完成}}"
    (problem,) = check_pack(pack(process=text, **KNOWN), catalogue=CATALOGUE).problems
    assert problem.code == code
    assert str(problem.facts["path"]).startswith("look → ")


def test_a_loop_that_always_ends_the_case_is_gone_round_once() -> None:
    text = process("- {repeat: r, until: amount = 1, steps: [{end: over, zh: 完}]}")
    assert check_pack(text).problems == ()
