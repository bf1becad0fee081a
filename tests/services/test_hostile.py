"""What no service can hold is told beside its field; what has lapsed or went back is neither lost
nor had twice."""

from typing import Any

import pytest

from tests.runtime.shop import NINE, Shop
from tests.services.rehearsing import begin, failures, finish
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.queries import item_panel
from tuoban.services.billing.models import Charge
from tuoban.services.parts.service import deliver, in_stock

pytestmark = pytest.mark.django_db

LARGE = str(10**15 - 1)
LINE = {"item": "Wire", "quantity": LARGE, "price": LARGE}
OFFER = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {end: over}
"""


def places_refused(act: Any) -> set[str]:
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == "invalid"
    return {each.place for each in caught.value.problems}


def test_a_quote_larger_than_money_can_be_is_told(shop: Shop) -> None:
    case = begin(shop, OFFER)
    assert places_refused(finish(shop, case, "offer", "mei", lines=[LINE]))
    many = [{"item": "Wire", "quantity": LARGE, "price": "9"}] * 400
    assert places_refused(finish(shop, case, "offer", "mei", lines=many))
    assert not Charge.objects.exists()
    assert audit().is_clean


def test_the_page_of_a_step_holds_out_on_a_quote_that_is_too_large(shop: Shop) -> None:
    case = begin(shop, OFFER)
    item = shop.item(case, "offer")
    assert item_panel(shop["mei"], item, NINE, {"lines": [LINE]}) is not None


def test_a_charge_larger_than_money_can_be_is_told() -> None:
    process = """
  - {step: sum, en: Sum, by: clerk, do: charge, amount: fee * fee}
  - {end: over}
"""
    assert (
        failures(
            process,
            f"""
start: {{by: mei, request: ask, fee: {LARGE}}}
play:
  - {{mei: sum, refused: invalid}}
expect: {{due: 0}}
""",
        )
        == []
    )


def test_a_step_that_the_system_does_fails_visibly_where_money_is_too_large(shop: Shop) -> None:
    process = """
  - {step: sum, en: Sum, do: charge, amount: fee * fee}
  - {end: over}
"""
    begin(shop, process, fee=LARGE)
    assert audit().is_clean


def test_a_deposit_and_a_payment_that_are_too_large_are_told() -> None:
    for process in (
        "  - {step: pay, en: Pay, by: clerk, do: collect, amount: fee * fee}\n  - {end: over}\n",
        "  - {step: pay, en: Pay, by: clerk, do: hold-deposit, account: a, amount: fee * fee}\n"
        "  - {end: over}\n",
    ):
        scenario = f"""
start: {{by: mei, request: ask, fee: {LARGE}}}
play:
  - {{mei: pay, method: cash, taken: {LARGE}, refused: invalid}}
expect: {{paid: 0, held: 0}}
"""
        assert failures(process, scenario) == []


def test_pieces_that_are_less_than_nothing_do_not_come_to_the_stock(shop: Shop) -> None:
    process = """
  - step: count
    en: Count
    by: clerk
    fields:
      rows: {type: list, of: piece, en: Rows}
    form: [rows]
  - {step: issue, en: Issue, by: mender, do: issue-parts, for: count.rows}
  - {end: over}
records:
  piece:
    part: {type: text, en: Part}
    quantity: {type: number, en: Quantity}
"""
    deliver("W-1", 3, at=NINE)
    for quantity in ("-5", "0.5", LARGE, "1.5"):
        case = begin(shop, process)
        finish(shop, case, "count", "mei", rows=[{"part": "W-1", "quantity": quantity}])()
        assert places_refused(finish(shop, case, "issue", "lei")) == {"do"}, quantity
    assert in_stock("W-1") == 3
    assert audit().is_clean


def test_a_thing_with_a_very_long_name_is_lent(shop: Shop) -> None:
    process = "  - {step: give, en: Give, by: clerk, do: lend, thing: thing}\n  - {end: over}\n"
    case = begin(shop, process, thing="长" * 500)
    finish(shop, case, "give", "mei", mark="号" * 500)()
    assert audit().is_clean


def test_what_was_given_back_is_taken_again_when_work_goes_back() -> None:
    process = """
  - {step: hold, en: Hold, by: clerk, do: hold-deposit, account: cards, amount: fee}
  - {step: back, en: Give back, by: clerk, do: release-deposit, account: cards}
  - {step: look, en: Look, by: mender, returns-to: [hold]}
  - {end: over}
"""
    assert (
        failures(
            process,
            """
start: {by: mei, request: ask, fee: 50}
play:
  - {mei: hold, method: cash, taken: 50}
  - {mei: back, method: cash}
  - {lei: {return: look, to: hold, reason: Again}}
  - {mei: hold, method: cash, taken: 0, refused: invalid, at: [taken]}
  - {mei: hold, method: cash, taken: 50}
  - {mei: back, method: cash}
expect: {held: 0}
""",
        )
        == []
    )


def test_a_place_that_the_case_has_does_not_stand_in_its_own_way_when_it_lapses() -> None:
    process = """
  - step: book
    en: Book
    by: clerk
    do: book
    capacity: bay
    covers: [thing]
  - {step: change, en: Change, by: mender, form: [thing]}
  - {step: come, en: Come, by: mender, needs: [book]}
  - {end: over}
"""
    assert (
        failures(
            process,
            """
clock: 2026-03-02 09:00
given: {capacity: {bay: 1}}
start: {by: mei, request: ask, thing: Lamp}
play:
  - {mei: book, slot: 2026-03-02 14:00}
  - {lei: change, thing: Other}
  - {mei: book, slot: 2026-03-02 14:30}
  - {lei: come}
expect: {booked: {bay: 1}}
""",
        )
        == []
    )


def test_what_came_back_is_taken_back_again_when_that_lapses() -> None:
    process = """
  - {step: give, en: Give, by: clerk, do: lend, thing: thing}
  - {step: take, en: Take back, by: clerk, do: take-back, covers: [fee]}
  - {step: change, en: Change, by: mender, form: [fee]}
  - {step: come, en: Come, by: mender, needs: [take]}
  - {end: over}
"""
    assert (
        failures(
            process,
            """
start: {by: mei, request: ask, thing: Card, fee: 1}
play:
  - {mei: give, mark: "7"}
  - {mei: take, complete: true}
  - {lei: change, fee: 2}
  - {mei: take, complete: true}
  - {lei: come}
expect: {lent: 0}
""",
        )
        == []
    )
