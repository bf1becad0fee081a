"""Giving back and erasing: killed midway, clicked twice, and by two people at the same moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps

from tests.runtime.killing import killed_at, statements_of
from tests.runtime.shop import NINE, Shop, together
from tests.services.rehearsing import begin, finish
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import JournalEntry, PersonalValue
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.people.service import create_user
from tuoban.services.billing import service as billing
from tuoban.services.booking.models import Booking
from tuoban.services.booking.service import provide
from tuoban.services.parts.service import deliver, in_stock

GIVEN_BACK = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: book, en: Book, by: clerk, do: book, capacity: bay}
  - {step: pay, en: Pay, by: clerk, do: collect, amount: 50}
  - {step: issue, en: Issue, by: mender, do: issue-parts, for: offer.parts}
  - step: ready
    en: Ready
    by: mender
    undo: [{step: clear, en: Clear, by: mender}]
  - parallel:
      - {step: back, en: Give back, by: clerk, do: refund}
      - {step: rest, en: Give back, by: clerk, do: refund}
      - {step: load, en: Put back, by: mender, do: put-back-parts}
      - {step: store, en: Put back, by: mender, do: put-back-parts}
  - {end: over}
"""


def given(shop: Shop) -> Outcome:
    """A case in which 20 of 50 are owed, two pieces are out, and a bay is booked."""
    deliver("W-1", 3, at=NINE)
    provide("bay", 1)
    case = begin(shop, GIVEN_BACK)
    lines = [{"item": "Wire", "part": "W-1", "quantity": "2", "price": "10"}]
    finish(shop, case, "offer", "mei", lines=lines)()
    finish(shop, case, "book", "mei", slot="2026-03-03T09:00")()
    finish(shop, case, "pay", "mei", method="cash", taken="50")()
    finish(shop, case, "issue", "lei")()
    finish(shop, case, "ready", "lei")()
    return case


def refund(shop: Shop, case: Outcome) -> Callable[[], Outcome]:
    return finish(shop, case, "back", "mei", method="cash")


def put_back(shop: Shop, case: Outcome) -> Callable[[], Outcome]:
    return finish(shop, case, "load", "lei")


def wind_up(shop: Shop, case: Outcome) -> Callable[[], Outcome]:
    """The last step that undoes: what services did before follows, and the case ends."""
    key = shop.key()
    service.cancel_case(case.case_id, by=shop["min"], reason="Gone", at=NINE, key=key)
    assert Booking.objects.filter(cancelled_at=None).exists()
    return finish(shop, case, "clear", "lei")


def stand(case: Outcome) -> tuple[object, ...]:
    booked = Booking.objects.filter(case=case.case_id, cancelled_at=None).count()
    return billing.paid(case.case_id), billing.due(case.case_id), in_stock("W-1"), booked


def rows() -> dict[str, list[dict[str, object]]]:
    """Every row of the runtime and the services."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for name in ("cases", "billing", "parts", "booking")
        for model in apps.get_app_config(name).get_models()
    }


@pytest.mark.parametrize(
    ("ready", "stands"),
    [(refund, (20, 0, 1, 1)), (put_back, (50, -30, 3, 1)), (wind_up, (50, 0, 1, 0))],
)
def test_killed_midway_it_has_not_happened_and_a_double_click_is_one_click(
    busy_shop: Shop,
    ready: Callable[[Shop, Outcome], Callable[[], Outcome]],
    stands: tuple[object, ...],
) -> None:
    case = given(busy_shop)
    act, before = ready(busy_shop, case), rows()
    statements_of(act)  # what is kept in memory from now on
    statements = statements_of(act)
    for number in (statements // 2, statements - 3, statements):
        assert killed_at(number, act)
        assert rows() == before
    results = together(act, act)
    assert sorted(each.replayed for each in results if isinstance(each, Outcome)) == [False, True]
    assert stand(case) == stands
    after = rows()
    assert act().replayed
    assert rows() == after
    assert audit().is_clean


def test_of_two_who_give_back_the_same_at_once_one_does(busy_shop: Shop) -> None:
    case = given(busy_shop)
    results = together(
        finish(busy_shop, case, "back", "mei", method="cash"),
        finish(busy_shop, case, "back", "mei", method="card"),
        finish(busy_shop, case, "rest", "mei", method="card"),
        finish(busy_shop, case, "load", "lei"),
        finish(busy_shop, case, "store", "lei"),
    )
    assert all(isinstance(each, Outcome | Refused) for each in results), results
    assert stand(case)[:3] == (20, 0, 3)
    assert audit().is_clean


def test_what_is_erased_by_two_at_once_and_used_meanwhile_is_gone(busy_shop: Shop) -> None:
    busy_shop.people["second"] = create_user("second", "管理员二", is_staff=True, at=NINE)
    case = busy_shop.start()
    busy_shop.claim(case, "look", "lei")

    def erase(by: str) -> Callable[[], Outcome]:
        key = busy_shop.key()
        return lambda: service.erase_personal_values(
            case.case_id, reason="要求", by=busy_shop[by], at=NINE, key=key
        )

    before, act = rows(), erase("root")
    statements_of(act)
    for number in (statements_of(act) // 2, statements_of(act)):
        assert killed_at(number, act)
        assert rows() == before
    results = together(act, act, erase("second"), lambda: busy_shop.look(case))
    assert all(isinstance(each, Outcome | Refused) for each in results), results
    told = [each for each in JournalEntry.objects.all() if "ValuesErased" in each.payload]
    assert len(told) == 1
    left = PersonalValue.objects.filter(case=case.case_id, erased_at=None)
    assert not left.exclude(field__in=("price", "remark")).exists()
    assert audit().is_clean
