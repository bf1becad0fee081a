"""What holds for every step holds for those that do not say otherwise."""

from __future__ import annotations

import re

import pytest

from tests.kernel.language.support import pack, refused, warned
from tuoban.kernel.language import PackText, check_pack, compile_pack
from tuoban.kernel.language.every_step import FIT
from tuoban.services.installed import CATALOGUE

PRINTED = {
    "papers": "{deed: {zh: 契约, from: clerk}}",
    "documents": "{slip: {zh: 单据, text: '{note}'}}",
}


def with_steps(steps: str, every_step: str = "") -> str:
    lines = "".join(f"\n  - {line}" for line in steps.strip().splitlines())
    process = f"{lines}\n  - {{end: done, zh: 完成}}"
    fields = "\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}"
    sections = {"every_step": every_step} if every_step else {}
    return pack(
        process=process,
        fields=fields,
        settings="{quick: {type: duration, default: 1 hour, zh: 快}}",
        **(PRINTED if "deed" in steps + every_step else {}),
        **sections,
    )


def nodes(text: str) -> str:
    report = check_pack(text, catalogue=CATALOGUE)
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
    (
        "{due: 2 days after start.at, opens: 1 hour after start.at, takes: 1 hour}",
        "{step: a, zh: 甲, by: clerk}\n{step: b, zh: 乙, by: clerk, within: 1 hour}\n"
        "{step: c, zh: 丙, by: clerk, opens: 2 hours after start.at, takes: 2 hours}",
        "{step: a, zh: 甲, by: clerk, due: 2 days after start.at, opens: 1 hour after start.at,"
        " takes: 1 hour}\n"
        "{step: b, zh: 乙, by: clerk, within: 1 hour, opens: 1 hour after start.at,"
        " takes: 1 hour}\n"
        "{step: c, zh: 丙, by: clerk, due: 2 days after start.at, opens: 2 hours after start.at,"
        " takes: 2 hours}",
    ),
    (
        "{tell: {performer: sms, head: inbox}, transfer-to: head, signed-by: head}",
        "{step: a, zh: 甲, by: clerk}\n"
        "{step: b, zh: 乙, by: clerk, tell: [], transfer-to: nobody, signed-by: []}",
        "{step: a, zh: 甲, by: clerk, tell: {performer: sms, head: inbox}, transfer-to: head,"
        " signed-by: head}\n"
        "{step: b, zh: 乙, by: clerk, transfer-to: nobody}",
    ),
    (
        "{form: [note], fields: {seen: {type: boolean, zh: 已看}}, outcomes: {yes_: 是, no_: 否},"
        " valid-until: 1 day after start.at, covers: [amount]}",
        "{step: a, zh: 甲, by: clerk, form: [seen, note]}\n"
        "{step: b, zh: 乙, by: clerk, fields: [], outcomes: {on: 行}, valid-until: [], covers: []}",
        "{step: a, zh: 甲, by: clerk, form: [seen, note],"
        " fields: {seen: {type: boolean, zh: 已看}}, outcomes: {yes_: 是, no_: 否},"
        " valid-until: 1 day after start.at, covers: [amount]}\n"
        "{step: b, zh: 乙, by: clerk, form: [note], outcomes: {on: 行}}",
    ),
    (
        "{returns-to: [a], when: amount > 5, papers: [deed], print: [slip]}",
        "{step: a, zh: 甲, by: clerk, returns-to: [], when: []}\n{step: b, zh: 乙, by: clerk}\n"
        "{step: c, zh: 丙, by: clerk, returns-to: [b], when: amount > 7, papers: [], print: []}",
        "{step: a, zh: 甲, by: clerk, papers: [deed], print: [slip]}\n"
        "{step: b, zh: 乙, by: clerk, returns-to: [a], when: amount > 5, papers: [deed],"
        " print: [slip]}\n"
        "{step: c, zh: 丙, by: clerk, returns-to: [b], when: amount > 7}",
    ),
    (
        "{by: clerk, do: collect, amount: amount, tell: {head: inbox}, text: 来了}",
        "{step: a, zh: 甲}\n{step: b, zh: 乙, do: []}\n{step: c, zh: 丙, amount: amount + 1}\n"
        "{step: d, zh: 丁, do: charge, amount: 5}\n{step: e, zh: 戊, do: [], tell: []}\n"
        "{step: f, zh: 己, do: [], text: 别的}",
        "{step: a, zh: 甲, by: clerk, do: collect, amount: amount, tell: {head: inbox},"
        " text: 来了}\n"
        "{step: b, zh: 乙, by: clerk, tell: {head: inbox}, text: 来了}\n"
        "{step: c, zh: 丙, by: clerk, do: collect, amount: amount + 1, tell: {head: inbox},"
        " text: 来了}\n"
        "{step: d, zh: 丁, do: charge, amount: 5}\n{step: e, zh: 戊, by: clerk}\n"
        "{step: f, zh: 己, by: clerk, tell: {head: inbox}, text: 别的}",
    ),
]


@pytest.mark.parametrize(("every_step", "short", "long"), SAME)
def test_a_pack_with_defaults_is_the_pack_that_says_it_at_every_step(
    every_step: str, short: str, long: str
) -> None:
    assert nodes(with_steps(short, every_step)) == nodes(with_steps(long))


def test_what_people_do_is_not_for_steps_that_are_nobodys() -> None:
    defaults = "{by: clerk, checklist: [已看], tell: {head: inbox}, transfer-to: head}"
    steps = "{step: a, zh: 甲}\n{step: b, zh: 乙, do: charge, amount: amount}"
    report = check_pack(with_steps(steps, defaults), catalogue=CATALOGUE)
    assert report.problems == ()
    assert report.definition is not None
    assert report.definition.nodes["b"].step.is_unattended
    assert report.definition.nodes["b"].step.checklist == ()


