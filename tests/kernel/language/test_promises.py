"""`takes`, and whether the limits around the steps can be kept."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import compiled, pack, process
from tuoban.kernel.clocks import read_length
from tuoban.kernel.language import check_pack

SETTINGS = "{most: {type: duration, default: 2 workdays, zh: 时限}}"


def promises(text: str) -> list[tuple[str, str, str]]:
    report = check_pack(text)
    assert report.problems == ()
    return [
        tuple(each.facts[name] for name in ("name", "takes", "limit"))  # type: ignore[misc]
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
    assert promises(whole) == [("case", "3 workdays", "2 workdays")]


def test_a_limit_that_counts_from_something_else_is_left_alone() -> None:
    text = process(
        "- {step: a, zh: 办理, by: clerk}\n- step: b\n  zh: 审\n  by: head\n"
        "  takes: 3 hours\n  within: {limit: 2 hours, from: a.at}\n- {end: x, zh: 完}"
    )
    assert promises(text) == []
