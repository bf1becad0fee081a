"""Whose cases they are, and where they are kept, on lists and pages."""

from __future__ import annotations

from datetime import date

from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import audit, definitions, queries, service
from tuoban.runtime.cases.models import Case, WorkItem

PACK = """
pack: owned
version: 1
language: zh
title: 归属
case:
  owner: {same-as: receive, role: chief}
  archive: {class: 维修档案, keep: 2 years}
roles: {clerk: 接待, mender: 师傅, chief: 主管}
fields: {what: {type: text, zh: 事项}}
starts: [{request: go, zh: 申请, by: clerk, form: [what]}]
process:
  - {step: receive, zh: 接单, by: mender}
  - {step: mend, zh: 修理, by: mender}
  - {end: done, zh: 完成}
"""


def mine(shop: Shop, who: str) -> list[str]:
    return [row.number for row in queries.case_list(shop[who], NINE, state="mine").rows]


def test_a_case_is_listed_with_whose_it_is(shop: Shop) -> None:
    definitions.publish("owned", PACK, None, NINE)
    case = service.start_case(
        "owned", "go", by=shop["mei"], data={"what": "灯"}, at=NINE, key=shop.key()
    )
    assert mine(shop, "min") == [case.number]
    role = definitions.load("owned", "1").roles["chief"].label
    assert queries.case_page(shop["min"], case.case_id, NINE).owner == role
    item = WorkItem.objects.get(case=case.case_id, node="receive")
    service.complete(item.pk, outcome=None, by=shop["lei"], data={}, at=NINE, key=shop.key())
    assert (mine(shop, "lei"), mine(shop, "min"), mine(shop, "han")) == ([case.number], [], [])
    assert Case.objects.get(pk=case.case_id).owner == shop["lei"]
    owner = queries.case_list(shop["min"], NINE).rows[0].owner
    assert owner is not None
    assert owner.zh == "李雷"
    assert audit.audit().is_clean


def test_an_ended_case_is_listed_by_its_shelf(shop: Shop) -> None:
    definitions.publish("owned", PACK, None, NINE)
    case = service.start_case(
        "owned", "go", by=shop["mei"], data={"what": "灯"}, at=NINE, key=shop.key()
    )
    assert queries.shelves(shop["min"]) == ()
    for node in ("receive", "mend"):
        item = WorkItem.objects.get(case=case.case_id, node=node)
        service.complete(item.pk, outcome=None, by=shop["lei"], data={}, at=NINE, key=shop.key())
    assert queries.shelves(shop["min"]) == ("维修档案",)
    found = queries.case_list(shop["min"], NINE, state="ended", shelf="维修档案").rows
    assert [(row.number, row.keep_until) for row in found] == [(case.number, date(2028, 3, 2))]
    assert queries.case_list(shop["min"], NINE, state="ended", shelf="别的").rows == ()
    page = queries.case_page(shop["min"], case.case_id, NINE)
    assert page.shelf == "维修档案"
    assert page.timeline[0].sentence.zh.endswith("归入“维修档案”，保管到 2028-03-02")
    assert audit.audit().is_clean
