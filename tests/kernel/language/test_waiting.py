"""A gate that waits for what is entered too late is told; one that may open is left alone."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import found, pack
from tuoban.kernel.language import check_pack

FIELDS = """
  amount: {type: integer, zh: 数量}
  note: {type: text, zh: 说明}
  hours: {type: integer, zh: 工时}
  ready: {type: boolean, zh: 就绪, default: true}
  kind: {type: choice, zh: 类别, options: {a: 甲, b: 乙}}
"""
GATED = "by: clerk, needs: [{that: hours > 1, else: 先填工时}]"


def codes(process: str, starts_form: str = "amount, note") -> list[str]:
    lines = "\n".join(f"  {line}" for line in process.strip("\n").splitlines())
    starts = f"[{{request: ask, zh: 申请, by: [clerk, head], form: [{starts_form}]}}]"
    text = pack(fields=FIELDS, starts=starts, process=f"\n{lines}\n  - {{end: done, zh: 完成}}")
    return [code for code, _, _ in found(check_pack(text))]


NEVER = [
    "hours > 1",
    "case.hours > 1",
    "hours = 2",
    "hours * 2 > 1",
    "-hours < amount",
    "hours in [1..3]",
    "hours between 1 and 3",
    "amount > 1 and hours > 1",
    "hours > 1 or hours < 0",
    "ready",
    "not(ready)",
    'kind = "a"',
    'kind in ("a", "b")',
]
PERHAPS = [
    "hours = null",
    "hours != 1",
    "hours = amount",
    "amount > 1 or hours > 1",
    "not(hours > 1)",
    "if hours > 1 then false else true",
    "count([hours]) = 1",
    "amount > 1",
]


@pytest.mark.parametrize("condition", NEVER)
def test_what_only_the_own_form_enters_can_never_be_waited_for(condition: str) -> None:
    gated = f"""
- step: work
  zh: 办理
  by: clerk
  form: [hours, ready, kind]
  needs:
    - {{that: '{condition}', else: 先填}}
"""
    assert codes(gated) == ["needs-never-filled"]


@pytest.mark.parametrize("condition", PERHAPS)
def test_a_condition_that_may_hold_of_an_empty_field_is_left_alone(condition: str) -> None:
    gated = f"""
- step: work
  zh: 办理
  by: clerk
  form: [hours]
  needs:
    - {{that: '{condition}', else: 先填}}
"""
    assert codes(gated) == []


LATE = {
    "a later step": f"""
- {{step: work, zh: 办理, {GATED}}}
- {{step: after, zh: 以后, by: clerk, form: [hours]}}
""",
    "a later step of a round, with a way back": f"""
- repeat: rounds
  zh: 轮
  until: hours > 5
  steps:
    - {{step: work, zh: 办理, {GATED}}}
    - {{step: after, zh: 以后, by: clerk, form: [hours], returns-to: [work]}}
""",
    "nothing at all": f"- {{step: work, zh: 办理, {GATED}}}",
    "a form that only shows it": f"""
- {{step: look, zh: 看, by: clerk, form: [{{field: hours, read-only: true}}]}}
- {{step: work, zh: 办理, {GATED}}}
""",
}
OWN = "fields: {seen: {type: boolean, zh: 见}}"
SEEN = "needs: [{that: seen, else: 先看}]"
LATE |= {
    "nothing, of what a block declares": f"""
- stage: block
  zh: 段
  {OWN}
  steps: [{{step: look, zh: 看, by: clerk}}, {{step: work, zh: 办理, by: clerk, {SEEN}}}]
""",
    "a later step, of what a block declares": f"""
- each: part
  zh: 项
  in: '[1, 2]'
  {OWN}
  steps:
    - {{step: work, zh: 办理, by: clerk, {SEEN}}}
    - {{step: look, zh: 看, by: clerk, form: [seen]}}
""",
    "nothing, of what a block before declares": f"""
