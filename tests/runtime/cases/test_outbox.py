"""What people are told by SMS and e-mail: kept with the case, sent by the worker, seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.runtime.shop import NINE, Shop
from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.models import MOST_ATTEMPTS, Notice, Outgoing
from tuoban.runtime.cases.outbox import carriers, sending
from tuoban.runtime.cases.outbox.sending import send_due
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.cases.queries.outbox import outbox
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.people.service import set_reach

PACK = """
pack: telling
version: 2026.1
title: 通知
case: {title: "{fault}", owner: clerk}
roles: {clerk: 前台, mender: 维修工, customer: {zh: 客户, recorded-by: clerk}}
fields:
  owner: {type: text, zh: 客户姓名, personal: true}
  phone_no: {type: phone, zh: 电话, personal: true}
  fault: {type: text, zh: 故障}
starts: [{request: ask, zh: 申请, by: [clerk], form: [owner, phone_no, fault]}]
every-step:
  tell: {performer: sms}
process:
  - {step: look, zh: 检查, by: mender}
  - tell: {customer: sms}
    text: {zh: "{owner}您好：{fault}已查", en: "{owner}: {fault} is checked"}
  - {step: mend, zh: 维修, by: {same-as: look, role: mender}, tell: {performer: inbox}}
  - {end: done, zh: 完成}
"""


class Line:
    """A carrier that keeps what it takes, or is down."""

    name = "line"

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.is_down = False

    def carry(self, letter: carriers.Letter) -> None:
        if self.is_down:
            raise carriers.CarrierError(Text("线路断了", "the line is down"))
        self.taken.append((letter.address, letter.text))


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    line = Line()
    monkeypatch.setattr(sending, "carrier_of", {"sms": line}.get)
    return line


def start(shop: Shop, **more: str) -> Outcome:
    definitions.publish("telling", PACK, None, NINE)
    set_reach(shop["lei"], phone="139 0013-9000")
    data = {"owner": "王建国", "fault": "不开机", **more}
    return service.start_case("telling", "ask", by=shop["mei"], data=data, at=NINE, key=shop.key())


def states() -> list[tuple[str, str]]:
    rows = Outgoing.objects.order_by("pk").select_related("user")
    return [(str(row.user) if row.user else row.role, row.state) for row in rows]


def test_it_goes_to_whom_it_concerns_in_words_and_once(shop: Shop, line: Line) -> None:
    case = start(shop, phone_no="13800138000")
    names = {str(shop["lei"]): Outgoing.WAITING, str(shop["han"]): Outgoing.NO_ADDRESS}
    assert dict(states()) == names
    shop.complete(shop.item(case, "look"), "lei")
    assert send_due(NINE) == 2
    assert line.taken == [
        ("13900139000", f"{case.number}：“检查”到您这里了"),
        ("13800138000", "王建国您好：不开机已查"),
    ]
    assert send_due(NINE) == 0
    kept = "".join(Outgoing.objects.values_list("values", flat=True))
    assert "王建国" not in kept
    told = [each.sentence for each in case_page(shop["lei"], case.case_id, NINE).timeline]
    assert "已发短信通知客户：王建国您好：不开机已查" in [each.zh for each in told]
    assert "客户 was told by SMS: 王建国: 不开机 is checked" in [each.en for each in told]


def test_whom_nothing_reaches_is_told_to_whose_case_it_is(shop: Shop, line: Line) -> None:
    case = start(shop)
    before = Notice.objects.filter(code="unreached", user=shop["mei"]).count()
    shop.complete(shop.item(case, "look"), "lei")
    assert ("customer", Outgoing.NO_ADDRESS) in states()
    assert Notice.objects.filter(code="unreached", user=shop["mei"]).count() == before + 1
    assert send_due(NINE) == 1  # Lei's own


def test_what_fails_is_tried_again_and_does_not_stop_the_others(shop: Shop, line: Line) -> None:
    start(shop, phone_no="13800138000")
    line.is_down, at = True, NINE
    for _ in range(MOST_ATTEMPTS - 1):
        assert send_due(at) == 0
        at += timedelta(hours=2)
    row = Outgoing.objects.get(user=shop["lei"])
    assert (row.state, "the line is down" in row.error) == (Outgoing.WAITING, True)
    send_due(at)
    row.refresh_from_db()
    assert (row.state, row.next_try_at, line.taken) == (Outgoing.FAILED, None, [])
    assert Notice.objects.filter(code="unsent").count() == 1


def test_what_was_erased_reaches_nobody(shop: Shop, line: Line) -> None:
    case = start(shop, phone_no="13800138000")
    shop.complete(shop.item(case, "look"), "lei")
    service.erase_personal_values(
        case.case_id, reason="客户要求", by=shop["root"], at=NINE, key=shop.key()
    )
    send_due(NINE)
    assert ("customer", Outgoing.NO_ADDRESS) in states()
    assert [address for address, _ in line.taken] == ["13900139000"]


def test_without_a_gateway_it_says_so(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "carrier_of", {}.get)
    start(shop)
    assert send_due(NINE) == 1
    assert (str(shop["lei"]), Outgoing.NO_GATEWAY) in states()


def test_who_may_see_the_case_sees_what_went_out_of_it(shop: Shop) -> None:
    case = start(shop, phone_no="13800138000")
    shop.complete(shop.item(case, "look"), "lei")
    assert send_due(NINE) == 2  # to the log
    page = outbox(shop["mei"], number=case.number)
    assert page.rows[0].text.zh == "王建国您好：不开机已查"
    assert (page.rows[0].state, page.rows[0].carrier) == ("sent", "log")
    assert outbox(shop["qi"], number=case.number).rows == ()
    stuck = outbox(shop["root"], which="stuck")
    assert [each.to.zh for each in stuck.rows] == [str(shop["han"])]
    assert outbox(shop["root"], q="customer").rows[0].to.zh == "客户"


def test_every_hop_of_a_step_leaves_a_line(shop: Shop, line: Line) -> None:
    case = start(shop)
    set_reach(shop["han"], phone="139 0013-9001")
    item = shop.item(case, "look")
    service.claim(item, by=shop["lei"], at=NINE, key=shop.key())
    before = Outgoing.objects.count()
    service.transfer(item, to=shop["han"], reason="ill", by=shop["lei"], at=NINE, key=shop.key())
    service.delegate(item, to=shop["lei"], reason="away", by=shop["han"], at=NINE, key=shop.key())
    hops = [str(row.user) for row in Outgoing.objects.order_by("pk")[before:]]
    assert hops == [str(shop["han"]), str(shop["lei"])]
