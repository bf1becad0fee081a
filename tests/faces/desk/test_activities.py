"""Steps that have a service do something, on the case page."""

from __future__ import annotations

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, Shop
from tests.services.rehearsing import begin, finish
from tuoban.runtime.cases import service
from tuoban.runtime.cases.models import Notice
from tuoban.runtime.cases.service import Outcome
from tuoban.services.parts.service import deliver

SOLD = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: issue, en: Issue, by: clerk, do: issue-parts, for: offer.parts}
  - {step: bill, en: Bill, do: charge, amount: fee}
  - {step: pay, en: Pay, by: clerk, do: collect}
  - {end: sold}
"""
PAID_FIRST = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: pay, en: Pay, by: clerk, do: collect}
  - {step: issue, en: Issue, by: clerk, do: issue-parts, for: offer.parts}
  - {step: hand_over, en: Hand over, by: clerk, returns-to: [offer]}
  - {end: sold}
"""
LINES = {"f.lines.+1.item": "灯", "f.lines.+1.part": "W-1", "f.lines.+1.price": "20"}


def at(case: Outcome) -> str:
    return f"/desk/cases/{case.number}"


def complete(shop: Shop, case: Outcome, step: str) -> str:
    item = shop.item(case, step)
    service.claim(item, by=shop["mei"], at=NINE, key=shop.key())
    return f"/desk/items/{item}/complete"


def test_a_quote_is_entered_line_by_line_and_shown_with_its_total(shop: Shop, visit: Visit) -> None:
    case, mei = begin(shop, SOLD, fee="5"), visit("mei")
    where = complete(shop, case, "offer")
    page = Page(mei.post(where, {**LINES, "f.lines.+1.quantity": "0", "key": "k1"}))
    assert "不能小于 1。" in page.text
    assert mei.post(where, {**LINES, "f.lines.+1.quantity": "2", "key": "k2"}).status_code == 302
    assert "报价合计 ¥40.00" in Page(mei.get(at(case))).text


def test_what_a_service_objects_to_is_told_where_no_entry_is_wrong(
    shop: Shop, visit: Visit
) -> None:
    deliver("W-1", 1, at=NINE)
    case, mei = begin(shop, SOLD, fee="5"), visit("mei")
    finish(
        shop,
        case,
        "offer",
        "mei",
        lines=[{"item": "灯", "part": "W-1", "quantity": "2", "price": "1"}],
    )()
    page = Page(mei.post(complete(shop, case, "issue"), {"key": "k1"}))
    assert "领 2 件，库存 1 件" in page.text
    assert "W-1 库存 1 件，要领 2 件。" in page.text


def test_what_is_to_be_taken_stands_above_the_form_and_what_was_taken_in_the_case(
    shop: Shop, visit: Visit
) -> None:
    case, mei = begin(shop, SOLD, fee="5"), visit("mei")
    finish(shop, case, "offer", "mei", lines=[{"item": "灯", "quantity": "2", "price": "20"}])()
    finish(shop, case, "issue", "mei")()
    where = complete(shop, case, "pay")
    shown = Page(mei.get(at(case)))
    assert "应收 ¥45.00" in shown.text
    assert shown.value("f.taken") == "45.00"
    page = Page(mei.post(where, {"f.method": "cash", "f.taken": "4.5", "key": "k1"}))
    assert "这次应收 45.00，填的是 4.5" in page.text
    assert mei.post(where, {"f.method": "cash", "f.taken": "45", "key": "k2"}).status_code == 302
    assert "系统办结“Bill”" in Page(mei.get(at(case))).text


def test_of_a_payment_done_again_the_difference_stands_in_the_entry_until_something_is_typed(
    shop: Shop, visit: Visit
) -> None:
    deliver("W-1", 3, at=NINE)
    case, mei = begin(shop, PAID_FIRST), visit("mei")
    row = {"item": "灯", "part": "W-1", "quantity": "2"}
    finish(shop, case, "offer", "mei", lines=[{**row, "price": "20"}])()
    finish(shop, case, "pay", "mei", method="cash", taken="40")()
    finish(shop, case, "issue", "mei")()
    kept = Page(mei.get(at(case))).text
    assert "费用 应收款 ¥40.00 已收款 ¥40.00 未收款 ¥0.00" in kept
    assert "领用与借出 W-1 2 件" in kept
    back, key = shop.item(case, "hand_over"), shop.key()
    service.return_to(back, to="offer", reason="便宜些", by=shop["mei"], at=NINE, key=key)
    finish(shop, case, "offer", "mei", lines=[{**row, "price": "15"}])()
    where = complete(shop, case, "pay")
    page = Page(mei.get(at(case)))
    assert "应退（实收填负数） -¥10.00" in page.text
    assert page.value("f.taken") == "-10.00"
    mei.post(where.replace("complete", "draft"), {"f.method": "cash", "f.taken": ""})
    assert Page(mei.get(at(case))).value("f.taken") == ""
    assert mei.post(where, {"f.method": "cash", "f.taken": "-10", "key": "k1"}).status_code == 302
    assert "应收款 ¥30.00 已收款 ¥30.00 未收款 ¥0.00" in Page(mei.get(at(case))).text


def test_what_the_system_could_not_do_is_tried_again_by_staff(shop: Shop, visit: Visit) -> None:
    case = begin(shop, SOLD)
    finish(shop, case, "offer", "mei", lines=[{"item": "灯", "quantity": "2", "price": "20"}])()
    finish(shop, case, "issue", "mei")()
    assert "再试一次" not in Page(visit("mei").get(at(case))).text
    told = Notice.objects.get(case=case.case_id, code="failed")
    assert told.user == shop["min"]
    assert "系统没能办成“Bill”，请打开工单查看原因" in Page(visit("min").get("/desk/notices")).text
    assert "系统没能办理： 金额还算不出来。" in Page(visit("mei").get(at(case))).text
    service.correct_field(
        case.case_id, "fee", "5", reason="忘填", by=shop["min"], at=NINE, key=shop.key()
    )
    where = f"/desk/items/{shop.item(case, 'bill')}/try-again"
    assert visit("mei").post(where, {"key": "k1"}).status_code == 422
    visit("root").post(where, {"key": "k2"})
    assert shop.item(case, "pay")
