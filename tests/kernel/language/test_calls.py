"""Calls of other packs: what is handed in and asked back is held against what is called."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.kernel.language.support import process, split_mark
from tuoban.kernel.definition import Link
from tuoban.kernel.language import CalledPacks, PackError, PackText, check_pack, compile_pack
from tuoban.kernel.language.texts import TEXTS

CALLED = """
pack: repair
version: 1
title: 维修
roles: {fitter: 技工}
fields:
  what: {type: text, zh: 报修内容, required: true}
  who: {type: text, zh: 联系人, personal: true}
  on: {type: date, zh: 日期}
  hard: {type: boolean, zh: 难修, required: true, show-when: on != null}
  cost: {type: money, zh: 费用}
  parts: {type: list, of: text, zh: 配件}
starts:
  - {request: ask, zh: 报修, by: fitter, form: [what, who, on, hard]}
process:
  - {step: mend, zh: 修, by: fitter, form: [cost, parts]}
  - {end: mended, zh: 修好}
"""
TWO = CALLED.replace("starts:", "starts:\n  - {request: hint, zh: 提醒, by: fitter, form: [what]}")
KNOWN = CalledPacks({"repair@1": PackText(CALLED), "two@1": PackText(TWO.replace("repair", "two"))})


def calling(call: str, after: str = "") -> str:
    step = """
- step: work
  zh: 办理
  by: clerk
  fields: {who: {type: text, zh: 姓名, personal: true}}
  form: [who]
"""
    text = process(f"{step}{call.strip()}\n{after}- {{end: done, zh: 完成}}")
    return text.replace(
        "\n  note:",
        "\n  lines: {type: list, of: text, zh: 多项}"
        "\n  name: {type: text, zh: 姓名, personal: true}\n  note:",
    )


def fixing(more: str) -> str:
    return f"- {{call: repair, as: fix, with: {{what: note}}, {more}}}"


BACK = CALLED.replace("- {end: mended", "- {call: demo, zh: 回, when: hard}\n  - {end: mended")
ON = CALLED.replace("pack: repair", "pack: relay").replace(
    "- {end: mended", "- {call: repair, zh: 再修, with: {what: what}}\n  - {end: mended"
)


@pytest.mark.parametrize(
    ("called", "circle"),
    [("repair", "demo → repair → demo"), ("relay", "demo → relay → repair → demo")],
)
def test_packs_that_call_one_another_are_told_with_the_circle(called: str, circle: str) -> None:
    packs = CalledPacks({"repair@1": PackText(BACK), "relay@1": PackText(ON)})
    text, place = split_mark(calling(f"- {{call: ▸{called}, as: fix, with: {{what: note}}}}"))
    report = check_pack(text, packs=packs)
    assert report.problems == ()
    (warning,) = (each for each in report.warnings if each.code == "packs-in-circle")
    assert ((warning.line, warning.column), warning.facts["circle"]) == (place, circle)


def test_packs_that_are_called_and_call_nobody_back_are_in_no_circle() -> None:
    report = check_pack(calling("- {call: repair, as: fix, with: {what: note}}"), packs=KNOWN)
    assert "packs-in-circle" not in {each.code for each in report.warnings}


PROBLEMS = {
    "unknown-process": "- {call: ▸repairs, with: {what: note}}",
    "request-needed": "- {▸call: two, with: {what: note}}",
    "unknown-called-request": "- {call: two, request: ▸hints, with: {what: note}}",
    "not-asked-for": "- {call: repair, with: {what: note, ▸cost: amount}}",
    "not-handed-in": "- {▸call: repair, with: {who: name}}",
    "handed-unfit": "- {call: repair, with: {what: ▸amount}}",
    "list-handed": "- {call: repair, with: {what: ▸lines}}",
    "personal-handed": "- {call: repair, with: {what: ▸name}}",
    "not-returned": fixing("returns: {▸costs: {type: money}}"),
    "personal-returned": fixing("returns: {▸who: {type: text}}"),
    "returned-unfit": fixing("returns: {▸cost: {type: text}}"),
    "not-together": fixing("▸within: 1 hour, without-waiting: true"),
}


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_call_is_held_against_what_is_called(code: str) -> None:
    text, place = split_mark(calling(PROBLEMS[code]))
    report = check_pack(text, packs=KNOWN)
    assert [(each.code, each.line, each.column) for each in report.problems] == [(code, *place)]
    problem = report.problems[0]
    assert re.search("[\u4e00-\u9fff]", problem.read("zh"))
    assert not re.search("[\u4e00-\u9fff]", problem.read("en").replace("报修内容", ""))
    assert code in TEXTS


def test_the_outcomes_of_what_is_called_are_known() -> None:
    fix = "- {call: repair, as: fix, with: {what: note}}"
    wrong = calling(fix, '- {step: more, zh: 再办, by: clerk, when: fix.outcome = "mendet"}\n')
    assert [each.code for each in check_pack(wrong, packs=KNOWN).problems] == ["unknown-option"]
    for outcome in ("mended", "cancelled"):
        check = check_pack(wrong.replace("mendet", outcome), packs=KNOWN)
        assert check.problems == ()


def test_what_it_means_does_not_depend_on_the_packs_that_are_known() -> None:
    call = (
        "- {call: repair, as: fix, with: {what: note, who: name}, returns: {cost: {type: money}}}"
    )
    text = calling(call)
    known, unknown = compile_pack(text, packs=KNOWN), compile_pack(text, packs=None)
    assert known.digest == unknown.digest
    link = known.nodes["fix"].construct
    assert isinstance(link, Link)
    assert (link.pack, link.request, link.handed) == ("repair", "", (("who", "name"),))
    other = unknown.nodes["fix"].construct
    assert isinstance(other, Link)
    assert replace(other, given=link.given) == link
    assert str(other.given) == str(link.given)


def test_what_comes_back_may_be_called_like_a_field_of_the_case() -> None:
    call = fixing("returns: {cost: {type: money}}").replace("what: note", 'what: "string(cost)"')
    text = calling(call).replace("  note:", "  cost: {type: money, zh: 费用}\n  note:", 1)
    assert check_pack(text, packs=KNOWN).problems == ()


def test_nothing_is_known_unless_packs_are_handed_in() -> None:
    text = calling("- {call: repair, with: {what: note}}")
    assert [each.code for each in check_pack(text).problems] == ["unknown-process"]


def test_packs_may_call_one_another() -> None:
    one = calling("- {call: other, with: {amount: amount, note: note}}")
    other = one.replace("call: other", "call: demo").replace("pack: demo", "pack: other")
    texts = {"demo@1": PackText(one), "other@1": PackText(other)}
    assert check_pack(one, packs=CalledPacks(texts)).problems == ()


def test_a_pack_that_cannot_be_compiled_is_none() -> None:
    packs = CalledPacks({"repair@1": PackText("pack: repair")})
    with pytest.raises(PackError):
        compile_pack(calling("- {call: repair, with: {what: note}}"), packs=packs)
    assert list(packs) == ["repair"]
