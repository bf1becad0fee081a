"""Following a case by a link: what is told, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from tests.faces.desk.page import Page
from tests.faces.portal.conftest import Counter, page_of
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.services.portal import links
from tuoban.services.portal.models import PortalLink

Arrive = Callable[..., Client]


def test_a_link_opens_its_case_and_leaves_the_address(counter: Counter, arrive: Arrive) -> None:
    case = counter.begin()
    client = Client()
    address = counter.link(case)
    answer = client.get(address)
    assert answer["Location"] == f"/portal/cases/{case.number}"
    assert answer["Referrer-Policy"] == "no-referrer"
    cookie = answer.cookies["portal-visit"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/portal/")
    page = page_of(client, answer["Location"])
    assert case.number in page.text
    assert "报价维修" in page.text
    assert case.number in page_of(client, "/portal/").text


def test_only_a_digest_of_the_token_is_kept(counter: Counter) -> None:
    address = counter.link(counter.begin())
    token = address.rpartition("/")[2]
    assert len(token) >= 43  # 256 bits
    link = PortalLink.objects.get()
    assert token not in str([getattr(link, each.name) for each in link._meta.fields])


def test_stages_are_told_by_name_and_what_is_inside_is_not(
    counter: Counter, arrive: Arrive
) -> None:
    case = counter.asked()
    page = page_of(arrive(case), f"/portal/cases/{case.number}")
    for told in ("检查并报价", "请您确认报价", "维修", "取件", "轮到您了"):
        assert told in page.text
    for hidden in ("内部修理", "保险确认", "李雷", "进价", "300", "¥300.00"):
        assert hidden not in page.text


def test_what_the_customer_is_asked_by_its_own_forms_is_told(
    counter: Counter, arrive: Arrive
) -> None:
    case = counter.begin()
    page = page_of(arrive(case), f"/portal/cases/{case.number}")
    assert "打印机卡纸" in page.text  # the customer may ask for a repair by this form
    other = page_of(arrive(case, "insurer"), f"/portal/cases/{case.number}")
    assert "打印机卡纸" not in other.text


def test_the_case_ends_and_says_so(counter: Counter, arrive: Arrive) -> None:
    case = counter.begin()
    shop = counter.shop
    client = arrive(case)
    service.cancel_case(case.case_id, reason="撤", by=shop["min"], at=now(), key=shop.key())
    page = page_of(client, f"/portal/cases/{case.number}")
    assert "轮到您了" not in page.text
    assert "撤" not in page.text


def test_a_wrong_expired_or_revoked_link_says_what_to_do(counter: Counter, arrive: Arrive) -> None:
    case = counter.begin()
    client = arrive(case)
    here = f"/portal/cases/{case.number}"
    link = PortalLink.objects.get()
    links.revoke(case.case_id, link.pk, by=counter.shop["mei"], at=now())
    gone = client.get(here)
    assert gone.status_code == 404
    assert "这条链接打不开" in Page(gone).text
    expired = counter.link(case)
    PortalLink.objects.update(revoked_at=None, expires_at=now() - timedelta(seconds=1))
    for address in (expired, "/portal/link/wrong", here):
        answer = Client().get(address)
        assert answer.status_code == 404
        assert "请向发给您链接的人" in Page(answer).text
        assert "portal-visit" not in answer.cookies or not answer.cookies["portal-visit"].value


def test_leaving_ends_the_visit(counter: Counter, arrive: Arrive) -> None:
    case = counter.begin()
    client = arrive(case)
    client.post("/portal/leave")
    assert client.get(f"/portal/cases/{case.number}").status_code == 404


def test_the_language_changes_on_the_spot(counter: Counter, arrive: Arrive) -> None:
    case = counter.begin()
    client = arrive(case)
    here = f"/portal/cases/{case.number}"
    answer = client.post("/portal/language", {"language": "en", "next": here})
    assert answer["Location"] == here
    assert "We are working on it" in page_of(client, here).text
    elsewhere = client.post("/portal/language", {"language": "en", "next": "//evil.example"})
    assert elsewhere["Location"] == "/portal/"
