"""Correcting a field on its own page."""

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import Shop
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.service import Outcome

HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(shop: Shop) -> Outcome:
    return shop.start(at=now())


def address(case: Outcome, name: str, place: int = 0) -> str:
    return f"/desk/cases/{case.number}/correct/{place}/{name}"


def test_a_field_is_corrected_from_the_case_page(shop: Shop, case: Outcome, visit: Visit) -> None:
    mei = visit("mei")
    page = Page(mei.get(f"/desk/cases/{case.number}"))
    links = {each.attributes.get("href") for each in page.all("a")}
    assert address(case, "fault") in links
    page = Page(mei.get(address(case, "fault")))
    assert page.value("f.fault") == "不开机"
    sent = {"key": "c", "f.fault": "不充电", "reason": "听错了"}
    answer = mei.post(address(case, "fault"), sent)
    assert answer["Location"] == f"/desk/cases/{case.number}"
    page = Page(mei.get(f"/desk/cases/{case.number}"))
    assert "“故障”已更正。" in page.text
    assert "更正“故障”：不开机 → 不充电；原因：听错了" in page.text


def test_what_is_wrong_stands_beside_its_entry_and_nothing_typed_is_lost(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    mei = visit("mei")
    for headers in ({}, HTMX):
        sent = {"key": "c", "f.phone": "123", "reason": "抄错"}
        answer = mei.post(address(case, "phone"), sent, headers=headers)
        assert answer.status_code == 422
        page = Page(answer)
        assert page.value("f.phone") == "123"
        assert "抄错" in page.text
        assert "请填写 11 位手机号" in page.text
    answer = mei.post(address(case, "phone"), {"key": "d", "f.phone": "13900139000"})
    page = Page(answer)
    assert page.value("f.phone") == "13900139000"
    assert "请写明原因" in page.text


def test_others_are_not_offered_it_and_are_told_why(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    lei = visit("lei")
    assert "/correct/" not in lei.get(f"/desk/cases/{case.number}").content.decode()
    assert "只有填写人或负责人可以更正" in Page(lei.get(address(case, "fault"))).text
    sent = {"key": "c", "f.fault": "不充电", "reason": "听错了"}
    answer = lei.post(address(case, "fault"), sent)
    assert answer.status_code == 422
    assert "“故障”只能由填写人或负责人更正" in Page(answer).refusal
    for gone in (address(case, "nothing"), address(case, "fault", 7)):
        assert lei.get(gone).status_code == 404
        assert lei.post(gone, sent).status_code == 404


def test_in_english(shop: Shop, case: Outcome, visit: Visit) -> None:
    mei = visit("mei")
    mei.post("/desk/language", {"language": "en", "next": "/desk/"})
    assert "Correct “Fault”" in Page(mei.get(address(case, "fault"))).text
