"""What a scenario may leave out, and how lists are told apart."""

from __future__ import annotations

import pytest

from tuoban.runtime.rehearsal import play, read_scenarios

PACK = """\
pack: order
version: "1"
title: 订单
roles: {clerk: 柜员, customer: {zh: 客户, recorded-by: clerk}}
records:
  line:
    part:   {type: text, zh: 配件, en: Part}
    count:  {type: integer, zh: 数量, en: Count}
    double: {type: integer, is: count * 2, zh: 两倍}
fields:
  lines: {type: list, of: line, zh: 明细, en: Lines}
  tags:  {type: list, of: text, zh: 标签, en: Tags}
starts:
  - {request: ask, zh: 下单, by: clerk, form: [lines, tags]}
process:
  - {step: agree, zh: 确认, by: clerk, signed-by: customer}
  - {end: done, zh: 办完}
"""
OTHER_START = "\n  - {request: ask_again, zh: 再下单, by: clerk, form: [lines]}\nprocess:"
SCENARIO = """\
- scenario: two parts
  cast: {mei: clerk}
  start: {by: mei, lines: [{part: 灯, count: 1}, {part: 线, count: 2}], tags: [急, 新]}
  play:
    - {mei: agree, signature: customer}
  expect:
    ended: done
    values: {lines: [{part: 灯, count: 1}, {part: 线, count: 2}], tags: [急, 新]}
"""


def failures(text: str, pack: str = PACK) -> list[str]:
    (scenario,) = read_scenarios(text)
    return [each.text.en for each in play(scenario, pack, "").lines if each.failed]


def expecting(values: str) -> str:
    return SCENARIO[: SCENARIO.index("values:")] + f"values: {{{values}}}\n"


@pytest.mark.django_db
def test_what_is_asked_for_need_not_be_said_where_there_is_one_request() -> None:
    assert failures(SCENARIO) == []


@pytest.mark.django_db
def test_of_several_requests_one_must_be_named() -> None:
    several = PACK.replace("\nprocess:", OTHER_START)
    assert failures(SCENARIO, several) == ["say with request which one: ask, ask_again"]
    assert failures(SCENARIO.replace("by: mei, ", "by: mei, request: ask, "), several) == []


@pytest.mark.django_db
@pytest.mark.parametrize("signed", ["signature: customer", "signatures: [customer]"])
def test_one_signature_or_several_may_be_given(signed: str) -> None:
    assert failures(SCENARIO.replace("signature: customer", signed)) == []
    assert failures(SCENARIO.replace(", signature: customer", "")) == [
        "refused (invalid): signature:customer: The signature of 客户 is missing."
    ]


APART = {
    "a cell": (
        "lines: [{part: 灯, count: 1}, {part: 线, count: 3}]",
        ["Lines row 2 Count: 2, expected 3"],
    ),
    "two cells": (
        "lines: [{part: 灯, count: 4}, {part: 管, count: 2}]",
        ["Lines row 1 Count: 1, expected 4", "Lines row 2 Part: 线, expected 管"],
    ),
    "a row too many": (
        "lines: [{part: 灯, count: 1}]",
        ["Lines row 2: 线, 2, expected nothing"],
    ),
    "a row too few": (
        "lines: [{part: 灯, count: 1}, {part: 线, count: 2}, {part: 管}]",
        ["Lines row 3: nothing, expected 管, —"],
    ),
    "a plain value": ("tags: [急, 旧]", ["Tags row 2: 新, expected 旧"]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", APART)
def test_of_a_list_it_is_told_where_it_differs(case: str) -> None:
    values, told = APART[case]
    assert failures(expecting(values)) == told


REVIEWED = SCENARIO.replace("{mei: clerk}", "{mei: clerk, li: aide}").replace(
    "    - {mei: agree, ",
    "    - {li: agree, outcome: yes_all, refused: not-performer}\n"
    "    - {mei: agree, outcome: yes_all, ",
)
REVIEWING = PACK.replace("clerk: 柜员", "clerk: 柜员, aide: 帮手").replace(
    "zh: 确认, ", "zh: 确认, en: Agree, outcomes: {yes_all: {zh: 同意, en: Agreed}}, "
)


@pytest.mark.django_db
def test_every_step_is_told_with_its_end_and_a_refusal_beside_what_was_tried() -> None:
    (scenario,) = read_scenarios(REVIEWED)
    told = [each.text.en for each in play(scenario, REVIEWING, "").lines]
    assert told[1:3] == [
        "li completes “Agree” with “Agreed”; refused as expected: not-performer",
        "mei completes “Agree” with “Agreed”",
    ]
