"""Settings with a value for each option of a choice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.kernel.language.support import compiled, pack, refused
from tuoban.kernel.clocks import Length
from tuoban.kernel.definition import Text
from tuoban.kernel.language import PackText, check_pack, compile_pack
from tuoban.kernel.language.settled import problems_with
from tuoban.kernel.settings import entries, in_force, misfits, unset

FIELDS = """
  amount: {type: integer, zh: 数量}
  note: {type: text, zh: 说明}
  level: {type: choice, zh: 级别, options: {i: 一级, ii: 二级}, default: i}"""
STARTS = "[{request: ask, zh: 申请, by: [clerk, head], form: [amount, note, level]}]"


def settled(setting: str, step: str = "") -> str:
    """A pack with a setting `s`, and a step `work` that carries these keys."""
    keys = f", {step}" if step else ""
    return pack(
        fields=FIELDS,
        starts=STARTS,
        settings=f"{{s: {setting}}}",
        process="\n  - {step: check, zh: 审核, by: head, outcomes: {yes: 是, no: {zh: 否, en: No}}}"
        f"\n  - {{step: work, zh: 办理, by: clerk{keys}}}\n  - {{end: done, zh: 完成}}",
    )


WAIT = "{type: duration, per: level, zh: 等候, default: {i: 10 minutes, ii: 2 hours}}"


def test_a_setting_has_a_value_for_each_option_of_a_field() -> None:
    definition = compiled(settled(WAIT, "within: settings.s(level)"))
    setting = definition.settings["s"]
    assert setting.options == (("i", Text("一级", "一级")), ("ii", Text("二级", "二级")))
    assert [entry.key for entry in entries(definition)] == ["s.i", "s.ii"]
    assert in_force(definition, {}) == {"s": {"i": timedelta(minutes=10), "ii": timedelta(hours=2)}}
    given = {"s.ii": timedelta(hours=1), "s.iii": timedelta(hours=9), "t": "x"}
    assert in_force(definition, given)["s"]["ii"] == timedelta(hours=1)


def test_a_setting_may_have_a_value_for_each_outcome_of_a_step() -> None:
    definition = compiled(
        settled(
            "{type: duration, per: check.outcome, zh: 期限, default: 1 day}",
            "within: settings.s(check.outcome)",
        )
    )
    assert definition.settings["s"].options == (("yes", Text("是", "是")), ("no", Text("否", "No")))
    assert set(in_force(definition, {})["s"]) == {"yes", "no"}


def test_a_setting_may_have_a_value_for_each_option_of_a_column() -> None:
    text = pack(
        records="\n  line: {kind: {type: choice, zh: 类, options: {fast: 快, slow: 慢}},"
        " name: {type: text, zh: 名}}",
        fields=f"{FIELDS}\n  lines: {{type: list, of: line, zh: 明细}}",
        starts=STARTS.replace("note, level", "note, level, lines"),
        settings="{s: {type: duration, per: line.kind, zh: 时限, default: 1 hour}}",
        process="\n  - each: one\n    in: lines\n    zh: 逐项\n    steps: [{step: work, zh: 办理,"
        " by: clerk, within: settings.s(one.kind)}]\n  - {end: done, zh: 完成}",
    )
    options = compiled(text).settings["s"].options
    assert options == (("fast", Text("快", "快")), ("slow", Text("慢", "慢")))
    without = text.replace("per: line.kind", "per: line.name")
    assert "per-without-options" in {each.code for each in check_pack(without).problems}


def test_what_is_required_is_missing_option_by_option() -> None:
    definition = compiled(
        settled("{type: duration, per: level, zh: 等候, required: true, default: {i: 1 hour}}")
    )
    (missing,) = unset(definition, {})
    assert (missing.key, missing.label) == ("s.ii", Text("等候：二级", "等候: 二级"))
    assert unset(definition, {"s.ii": timedelta(hours=1)}) == ()
    assert unset(definition, {"s.ii": "not a length"}) == (missing,)


CALLS = [
    ("{type: integer, per: level, zh: 数, default: 1}", 'when: settings.s("▸iv") > 1'),
    (WAIT, "within: settings.s(▸amount)"),
    (WAIT, "within: settings.s(▸check.outcome)"),
    (WAIT, "within: ▸settings.s"),
    (WAIT, 'within: "▸settings.s(level, level)"'),
    (WAIT, "within: settings.s(▸i)"),
    ("{type: integer, per: level, zh: 数, default: 1}", "within: ▸settings.s(level)"),
    ("{type: duration, zh: 数, default: 1 hour}", "within: ▸settings.s(level)"),
]
WRONG = ["unknown-option", "wrong-type", "unknown-option", "wrong-kind", "wrong-arguments",
         "unknown-name", "wrong-kind", "wrong-type"]  # fmt: skip


@pytest.mark.parametrize(("call", "code"), list(zip(CALLS, WRONG, strict=True)))
def test_a_wrong_use_is_told(call: tuple[str, str], code: str) -> None:
    setting, step = call
    text = settled(setting, step.replace("▸", ""))
    (problem,) = check_pack(text).problems
    assert problem.code == code


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        (
            "{type: duration, per: level, zh: 等候, default: {i: ▸ten, ii: 1 hour}}",
            "not-a-duration",
        ),
        ("{type: integer, per: level, zh: 等候, default: {i: ▸ten, ii: 1}}", "bad-value"),
        ("{type: integer, per: ▸work.outcome, zh: 等候, default: 1}", "per-without-options"),
        ("{type: integer, per: ▸levle, zh: 等候, default: 1}", "per-without-options"),
    ],
)
def test_a_mistake_in_a_setting_is_told_at_its_place(setting: str, code: str) -> None:
    assert refused(settled(setting)).code == code


def test_a_variant_gives_what_its_base_requires_option_by_option() -> None:
    base = settled("{type: duration, per: level, zh: 等候, required: true}",
                   "within: settings.s(level)")  # fmt: skip
    text = "pack: ours\nversion: 1\nextends: demo@1\nsettings: {s: {i: 5 minutes}}\n"
    definition = compile_pack(text, bases={"demo@1": PackText(base)})
    assert [entry.key for entry in unset(definition, {})] == ["s.ii"]
    assert in_force(definition, {}) == {"s": {"i": timedelta(minutes=5)}}


def test_an_entry_reads_what_it_writes() -> None:
    entry = next(entries(compiled(settled(WAIT))))
    for text in ("3 workdays", "2 工作小时", "90 seconds", "1 month", "2 years"):
        value, problem = entry.read(text)
        assert problem is None
        assert entry.read(entry.text(value).en) == (value, None)
    assert entry.read(" ") == (None, None)
    for wrong in ("soon", "5", "0 hours", "2000 months", "99999999 days"):
        _, problem = entry.read(wrong)
        assert problem is not None
        assert (problem.code, problem.place) == ("not-duration", "s.i")


def test_a_value_with_which_the_pack_does_not_compile_is_told() -> None:
    calculates = settled("{type: duration, zh: 等候, default: 1 hour}",
                         "due: start.at + settings.s")  # fmt: skip
    text = PackText(calculates)
    assert problems_with(text, {}, {"s": "2 hours"}) == ()
    (problem,) = problems_with(text, {}, {"s": "2 working hours"})
    assert problem.file == "demo@1/pack.yaml"
    assert isinstance(next(entries(compiled(calculates))).read("2 working hours")[0], Length)
    counts = PackText(settled(WAIT, "within: settings.s(level)"))
    assert problems_with(counts, {}, {"s.i": "2 working hours", "s.ii": "1 month"}) == ()


SHARES = (
    "{type: list, of: percent, zh: 付款比例, min: 2, default: ▸[50, 30, 20], "
    "rules: [{that: sum(s) = 100, else: 合计须为100%}]}"
)
BOUNDED = "{type: integer, zh: 份数, min: 1, max: 9, unit: 份, default: ▸3}"
SPEED = "{type: choice, zh: 快慢, options: {fast: 快, slow: 慢}, default: ▸fast}"


@pytest.mark.parametrize(
    ("setting", "wrong", "code"),
    [
        (SHARES, "[50, 30]", "default-breaks-rule"),
        (SHARES, '"60, 30"', "default-breaks-rule"),
        (SHARES, "[100]", "default-out-of-bounds"),
        (BOUNDED, "10", "default-out-of-bounds"),
        (BOUNDED, "1.5", "bad-value"),
        (SPEED, "fats", "unknown-default"),
    ],
)
def test_a_default_is_held_against_what_is_said_of_the_setting(
    setting: str, wrong: str, code: str
) -> None:
    assert check_pack(settled(setting.replace("▸", ""))).problems == ()
    before, _, rest = setting.partition("▸")
    default = next(v for v in ("[50, 30, 20]", "3", "fast") if rest.startswith(v))
    assert refused(settled(f"{before}▸{wrong}{rest.removeprefix(default)}")).code == code


@pytest.mark.parametrize(
    ("setting", "typed", "value", "code"),
    [
        (SHARES, "40，60 %", (Decimal(40), Decimal(60)), None),
        (SHARES, "100", None, "too-few-rows"),
        (SHARES, "40, x", None, "not-percent"),
        (SHARES, " , ", None, None),
        (BOUNDED, "9", Decimal(9), None),
        (BOUNDED, "0", None, "too-small"),
        (SPEED, "慢", "slow", None),
        (SPEED, "none", None, "not-option"),
    ],
)
def test_what_is_typed_is_held_against_it_too(
    setting: str, typed: str, value: object, code: str | None
) -> None:
    (entry,) = entries(compiled(settled(setting.replace("▸", ""))))
    found, problem = entry.read(typed)
    assert (found, problem.code if problem else None) == (value, code)
    if found is not None:
        assert entry.read(entry.text(found).zh) == (found, None)


def test_a_rule_holds_for_what_the_organisation_sets_and_reads_the_other_settings() -> None:
    text = pack(
        settings="{low: {type: money, zh: 低, default: 1}, high: {type: money, zh: 高, default: 5, "
        "rules: [{that: high > settings.low, else: 须高于低值}]}}"
    )
    definition = compiled(text)
    assert list(misfits(definition, {"low": Decimal(2)}, {"low"})) == []
    (problem,) = misfits(definition, {"low": Decimal(7)}, {"low"})
    assert (problem.code, problem.place) == ("rule", "high")


def test_a_rule_holds_for_the_value_of_each_option() -> None:
    rule = "rules: [{that: s <= 5, else: 太多}]"
    setting = f"{{type: integer, per: level, zh: 数, default: {{i: 1, ii: ▸9}}, {rule}}}"
    assert refused(settled(setting)).code == "default-breaks-rule"
    definition = compiled(settled(setting.replace("▸9", "2")))
    (problem,) = misfits(definition, {"s.i": Decimal(6)}, {"s.i"})
    assert problem.place == "s.i"


def test_a_choice_is_read_as_one() -> None:
    assert check_pack(settled(SPEED.replace("▸", ""), 'when: settings.s = "slow"')).problems == ()
    wrong = settled(SPEED.replace("▸", ""), 'when: settings.s = ▸"slwo"')
    assert refused(wrong).code == "unknown-option"


def test_a_list_is_read_as_one() -> None:
    step = 'when: "settings.s[1] > 40 and split(amount, settings.s)[1] > 1"'
    definition = compiled(settled(SHARES.replace("▸", ""), step))
    assert definition.settings["s"].value == (Decimal(50), Decimal(30), Decimal(20))


@pytest.mark.parametrize("type_", ["▸type: unit", "type: list, ▸of: person"])
def test_a_setting_names_neither_people_nor_units(type_: str) -> None:
    assert refused(settled(f"{{{type_}, zh: 谁, required: true}}")).code == "type-not-here"


def test_a_rule_of_a_setting_refuses_and_never_only_flags() -> None:
    setting = "{type: integer, zh: 数, default: 1, rules: [{that: s > 0, else: 须多, ▸warn: 少}]}"
    assert refused(settled(setting)).code == "unknown-key"
