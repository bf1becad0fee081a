"""`takes`, and whether the limits around the steps can be kept."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import compiled, pack, process, refused
from tuoban.kernel.clocks import read_length
from tuoban.kernel.language import check_pack
from tuoban.kernel.outlook import promises as limits_of
from tuoban.kernel.outlook import unset_text, without_length

SETTINGS = "{most: {type: duration, default: 2 workdays, zh: 时限}}"


def promises(text: str) -> list[tuple[str, str, str]]:
    report = check_pack(text)
    assert report.problems == ()
    return [
        (each.facts["name"], each.facts["takes"].en, each.facts["limit"].en)  # type: ignore[misc, union-attr]
        for each in report.warnings
        if each.code == "promise-too-short"
    ]


def stage(steps: str, limit: str = "3 workdays") -> str:
    body = "\n".join(f"    {line}" for line in steps.strip("\n").splitlines())
    head = f"- stage: all\n  zh: 全部\n  within: {limit}\n  steps:\n"
    return process(f"{head}{body}\n- {{end: done, zh: 完成}}")


def step(name: str, takes: str) -> str:
    return f"{{step: {name}, zh: 办理, by: clerk, takes: {takes}}}"


def test_a_step_keeps_what_it_is_expected_to_take() -> None:
    made = compiled(stage(f"- {step('a', '2 workdays')}"))
    assert made.nodes["a"].step.takes == read_length("2 workdays")


@pytest.mark.parametrize(
    ("steps", "takes"),
    [
        (f"- {step('a', '2 workdays')}\n- {step('b', '2 workdays')}", "4 workdays"),
        (f"- parallel:\n    - {step('a', '2 workdays')}\n    - {step('b', '2 workdays')}", None),
        (
            f"- parallel:\n    - {step('a', '4 workdays')}\n    - {step('b', '1 workdays')}",
            "4 workdays",
        ),
        (
            f"- choose:\n    - when: amount = 1\n      then: [{step('a', '3 workdays')}]\n"
            f"- {step('b', '1 workdays')}",
            "4 workdays",
        ),
        (f"- {step('a', '3 workdays')}\n- {step('b', '5 days')}", None),
        (
            f"- plan: p\n  zh: 计划\n  steps:\n    - {step('a', '2 workdays')}\n"
            f"    - {step('b', '3 workdays')}",
            None,
        ),
        (
            f"- plan: p\n  zh: 计划\n  steps:\n    - {step('a', '2 workdays')}\n"
            "    - {step: b, zh: 办理, by: clerk, takes: 3 workdays, needs: [a]}",
            "5 workdays",
        ),
    ],
)
def test_the_longest_path_is_held_against_the_limit(steps: str, takes: str | None) -> None:
    expected = [("all", takes, "3 workdays")] if takes else []
    assert promises(stage(steps)) == expected


def test_a_step_alone_the_case_and_the_default_of_a_setting_are_limits_too() -> None:
    one = process(
        "- {step: a, zh: 办理, by: clerk, takes: 3 hours, within: 2 hours}\n- {end: x, zh: 完}"
    )
    assert promises(one) == [("a", "3 hours", "2 hours")]
    steps = "\n  - {step: a, zh: 办理, by: clerk, takes: 3 workdays}\n  - {end: x, zh: 完}"
    whole = pack(settings=SETTINGS, case="{within: settings.most}", process=steps)
    assert promises(whole) == [("@case", "3 workdays", "2 workdays")]


def test_a_limit_that_counts_from_something_else_is_left_alone() -> None:
    text = process(
        "- {step: a, zh: 办理, by: clerk}\n- step: b\n  zh: 审\n  by: head\n"
        "  takes: 3 hours\n  within: {limit: 2 hours, from: a.at}\n- {end: x, zh: 完}"
    )
    assert promises(text) == []


SHORT = "{type: duration, default: 1 workday, zh: 短}"
DEEP = "{type: duration, per: kind, default: {big: 4 workdays, small: 1 workday}, zh: 深}"


def taking(takes: str, settings: str) -> str:
    """A pack whose stage of 3 workdays holds steps that take a workday, and this."""
    steps = (
        "\n  - stage: all\n    zh: 全部\n    within: 3 workdays\n    steps:\n"
        f"      - {step('a', '1 workday')}\n      - {step('b', takes)}\n  - {{end: x, zh: 完}}"
    )
    kind = "{type: choice, zh: 类, options: {big: 大, small: 小}}"
    fields = f"{{amount: {{type: integer, zh: 数量}}, kind: {kind}}}"
    starts = "[{request: ask, zh: 申请, by: clerk, form: [amount, kind]}]"
    return pack(settings=f"{{long: {settings}}}", fields=fields, starts=starts, process=steps)


@pytest.mark.parametrize(
    ("takes", "settings", "told"),
    [
        ("settings.long", SHORT.replace("1 workday", "3 workdays"), "4 workdays"),
        ("settings.long", SHORT, None),
        ('settings.long("big")', DEEP, "5 workdays"),
        ('settings.long("small")', DEEP, None),
        ('working time("3 workdays")', SHORT, "4 workdays"),
        ("settings.long", "{type: duration, required: true, zh: 长}", None),
    ],
)
def test_what_a_step_takes_may_be_a_setting(takes: str, settings: str, told: str | None) -> None:
    found = promises(taking(f"'{takes}'", settings))
    assert [each[1] for each in found] == ([told] if told else [])


@pytest.mark.parametrize(
    ("takes", "code"),
    [
        ("settings.▸lang", "unknown-member"),
        ("▸amount", "takes-of-settings"),
        ("▸a.at - start.at", "takes-of-settings"),
        ("▸now", "takes-of-settings"),
        ("▸longer", "unknown-name"),
        ("▸1 + 1", "wrong-kind"),
        ("▸5 workdaays", "unknown-unit"),
    ],
)
def test_what_a_step_takes_is_known_before_any_case(takes: str, code: str) -> None:
    assert refused(taking(takes, SHORT)).code == code


def test_what_is_not_set_is_known_and_is_no_part_of_the_way() -> None:
    made = compiled(taking("settings.long", "{type: duration, required: true, zh: 长}"))
    (promise,) = limits_of(made.nodes, made.regions, (), {"long": None})
    assert (promise.path, promise.is_written) == (("a",), True)
    assert list(without_length(made.nodes, {"long": None})) == ["b"]
    assert (
        unset_text(made, "b").zh == "“办理”预计要多久由设置决定，还没有设，各时限都没有把它算进去。"
    )
    found = {"long": read_length("5 workdays")}
    (promise,) = limits_of(made.nodes, made.regions, (), found)
    assert (promise.is_short, promise.path, promise.is_written) == (True, ("a", "b"), False)
    assert not list(without_length(made.nodes, found))


def test_the_longest_way_of_a_plan_is_told_by_its_steps() -> None:
    steps = f"""
