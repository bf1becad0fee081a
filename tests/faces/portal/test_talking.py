"""Customers and those who answer for their case write to one another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.faces.desk.page import Page
from tests.faces.portal.conftest import Counter, page_of
from tuoban.runtime.cases import audit, service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import Notice
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.cases.queries.notices import notices

Arrive = Callable[..., Client]


@pytest.fixture
def case(counter: Counter) -> service.Outcome:
    return counter.begin()


def comment(counter: Counter, case: service.Outcome, text: str, party: str = "") -> None:
    shop = counter.shop
    service.comment(case.case_id, text, party=party, by=shop["mei"], at=now(), key=shop.key())


def at_desk(counter: Counter, name: str = "mei") -> Client:
    client = Client()
    client.force_login(counter.shop[name])
    return client


def test_a_customer_writes_and_whoever_answers_is_told(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client, here = arrive(case), f"/portal/cases/{case.number}"
    page = page_of(client, here)
    sent = {"key": page.value("key"), "text": "几点能好？"}
    assert client.post(f"{here}/say", sent)["Location"] == here
    assert client.post(f"{here}/say", sent)["Location"] == here
    mine = page_of(client, here)
    assert mine.text.count("几点能好？") == 1
    assert "留言已送到" in mine.text
    desk = page_of(at_desk(counter), f"/desk/cases/{case.number}")
    assert "几点能好？" in desk.text
    told = case_page(counter.shop["mei"], case.case_id, now()).timeline[0].sentence
    assert told.zh == "客户在线上评论：几点能好？"
    (notice,) = Notice.objects.filter(case=case.case_id, code="party-said")
    assert notice.user == counter.shop["min"]  # the head of the unit: it is nobody's case
    assert "留言" in notices(counter.shop["min"])[0].sentence.zh
    assert not audit.audit([case.case_id]).findings


def test_only_what_is_meant_for_a_customer_is_shown_to_them(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    comment(counter, case, "客户很难缠")
    comment(counter, case, "明天下午三点", "customer")
    comment(counter, case, "请理赔", "insurer")
    mine = page_of(arrive(case), f"/portal/cases/{case.number}")
    assert "明天下午三点" in mine.text
    assert "陈小美" not in mine.text
    for hidden in ("客户很难缠", "请理赔"):
        assert hidden not in mine.text
    theirs = page_of(arrive(case, "insurer"), f"/portal/cases/{case.number}")
    assert "请理赔" in theirs.text
    assert "明天下午三点" not in theirs.text


def test_the_desk_says_who_reads_a_comment(counter: Counter, case: service.Outcome) -> None:
    mei = at_desk(counter)
    here = f"/desk/cases/{case.number}"
    mei.post(f"{here}/comments", {"key": "a", "text": "三点来取", "party": "customer"})
    page = page_of(mei, here)
    assert "客户可见" in page.text
    for unknown in ("clerk", "nobody"):
        refused = mei.post(f"{here}/comments", {"key": "b", "text": "x", "party": unknown})
        assert refused.status_code == 422


def test_an_empty_message_is_refused_beside_its_entry(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client, here = arrive(case), f"/portal/cases/{case.number}"
    answer = client.post(f"{here}/say", {"key": "k", "text": " "})
    assert answer.status_code == 422
    assert Page(answer).by_id("say-problem") is not None