def test_steps_inside_blocks_take_them_too() -> None:
    text = pack(
        every_step="{by: clerk}",
        process="\n  - stage: s\n    zh: 段\n    steps:\n      - parallel:\n"
        "          - {step: a, zh: 甲}\n          - {step: b, zh: 乙}\n  - {end: done, zh: 完成}",
    )
    found = compile_pack(text).nodes
    assert (found["a"].step.by.roles, found["b"].step.by.roles) == (("clerk",), ("clerk",))


def test_what_may_hold_for_every_step_is_tried_above() -> None:
    tried = {word for defaults, _, _ in SAME for word in FIT if re.search(rf"\b{word}:", defaults)}
    assert tried == set(FIT)


EVERYWHERE = """
process:
  - {step: plain, zh: 步}
  - stage: hall
    zh: 段
    steps: [{step: in_stage, zh: 步}]
    during:
      - {on: button, zh: 钮, by: head, then: [{step: in_button, zh: 步}]}
      - {every: 2 days, then: [{step: in_every, zh: 步}]}
      - {message: ping, then: [{step: in_message, zh: 步}]}
      - {at: 1 day after start.at, then: [{step: in_moment, zh: 步}]}
      - {when: amount > 5, then: [{step: in_when, zh: 步}]}
  - choose:
      - when: amount > 1
        then: [{step: in_choice, zh: 步}]
      - otherwise: [{step: otherwise_done, zh: 步}]
  - parallel:
      - {step: a_branch, zh: 步}
      - {step: beside, zh: 步}
  - {repeat: rounds, until: rounds.round = 2, steps: [{step: in_round, zh: 步}]}
  - {each: part, in: parts, steps: [{step: of_part, zh: 步}]}
  - plan: works
    zh: 计划
    steps:
      - {step: planned, zh: 步}
      - {step: extra, zh: 步, optional: true}
  - {call: lend, as: lending}
  - step: long_one
    zh: 步
    within: 1 day
    late: {1 day after: [{step: when_late, zh: 步}]}
    undo: [{step: undone, zh: 步}]
  - {end: done, zh: 完成, undo: true}
processes:
  lend: {zh: 借, steps: [{step: in_process, zh: 步}, {end: lent, zh: 借出}]}
cancel:
  then: [{step: on_cancel, zh: 步}]
"""


def test_steps_in_every_construct_take_them() -> None:
    fields = (
        "\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}\n"
        "  parts: {type: list, of: text, zh: 件}"
    )
    head = pack(
        fields=fields,
        messages="{ping: {zh: 呼}}",
        every_step="{by: clerk, tell: {performer: sms}, checklist: [已看], transfer-to: head,"
        " fields: {seen: {type: text, zh: 所见}}, form: [seen], outcomes: {fine: 好, bad: 差}}",
        process="",
    )
    nodes = compile_pack(head + EVERYWHERE.lstrip()).nodes
    steps = {key: node.step for key, node in nodes.items() if node.kind == "step"}
    assert {"lending.in_process", "when_late", "undone", "on_cancel", "of_part"} <= steps.keys()
    assert len(steps) == 20
    for step in steps.values():
        assert step.by.roles == ("clerk",)
        assert [line.text.zh for line in step.checklist] == ["已看"]
        assert step.tell is not None
        assert step.transfer_to is not None
        assert step.fields == ("seen",)
        assert [each.key for each in step.outcomes] == ["fine", "bad"]


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


@pytest.mark.parametrize(
    ("word", "why"),
    [("step", "a name belongs"), ("zh", "a name belongs"), ("en", "a name belongs"),
     ("undo", "holds steps"), ("during", "holds steps"), ("optional", "entry of a plan")],
)  # fmt: skip
def test_what_belongs_to_one_step_is_refused_with_why(word: str, why: str) -> None:
    problem = refused(with_steps("{step: a, zh: 甲, by: clerk}", f"{{▸{word}: [x]}}"))
    assert problem.code == "not-for-every-step"
    assert why in problem.read("en")


@pytest.mark.parametrize(
    "limit",
    [
        "within: 1 hour, late: {▸at the limit: [STEP]}",
        "due: {due: at, late: {▸at the limit: STEP}}",
    ],
)
def test_steps_of_lateness_would_take_the_default_without_end(limit: str) -> None:
    default = limit.replace("STEP", "{step: b, zh: 乙, by: clerk}")
    problem = refused(with_steps("{step: a, zh: 甲, by: clerk}", f"{{{default}}}"))
    assert problem.code == "not-for-every-step"
    assert "holds steps" in problem.read("en")


def test_outcomes_of_an_activity_are_the_steps_own() -> None:
    text = with_steps(
        "{step: a, zh: 甲, do: callback, when: amount > 5}\n{step: b, zh: 乙}",
        "{by: clerk, outcomes: {fine: 好, bad: 差}}",
    )
    found = compile_pack(text, catalogue=CATALOGUE).nodes
    own = [each.key for each in found["a"].step.outcomes]
    assert own
    assert not {"fine", "bad"} & set(own)
    assert [each.key for each in found["b"].step.outcomes] == ["fine", "bad"]


def test_papers_are_taken_in_by_nobody_where_the_step_is_nobodys() -> None:
    text = with_steps(
        "{step: a, zh: 甲}\n{step: b, zh: 乙, do: charge, amount: 5}",
        "{by: clerk, papers: [deed], form: [note], outcomes: {fine: 好, bad: 差}, print: [slip]}",
    )
    step = compile_pack(text, catalogue=CATALOGUE).nodes["b"].step
    assert (step.papers, step.form, step.outcomes) == ((), (), ())
    assert step.prints


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
