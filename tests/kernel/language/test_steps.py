"""What a step may carry."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.kernel.language.support import (
    compiled,
    pack,
    process,
    refused,
    step,
    warned,
    with_step,
)
from tuoban.kernel.definition import (
    FormEntry,
    FormSection,
    LateAction,
    Limit,
    Need,
    Outcome,
    Performer,
    Signer,
    Text,
)
from tuoban.kernel.language import check_pack


def test_a_step_has_a_label_a_place_and_what_it_rests_on() -> None:
    node, _ = step(with_step("by: clerk\nen: Work\nrests-on: 第三条\nwhen: amount > 1"))
    assert node.label == Text("办理", "Work")
    assert node.rests_on == ("第三条",)
    assert node.line == 10
    assert node.when is not None


# People


def test_a_step_is_done_by_a_role_or_any_of_several() -> None:
    assert step(with_step("by: clerk"))[1].by == Performer(roles=("clerk",))
    assert step(with_step("by: [clerk, head]"))[1].by == Performer(roles=("clerk", "head"))


def test_a_step_may_fall_to_whoever_did_another_but_to_nobody_who_did_a_third() -> None:
    definition = compiled(
        process(
            """
- {step: first, zh: 先, by: clerk}
- {step: second, zh: 次, by: clerk}
- {step: third, zh: 后, by: {role: [clerk, head], same-as: first, not: [second]}}
- {end: done, zh: 完成}
"""
        )
    )
    assert definition.nodes["third"].step.by == Performer(("clerk", "head"), "first", ("second",))


@pytest.mark.parametrize("by", ["▸{not: other}", "▸{}"])
def test_somebody_must_be_named(by: str) -> None:
    text = pack(
        process=f"""
  - {{step: other, zh: 别, by: clerk}}
  - {{step: work, zh: 办理, by: {by}}}
  - {{end: done, zh: 完成}}"""
    )
    assert refused(text).facts["key"] == "role"


def test_in_a_loop_a_step_may_fall_to_whoever_did_a_later_one_last_round() -> None:
    definition = compiled(
        process(
            """
- repeat: rounds
  until: check.count = 2
  steps:
    - {step: work, zh: 办理, by: {same-as: check, role: clerk}}
    - {step: check, zh: 审核, by: head}
- {end: done, zh: 完成}
"""
        )
    )
    assert definition.nodes["work"].step.by.same_as == "check"


OUTSIDE = (
    "{clerk: 文员, head: 主管, buyer: {zh: 买方, recorded-by: clerk}, "
    "seller: {zh: 卖方, recorded-by: clerk}}"
)


def test_nobody_is_asked_to_do_what_the_same_line_forbids() -> None:
    text = process(
        """
