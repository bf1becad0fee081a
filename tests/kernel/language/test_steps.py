"""What a step may carry."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import compiled, process, refused, step, with_step
from tuoban.kernel.definition import FormEntry, FormSection, Need, Outcome, Step, Text
from tuoban.kernel.language import check_pack
from tuoban.services.installed import CATALOGUE


def test_a_step_has_a_label_a_place_and_what_it_rests_on() -> None:
    node, _ = step(with_step("by: clerk\nen: Work\nrests-on: 第三条\nwhen: amount > 1"))
    assert node.label == Text("办理", "Work")
    assert node.rests_on == (Text("第三条", "第三条"),)
    assert node.line == 10
    assert node.when is not None


# Form, checklist, outcomes


def test_a_form_is_a_run_of_fields_and_sections() -> None:
    form = step(
        with_step(
            "by: clerk\nform: [amount, {section: 备注, fields: [{field: note, read-only: true}]}]"
        )
    )[1].form
    assert form == (
        FormSection(None, (FormEntry("amount"),)),
        FormSection(Text("备注", "备注"), (FormEntry("note", read_only=True),)),
    )


def test_what_can_only_be_read_cannot_be_required() -> None:
    text = with_step("by: clerk\nform: [{field: note, ▸required: true, read-only: true}]")
    assert refused(text).code == "not-together"


def test_a_line_of_a_checklist_may_be_written_in_both_languages() -> None:
    written = with_step(
        "by: clerk\nchecklist: [{zh: 装好, en: Fitted, when: amount > 1}, {zh: 试过}]"
    )
    first, second = step(written)[1].checklist
    assert (first.text.zh, first.text.en, first.when is None) == ("装好", "Fitted", False)
    assert second.text.zh == "试过"
    twice = with_step("by: clerk\nchecklist: [{item: 装好, ▸en: Fitted}]")
    assert refused(twice).code == "not-together"


def test_lines_of_a_checklist_are_numbered() -> None:
    lines = step(with_step("by: clerk\nchecklist: [装好, {item: 试过, when: amount > 1}]"))[
        1
    ].checklist
    assert [(line.key, line.text.zh, line.when is None) for line in lines] == [
        ("1", "装好", True),
        ("2", "试过", False),
    ]


def test_outcomes_may_require_fields_and_need_no_signature() -> None:
    work = step(
        with_step(
            "by: clerk\nform: [note]\n"
            "outcomes: {pass: 合格, no: {zh: 不, en: No, requires: [note], unsigned: true}}"
        )
    )[1]
    assert work.outcomes == (
        Outcome("pass", Text("合格", "合格")),
        Outcome("no", Text("不", "No"), ("note",), unsigned=True),
    )


def test_outcomes_may_require_what_the_activity_of_the_step_asks() -> None:
    called = "by: clerk\ndo: callback\noutcomes: {good: 正常, no: {zh: 不, requires: [%s]}}"
    definition = check_pack(with_step(called % "score, said"), catalogue=CATALOGUE).definition
    assert definition is not None
    work = definition.nodes["work"].construct
    assert isinstance(work, Step)
    assert work.outcomes[1].requires == ("score", "said")
    problem = refused(with_step(called % "▸scoer"))
    assert (problem.code, problem.facts["nearest"]) == ("unknown-field", "score")


def test_what_is_only_shown_cannot_be_required_by_an_outcome() -> None:
    text = with_step(
        "by: clerk\nform: [{field: note, read-only: true}]\n"
        "outcomes: {no: {zh: 不, requires: [▸note]}}"
    )
    assert refused(text).code == "not-on-form"


def test_an_outcome_that_no_step_has_is_told_where_it_is_asked_for() -> None:
    text = process(
        """
- {step: work, zh: 办理, by: clerk, outcomes: {pass: 合格, fail: 不合格}}
- {step: again, zh: 重办, by: clerk, when: 'work.outcome = ▸"failed"'}
- {end: done, zh: 完成}
"""
    )
    problem = refused(text)
    assert (problem.code, problem.facts["nearest"]) == ("unknown-option", "fail")


def test_a_step_without_outcomes_has_none_to_ask_for() -> None:
    text = with_step("by: clerk\nwhen: work.▸outcome = null")
    assert refused(text).code == "unknown-member"


# Needs


def test_needs_are_names_and_conditions() -> None:
    needs = (
        compiled(
            process(
                """
- {step: first, zh: 先, by: clerk}
- {stage: paper, zh: 文件, steps: [{step: draft, zh: 起草, by: clerk}]}
- step: work
  zh: 办理
  by: clerk
  needs:
    - paper
    - {step: first, when: amount > 1, else: 大单要先核}
    - {that: note != null, else: 缺说明}
- {end: done, zh: 完成}
"""
            )
        )
        .nodes["work"]
        .step.needs
    )
    assert needs[0] == Need("paper")
    assert (needs[1].name, needs[1].when is None) == ("first", False)
    assert needs[1].otherwise == Text("大单要先核", "大单要先核")
    assert (needs[2].name, needs[2].otherwise) == (None, Text("缺说明", "缺说明"))


def test_a_need_that_is_a_condition_says_what_is_missing() -> None:
    assert refused(with_step("by: clerk\nneeds: [▸{that: amount > 1}]")).facts["key"] == "else"


# Returns


def test_work_may_be_returned_to_steps_before_it_even_inside_blocks() -> None:
    definition = compiled(
        process(
            """
- {step: first, zh: 先, by: clerk}
- parallel:
    - {step: left, zh: 左, by: clerk}
    - {step: right, zh: 右, by: clerk}
- {step: work, zh: 办理, by: clerk, returns-to: [first, left]}
- {end: done, zh: 完成}
"""
        )
    )
    assert definition.nodes["work"].step.returns_to == ("first", "left")


def test_the_case_may_come_straight_back_from_where_work_is_returned_to() -> None:
    text = """
- {step: first, zh: 先, by: clerk}
- {step: second, zh: 再, by: clerk}
- {step: work, zh: 办理, by: clerk, returns-to: [first, {first: direct, second: direct}]}
- {step: late, zh: 后, by: clerk, returns-to: {work: direct}}
- {end: done, zh: 完成}
"""
    definition = compiled(process(text))
    assert definition.nodes["work"].step.returns_to == ("first",)
    assert definition.nodes["work"].step.straight_from == ("first", "second")
    assert definition.nodes["late"].step.straight_from == ("work",)
    assert set(definition.lapsing) == {"first", "second", "work"}
    assert (
        refused(process(text.replace("{work: direct}", "{work: ▸straight}"))).code == "unknown-word"
    )
    assert (
        refused(process(text.replace("{work: direct}", "{▸late: direct}"))).code
        == "return-not-before"
    )


@pytest.mark.parametrize("block", ["parallel", "choose"])
def test_work_is_not_returned_into_another_branch(block: str) -> None:
    right = "{step: right, zh: 右, by: clerk, returns-to: [▸left]}"
    branches = {
        "parallel": f"- {{step: left, zh: 左, by: clerk}}\n    - {right}",
        "choose": "- {when: amount = 1, then: [{step: left, zh: 左, by: clerk}]}\n"
        f"    - {{otherwise: [{right}]}}",
    }
    text = process(f"- {block}:\n    {branches[block]}\n- {{end: done, zh: 完成}}")
    assert refused(text).code == "return-not-before"
