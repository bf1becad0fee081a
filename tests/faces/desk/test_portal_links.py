"""Links to the portal, made and taken back at the desk."""

from __future__ import annotations

import re

from django.test import Client

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import Shop
from tuoban.services.portal.models import PortalLink


def made(answer: Page) -> str:
    field = answer.by_id("made-link")
    assert field is not None
    return re.sub(r"^https?://[^/]+", "", field.attributes["value"])


def test_a_link_is_shown_once_and_opens_the_case(shop: Shop, visit: Visit) -> None:
    case = shop.start()
    mei = visit("mei")
    here = f"/desk/cases/{case.number}"
    address = made(Page(mei.post(f"{here}/links", {"role": "client", "days": "3"})))
    page = Page(mei.get(here))
    assert address not in page.text
    assert "还没打开过" in page.text
    assert Client().get(address)["Location"] == f"/portal/cases/{case.number}"
    assert "打开过 1 次" in Page(mei.get(here)).text
    link = PortalLink.objects.get()
    assert (link.expires_at - link.made_at).days == 3


def test_a_link_that_is_taken_back_opens_nothing(shop: Shop, visit: Visit) -> None:
    case = shop.start()
    mei = visit("mei")
    here = f"/desk/cases/{case.number}"
    address = made(Page(mei.post(f"{here}/links", {"role": "client", "days": "14"})))
    link = PortalLink.objects.get()
    assert mei.post(f"{here}/links/{link.pk}/revoke")["Location"] == here
    assert "已收回" in Page(mei.get(here)).text
    assert Client().get(address).status_code == 404


def test_what_cannot_be_a_link_is_refused(shop: Shop, visit: Visit) -> None:
    case = shop.start()
    mei = visit("mei")
    here = f"/desk/cases/{case.number}/links"
    for sent in (
        {"role": "client", "days": "0"},
        {"role": "client", "days": "91"},
        {"role": "clerk", "days": "1"},
        {"role": "client", "days": "x"},
    ):
        assert mei.post(here, sent).status_code == 422
    assert not PortalLink.objects.exists()


def test_only_those_who_see_the_case_make_and_take_back_links(shop: Shop, visit: Visit) -> None:
    case = shop.start()
    here = f"/desk/cases/{case.number}/links"
    assert visit("sun").post(here, {"role": "client", "days": "1"}).status_code == 404
    visit("mei").post(here, {"role": "client", "days": "1"})
    link = PortalLink.objects.get()
    assert visit("sun").post(f"{here}/{link.pk}/revoke").status_code == 404
    other = shop.start()
    answer = visit("mei").post(f"/desk/cases/{other.number}/links/{link.pk}/revoke")
    assert answer.status_code == 422
    assert PortalLink.objects.get().revoked_at is None