- {{stage: block, zh: 段, {OWN}, steps: [{{step: look, zh: 看, by: clerk}}]}}
- {{step: work, zh: 办理, by: clerk, needs: [{{that: block.seen, else: 先看}}]}}
""",
    "nothing, of what a step before declares": f"""
- {{step: look, zh: 看, by: clerk, {OWN}}}
- {{step: work, zh: 办理, by: clerk, needs: [{{that: look.seen, else: 先看}}]}}
""",
}
IN_TIME = {
    "an earlier step, of what a block declares": f"""
- stage: block
  zh: 段
  {OWN}
  steps:
    - {{step: look, zh: 看, by: clerk, form: [seen]}}
    - {{step: work, zh: 办理, by: clerk, {SEEN}}}
- {{step: after, zh: 以后, by: clerk, needs: [{{that: block.seen, else: 先看}}]}}
""",
    "what is set in a block": f"""
- stage: block
  zh: 段
  {OWN}
  steps: [{{set: seen, to: "true"}}, {{step: work, zh: 办理, by: clerk, {SEEN}}}]
""",
    "a button in a block": f"""
- stage: block
  zh: 段
  {OWN}
  steps: [{{step: work, zh: 办理, by: clerk, {SEEN}}}]
  during:
    - {{on: seeing, zh: 看, by: clerk, form: [seen], then: [{{step: jot, zh: 记, by: clerk}}]}}
""",
    "what a step declares and asks for": f"""
- {{step: look, zh: 看, by: clerk, {OWN}, form: [seen]}}
- {{step: work, zh: 办理, by: clerk, needs: [{{that: look.seen, else: 先看}}]}}
""",
    "an earlier step": f"""
- {{step: first, zh: 先, by: clerk, form: [hours]}}
- {{step: work, zh: 办理, {GATED}}}
""",
    "an earlier step that may be passed over": f"""
- {{step: first, zh: 先, by: clerk, when: amount > 1, form: [hours]}}
- {{step: work, zh: 办理, {GATED}}}
""",
    "another branch": f"""
- parallel:
    - {{step: work, zh: 办理, {GATED}}}
    - {{step: other, zh: 另, by: clerk, form: [hours]}}
""",
    "another branch of a choice": f"""
- choose:
    - when: amount > 1
      then: [{{step: work, zh: 办理, {GATED}}}]
    - otherwise: [{{step: other, zh: 另, by: clerk, form: [hours], returns-to: [before]}}]
""",
    "a later step of a round, where the first may be passed over": f"""
- repeat: rounds
  zh: 轮
  until: hours > 5
  steps:
    - {{step: work, zh: 办理, when: amount > 1, {GATED}}}
    - {{step: after, zh: 以后, by: clerk, form: [hours]}}
""",
    "a default that an earlier form applies": """
- {step: look, zh: 看, by: clerk, form: [{field: ready, read-only: true}]}
- {step: work, zh: 办理, by: clerk, needs: [{that: ready, else: 未就绪}]}
""",
    "a need that does not always count": """
- step: work
  zh: 办理
  by: clerk
  form: [hours]
  needs: [{that: hours > 1, else: 先填, when: amount > 1}]
""",
}
BEFORE = "- {step: before, zh: 前, by: clerk}\n"


@pytest.mark.parametrize("case", LATE)
def test_what_comes_too_late_is_told(case: str) -> None:
    assert "needs-never-filled" in codes(LATE[case])


@pytest.mark.parametrize("case", IN_TIME)
def test_what_may_come_in_time_is_left_alone(case: str) -> None:
    assert codes(BEFORE + IN_TIME[case].lstrip("\n")) == []


def test_what_a_start_enters_is_there() -> None:
    assert codes(f"- {{step: work, zh: 办理, form: [hours], {GATED}}}", "hours") == []


def test_a_misspelt_form_is_told_alone() -> None:
    process = f"""
- {{step: first, zh: 先, by: clerk, form: [huors]}}
- {{step: work, zh: 办理, {GATED}}}
"""
    assert codes(process) == ["unknown-field"]
