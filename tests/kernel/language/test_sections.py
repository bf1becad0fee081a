"""The sections around the process: head, case, roles, settings, starts, labels."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.kernel.language.support import compiled, pack, refused, with_step
from tuoban.kernel.definition import Field, Role, Setting, Text
from tuoban.kernel.language import Report, check_pack, compile_pack


def untranslated(report: Report) -> list[str]:
    return [str(each.facts["text"]) for each in report.untranslated]


def test_the_head_of_a_pack_is_kept() -> None:
    text = pack(currency="EUR", rests_on="[{clause: 章程第三条}, 惯例]")
    definition = compiled(text)
    assert (definition.slug, definition.version, definition.language) == ("demo", "1", "zh")
    assert definition.currency == "EUR"
    assert definition.rests_on == (Text("章程第三条", "章程第三条"), Text("惯例", "惯例"))
    assert definition.digest == hashlib.sha256(text.encode()).hexdigest()


def test_clauses_are_read_in_both_languages_like_every_text_of_a_pack() -> None:
    clauses = "[章程第三条, {clause: 惯例}, {zh: 约定, en: Agreement}, {clause: {zh: 法, en: Law}}]"
    report = check_pack(pack(rests_on=clauses), translations="章程第三条: Statutes 3")
    assert report.definition is not None
    assert report.definition.rests_on == (
        Text("章程第三条", "Statutes 3"),
        Text("惯例", "惯例"),
        Text("约定", "Agreement"),
        Text("法", "Law"),
    )
    assert not report.warnings
    assert "惯例" in untranslated(report)
    problems = check_pack(pack(rests_on="[{clause: 法, en: Law}, {}]")).problems
    assert [(each.code, each.facts["key"]) for each in problems] == [
        ("unknown-key", "clause"),
        ("key-missing", "clause"),
    ]


def test_the_digest_covers_the_translations() -> None:
    text = pack()
    plain, translated = compile_pack(text), compile_pack(text, translations="演示: Demo")
    assert plain.digest != translated.digest


def test_money_is_in_yuan_unless_said_otherwise() -> None:
    assert compiled(pack()).currency == "CNY"


@pytest.mark.parametrize("section", ["pack", "version", "title", "roles", "starts", "process"])
def test_a_section_that_every_pack_needs_is_missed(section: str) -> None:
    problems = check_pack(pack(**{section: ""})).problems
    assert ("key-missing", section) in [(each.code, each.facts.get("key")) for each in problems]


def test_a_case_is_numbered_and_titled_after_its_pack_unless_said_otherwise() -> None:
    case = compiled(pack(pack="on-site-visit")).case
    assert case.number == "OSV"
    assert case.title == (("text", "演示"),)
    assert case.priority is None


def test_a_title_is_a_run_of_text_and_fields() -> None:
    case = compiled(pack(case='{number: 工单, title: "{note} × {amount} 件"}')).case
    assert case.number == "工单"
    assert case.title == (
        ("field", "note"), ("text", " × "), ("field", "amount"), ("text", " 件"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "number",
    [
        "HT{year}-{serial}",
        "{today}-{serial}",
        "合同{year}{month}-A-{serial}",
        "HT-{unit}-{serial:6}",
    ],
)
def test_a_number_may_be_written_in_full(number: str) -> None:
    assert compiled(pack(case=f'{{number: "{number}"}}')).case.number == number


@pytest.mark.parametrize(
    "number",
    [
        "{unit}{unit}-{serial}",
        "HT-{serial:0}",
        "HT-{serial:10}",
        "HT{year}",
        "HT{serial}",
        "HT-{serial}-X",
        "HT{org}-{serial}",
        "-{serial}",
        "a-{serial}",
    ],
)
def test_what_is_no_number(number: str) -> None:
    assert refused(pack(case=f'{{number: ▸"{number}"}}')).code == "bad-case-number"


def test_a_title_names_only_what_the_case_has() -> None:
    assert refused(pack(case='{title: "单 ▸{amuont}"}')).facts["nearest"] == "amount"


def test_the_priority_of_a_case_can_be_read_with_its_options() -> None:
    fields = "\n  level: {type: choice, zh: 级别, options: {high: 急, low: 缓}, default: low}"
    sections = {
        "fields": fields,
        "starts": "[{request: ask, zh: 申请, by: [clerk, head], form: [level]}]",
        "case": "{priority: level}",
    }
    assert compiled(with_step('by: clerk\nwhen: case.priority = "high"', **sections)).case.priority
    problem = refused(with_step('by: clerk\nwhen: case.priority = ▸"hihg"', **sections))
    assert (problem.code, problem.facts["nearest"]) == ("unknown-option", "high")


def test_roles_may_name_one_another_in_any_order() -> None:
    text = pack(roles="{clerk: {zh: 文员, recorded-by: head}, head: {zh: 主管}}")
    assert compiled(text).roles["clerk"] == Role("clerk", Text("文员", "文员"), ("head",))


def test_an_outside_party_may_be_recorded_by_any_of_several() -> None:
    text = pack(roles="{clerk: 文员, head: 主管, buyer: {zh: 买方, recorded-by: [clerk, head]}}")
    definition = compiled(text.replace("by: clerk}", "by: buyer}"))
    assert definition.roles["buyer"].recorded_by == ("clerk", "head")
    assert definition.acting(("buyer", "head")) == ("clerk", "head")


@pytest.mark.parametrize("name", ["customer", "客户"])
def test_the_customer_needs_no_declaration(name: str) -> None:
    sections = {"starts": f"[{{request: ask, zh: 申请, by: [{name}, head], form: [amount, note]}}]"}
    found = compiled(with_step(f"by: clerk\nsigned-by: {name}", **sections)).roles[name]
    assert found == Role(name, Text("客户", "Customer"), ("head",))


def test_a_customer_who_is_declared_is_what_is_declared() -> None:
    roles = "{clerk: 文员, head: 主管, customer: {zh: 业主, recorded-by: clerk}}"
    found = compiled(with_step("by: customer", roles=roles)).roles["customer"]
    assert found == Role("customer", Text("业主", "业主"), ("clerk",))


def test_a_pack_that_names_no_customer_has_none() -> None:
    assert set(compiled(pack()).roles) == {"clerk", "head"}


def test_a_role_that_is_misspelt_may_have_meant_the_customer() -> None:
    assert refused(with_step("by: ▸custommer")).facts["nearest"] == "customer"


def test_nobody_may_be_called_what_late_calls_the_performer() -> None:
    problem = refused(pack(roles="{clerk: 文员, head: 主管, ▸performer: 某人}"))
    assert problem.code == "reserved-name"


def test_settings_are_typed() -> None:
    text = pack(
        settings="""
  arrive: {type: duration, default: 30 minutes, zh: 到场}
  fee: {type: money, default: 80.00, zh: 费用}
  strict: {type: boolean, default: no, zh: 严格}
  reply: {type: duration, required: true, zh: 答复}"""
    )
    settings = compiled(text).settings
    assert settings["arrive"] == Setting(
        Field("arrive", "duration", Text("到场", "到场")), timedelta(minutes=30)
    )
    assert settings["fee"].value == Decimal("80.00")
    assert settings["strict"].value is False
    assert settings["reply"].value is None


def test_a_setting_is_either_given_or_required() -> None:
    text = pack(settings="{fee: {type: money, zh: 费用, default: 1, ▸required: true}}")
    assert refused(text).code == "not-together"


def test_a_start_has_a_form_and_people() -> None:
    start = compiled(
        pack(starts="[{request: ask, zh: 申请, by: clerk, form: [{field: note, required: true}]},"
                    " {request: tell, zh: 告知, by: [head]}]")
    ).starts["ask"]  # fmt: skip
    assert start.by == ("clerk",)
    assert start.form[0].entries[0].required


def test_two_requests_cannot_bear_one_name() -> None:
    ask = "{request: %s, zh: 申请, by: [clerk, head], form: [note, amount]}"
    text = pack(starts=f"[{ask % 'ask'}, {ask % '▸ask'}]")
    assert refused(text).code == "name-taken"


def test_what_a_case_was_started_by_can_be_read() -> None:
    problem = refused(with_step('by: clerk\nwhen: start.request = ▸"aks"'))
    assert (problem.code, problem.facts["nearest"]) == ("unknown-option", "ask")


# Labels


def test_a_label_is_translated_by_the_file_beside_the_pack() -> None:
    report = check_pack(pack(), translations="演示: Demo\n文员: Clerk\n")
    assert report.definition is not None
    assert report.definition.title == Text("演示", "Demo")
    assert report.definition.roles["head"].label == Text("主管", "主管")
    assert untranslated(report) == ["主管", "数量", "说明", "申请", "办理", "完成"]
    first = report.untranslated[0]
    assert first.read("en") == "pack.yaml:4:26: “主管” is not translated."


def test_a_label_may_be_given_in_both_languages_at_once() -> None:
    report = check_pack(pack(title="{zh: 演示, en: Demo}"))
    assert report.definition is not None
    assert report.definition.title == Text("演示", "Demo")
    assert "演示" not in untranslated(report)


def test_an_english_pack_is_translated_into_chinese() -> None:
    text = pack(language="en", title="Demo")
    definition = compile_pack(text, translations="Demo: 演示\n")
    assert definition.title == Text("演示", "Demo")


def test_a_translation_of_nothing_is_told_where_it_stands() -> None:
    warnings = check_pack(pack(), translations="演示: Demo\n演 示: Demo\n").warnings
    assert [(each.file, each.line, each.code) for each in warnings] == [
        ("en.yaml", 2, "translation-unused")
    ]


def test_a_problem_of_the_translations_names_their_file() -> None:
    report = check_pack(pack(), file="packs/demo/pack.yaml", translations="演示: [Demo]\n")
    assert report.definition is None
    assert report.problems[0].read("en").startswith("packs/demo/en.yaml:1:5: ")


def test_numbers_and_signs_need_no_translation() -> None:
    report = check_pack(with_step('by: clerk\nchecklist: ["1.", "100%"]'))
    assert "100%" not in untranslated(report)
