"""The simulated gateway takes texts like a real one, once a key, and reports what became."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.runtime.killing import killed_at
from tests.runtime.shop import NINE, Shop, refusal
from tuoban.runtime.cases import clock
from tuoban.runtime.cases.models import Outgoing, Written
from tuoban.runtime.cases.outbox import carriers, sending
from tuoban.runtime.cases.outbox.sending import send_due
from tuoban.runtime.cases.queries.outbox import OutgoingRow, outbox
from tuoban.runtime.jobs.models import Job
from tuoban.services.channels import simulated
from tuoban.services.channels.models import SimulatedText
from tuoban.services.channels.service import Address, write
from tuoban.services.channels.simulated import Behaviour

NUMBER = "13800138000"
LATER = NINE + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def gateway(monkeypatch: pytest.MonkeyPatch) -> simulated.Gateway:
    gateway = simulated.Gateway(lambda: NINE)
    monkeypatch.setattr(carriers, "_chosen", {"sms": gateway})
    monkeypatch.setattr(sending, "_resting", {})
    return gateway


def code(key: str = "code-1") -> int:
    values = {"code": "482913"}
    return write("one-time-code", Address("sms", NUMBER), values, language="zh", key=key, at=NINE)


def shown(shop: Shop) -> OutgoingRow:
    return outbox(shop["root"]).rows[0]


def settle(at: datetime = LATER) -> None:
    for pk in SimulatedText.objects.values_list("pk", flat=True):
        simulated.settle(pk, at)


def test_what_it_took_arrives_and_is_reported(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    simulated.behave(Behaviour(delay_s=30), by=shop["root"])
    code()
    assert send_due(NINE) == 1
    [text] = simulated.phone(NUMBER).texts
    assert (text.state, text.parts) == ("taken", 1)
    assert "482913" in text.text
    job = Job.objects.get(kind=simulated.ARRIVE)
    assert job.run_at == NINE + timedelta(seconds=30)
    assert (shown(shop).state, shown(shop).report) == ("sent", "")
    monkeypatch.setattr(clock, "now", lambda: LATER)
    for _ in range(2):  # a worker may carry a job out twice
        simulated.arrive({"text": SimulatedText.objects.get().pk}, job.key)
    [text] = simulated.phone(NUMBER).texts
    assert (text.state, text.at) == ("delivered", LATER)
    row = shown(shop)
    assert row.report == "delivered"
    assert [(each.result, each.carrier) for each in row.log] == [
        ("delivered", "simulated"),
        ("sent", "simulated"),
    ]


def test_what_is_lost_is_reported_and_found_among_what_did_not_go_out(shop: Shop) -> None:
    simulated.behave(Behaviour(arrives=False), by=shop["root"])
    code()
    send_due(NINE)
    settle()
    assert outbox(shop["root"], which="stuck").rows[0].report == "undelivered"
    line = shown(shop).log[0]
    assert (line.result, line.why is not None) == ("undelivered", True)


def test_the_same_key_is_taken_once(shop: Shop, gateway: simulated.Gateway) -> None:
    letter = carriers.Letter("key", NUMBER, "", "您好", NINE)
    gateway.carry(letter)
    gateway.carry(letter)
    assert SimulatedText.objects.count() == 1
    assert Job.objects.filter(kind=simulated.ARRIVE).count() == 1


def test_killed_wherever_it_is_it_arrives_once_and_whole_and_is_forgotten_then(
    busy_shop: Shop,
) -> None:
    pk, number = code(), 1
    while killed_at(number, lambda: send_due(NINE)):
        row = Outgoing.objects.select_related("written").get(pk=pk)
        assert row.written is not None
        assert ("482913" in row.written.sealed) == (row.state == Outgoing.WAITING)
        Outgoing.objects.filter(pk=pk, state=Outgoing.WAITING).update(next_try_at=NINE)
        number += 1
    assert shown(busy_shop).state == Outgoing.SENT
    [text] = simulated.phone(NUMBER).texts
    assert "482913" in text.text
    assert not Written.objects.exclude(sealed="").exists()


def test_away_it_is_tried_again_and_refusing_it_is_given_up(shop: Shop) -> None:
    simulated.behave(Behaviour(mode="away"), by=shop["root"])
    code()
    assert send_due(NINE) == 0
    assert shown(shop).state == Outgoing.WAITING
    simulated.behave(Behaviour(), by=shop["root"])
    assert send_due(NINE + 2 * sending.REST) == 1
    simulated.behave(Behaviour(mode="refuses"), by=shop["root"])
    code("code-2")
    send_due(NINE + 2 * sending.REST)
    assert shown(shop).state == Outgoing.FAILED
    assert simulated.phones() == (NUMBER,)


def test_administrators_tell_it_and_empty_it(shop: Shop) -> None:
    for act in (
        lambda: simulated.behave(Behaviour(), by=shop["mei"]),
        lambda: simulated.clear(by=shop["mei"]),
    ):
        assert refusal(act).code == "not-staff"
    refused = refusal(lambda: simulated.behave(Behaviour(delay_s=3601), by=shop["root"]))
    assert [each.place for each in refused.problems] == ["delay"]
    code()
    send_due(NINE)
    simulated.clear(by=shop["root"])
    assert simulated.phones() == ()
