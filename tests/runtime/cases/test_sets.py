"""`set` through the runtime: the rows follow, and the timeline tells it."""

from __future__ import annotations

import pytest

from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.cases.service import Outcome

PACK = """
pack: setting
version: 2026.1
title: 设定
case: {priority: level}
roles: {clerk: 前台, mender: 维修工}
fields:
  level: {type: choice, zh: 级别, options: {high: 高, low: 低}, default: low}
  price: {type: money, zh: 金额, min: 0}
  note: {type: text, zh: 说明}
starts: [{request: ask, zh: 申请, by: [clerk], form: [price, level]}]
process:
  - {step: look, zh: 检查, by: mender, form: [note]}
  - {set: {level: high, note: null, price: price - 10}, zh: 调整}
  - {step: after, zh: 复核, by: mender}
  - {end: done, zh: 完成}
"""


@pytest.fixture
def case(shop: Shop) -> Outcome:
    definitions.publish("setting", PACK, None, NINE)
    data = {"price": "5", "level": "low"}
    begun = service.start_case("setting", "ask", by=shop["mei"], data=data, at=NINE, key=shop.key())
    return shop.complete(shop.item(begun, "look"), "lei", note="先看看")


def test_the_timeline_tells_the_values_apart(shop: Shop, case: Outcome) -> None:
    told = [each.sentence for each in case_page(shop["lei"], case.case_id, NINE).timeline]
    assert [each.zh for each in reversed(told)] == [
        "陈小美发起“申请”，级别：低，金额：¥5.00",
        "李雷办结“检查”，说明：先看看",
        "调整，级别：高，金额没有合适的值，留空，说明清空",
    ]


def test_the_rows_follow(shop: Shop, case: Outcome) -> None:
    assert Case.objects.get(pk=case.case_id).priority_rank == 0
    assert audit().is_clean
