"""Fields: types, bounds, defaults, rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.kernel.language.examples import field
from tests.kernel.language.support import compiled, pack, refused, split_mark, warned, with_step
from tuoban.kernel.clocks import Length
from tuoban.kernel.definition import Field, Text
from tuoban.kernel.language import check_pack

MORNING = datetime.fromisoformat("2026-03-05T09:30")
NOW = {"now": datetime(2026, 3, 1, 9, tzinfo=UTC), "today": date(2026, 3, 1)}


def amount(properties: str) -> Field:
    return compiled(field(properties)).fields["amount"]


def default_of(properties: str, **names: Any) -> Any:
    default = amount(properties).default
    assert default is not None
    return default({**NOW, **names})


def test_a_field_keeps_what_is_said_of_it() -> None:
    assert amount(
        "{type: integer, zh: 数量, en: Amount, required: true, personal: true, unit: 件, min: 1, "
        "max: 9, hint: {zh: 整件, en: Whole pieces}}"
    ) == Field(
        "amount",
        "integer",
        Text("数量", "Amount"),
        required=True,
        personal=True,
        unit="件",
        minimum=Decimal(1),
        maximum=Decimal(9),
        hint=Text("整件", "Whole pieces"),
    )


def test_a_choice_keeps_its_options_in_their_order() -> None:
    options = amount("{type: choice, zh: 级别, options: {high: 急, 1: {zh: 缓, en: Low}}}").options
    assert options == (("high", Text("急", "急")), ("1", Text("缓", "Low")))


def test_a_choice_without_options_is_no_choice() -> None:
    problem = refused(field("▸{type: choice, zh: 级别}"))
    assert (problem.code, problem.facts["key"]) == ("key-missing", "options")


@pytest.mark.parametrize(
    ("properties", "value"),
    [
        ("{type: integer, zh: 数, default: 3}", Decimal(3)),
        ("{type: integer, zh: 数, default: -3}", Decimal(-3)),
        ("{type: money, zh: 钱, default: 80.50}", Decimal("80.50")),
        ("{type: boolean, zh: 否, default: false}", False),
        ("{type: choice, zh: 级, options: {high: 急, low: 缓}, default: low}", "low"),
        ("{type: choice, zh: 级, options: {high: 急, low: 缓}, default: '\"low\"'}", "low"),
        ("{type: text, zh: 文, default: 照旧}", "照旧"),
        ("{type: text, zh: 文, default: 'say \"hi\" \\ there'}", 'say "hi" \\ there'),
        ("{type: text, zh: 文, default: '\"note\"'}", "note"),
        ("{type: date, zh: 日, default: 2026-03-05}", date(2026, 3, 5)),
        ("{type: date, zh: 日, default: today}", date(2026, 3, 1)),
        ("{type: date, zh: 日, default: today + duration(\"P2D\")}", date(2026, 3, 3)),
        ("{type: datetime, zh: 时, default: 2026-03-05 09:30}", MORNING),
        ("{type: datetime, zh: 时, default: now}", NOW["now"]),
        ("{type: duration, zh: 长, default: 1.5 hours}", timedelta(minutes=90)),
        ("{type: duration, zh: 长, default: 2 weeks}", timedelta(weeks=2)),
        ("{type: duration, zh: 长, default: 3 workdays}", Length(Decimal(3), "workday")),
    ],
)  # fmt: skip
def test_a_default_is_a_value_of_its_type(properties: str, value: object) -> None:
    assert default_of(properties) == value


def test_a_text_default_that_names_something_known_is_an_expression() -> None:
    properties = "{type: text, zh: 文, default: start.channel}"
    assert default_of(properties, start={"channel": "desk"}) == "desk"


def test_a_default_may_name_another_field() -> None:
    assert default_of("{type: text, zh: 文, default: note}", note="x") == "x"


def test_a_default_of_another_type_is_refused() -> None:
    problem = refused(field("{type: integer, zh: 数, default: ▸note}"))
    assert (problem.code, problem.facts["found"]) == ("wrong-kind", "@text")


def test_a_field_holds_no_months() -> None:
    problem = refused(field("{type: duration, zh: 长, default: ▸1 month}"))
    assert (problem.code, problem.facts["found"]) == ("wrong-kind", "@months")


def test_rules_refuse_or_flag() -> None:
    rules = amount(
        "{type: integer, zh: 数, rules: [{that: amount > 1, else: 太少}, "
        "{that: amount < 9, warn: 太多}]}"
    ).rules
    assert [(rule.otherwise.zh, rule.warns) for rule in rules] == [("太少", False), ("太多", True)]
    assert rules[0].that({"amount": Decimal(2)}) is True


def test_a_rule_says_what_is_wrong() -> None:
    problem = refused(field("{type: integer, zh: 数, rules: [▸{that: amount > 1}]}"))
    assert (problem.code, problem.facts["key"]) == ("key-missing", "else")


def test_a_rule_is_a_condition() -> None:
    problem = refused(field("{type: integer, zh: 数, rules: [{that: ▸amount + 1, else: 错}]}"))
    assert problem.code == "wrong-kind"


def test_a_field_may_be_shown_only_when_it_matters() -> None:
    show_when = amount("{type: integer, zh: 数, show-when: note != null}").show_when
    assert show_when is not None
    assert show_when({"note": None}) is False


def test_a_field_cannot_be_called_what_the_case_has_of_its_own() -> None:
    text = pack(fields="\n  amount: {type: text, zh: 甲}\n  note: {type: text, zh: 乙}\n"
                       "  ▸number: {type: text, zh: 号, default: 无}")  # fmt: skip
    assert refused(text).code == "reserved-name"


def test_a_field_called_priority_must_be_the_priority() -> None:
    priority = "{type: choice, zh: 级别, options: {high: 急, low: 缓}, default: low}"
    fields = "\n  amount: {type: text, zh: 甲}\n  note: {type: text, zh: 乙}\n  %spriority: "
    assert refused(pack(fields=fields % "▸" + priority)).code == "reserved-name"
    ranked = compiled(pack(fields=fields % "" + priority, case="{priority: priority}"))
    assert ranked.case.priority == "priority"


def test_a_step_may_have_fields_of_its_own() -> None:
    definition = compiled(
        with_step(
            "by: clerk\n"
            "fields: {room: {type: integer, zh: 房号, rules: [{that: room > 0, else: 错}]}}\n"
            "form: [room, note]\nchecklist: [{item: 门已锁, when: room > 1}]"
        )
    )
    assert definition.step_fields["work"]["room"].type == "integer"
    assert definition.nodes["work"].step.fields == ("room",)
    assert definition.field_at("work", "room") == definition.step_fields["work"]["room"]


def test_outside_its_step_an_own_field_is_read_through_the_step() -> None:
    own = "by: clerk\nfields: {room: {type: integer, zh: 房号}}\nform: [room]\n"
    inside = ", ".join(own.splitlines())
    before = f"\n  - {{step: work, zh: 办理, {inside}}}"
    after = "\n  - {step: next, zh: 后, by: clerk, when: work.room = 1}\n  - {end: done, zh: 完成}"
    assert compiled(pack(process=before + after)).nodes["next"].when
    assert refused(with_step(own + "when: ▸room = 1")).code == "field-of-block"


@pytest.mark.parametrize("name", ["outcome", "note", "work", "start"])
def test_an_own_field_cannot_take_a_name_that_is_known_inside_its_step(name: str) -> None:
    text = with_step(f"by: clerk\nfields: {{▸{name}: {{type: text, zh: 甲}}}}")
    assert refused(text).code in ("reserved-name", "name-taken")


def test_two_steps_may_each_have_an_own_field_of_the_same_name() -> None:
    text = pack(
        process="""
  - {step: one, zh: 一, by: clerk, fields: {remark: {type: text, zh: 备注}}, form: [remark]}
  - {step: two, zh: 二, by: clerk, fields: {remark: {type: text, zh: 备注}}, form: [remark]}
  - {end: done, zh: 完成}"""
    )
    assert set(compiled(text).step_fields) == {"one", "two"}


PERSONAL = {
    "fields": "\n  amount: {type: integer, zh: 数量}"
    "\n  note: {type: text, zh: 电话, personal: true}"
    "\n  level: {type: choice, zh: 级别, personal: true, options: {a: 甲}, default: a}"
    "\n  copy: {%stype: text, zh: 副本, default: %s}",
    "case": "{priority: level}",
}
READING_PERSONAL = [
    ("note", "note"),
    ("case.note", "case.note"),
    ("case.level", "case.level"),
    ("case.priority", "case.priority"),
    ("work.room", "work.room"),
    ("string(case)", "case"),
    ("string(work)", "work"),
    ("if note = null then work.by else work.by", "note"),
]


def with_copy(default: str, more: str = "") -> str:
    """A pack with the field `copy` of this default, beside personal ones of case and step."""
    return with_step(
        "by: clerk\nfields: {room: {type: text, zh: 房号, personal: true}}\nform: [room]",
        case=PERSONAL["case"],
        fields=PERSONAL["fields"] % (more, default),
    )


@pytest.mark.parametrize(("default", "name"), READING_PERSONAL)
def test_a_default_that_reads_a_personal_value_must_be_personal(default: str, name: str) -> None:
    problem = refused(with_copy(f"▸{default}"))
    assert (problem.code, problem.facts["name"]) == ("personal-default", name)
    assert compiled(with_copy(default, "personal: true, ")).fields["copy"].personal


@pytest.mark.parametrize("default", ["照旧", "case.number", "work.by", "start.channel"])
def test_a_default_that_reads_nothing_personal_may_be_kept_in_clear(default: str) -> None:
    assert not compiled(with_copy(default)).fields["copy"].personal


def test_a_default_of_a_step_s_own_field_that_reads_a_personal_one_must_be_personal() -> None:
    text = with_step(
        "by: clerk\nform: [room, door]\nfields:\n"
        "  room: {type: integer, zh: 房号, personal: true}\n"
        "  door: {type: integer, zh: 门号, default: ▸room + 1}"
    )
    assert refused(text).code == "personal-default"


def test_a_default_that_no_form_takes_is_told_as_an_empty_field() -> None:
    fields = (
        "\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}"
        "\n  ▸spare: {type: text, zh: 备用, default: 无}"
    )
    assert warned(pack(fields=fields)).code == "field-never-asked"
    form = "[amount, note, {field: spare, read-only: true}]"
    starts = f"[{{request: ask, zh: 申请, by: [clerk, head], form: {form}}}]"
    text, _ = split_mark(pack(fields=fields, starts=starts))
    assert check_pack(text).warnings == ()
