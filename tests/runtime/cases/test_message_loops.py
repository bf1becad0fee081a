"""Messages that lead to messages come to rest, and it can be seen where they were stopped."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.messaging import looking, sending
from tuoban.runtime.cases.messaging.working import carry_messages
from tuoban.runtime.cases.models import Case, Message
from tuoban.runtime.cases.queries import notices

FURTHEST = 20


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with fewer messages: each costs a transaction."""
    for module in (sending, looking):
        monkeypatch.setattr(module, "FURTHEST", FURTHEST)
    monkeypatch.setattr(sending, "FORGETTING", timedelta(days=1) / FURTHEST)


HEAD = """\
pack: shop-echo
version: 1
language: en
title: Echo
roles: {clerk: Clerk}
messages: {call: {en: Call}}
"""
BEGINS_ITSELF = """\
starts: [{request: ask, en: Ask, by: clerk}, {message: call}]
process: [{send: call}, {end: over}]
"""
ANSWERS_ITSELF = """\
starts: [{request: ask, en: Ask, by: clerk}]
process:
  - stage: talk
    en: Talk
    steps: [{send: call}, {step: hang_up, en: Hang up, by: clerk}]
    during: [{message: call, as: echo, en: Echo, then: [{send: call}]}]
  - {end: over}
"""


WAITS_BETWEEN = ANSWERS_ITSELF.replace("then: [{send", "then: [{wait: 20 seconds}, {send")


def start(shop: Shop, process: str) -> int:
    definitions.publish("shop-echo", HEAD + process, None, NINE)
    by = shop["mei"]
    begun = service.start_case("shop-echo", "ask", by=by, data={}, at=NINE, key=shop.key())
    return begun.case_id


def comes_to_rest() -> bool:
    return any(carry_messages(NINE) == 0 for _ in range(20))


def stopped() -> Message:
    return Message.objects.exclude(error="").get()


def test_a_process_that_begins_itself_does_not_begin_cases_for_ever(shop: Shop) -> None:
    start(shop, BEGINS_ITSELF)
    assert comes_to_rest()
    assert Case.objects.count() == FURTHEST + 1
    assert stopped().hops == FURTHEST + 1
    assert audit().is_clean


def test_a_case_that_answers_itself_stops_and_can_be_worked_on(shop: Shop) -> None:
    case_id = start(shop, ANSWERS_ITSELF)
    assert comes_to_rest()
    assert Message.objects.count() == FURTHEST + 1
    assert "stopped" in stopped().error
    assert Case.objects.get(pk=case_id).status == "running"
    assert audit().is_clean


def turn(at: datetime) -> int:
    """What the worker does about messages and clocks."""
    return carry_messages(at) + service.fire_due_timers(at)


def test_a_clock_between_two_messages_does_not_hide_that_one_led_to_the_other(shop: Shop) -> None:
    start(shop, WAITS_BETWEEN)
    at = NINE
    for _ in range(4):
        while turn(at):
            pass
        at += timedelta(seconds=20)
    assert list(Message.objects.order_by("pk").values_list("hops", flat=True)) == [1, 2, 3, 4]


def every(shop: Shop, process: str, pause: timedelta, times: int) -> list[int]:
    """How many messages led to each, where cases wait so long before they send the next."""
    minutes = int(pause.total_seconds() // 60)
    start(shop, process.replace("20 seconds", f"{minutes} minutes"))
    at = NINE
    for _ in range(times):
        while turn(at):
            pass
        at += pause
    return list(Message.objects.order_by("pk").values_list("hops", flat=True))


def test_what_keeps_its_own_time_goes_on(shop: Shop) -> None:
    assert every(shop, WAITS_BETWEEN, timedelta(hours=2), 4) == [1, 1, 1, 1]


def test_a_loop_with_a_clock_in_it_is_stopped_within_the_day_and_the_head_is_told(
    shop: Shop,
) -> None:
    hops = every(shop, WAITS_BETWEEN, timedelta(minutes=50), 24)
    assert hops == [*range(1, FURTHEST + 2)]
    told = notices(shop["min"])
    assert [each.code for each in told] == ["message-stopped"]
    assert "请检查流程" in told[0].sentence.zh
    assert audit().is_clean


def test_cases_that_begin_each_other_by_the_clock_are_stopped_too(shop: Shop) -> None:
    process = BEGINS_ITSELF.replace("[{send", "[{wait: 20 seconds}, {send")
    hops = every(shop, process, timedelta(minutes=50), 24)
    assert (max(hops), Case.objects.count()) == (FURTHEST + 1, FURTHEST + 1)