- {step: first, zh: 先, by: clerk}
- {step: second, zh: 次, by: clerk}
- {step: third, zh: 后, by: {role: head, same-as: first, not: [second, ▸first]}}
- {end: done, zh: 完成}
"""
    )
    problem = refused(text)
    assert (problem.code, problem.facts["name"]) == ("same-as-excluded", "first")


FIRST = "{step: first, zh: 先, by: clerk}"
SECOND = "{step: second, zh: 后, by: {same-as: ▸first}}"
PERHAPS_NOT_DONE = [
    f"- choose: [{{when: amount = 1, then: [{FIRST}]}}]\n- {SECOND}",
    f"- {{stage: s, zh: 段, when: amount = 1, steps: [{FIRST}]}}\n- {SECOND}",
    f"- parallel: [{FIRST}, {SECOND}]",
    f"- {{repeat: r, until: second.count = 2, steps: [{SECOND}, {FIRST}]}}",
]


@pytest.mark.parametrize("blocks", PERHAPS_NOT_DONE)
def test_a_step_for_whoever_did_what_may_be_left_out_should_name_a_role(blocks: str) -> None:
    text = process(f"{blocks}\n- {{end: done, zh: 完成}}")
    assert warned(text).code == "nobody-to-take"
    with_role = text.replace("{same-as: ▸first}", "{same-as: first, role: head}")
    assert check_pack(with_role).warnings == ()


@pytest.mark.parametrize(
    "blocks",
    [
        f"- {FIRST}\n- {SECOND}",
        f"- {{stage: s, zh: 段, when: amount = 1, steps: [{FIRST}, {SECOND}]}}",
        f"- choose: [{{when: amount = 1, then: [{FIRST}, {SECOND}]}}]",
        f"- parallel: [{FIRST}, {{step: third, zh: 旁, by: clerk}}]\n- {SECOND}",
    ],
)
def test_a_step_for_whoever_surely_did_another_needs_no_role(blocks: str) -> None:
    text = process(f"{blocks}\n- {{end: done, zh: 完成}}").replace("▸", "")
    report = check_pack(text)
    assert (report.problems, report.warnings) == ((), ())


def test_signers_are_outside_parties() -> None:
    one = step(with_step("by: clerk\nsigned-by: buyer", roles=OUTSIDE))[1].signers
    assert one == (Signer("buyer"),)
    both = step(with_step("by: clerk\nsigned-by: [seller, {role: buyer}]", roles=OUTSIDE))[1]
    assert both.signers == (Signer("seller"), Signer("buyer"))


@pytest.mark.parametrize("signers", ["▸head", "[buyer, ▸head]", "▸{role: head}"])
def test_nobody_of_the_organisation_signs_since_nothing_would_say_who(signers: str) -> None:
    problem = refused(with_step(f"by: clerk\nsigned-by: {signers}", roles=OUTSIDE))
    assert (problem.code, problem.facts["word"]) == ("not-supported-yet", "signed-by: head")


def test_a_signer_whose_recorder_is_unknown_is_an_outside_party_all_the_same() -> None:
    roles = OUTSIDE.replace("recorded-by: clerk}, seller", "recorded-by: ▸clrek}, seller")
    assert refused(with_step("by: clerk\nsigned-by: buyer", roles=roles)).code == "unknown-role"


def test_nobody_signs_twice() -> None:
    text = with_step("by: clerk\nsigned-by: [buyer, ▸buyer]", roles=OUTSIDE)
    assert refused(text).code == "listed-twice"


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


# Limits and lateness

NAMES: dict[str, Any] = {
    "settings": {"soon": timedelta(hours=2)},
    "start": {"at": datetime(2026, 3, 1, 9, tzinfo=UTC)},
    "amount": 3,
}
SETTINGS = (
    "{soon: {type: duration, default: 2 hours, zh: 从速}, most: {type: money, default: 1, zh: 多}}"
)


def limit(keys: str) -> Limit:
    found = step(with_step("by: clerk\n" + keys, settings=SETTINGS))[1].limit
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("within", "length"),
    [
        ("30 minutes", timedelta(minutes=30)),
        ("1 day", timedelta(days=1)),
        ("0.5 hours", timedelta(minutes=30)),
        ("45 seconds", timedelta(seconds=45)),
        ("settings.soon", timedelta(hours=2)),
        ("if amount > 2 then settings.soon else duration(\"PT1H\")", timedelta(hours=2)),
    ],
)  # fmt: skip
def test_within_is_a_length_of_time(within: str, length: timedelta) -> None:
    expression = limit(f"within: {within}").within
    assert expression is not None
    assert expression(NAMES) == length


def test_within_cannot_be_an_amount_of_money() -> None:
    problem = refused(with_step("by: clerk\nwithin: ▸settings.most", settings=SETTINGS))
    assert (problem.code, problem.facts["found"]) == ("wrong-type", "number")


def test_a_unit_that_is_not_carried_out_yet_names_those_that_are() -> None:
    problem = refused(with_step("by: clerk\nwithin: ▸3 workdays"))
    assert problem.read("en").endswith("for now: seconds, minutes, hours, days, weeks.")


@pytest.mark.parametrize(
    ("due", "moment"),
    [
        ("start.at", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2 hours after start.at", datetime(2026, 3, 1, 11, tzinfo=UTC)),
        ("1 day before start.at", datetime(2026, 2, 28, 9, tzinfo=UTC)),
        ("settings.soon after start.at", datetime(2026, 3, 1, 11, tzinfo=UTC)),
        ('date("2026-03-05")', date(2026, 3, 5)),
        ('1 day before date("2026-03-05")', date(2026, 3, 4)),
    ],
)
def test_due_is_a_moment(due: str, moment: object) -> None:
    expression = limit(f"due: {due}").due
    assert expression is not None
    assert expression(NAMES) == moment


@pytest.mark.parametrize(
    ("due", "code"),
    [
        ("2 hours after ▸strat.at", "unknown-name"),
        ("▸2 horus after start.at", "unknown-unit"),
        ("▸amount", "wrong-type"),
        ("2 hours after ▸amount", "wrong-type"),
        ("▸amount after start.at", "wrong-type"),
    ],
)
def test_a_wrong_moment_is_told_at_its_part(due: str, code: str) -> None:
    assert refused(with_step(f"by: clerk\ndue: {due}")).code == code


@pytest.mark.parametrize(
    "keys",
    [
        "due: ▸note",
        "due: 1 day before ▸case.note",
        "due: ▸settings.soon + first.room",
        "within: ▸note - first.at",
        "within: ▸if note = null then settings.soon else settings.soon",
    ],
)
def test_when_a_step_is_due_tells_nothing_personal(keys: str) -> None:
    text = pack(
        settings=SETTINGS,
        fields="\n  amount: {type: integer, zh: 数量}"
        "\n  note: {type: datetime, zh: 约好的时间, personal: true}",
        process=f"""
  - step: first
    zh: 先
    by: clerk
    form: [room]
    fields: {{room: {{type: datetime, zh: 订房时间, personal: true}}}}
  - step: work
    zh: 办理
    by: clerk
    {keys}
  - {{end: done, zh: 完成}}""",
    )
    assert refused(text).code == "personal-limit"


OWN = "by: clerk\nfields: {until: {type: datetime, zh: 期限}}\nform: [until]\n"


@pytest.mark.parametrize(
    "keys",
    [
        "needs: [{that: ▸until != null, else: 没有期限}]",
        "needs: [{that: amount > 1, when: ▸until != null, else: 数量太少}]",
        "needs: [{that: ▸work.count = 0, else: 已办过}]",
        "within: ▸until - start.at",
        "within: ▸work.until - start.at",
        "due: ▸until",
        "due: 1 day before ▸work.at",
    ],
)
def test_what_a_step_gives_cannot_be_read_before_it_is_done(keys: str) -> None:
    problem = refused(with_step(OWN + keys))
    assert problem.code == "own-name-here"
    assert "nearest" not in problem.facts


def test_lateness_tells_and_escalates_in_tiers() -> None:
    tiers = limit(
        """
