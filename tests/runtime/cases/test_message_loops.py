"""Messages that lead to messages come to rest, and it can be seen where they were stopped."""

from __future__ import annotations

from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.messaging.sending import FURTHEST
from tuoban.runtime.cases.messaging.working import carry_messages
from tuoban.runtime.cases.models import Case, Message

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
