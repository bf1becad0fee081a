"""Asking for something at the portal, without anybody of the organisation."""

from __future__ import annotations

import re

from django.test import Client

from tests.faces.desk.page import Page
from tests.faces.portal.conftest import OWNER, Counter, page_of
from tests.runtime.shop import NINE
from tuoban.faces.portal.views.request import REQUESTS_ALLOWED_FROM_AN_ADDRESS
from tuoban.runtime.cases import audit, definitions
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import Case, PersonalValue
from tuoban.runtime.cases.queries import case_page
from tuoban.services.portal.models import PortalLink

HERE = "/portal/requests/shop-offer/repair"
INSIDE = """\
pack: inside
version: 1
title: {zh: 内部, en: Inside}
roles: {clerk: 前台, customer: {zh: 客户, recorded-by: clerk}}
fields: {who: {type: person, zh: 找谁}, thing: {type: text, zh: 物品}}
starts:
  - {request: ask, zh: 找人, by: [customer, clerk], form: [who]}
  - {request: own, zh: 只给前台, by: clerk, form: [thing]}
process:
  - {step: do, zh: 办, by: clerk}
  - {end: over, zh: 完成}
"""


def sent(page: Page, **more: str) -> dict[str, str]:
    typed = {f"f.{name}": value for name, value in OWNER.items()}
    return {"key": page.value("key"), "unit": "east", **typed, **more}


def test_a_request_begins_a_case_that_can_be_followed(counter: Counter) -> None:
    client = Client()
    assert "报修" in page_of(client, "/portal/").text
    answer = client.post(HERE, sent(page_of(client, HERE)))
    case = Case.objects.get()
    page = Page(answer)
    assert case.number in page.text
    assert case.unit_id == "east"
    assert "打印机卡纸" in page_of(client, f"/portal/cases/{case.number}").text
    link = page.by_id("begun-link")
    assert link is not None
    elsewhere = Client().get(re.sub(r"^https?://[^/]+", "", link.attributes["value"]))
    assert elsewhere["Location"] == f"/portal/cases/{case.number}"
    told = case_page(counter.shop["mei"], case.pk, now()).timeline[-1].sentence
    assert "客户" in told.zh
    assert PersonalValue.objects.filter(case=case, field="phone").exists()
    assert PortalLink.objects.get().made_by is None
    assert not audit.audit([case.pk]).findings


def test_what_is_missing_is_said_beside_its_entry_and_the_rest_kept(counter: Counter) -> None:
    client = Client()
    answer = client.post(HERE, sent(page_of(client, HERE), **{"f.phone": "x"}))
    assert answer.status_code == 422
    page = Page(answer)
    assert page.by_id("request-phone-problem") is not None
    assert page.value("f.owner") == "王芳"
    assert not Case.objects.exists()


def test_a_double_tap_begins_one_case(counter: Counter) -> None:
    client = Client()
    typed = sent(page_of(client, HERE))
    client.post(HERE, typed)
    assert client.post(HERE, typed).status_code == 200
    assert Case.objects.count() == 1


def test_what_would_tell_of_people_and_what_is_not_for_customers_is_not_offered(
    counter: Counter,
) -> None:
    definitions.publish("inside", INSIDE, None, NINE)
    client = Client()
    door = page_of(client, "/portal/")
    assert "找人" not in door.text
    assert "只给前台" not in door.text
    for name in ("ask", "own", "nothing"):
        where = f"/portal/requests/inside/{name}"
        assert client.get(where).status_code == 404
        assert client.post(where, {"key": "k", "unit": "east"}).status_code == 404
    assert not Case.objects.exists()


def test_too_many_requests_from_one_address_have_to_wait(counter: Counter) -> None:
    client = Client()
    for number in range(REQUESTS_ALLOWED_FROM_AN_ADDRESS):
        assert client.post(HERE, {"key": f"k{number}"}).status_code == 422
    assert client.post(HERE, {"key": "last"}).status_code == 429
