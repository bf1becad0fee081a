"""Cases that call one another, on both their pages; what did not come about is seen to there."""

from __future__ import annotations

import logging

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.errands import run_errands
from tuoban.runtime.cases.models import CalledCase
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.people.service import grant


def heard(shop: Shop, name: str) -> Outcome:
    """A case that has come to its call, which the worker has tried to begin."""
    for slug in ("shop-visit", "shop-help"):
        text = PACK_FOLDER.joinpath(f"{slug}.yaml").read_text(encoding="utf-8")
        definitions.publish(slug, text, None, NINE)
    grant(shop["min"], "clerk", shop.units["east"])
    data = {"what": "屏幕坏了", "name": name}
    case = service.start_case(
        "shop-help", "ask", by=shop["mei"], data=data, at=now(), key=shop.key()
    )
    shop.complete(shop.item(case, "hear"), "mei", at=now())
    run_errands(now())
    return case


def test_both_pages_show_the_other_case(shop: Shop, visit: Visit) -> None:
    case = heard(shop, "王建国")
    (called,) = CalledCase.objects.all()
    assert called.case is not None
    page = Page(visit("mei").get(f"/desk/cases/{case.number}"))
    assert called.case.number in page.text
    assert not page.all("a", href=f"/desk/cases/{called.case.number}"), "it is not hers to see"
    assert "转去办“上门维修”，等它办结" in page.text
    found = Page(visit("root").get(f"/desk/cases?q={case.number}"))
    assert called.case.number in found.text, "a number finds what is linked to it"
    there = Page(visit("lei").get(f"/desk/cases/{called.case.number}"))
    assert f"来自工单 {case.number}" in there.text
    staff = Page(visit("root", "en").get(f"/desk/cases/{called.case.number}"))
    assert staff.all("a", href=f"/desk/cases/{case.number}")
    assert f"“Visit” was called by case {case.number}" in staff.text


def test_what_did_not_come_about_is_tried_again_and_given_up(
    shop: Shop, visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    case = heard(shop, "")
    (called,) = CalledCase.objects.all()
    address = f"/desk/cases/{case.number}"
    assert "没有办成" in Page(visit("mei").get(address)).text
    assert "现在重试" not in Page(visit("mei").get(address)).text
    chief = visit("min")
    assert "现在重试" in Page(chief.get(address)).text
    assert "“上门维修”转不过去，请打开工单查看原因" in Page(chief.get("/desk/notices")).text
    assert chief.post(f"{address}/calls/{called.number}/retry", {"key": "a"}).status_code == 302
    refused = chief.post(f"{address}/calls/{called.number}/give-up", {"key": "b", "reason": " "})
    assert refused.status_code == 422
    box = Page(refused).by_id(f"give-up-{called.number}-reason")
    assert box is not None
    assert box.attributes["aria-invalid"] == "true"
    sent = {"key": "b", "reason": "缺姓名"}
    assert chief.post(f"{address}/calls/{called.number}/give-up", sent).status_code == 302
    page = Page(chief.get(address))
    assert "不再等“上门维修”：缺姓名" in page.text
    assert "没有开始" in page.text
    assert chief.post(f"{address}/calls/{called.number}/retry", {"key": "c"}).status_code == 409
    again = chief.post(f"{address}/calls/99/give-up", {"key": "d", "reason": "x"})
    assert again.status_code == 409
