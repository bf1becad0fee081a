"""Cancelling at the desk, where the pack says what is to be done then."""

from __future__ import annotations

from tests.faces.desk.conftest import Visit
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import audit, definitions, service

PACK = """
pack: shop-seats
version: 1
language: en
title: Seats
roles: {clerk: Clerk, mender: Mender, chief: Chief}
fields: {what: {type: text, en: What}}
starts: [{request: seat, en: Seat, by: clerk, form: [what]}]
process:
  - {step: keep, en: Keep it, by: mender}
  - {step: greet, en: Greet, by: mender}
  - {end: seated, en: Seated}
cancel:
  by: clerk
  then:
    - {step: write, en: Write to them, by: clerk, form: [what]}
"""


def test_what_is_done_on_cancel_is_work_on_the_page_until_the_case_ends(
    visit: Visit, shop: Shop
) -> None:
    definitions.publish("shop-seats", PACK, None, NINE)
    case = service.start_case(
        "shop-seats", "seat", by=shop["mei"], data={}, at=NINE, key=shop.key()
    )
    shop.complete(shop.item(case, "keep"), "lei")
    mei, at = visit("mei", "en"), f"/desk/cases/{case.number}"
    mei.post(f"{at}/cancel", {"key": "c", "reason": "Full"})
    page = mei.get(at).content.decode()
    assert "Cancelling has begun" in page
    assert "The case is cancelled." not in page
    assert "it ends once the steps that undo and close it are done" in page
    strip = page.partition('class="strip"')[2].partition("</ol>")[0]
    assert "withdrawn" in strip
    assert "ahead" not in strip
    assert "Write to them" in page
    assert "The case is wound up before it ends" in page
    shop.complete(shop.item(case, "write"), "mei")
    page = visit("mei").get(f"/desk/cases/{case.number}").content.decode()
    assert "已作废" in page
    assert audit.audit().is_clean