- plan: p
  zh: 计划
  steps:
    - {step("a", "2 workdays")}
    - {step("alone", "3 workdays")}
    - {{step: b, zh: 办理, by: clerk, takes: 3 workdays, needs: [a]}}
    - {{step: c, zh: 办理, by: clerk, takes: 1 workday, needs: [b, alone]}}
"""
    (told,) = check_pack(stage(steps)).warnings
    assert "6 workdays (takes) (a → b → c)" in told.read("en")
    assert "6 个工作日（a → b → c）" in told.read("zh")


@pytest.mark.parametrize(
    ("takes", "limit", "told"),
    [
        ("30 working hours", "24 hours", "30 hours"),
        ("2 months", "30 days", "56 days"),
        ("30 hours", "24 working hours", None),
        ("30 workdays", "24 hours", None),
    ],
)
def test_time_in_another_measure_counts_as_what_goes_by_at_least(
    takes: str, limit: str, told: str | None
) -> None:
    found = promises(stage(f"- {step('a', takes)}", limit=limit))
    assert [each[1] for each in found] == ([told] if told else [])


def test_what_is_not_counted_is_known_to_be_missing() -> None:
    made = compiled(stage(f"- {step('a', '2 workdays')}\n- {step('b', '5 days')}"))
    (promise,) = limits_of(made.nodes, made.regions, (), {})
    assert (str(promise.expected and promise.expected.text.en), promise.is_partial) == (
        "2 workdays",
        True,
    )


def test_what_waits_for_a_fixed_time_takes_it() -> None:
    steps = f"- {step('a', '1 days')}\n- {{wait: 2 days}}"
    assert promises(stage(steps, limit="60 hours")) == [("all", "72 hours", "60 hours")]


def test_the_numbers_are_told_in_both_languages_and_in_a_unit_of_which_they_are_whole() -> None:
    text = stage(f"- {step('a', '18 months')}", limit="1 years")
    told = check_pack(text).warnings[0]
    assert "18 个月" in told.read("zh")
    assert "1 年" in told.read("zh")
    assert "18 months" in told.read("en")
    assert "1 year." in told.read("en")
