"""Payments that come by themselves."""

from decimal import Decimal

import pytest

from tests.runtime.shop import NINE, Shop
from tests.services.rehearsing import begin, finish
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import WorkItem
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