within: 1 hour
late:
  10 minutes before: tell performer
  at the limit: [tell performer, escalate to head]
  2 hours after: tell clerk, head
"""
    ).tiers
    assert [(tier.key, tier.offset) for tier in tiers] == [
        ("10 minutes before", timedelta(minutes=-10)),
        ("at the limit", timedelta()),
        ("2 hours after", timedelta(hours=2)),
    ]
    assert tiers[1].actions == (LateAction("tell", "performer"), LateAction("escalate", "head"))
    assert tiers[2].actions == (LateAction("tell", "clerk"), LateAction("tell", "head"))


@pytest.mark.parametrize(
    ("late", "code"),
    [
        ("{at the limit: tell ▸hed}", "unknown-role"),
        ("{at the limit: escalate to ▸performer}", "unknown-role"),
        ("{at the limit: tell clerk, ▸hed}", "value-missing-in-braces"),
        ("{▸every day after: tell head}", "not-supported-yet"),
        ("{at the limit: ▸move on}", "not-supported-yet"),
        ("{▸2 workdays after: tell head}", "unit-not-supported-yet"),
    ],
)
def test_wrong_lateness_is_told_at_its_part(late: str, code: str) -> None:
    assert refused(with_step(f"by: clerk\nwithin: 1 hour\nlate: {late}")).code == code


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
