"""What is told of decision tables before a pack is taken: only what is proved."""

from __future__ import annotations

from textwrap import indent

import pytest

from tests.kernel.language.support import split_mark
from tests.kernel.language.table_examples import with_table
from tuoban.kernel.language import check_pack


def test_a_table_with_mistakes_is_not_judged() -> None:
    text, _ = split_mark(with_table('| level | => price |\n| ▸"iii" | 1 |\n| "ii" | 1 |'))
    assert check_pack(text).warnings == ()


def with_settings(text: str) -> str:
    return text.replace(
        "fields:", "settings: {most: {type: integer, zh: 上限, default: 3}}\nfields:", 1
    )


@pytest.mark.parametrize(
    ("drawn", "gap"),
    [
        ('| level | => price |\n| "i" | 1 |', 'level = "ii"'),
        (
            '| level | amount | => price |\n| "i" | - | 1 |\n| - | [0..5] | 1 |',
            'level = "ii", amount > 5',
        ),
        ("| amount | => price |\n| 0 | 1 |\n| >= 2 | 1 |", "amount in (0..2)"),
        ("| note | => price |\n| not(null) | 1 |", "note = null"),
        ("| settings.most | => price |\n| > 3 | 1 |\n| < 3 | 1 |", "settings.most = 3"),
        ("| start.request | amount | => price |\n| - | < 5 | 1 |", "amount >= 5"),
        ("| case.level | => price |\n| \"ii\" | 1 |", 'case.level = "i"'),
    ],
)  # fmt: skip
def test_a_gap_is_told_for_what_the_fields_allow(drawn: str, gap: str) -> None:
    hit = "first"
    report = check_pack(with_settings(with_table(drawn, hit=hit)))
    assert report.problems == ()
    assert [each.facts["example"] for each in report.warnings] == [gap]


@pytest.mark.parametrize(
    "drawn",
    [
        "| amount | => price |\n| [0..1] | 1 |\n| > 1 | 1 |",
        "| amount | => price |\n| <= 1 | 1 |\n| >= 2 | 1 |",
        "| note | => price |\n| - | 1 |",
        '| level | => price |\n| "i" | 1 |\n| "ii" | 2 |',
        "| amount * 2 | => price |\n| < 1 | 1 |",
        '| level | case.level | => price |\n| "i" | "i" | 1 |\n| "ii" | "ii" | 1 |',
        "| settings.most | => price |\n| > 3 | 1 |\n| <= 3 | 1 |",
        "| settings.most | => price |\n| >= 4 | 1 |\n| <= 3 | 1 |",
        "| work.count | => price |\n| > 0 | 1 |",
        '| start.channel | => price |\n| "web" | 1 |',
        '| note | => price |\n| null | 1 |\n| not("", null) | 1 |',
    ],
)
def test_nothing_is_told_that_is_not_so(drawn: str) -> None:
    report = check_pack(with_settings(with_table(drawn)))
    assert (report.problems, report.warnings) == ((), ())


LOW = "| amount | => price |\n| < 5 | 1 |"
WORK = "  - {step: work, zh: 办理, by: clerk}\n  - {end: done, zh: 完成}"
ONE = '| level | => price |\n| "i" | 1 |'
LOOK = "  - step: look\n    zh: 看\n    by: clerk\n    outcomes: {yes: 是, no: 否}\n"
SEEN = '| look.outcome | => price |\n| "yes" | 1 |'


