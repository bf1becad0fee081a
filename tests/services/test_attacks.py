"""Nothing comes from nothing, and nothing is had twice, whatever is sent, redone or migrated."""

from decimal import Decimal
from typing import Any

import pytest

from tests.runtime.shop import NINE, Shop
from tests.services.rehearsing import HEAD, begin, failures, finish
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.migrating import Wish, migrate_open_cases
from tuoban.services.billing import service as billing
from tuoban.services.booking.service import provide
from tuoban.services.parts.service import deliver, in_stock

pytestmark = pytest.mark.django_db


def test_parts_put_back_and_taken_by_others_since_are_not_put_back_twice(shop: Shop) -> None:
    process = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: issue, en: Issue, by: mender, do: issue-parts, for: offer.parts}
  - {step: back, en: Back, by: mender, do: put-back-parts}
  - {step: look, en: Look, by: clerk, returns-to: [back]}
  - {end: over}
"""
    deliver("W-1", 5, at=NINE)
    lines = [{"item": "Wire", "part": "W-1", "quantity": "5", "price": "1"}]
    case = begin(shop, process)
    finish(shop, case, "offer", "mei", lines=lines)()
    finish(shop, case, "issue", "lei")()
    finish(shop, case, "back", "lei")()
    other = begin(shop, process)
    finish(shop, other, "offer", "mei", lines=lines)()
    finish(shop, other, "issue", "lei")()
    assert in_stock("W-1") == 0
    service.return_to(
        shop.item(case, "look"), to="back", reason="Again", by=shop["mei"], at=NINE, key=shop.key()
    )
    finish(shop, case, "back", "lei")()
    assert in_stock("W-1") == 0
    assert audit().is_clean


def test_parts_that_would_leave_the_stock_again_must_be_in_it() -> None:
    process = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: issue, en: Issue, by: mender, do: issue-parts, for: offer.parts}
  - {step: count, en: Count, by: clerk, fields: {rows: {type: list, of: piece}}, form: [rows]}
  - {step: back, en: Back, by: mender, do: put-back-parts, for: count.rows}
  - {step: more, en: More, by: mender, do: issue-parts, for: offer.parts}
  - {step: look, en: Look, by: clerk, returns-to: [count]}
  - {end: over}
records: {piece: {part: {type: text}, quantity: {type: integer}}}
"""
    said = """
given: {stock: {W-1: 5}}
start: {by: mei, request: ask}
play:
  - {mei: offer, lines: [{item: Wire, part: W-1, quantity: 5, price: 1}]}
  - {lei: issue}
  - {mei: count, rows: [{part: W-1, quantity: 5}]}
  - {lei: back}
  - {lei: more}
  - {mei: {return: look, to: count, reason: Again}}
  - {mei: count, rows: [{part: W-1, quantity: 2}]}
  - {lei: back, refused: invalid, at: [do]}
expect: {stock: {W-1: -5}}
"""
    assert failures(process, said) == []


def test_money_given_back_is_owed_again_until_that_is_done_again() -> None:
    process = """
  - {step: pay, en: Pay, by: clerk, do: collect, amount: fee}
  - {step: back, en: Give back, by: clerk, do: refund, amount: fee}
  - {step: look, en: Look, by: mender, returns-to: [back]}
  - {end: over}
"""
    past = """
start: {by: mei, request: ask, fee: 50}
play:
  - {mei: pay, method: cash, taken: 50}
  - {mei: back, method: cash}
  - {lei: {return: look, to: back, reason: Again}}
"""
    assert failures(process, f"{past}expect: {{paid: 0, due: 50}}") == []
    again = f"{past}  - {{mei: back, method: cash}}\nexpect: {{paid: 0, due: 0}}"
    assert failures(process, again) == []


def later(process: str, head: str = HEAD) -> str:
    return head.replace("version: 1", "version: 2") + process


def move(shop: Shop) -> Any:
    wish = Wish("2", "new rules", {}, str(shop["root"].pk))
    (result,) = migrate_open_cases("shop-services", wish, NINE)
    return result.refused


PAY = """
  - {step: pay, en: Pay, by: clerk, do: collect, amount: fee}
  - {step: look, en: Look, by: mender, returns-to: [pay]}
  - {end: over}
"""


@pytest.mark.parametrize("currency", ["JPY", "USD"])
def test_a_case_with_money_does_not_go_on_in_another_currency(shop: Shop, currency: str) -> None:
    case = begin(shop, PAY, fee="100")
    finish(shop, case, "pay", "mei", method="cash", taken="100")()
    definitions.publish(
        "shop-services",
        later(PAY, HEAD.replace("roles:", f"currency: {currency}\nroles:")),
        None,
        NINE,
    )
    refused = move(shop)
    assert refused is not None
    assert billing.paid(case.case_id) == 100


