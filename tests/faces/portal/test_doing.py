"""What customers do themselves: accept or decline item by item, sign, send."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from tests.faces.desk.page import Page
from tests.faces.portal.conftest import Counter, page_of
from tuoban.runtime.cases import audit, service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import Case, JournalEntry, PersonalValue, WorkItem
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.cases.queries.rows import EvidenceShown

Arrive = Callable[..., Client]
STROKES = json.dumps([[[1, 1, 0], [30, 20, 40]]])


@pytest.fixture
def case(counter: Counter) -> service.Outcome:
    return counter.asked()


def at(counter: Counter, case: service.Outcome) -> str:
    return f"/portal/cases/{case.number}/work/{counter.shop.item(case, 'consent')}"


def filled(page: Page, **more: str) -> dict[str, str]:
    return {
        "key": page.value("key"),
        "shown": page.value("shown"),
        "f.lines": "",
        "f.lines.1.take": "do",
        "f.lines.2.take": "leave",
        "outcome": "accept",
        "sign.customer.name": "王芳",
        "sign.customer.strokes": STROKES,
        **more,
    }


def evidence(counter: Counter, case: service.Outcome) -> EvidenceShown:
    told = case_page(counter.shop["mei"], case.case_id, now()).timeline
    (found,) = (each for entry in told if entry.proof for each in entry.proof.evidence)
    return found


def is_sound(case: service.Outcome) -> bool:
    return not audit.audit([case.case_id]).findings


def test_an_offer_is_accepted_item_by_item_and_signed(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client, here = arrive(case), at(counter, case)
    page = page_of(client, here)
    for told in ("打印机卡纸", "换搓纸轮", "¥860.00", "磨损", "换滤芯", "您的签字"):
        assert told in page.text
    answer = client.post(here, filled(page))
    assert answer["Location"] == f"/portal/cases/{case.number}"
    after = page_of(client, answer["Location"])
    assert "谢谢，已办好" in after.text
    assert "您已办理" in after.text
    desk = case_page(counter.shop["mei"], case.case_id, now())
    (lines,) = (each.list for each in desk.fields if each.name == "lines")
    assert lines is not None
    assert [[cell.shown.zh for cell in row.cells] for row in lines.rows] == [
        ["换搓纸轮", "¥860.00", "磨损", "同意"],
        ["换滤芯", "¥95.00", "—", "不做"],
    ]
    assert is_sound(case)


def test_the_journal_and_the_timeline_say_that_the_customer_did_it(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client, here = arrive(case), at(counter, case)
    client.post(here, filled(page_of(client, here)))
    assert JournalEntry.objects.filter(case=case.case_id, actor="outside:customer").count() == 1
    told = case_page(counter.shop["mei"], case.case_id, now()).timeline
    (done,) = (
        each.sentence for each in told if "请您确认报价" in each.sentence.zh and each.kind == "done"
    )
    assert done.zh.startswith("客户在线上办结“请您确认报价”，结果：同意")
    assert "客户王芳已签字" in done.zh
    assert done.en.startswith("customer, online, completed “Please confirm the offer”: Accept")
    assert WorkItem.objects.get(case=case.case_id, node="consent").person is None


def test_what_was_shown_and_chosen_is_kept_with_how(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client, here = arrive(case), at(counter, case)
    client.post(here, filled(page_of(client, here)))
    kept = evidence(counter, case)
    for words in (
        "打印机卡纸",
        "项目 换搓纸轮; 价格 ¥860.00",
        "是否要做 同意",
        "是否要做 不做",
        "→ 同意",
    ):
        assert words in kept.words
    assert kept.device == "Phone 1.0"
    assert kept.way.startswith("link ")
    assert kept.fits
    row = PersonalValue.objects.get(case=case.case_id, field="evidence:customer")
    assert json.loads(row.value)["strokes"] == json.loads(STROKES)


def test_a_later_change_of_what_was_kept_is_found(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client, here = arrive(case), at(counter, case)
    client.post(here, filled(page_of(client, here)))
    row = PersonalValue.objects.get(case=case.case_id, field="evidence:customer")
    row.value = row.value.replace("860", "1860")
    row.save()
    assert not evidence(counter, case).fits
    assert not is_sound(case)
    desk = Client()
    desk.force_login(counter.shop["mei"])
    assert "事后有改动" in page_of(desk, f"/desk/cases/{case.number}").text


def test_nothing_of_an_offer_is_changed_but_what_is_decided(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client, here = arrive(case), at(counter, case)
    forged = {
        "f.lines.1.price": "1",
        "f.lines.9.what": "送一台",
        "f.lines.9.price": "0",
        "f.fault": "无",
    }
    client.post(here, filled(page_of(client, here), **forged))
    desk = case_page(counter.shop["mei"], case.case_id, now())
    (lines,) = (each.list for each in desk.fields if each.name == "lines")
    assert lines is not None
    assert [row.cells[1].shown.zh for row in lines.rows] == ["¥860.00", "¥95.00"]


def test_declining_needs_no_signature(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client, here = arrive(case), at(counter, case)
    sent = filled(page_of(client, here), outcome="decline")
    client.post(here, {name: value for name, value in sent.items() if "sign" not in name})
    assert Case.objects.get(pk=case.case_id).outcome == "declined"
    assert "客户不修" in page_of(client, f"/portal/cases/{case.number}").text


def test_a_refusal_keeps_all_that_was_typed(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client, here = arrive(case), at(counter, case)
    sent = filled(page_of(client, here))
    unsigned = {**sent, "sign.customer.name": "", "sign.customer.strokes": ""}
    answer = client.post(here, unsigned)
    assert answer.status_code == 422
    page = Page(answer)
    assert page.value("key") == sent["key"]
    chosen = [
        each.attributes["value"]
        for each in page.all("input", type="radio")
        if "checked" in each.attributes
    ]
    assert chosen == ["do", "leave"]
    assert client.post(here, sent).status_code == 302


def test_a_double_tap_counts_once(counter: Counter, arrive: Arrive, case: service.Outcome) -> None:
    client, here = arrive(case), at(counter, case)
    sent = filled(page_of(client, here))
    first, second = client.post(here, sent), client.post(here, sent)
    assert first["Location"] == second["Location"]
    assert JournalEntry.objects.filter(case=case.case_id, actor="outside:customer").count() == 1


def test_what_has_changed_since_it_was_shown_is_not_agreed_to(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client, here = arrive(case), at(counter, case)
    sent = filled(page_of(client, here))
    service.correct_field(
        case.case_id, "fault", "屏幕碎", reason="写错", by=counter.shop["min"], at=now(), key="c"
    )
    answer = client.post(here, sent)
    assert answer.status_code == 409
    page = Page(answer)
    assert "屏幕碎" in page.text
    assert page.value("shown") != sent["shown"]
    assert client.post(here, filled(page, key=sent["key"])).status_code == 302


def test_staff_may_still_record_it(counter: Counter, arrive: Arrive, case: service.Outcome) -> None:
    client, here = arrive(case), at(counter, case)
    sent = filled(page_of(client, here))
    item = counter.shop.item(case, "consent")
    signed = {"customer": service.SignatureInput("王芳", None)}
    counter.shop.complete(item, "lei", now(), "accept", signatures=signed)
    answer = client.post(here, sent)
    assert answer.status_code == 409
    assert "已办结" in Page(answer).text or "已由" in Page(answer).text


def test_what_is_erased_is_told_no_more(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client, here = arrive(case), at(counter, case)
    client.post(here, filled(page_of(client, here)))
    root = counter.shop.people["root"]
    page = case_page(root, case.case_id, now())
    (name,) = (each.name for each in page.erasable if each.name.startswith("evidence:"))
    assert [each.label.zh for each in page.erasable if each.name == name] == ["客户自己办理的凭据"]
    service.erase_personal_values(
        case.case_id, field=name, reason="要求", by=root, at=now(), key="e"
    )
    assert evidence(counter, case).erased
    assert is_sound(case)