@pytest.mark.parametrize(
    ("drawn", "process"),
    [
        (ONE, '  - {decide: fee, when: level = "i"}'),
        (ONE, '  - {decide: fee, when: case.level = "i"}'),
        (LOW, '  - choose: [{when: amount < 5, then: [{decide: fee}]}]'),
        (LOW, "  - choose:\n    - {when: amount >= 5, then: [{decide: other}]}\n"
              "    - {otherwise: [{decide: fee}]}"),
        (LOW, "  - {stage: first, zh: 先, when: amount < 5, steps: [{decide: fee}]}"),
        (LOW, "  - parallel: [{stage: one, zh: 一, when: amount < 5, steps: [{decide: fee}]},"
              " {decide: other}]"),
        (LOW, "  - choose: [{when: amount >= 5, then: [{end: done}]}]\n  - decide: fee"),
        (LOW, "  - {step: wait, zh: 等, by: clerk, needs: [{that: amount < 5, else: 多}]}\n"
              "  - decide: fee"),
        (LOW, "  - repeat: rounds\n    until: amount < 5\n    steps:\n"
              "      - {step: more, zh: 改, by: clerk, form: [amount]}\n  - decide: fee"),
        (LOW, "  - decide: other\n  - {decide: fee, when: other.size = \"small\"}"),
        (LOW, "  - {step: tick, zh: 勾, by: clerk, form: [is_low]}\n"
              "  - {decide: fee, when: is_low}"),
        ("| rounds.round | => price |\n| >= 1 | 1 |", "  - repeat: rounds\n    until: amount < 5\n"
         "    steps:\n      - {step: more, zh: 改, by: clerk, form: [amount]}\n"
         "      - decide: fee"),
        (SEEN, f"  - decide: fee\n{LOOK}"),
        (SEEN, f"{LOOK}    when: amount < 5\n  - decide: fee"),
        ("| is_low | => price |\n| false | 1 |", "  - decide: fee"),
        ("| other.size | amount | => price |\n| \"small\" | < 5 | 1 |\n| \"large\" | >= 5 | 1 |",
         "  - {decide: other}\n  - {decide: fee}"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("hit", ["unique", "first"])
def test_what_cannot_come_to_a_decision_is_no_gap(drawn: str, process: str, hit: str) -> None:
    report = check_pack(settled(drawn, process, hit))
    assert report.problems == ()
    assert not [each for each in report.warnings if each.code in ("table-gap", "rules-overlap")]


OTHER = """
  other:
    zh: 另一张
    rules: |
      | amount | => size |
      | < 5    | "small" |
      | >= 5   | "large" |
"""


def settled(drawn: str, process: str, hit: str = "unique") -> str:
    """The pack with a second table, and a field with a default that nobody is asked for."""
    unasked = "  is_low: {type: boolean, zh: 少, default: amount < 5}\nstarts:"
    text = with_table(drawn, hit=hit, process=f"\n{process.rstrip()}\n{WORK}")
    return text.replace("starts:", unasked, 1).rstrip() + OTHER


def test_inputs_that_hang_together_are_not_taken_to_meet() -> None:
    drawn = '| other.size | amount | => price |\n| "small" | - | 1 |\n| - | >= 5 | 2 |'
    report = check_pack(settled(drawn, "  - decide: other\n  - decide: fee"))
    assert report.problems == ()
    assert "rules-overlap" not in [each.code for each in report.warnings]


@pytest.mark.parametrize(
    ("drawn", "process", "gap"),
    [
        (LOW, '  - {decide: fee, when: level = "i"}', "amount >= 5"),
        (LOW, "  - decide: fee\n  - choose: [{when: amount < 5, then: [{end: done}]}]",
         "amount >= 5"),
        (LOW, "  - choose: [{when: amount < 5, then: [{decide: other}]}]\n  - decide: fee",
         "amount >= 5"),
        (SEEN, f"{LOOK}  - decide: fee", 'look.outcome = "no"'),
        (SEEN, f"  - stage: first\n    zh: 先\n    when: amount < 5\n    steps:\n"
               f"{indent(LOOK, '    ')}      - decide: fee", 'look.outcome = "no"'),
        (LOW, "  - repeat: rounds\n    until: amount < 5\n    steps:\n      - decide: fee\n"
              "      - {step: more, zh: 改, by: clerk, form: [amount]}", "amount >= 5"),
    ],
)  # fmt: skip
def test_what_is_settled_elsewhere_leaves_the_gap(drawn: str, process: str, gap: str) -> None:
    report = check_pack(settled(drawn, process))
    assert report.problems == ()
    gaps = [each.facts["example"] for each in report.warnings if each.code == "table-gap"]
    assert gaps == [gap]


def test_a_rule_that_never_decides_is_told_even_where_less_may_come() -> None:
    drawn = "| amount | => price |\n| >= 0 | 1 |\n| null | 3 |\n| ▸> 5 | 2 |"
    text, place = split_mark(settled(drawn, "  - {decide: fee, when: amount < 9}", "first"))
    told = [each for each in check_pack(text).warnings if each.code == "rule-never-decides"]
    assert [(each.line, each.column) for each in told] == [place]


def test_rules_of_its_own_make_what_a_field_may_be_unknown() -> None:
    text = with_table("| amount | => price |\n| > 5 | 1 |")
    ruled = text.replace("min: 0}", "rules: [{that: amount > 5, else: 太少}]}")
    assert check_pack(ruled).warnings == ()


@pytest.mark.parametrize("hit", ["collect", "rule-order", "count"])
def test_where_no_rule_is_needed_none_is_missed(hit: str) -> None:
    assert check_pack(with_table("| amount | => price |\n| > 5 | 1 |", hit=hit)).warnings == ()


def test_a_default_closes_every_gap() -> None:
    outputs = "{price: {type: money, zh: 价, default: 3}}"
    assert (
        check_pack(with_table("| amount | => price |\n| > 5 | 1 |", outputs=outputs)).warnings == ()
    )
