"""Payments that come by themselves."""

from decimal import Decimal

import pytest

from tests.runtime.shop import NINE, Shop
from tests.services.rehearsing import begin, finish
from tuoban.runtime.cases import definitions, states
from tuoban.runtime.cases import service as cases
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Case, WorkItem
from tuoban.runtime.cases.service import Outcome
from tuoban.services.billing import service

SOLD = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: send, en: Send, by: clerk, needs: [{that: case.due <= 0, else: Not paid}]}
  - {end: sold}
"""


def test_a_payment_opens_what_waits_for_it(shop: Shop) -> None:
    case = begin(shop, SOLD)
    finish(shop, case, "offer", "mei", lines=[{"item": "灯", "quantity": "2", "price": "20"}])()
    item = WorkItem.objects.get(pk=shop.item(case, "send"))
    assert item.locked
    service.receive(case.case_id, Decimal("15"), currency="CNY", method="transfer", at=NINE)
    assert service.due(case.case_id) == Decimal("25.00")
    item.refresh_from_db()
    assert item.locked
    service.receive(case.case_id, Decimal("25"), currency="CNY", method="transfer", at=NINE)
    item.refresh_from_db()
    assert not item.locked
    assert audit().is_clean


def test_a_payment_of_nothing_is_none(shop: Shop) -> None:
    case = begin(shop, SOLD)
    with pytest.raises(ValueError, match="nothing"):
        service.receive(case.case_id, Decimal("0"), currency="CNY", method="cash", at=NINE)


def test_what_is_due_is_known_and_may_be_paid_once_the_case_is_over(shop: Shop) -> None:
    case = begin(shop, OWED, thing="lamp", fee="30")
    paid = {"method": "cash", "taken": "10"}
    item, key = shop.item(case, "pay"), shop.key()
    cases.complete(item, outcome="debt", data=paid, by=shop["mei"], at=NINE, key=key)
    assert known(case) == ("ended", Decimal(20))
    service.receive(case.case_id, Decimal(20), currency="CNY", method="transfer", at=NINE)
    assert known(case) == ("ended", Decimal(0))


def known(case: Outcome) -> tuple[str, Decimal]:
    row = Case.objects.get(pk=case.case_id)
    state = states.read(row, definitions.compiled(row.definition))
    return state.status, state.facts["due"]


OWED = """
  - {step: bill, en: Bill, do: charge, amount: fee}
  - {step: pay, en: Pay, by: clerk, do: collect, outcomes: {paid: Paid, debt: Owed}}
  - {end: done, en: Done}
indicators: {debts: {en: Debts, sum: case.due}}
"""
