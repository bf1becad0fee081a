"""Signing what somebody completed, at the desk."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.runtime.cases import audit, definitions, service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import Case, Notice, WorkItem
from tuoban.runtime.cases.queries import notices

FORM = {"f.total": "20", "f.account": "13800138000", "check.1": "1", "outcome": "pay"}


@pytest.fixture
def case(shop: Shop) -> service.Outcome:
    definitions.publish("shop-voucher", (PACK_FOLDER / "shop-voucher.yaml").read_text(), None, NINE)
    return service.start_case(
        "shop-voucher", "pay", by=shop["mei"], data={"thing": "房租"}, at=now(), key=shop.key()
    )


def at(case: service.Outcome) -> str:
    return f"/desk/cases/{case.number}"


def items(case: service.Outcome, signing: str) -> list[int]:
    found = WorkItem.objects.filter(case=case.case_id, signing=signing, status=WorkItem.OPEN)
    return list(found.order_by("number").values_list("pk", flat=True))


def fill_in(shop: Shop, case: service.Outcome, visit: Visit, key: str = "w") -> Client:
    mei = visit("mei")
    item = WorkItem.objects.get(case=case.case_id, node="write", signing="", status="open").pk
    service.claim(item, by=shop["mei"], at=now(), key=shop.key())
    answer = mei.post(f"/desk/items/{item}/complete", {"key": key, **FORM})
    assert answer["Location"] == at(case)
    return mei


def digest(page: Page) -> str:
    return page.value("shown")


def is_sound(case: service.Outcome) -> bool:
    return not audit.audit([case.case_id]).findings


def test_a_voucher_is_signed_by_two_and_handed_over(
    shop: Shop, case: service.Outcome, visit: Visit
) -> None:
    page = Page(fill_in(shop, case, visit).get(at(case)))
    assert "“填凭证”已办好，正在签署。" in page.text
    assert "待签署：修理" in page.text
    assert "从签署人处收回" in [each.text for each in page.all("button")]
    first, second = items(case, "asked")
    lei = visit("lei")
    pool = Page(lei.get("/desk/?tab=pool"))
    assert "待您签署" in pool.text
    assert lei.post(f"/desk/items/{first}/claim", {"key": "c"})["Location"] == at(case)
    page = Page(lei.get(at(case)))
    for words in ("签署“填凭证”", "由陈小美办好，请签署", "20.00", "已核对", "13800138000"):
        assert words in page.text
    signed = {"key": "s", "shown": digest(page)}
    assert lei.post(f"/desk/items/{first}/sign", signed)["Location"] == at(case)
    chief = visit("min")
    assert chief.post(f"/desk/items/{second}/claim", {"key": "d"})["Location"] == at(case)
    page = Page(chief.get(at(case)))
    assert "李雷（修理）已签署" in page.text
    signed = {"key": "t", "shown": digest(page)}
    page = Page(chief.post(f"/desk/items/{second}/sign", signed))
    assert page.problem(f"item-{second}-stamp") == "请确认主管已盖章。"
    signed = {"key": "u", "shown": digest(page), "stamp": "1"}
    assert chief.post(f"/desk/items/{second}/sign", signed)["Location"] == at(case)
    mei = visit("mei")
    page = Page(mei.get(at(case)))
    assert "办结“填凭证”" in page.text
    assert "主管周敏已签署" in page.text
    over = shop.item(case, "hand_over")
    page = Page(mei.post(f"/desk/items/{over}/complete", {"key": "h"}))
    assert page.problem(f"item-{over}-stamp-payee") == "请确认收款人已盖章。"
    mei.post(f"/desk/items/{over}/complete", {"key": "i", "stamp.payee": "1"})
    assert Case.objects.get(pk=case.case_id).ended_at is not None
    assert is_sound(case)


def test_who_refuses_says_why_and_it_is_a_draft_again(
    shop: Shop, case: service.Outcome, visit: Visit
) -> None:
    fill_in(shop, case, visit)
    first, second = items(case, "asked")
    lei = visit("lei")
    lei.post(f"/desk/items/{first}/claim", {"key": "c"})
    page = Page(lei.post(f"/desk/items/{first}/refuse", {"key": "r", "reason": ""}))
    assert page.problem(f"item-{first}-refuse-reason") == "请写明原因。"
    lei.post(f"/desk/items/{first}/refuse", {"key": "q", "reason": "金额不对"})
    assert not items(case, "asked")
    told = Notice.objects.filter(user=shop["mei"], code="sign-refused")
    assert told.count() == 1
    mei = visit("mei")
    page = Page(mei.get(at(case)))
    assert "李雷拒签：金额不对" in page.text
    assert page.value("f.total") == "20.00"
    assert "被拒签" in Page(mei.get("/desk/notices")).text
    late = Page(visit("min").post(f"/desk/items/{second}/sign", {"key": "z", "shown": "x"}))
    assert "已撤回" in late.refusal
    assert is_sound(case)
    fill_in_again = {"key": "v", **FORM, "f.total": "10"}
    (item,) = items(case, "")
    assert mei.post(f"/desk/items/{item}/complete", fill_in_again)["Location"] == at(case)
    assert len(items(case, "asked")) == 2


def test_whoever_completed_it_gets_it_back_on_the_page(
    shop: Shop, case: service.Outcome, visit: Visit
) -> None:
    fill_in(shop, case, visit)
    (item,) = items(case, "out")
    service.claim(items(case, "asked")[0], by=shop["lei"], at=now(), key=shop.key())
    mei = visit("mei")
    assert mei.post(f"/desk/items/{item}/get-back", {"key": "g"})["Location"] == at(case)
    page = Page(mei.get(at(case)))
    assert page.value("f.total") == "20.00"
    assert "收回送签的“填凭证”" in page.text
    assert "已撤回" not in page.text
    (told,) = (each for each in notices(shop["lei"]) if each.code == "withdrawn")
    assert told.sentence.zh == "“填凭证”已由办理人收回或退回，您不必再签署"
    assert is_sound(case)


def test_what_somebody_signs_is_what_they_have_seen(
    shop: Shop, case: service.Outcome, visit: Visit
) -> None:
    fill_in(shop, case, visit)
    first = items(case, "asked")[0]
    lei = visit("lei")
    lei.post(f"/desk/items/{first}/claim", {"key": "c"})
    answer = lei.post(f"/desk/items/{first}/sign", {"key": "s", "shown": "other"})
    assert answer.status_code == 409
    assert "请看过之后再签" in Page(answer).refusal


def test_nothing_is_asked_for_where_the_outcome_takes_no_signature(
    shop: Shop, case: service.Outcome, visit: Visit
) -> None:
    item = shop.item(case, "write")
    service.claim(item, by=shop["mei"], at=now(), key=shop.key())
    visit("mei").post(f"/desk/items/{item}/complete", {"key": "w", **FORM, "outcome": "drop"})
    assert not items(case, "asked")
    assert shop.item(case, "hand_over")