def test_a_step_that_does_something_else_in_another_version_does_not_fail(shop: Shop) -> None:
    case = begin(shop, PAY, fee="100")
    finish(shop, case, "pay", "mei", method="cash", taken="100")()
    other = PAY.replace("do: collect", "do: hold-deposit, account: cards")
    definitions.publish("shop-services", later(other), None, NINE)
    if move(shop) is None:
        service.return_to(
            shop.item(case, "look"),
            to="pay",
            reason="Again",
            by=shop["lei"],
            at=NINE,
            key=shop.key(),
        )
        finish(shop, case, "pay", "mei", method="cash", taken="100")()
        assert billing.held(case.case_id) == 100
        assert billing.paid(case.case_id) == 100


@pytest.mark.parametrize(
    "row",
    [
        {"who": "abc", "hours": "1"},
        {"who": "999999", "hours": "1"},
        {"who": "-1", "hours": "1"},
        {"hours": "-1"},
        {"hours": "1e9"},
        {"hours": "NaN"},
        {"begun": "0001-01-01T00:00", "ended": "2026-03-02T09:00"},
        {"begun": "2026-03-02T08:00", "ended": "9999-12-31T23:59"},
        {"begun": "2026-03-02T08:00"},
        {},
    ],
)
def test_time_that_nobody_worked_is_refused(shop: Shop, row: dict[str, str]) -> None:
    process = "  - {step: work, en: Work, by: clerk, do: work, rate: fee}\n  - {end: over}\n"
    case = begin(shop, process, fee="100")
    with pytest.raises(Refused) as caught:
        finish(shop, case, "work", "mei", labour=[row])()
    assert caught.value.code == "invalid"


@pytest.mark.parametrize("slot", ["9999-12-31T23:59", "0001-01-01T00:00", "9999-12-31T15:30"])
def test_a_place_at_the_end_of_time_is_refused(shop: Shop, slot: str) -> None:
    process = "  - {step: book, en: Book, by: clerk, do: book, capacity: bay}\n  - {end: over}\n"
    provide("bay", 1)
    case = begin(shop, process)
    with pytest.raises(Refused) as caught:
        finish(shop, case, "book", "mei", slot=slot)()
    assert caught.value.code == "invalid"


def test_a_payment_with_a_reference_comes_once(shop: Shop) -> None:
    case = begin(shop, PAY, fee="100")

    def arrive(reference: str, amount: str = "40") -> bool:
        return billing.receive(
            case.case_id,
            Decimal(amount),
            currency="CNY",
            method="transfer",
            reference=reference,
            at=NINE,
        )

    assert [arrive("T-1"), arrive("T-1"), arrive("T-2"), arrive("T-1", "-40")] == [
        True,
        False,
        True,
        True,
    ]
    assert [arrive(""), arrive("")] == [True, True]
    assert billing.paid(case.case_id) == 120


def test_a_deposit_is_given_back_once(shop: Shop) -> None:
    process = """
  - {step: hold, en: Hold, by: clerk, do: hold-deposit, account: cards, amount: fee}
  - parallel:
      - {step: back, en: Give back, by: clerk, do: release-deposit, account: cards}
      - {step: again, en: Give back, by: clerk, do: release-deposit, account: cards}
  - {end: over}
"""
    said = """
start: {by: mei, request: ask, fee: 50}
play:
  - {mei: hold, method: cash, taken: -50, refused: invalid}
  - {mei: hold, method: cash, taken: 50}
  - {mei: back, method: cash}
  - {mei: again, method: cash, refused: invalid}
expect: {held: 0}
"""
    assert failures(process, said) == []


def test_a_refund_is_given_once(shop: Shop) -> None:
    process = """
  - {step: pay, en: Pay, by: clerk, do: collect, amount: fee}
  - parallel:
      - {step: back, en: Give back, by: clerk, do: refund, amount: fee}
      - {step: again, en: Give back, by: clerk, do: refund, amount: fee}
      - {step: less, en: Give back, by: clerk, do: refund, amount: 0 - fee}
  - {end: over}
"""
    said = """
start: {by: mei, request: ask, fee: 50}
play:
  - {mei: pay, method: cash, taken: 50}
  - {mei: less, method: cash, refused: invalid}
  - {mei: back, method: cash}
  - {mei: again, method: cash, refused: invalid}
expect: {paid: 0}
"""
    assert failures(process, said) == []
