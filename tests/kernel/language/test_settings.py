"""Settings with a value for each option of a choice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.kernel.language.support import compiled, pack, refused
from tuoban.kernel.clocks import Length
from tuoban.kernel.definition import Text
from tuoban.kernel.language import PackText, check_pack, compile_pack
from tuoban.kernel.language.settled import problems_with
from tuoban.kernel.settings import entries, in_force, unset

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
