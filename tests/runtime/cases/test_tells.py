"""`tell` through the runtime: notices in the inbox, in the reader's language, opened for them."""

from __future__ import annotations

import pytest

from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.models import JournalEntry, Notice
from tuoban.runtime.cases.queries import case_page, notices
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.people.service import grant

PACK = """
pack: telling
version: 2026.1
title: 通知
case: {title: "{fault}"}
roles: {clerk: 前台, mender: 维修工, chief: 主管}
fields:
  owner: {type: text, zh: 客户, personal: true}
  fault: {type: text, zh: 故障}
  price: {type: money, zh: 金额}
starts: [{request: ask, zh: 申请, by: [clerk], form: [owner, fault, price]}]
process:
  - {step: look, zh: 检查, by: mender, form: [price], tell: {performer: inbox}}
  - tell: {clerk: inbox, chief: inbox}
    text: {zh: "{owner}的报价 {price}", en: "Quote of {price} for {owner}"}
  - step: mend
    zh: 维修
    by: {same-as: look, role: mender}
    tell: {performer: inbox}
    text: {zh: "请修：{fault}", en: "Please mend: {fault}"}
    returns-to: [look]
  - {end: done, zh: 完成}
"""


@pytest.fixture
def case(shop: Shop) -> Outcome:
    definitions.publish("telling", PACK, None, NINE)
    data = {"owner": "王建国", "fault": "不开机"}
    return service.start_case("telling", "ask", by=shop["mei"], data=data, at=NINE, key=shop.key())


def inbox(shop: Shop, who: str) -> list[str]:
    """What somebody was told, oldest first."""
    return [each.sentence.zh for each in reversed(notices(shop[who]))]


def test_everybody_in_the_pool_is_told_that_work_has_come(shop: Shop, case: Outcome) -> None:
    assert inbox(shop, "lei") == inbox(shop, "han") == ["“检查”到您这里了"]
    assert inbox(shop, "qi") == []


def test_a_notice_is_in_words_with_personal_values_for_those_told(
    shop: Shop, case: Outcome
) -> None:
    shop.complete(shop.item(case, "look"), "lei", price="60")
    assert inbox(shop, "mei") == ["王建国的报价 ¥60.00"]
    (notice,) = notices(shop["min"])
    assert notice.sentence.en == "Quote of ¥60.00 for 王建国"
    assert "王建国" not in Notice.objects.get(pk=notice.notice_id).facts
    assert not JournalEntry.objects.filter(case=case.case_id, payload__contains="王建国").exists()


def test_whoever_holds_two_of_the_roles_is_told_once(shop: Shop, case: Outcome) -> None:
    grant(shop["mei"], "chief", shop.units["east"])
    shop.complete(shop.item(case, "look"), "lei", price="60")
    assert inbox(shop, "mei") == ["王建国的报价 ¥60.00"]


def test_a_notice_keeps_what_it_said_and_hides_what_was_erased(shop: Shop, case: Outcome) -> None:
    shop.complete(shop.item(case, "look"), "lei", price="60")
    service.erase_personal_values(
        case.case_id, reason="客户要求", by=shop["root"], at=NINE, key=shop.key()
    )
    assert inbox(shop, "mei") == ["（已删除）的报价 ¥60.00"]


def test_work_given_to_somebody_is_told_once_in_the_words_of_the_process(
    shop: Shop, case: Outcome
) -> None:
    shop.complete(shop.item(case, "look"), "lei", price="60")
    assert inbox(shop, "lei") == ["“检查”到您这里了"]  # nobody is told what they did themselves
    item = shop.item(case, "mend")
    service.transfer(item, to=shop["han"], reason="换人", by=shop["lei"], at=NINE, key=shop.key())
    assert inbox(shop, "han")[1:] == ["请修：不开机"]


def test_work_that_goes_back_is_told_to_whoever_did_it(shop: Shop, case: Outcome) -> None:
    shop.complete(shop.item(case, "look"), "lei", price="60")
    item = shop.item(case, "mend")
    service.transfer(item, to=shop["han"], reason="换人", by=shop["lei"], at=NINE, key=shop.key())
    service.return_to(item, to="look", reason="价错", by=shop["han"], at=NINE, key=shop.key())
    assert inbox(shop, "lei")[1:] == ["“检查”已交给您办理"]


def test_the_timeline_tells_who_was_told_what(shop: Shop, case: Outcome) -> None:
    shop.complete(shop.item(case, "look"), "lei", price="60")
    told = [each.sentence.zh for each in case_page(shop["lei"], case.case_id, NINE).timeline]
    assert [each for each in reversed(told) if "通知" in each] == [
        "已通知维修工：“检查”待办",
        "已通知前台：王建国的报价 ¥60.00",
        "已通知主管：王建国的报价 ¥60.00",
        "已通知李雷：请修：不开机",
    ]
