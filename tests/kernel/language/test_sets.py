"""`set`: how fields are given values, and what refuses them."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import compiled, found, pack, process, refused
from tuoban.kernel.definition import Assign
from tuoban.kernel.language import check_pack

FIELDS = """
  amount: {type: integer, zh: 数量}
  level: {type: choice, zh: 级别, options: {high: 高, low: 低}}
  note: {type: text, zh: 说明}
  closed_on: {type: date, zh: 办结日}
  phone_no: {type: phone, zh: 电话, personal: true}"""
STARTS = "[{request: ask, zh: 申请, by: [clerk, head], form: [amount, phone_no]}]"


def with_set(text: str) -> str:
    lines = "\n".join(f"  {line}" for line in f"- {text}".splitlines())
    rest = "\n  - {step: work, zh: 办理, by: clerk, form: [note]}\n  - {end: done, zh: 完成}"
    return pack(fields=FIELDS, starts=STARTS, process=f"\n{lines}{rest}")


def values(text: str) -> list[str]:
    node = compiled(with_set(text)).nodes["set.1"]
    return [f"{name} = {each.text}" for name, each in node.holding(Assign).values]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{set: level, to: high}", ['level = "high"']),
        ("{set: amount, to: amount + 1}", ["amount = amount + 1"]),
        ("{set: closed_on, to: today}", ["closed_on = today"]),
        ("{set: note, to: 已登记}", ['note = "已登记"']),
        ("{set: note, to: level}", ["note = level"]),
        ("{set: note, to: null}", ["note = null"]),
        (
            'set:\n    level: if amount > 5 then "high" else "low"\n    closed_on: 2026-03-02',
            ['level = if amount > 5 then "high" else "low"', 'closed_on = date("2026-03-02")'],
        ),
    ],
)
def test_a_value_is_written_like_a_default(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{set: ▸amout, to: 1}", "unknown-field"),
        ("▸{set: amount}", "key-missing"),
        ("{set: level, to: ▸middle}", "unknown-default"),
        ("{set: amount, to: '▸\"many\"'}", "wrong-kind"),
        ("{set: ▸phone_no, to: null}", "personal-set"),
        ("{set: note, to: ▸case.phone_no}", "personal-set"),
        ("{set: ▸vehicle.mileage, to: 5}", "unknown-name"),
        ("{set: {amount: 1}, ▸to: 2}", "not-together"),
        ("{set: ▸{}}", "empty-list"),
        ("{set: ▸[amount], to: 1}", "unexpected-kind"),
        ("{set: amount, to: 1, ▸within: 1 hour}", "unknown-key"),
    ],
)
def test_what_is_no_set(text: str, code: str) -> None:
    assert refused(with_set(text)).code == code


def test_branches_may_not_set_what_others_write() -> None:
    text = """
- parallel:
    - {step: work, zh: 办理, by: clerk, form: [amount]}
    - {set: amount, to: 5}
- {end: done, zh: 完成}
"""
    assert [code for code, _, _ in found(check_pack(process(text)))] == ["two-writers"]


def test_what_is_set_before_may_be_waited_for() -> None:
    text = pack(
        fields=FIELDS,
        starts=STARTS,
        process="""
  - {set: level, to: high}
  - {step: work, zh: 办理, by: clerk, needs: [{that: level = "high", else: 等}], form: [note]}
  - {set: closed_on, to: today}
  - {end: done, zh: 完成}""",
    )
    report = check_pack(text)
    assert (report.problems, report.warnings) == ((), ())


def test_a_set_changes_the_condition_of_a_loop_but_does_not_stop_it() -> None:
    text = """
- repeat: rounds
  until: amount > 5
  steps:
    - {set: amount, to: amount + 1}
- {end: done, zh: 完成}
"""
    report = check_pack(process(text))
    assert [each.code for each in report.problems] == ["loop-may-spin"]
    assert report.warnings == ()
