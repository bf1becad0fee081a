"""What holds for every step holds for those that do not say otherwise."""

from __future__ import annotations

import re

import pytest

from tests.kernel.language.support import pack, refused, warned
from tuoban.kernel.language import PackText, check_pack, compile_pack


def with_steps(steps: str, every_step: str = "") -> str:
    lines = "".join(f"\n  - {line}" for line in steps.strip().splitlines())
    process = f"{lines}\n  - {{end: done, zh: 完成}}"
    fields = "\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}"
    settings = "{quick: {type: duration, default: 1 hour, zh: 快}}"
    sections = {"every_step": every_step} if every_step else {}
    return pack(process=process, fields=fields, settings=settings, **sections)


def nodes(text: str) -> str:
    report = check_pack(text)
    assert report.problems == ()
    assert report.definition is not None
    return re.sub(r"line=\d+", "", repr(report.definition.nodes))


SAME = [
    ("{by: clerk}", "{step: a, zh: 甲}", "{step: a, zh: 甲, by: clerk}"),
    ("{by: clerk}", "{step: a, zh: 甲, by: head}", "{step: a, zh: 甲, by: head}"),
    (
        "{within: settings.quick, by: clerk}",
        "{step: a, zh: 甲}\n{step: b, zh: 乙, due: 1 hour after a.at}\n"
        "{step: c, zh: 丙, within: 3 workdays}\n{step: d, zh: 丁, within: []}",
        "{step: a, zh: 甲, by: clerk, within: settings.quick}\n"
        "{step: b, zh: 乙, by: clerk, due: 1 hour after a.at}\n"
        "{step: c, zh: 丙, by: clerk, within: 3 workdays}\n{step: d, zh: 丁, by: clerk}",
    ),
    (
        "{late: {at the limit: tell head}}",
        "{step: a, zh: 甲, by: clerk}\n{step: b, zh: 乙, by: clerk, within: 1 hour}\n"
        "{step: c, zh: 丙, by: clerk, within: {limit: 1 hour, late: {1 day after: tell head}}}\n"
        "{step: d, zh: 丁, by: clerk, within: 1 hour, due: 2 hours after a.at}\n"
        "{step: e, zh: 戊, by: clerk, within: [{clock: x, zh: 子, limit: 1 hour}]}\n"
        "{step: f, zh: 己, by: clerk, within: 1 hour, late: {1 hour after: tell head}}\n"
        "{step: g, zh: 庚, by: clerk, within: 1 hour, late: []}",
        "{step: a, zh: 甲, by: clerk}\n"
        "{step: b, zh: 乙, by: clerk, within: 1 hour, late: {at the limit: tell head}}\n"
        "{step: c, zh: 丙, by: clerk, within: {limit: 1 hour, late: {1 day after: tell head}}}\n"
        "{step: d, zh: 丁, by: clerk, within: {limit: 1 hour, late: {at the limit: tell head}},"
        " due: {moment: 2 hours after a.at, late: {at the limit: tell head}}}\n"
        "{step: e, zh: 戊, by: clerk,"
        " within: [{clock: x, zh: 子, limit: 1 hour, late: {at the limit: tell head}}]}\n"
        "{step: f, zh: 己, by: clerk, within: 1 hour, late: {1 hour after: tell head}}\n"
        "{step: g, zh: 庚, by: clerk, within: 1 hour}",
    ),
    (
        "{needs: [{that: amount > 5, else: 太少}], checklist: [已看], rests-on: 第一条}",
        "{step: a, zh: 甲, by: clerk, needs: [], checklist: [已查]}\n"
        "{step: b, zh: 乙, by: clerk, rests-on: 第二条}",
        "{step: a, zh: 甲, by: clerk, checklist: [已查], rests-on: 第一条}\n"
        "{step: b, zh: 乙, by: clerk, rests-on: 第二条, checklist: [已看],"
        " needs: [{that: amount > 5, else: 太少}]}",
    ),
]


@pytest.mark.parametrize(("every_step", "short", "long"), SAME)
def test_a_pack_with_defaults_is_the_pack_that_says_it_at_every_step(
    every_step: str, short: str, long: str
) -> None:
    assert nodes(with_steps(short, every_step)) == nodes(with_steps(long))


def test_steps_inside_blocks_take_them_too() -> None:
    text = pack(
        every_step="{by: clerk}",
        process="\n  - stage: s\n    zh: 段\n    steps:\n      - parallel:\n"
        "          - {step: a, zh: 甲}\n          - {step: b, zh: 乙}\n  - {end: done, zh: 完成}",
    )
    found = compile_pack(text).nodes
    assert (found["a"].step.by.roles, found["b"].step.by.roles) == (("clerk",), ("clerk",))


def test_a_mistake_in_a_default_is_told_once_at_its_place() -> None:
    steps = "\n".join(f"{{step: s{n}, zh: 步, within: 1 hour}}" for n in range(4))
    problem = refused(with_steps(steps, "{by: clerk, late: {at the limit: tell ▸hed}}"))
    assert (problem.code, problem.facts["nearest"]) == ("unknown-role", "head")


def test_a_default_that_cannot_hold_for_a_step_names_the_step() -> None:
    problem = refused(
        with_steps("{step: a, zh: 甲}\n{step: b, zh: 乙}", "{by: clerk, needs: [▸a]}")
    )
    assert problem.code == "needs-never-met"
    assert problem.read("en").endswith("(for the step “a”)")
    assert problem.read("zh").endswith("（用于步骤“a”时）")


@pytest.mark.parametrize("word", ["outcomes", "returns-to", "when", "zh", "fields", "covers"])
def test_what_belongs_to_one_step_is_refused(word: str) -> None:
    text = with_steps("{step: a, zh: 甲, by: clerk}", f"{{▸{word}: [x]}}")
    assert refused(text).code == "not-for-every-step"


def test_what_no_step_carries_is_unknown() -> None:
    problem = refused(with_steps("{step: a, zh: 甲, by: clerk}", "{▸wihtin: 1 hour}"))
    assert (problem.code, problem.facts["nearest"]) == ("unknown-key", "within")


def test_a_default_that_no_step_takes_is_told() -> None:
    text = with_steps("{step: a, zh: 甲, by: clerk}", "{▸late: {at the limit: tell head}}")
    assert warned(text).code == "default-of-no-step"


def test_a_variant_changes_the_defaults_of_its_base_and_does_without_them() -> None:
    base = with_steps("{step: a, zh: 甲}\n{step: b, zh: 乙, within: 2 hours}",
                      "{by: clerk, within: 1 hour}")  # fmt: skip
    text = (
        "pack: ours\nversion: 1\nextends: demo@1\nevery-step: {by: head}\n"
        "changes: [{step: b, within: []}]\n"
    )
    found = compile_pack(text, bases={"demo@1": PackText(base)}).nodes
    assert found["a"].step.by.roles == ("head",)
    assert len(found["a"].limits) == 1
    assert found["b"].limits == ()
