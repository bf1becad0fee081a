"""What was done is undone when a case is cancelled or ends so, with money and parts; what is kept
is told to somebody."""

from __future__ import annotations

import pytest

from tests.runtime.shop import NINE, Shop
from tests.services.rehearsing import begin, failures, finish
from tuoban.runtime.cases import audit, service
from tuoban.runtime.cases.queries import case_page, notices
from tuoban.services.parts.service import deliver, in_stock

SOLD = """
  - {step: offer, en: Offer, by: clerk, do: quote, undo: [{step: look, en: Look, by: clerk}]}
  - step: pay
    en: Pay
    by: clerk
    do: collect
    undo: [{step: refund, en: Refund, by: clerk, do: refund}]
  - step: issue
    en: Issue
    by: mender
    do: issue-parts
    for: offer.parts
    undo: [{step: unload, en: Unload, by: mender, do: put-back-parts}]
  - {step: agree, en: Agree, by: clerk, outcomes: {yes_: Yes, no_: No}}
  - choose:
      - when: agree.outcome = "no_"
        then: [{end: refused, en: Refused, undo: true}]
  - {step: pack_up, en: Pack up, by: mender}
  - {end: over, en: Over}
"""
BEGUN = """
given: {stock: {W-1: 3}}
start: {by: mei, request: ask}
play:
  - {mei: offer, lines: [{item: Wire, part: W-1, quantity: 2, price: 10}]}
  - {mei: pay, method: cash, taken: 20}
  - {lei: issue}
"""
UNDONE = """
  - {open: [unload]}
  - {closed: [refund, pack_up]}
  - {lei: unload}
  - {values: {unload.put_back: 2}}
  - {open: [refund]}
  - {mei: refund, method: cash}
  - {values: {refund.refunded: 20}}
  - {open: [look]}
  - {mei: look}
"""


@pytest.mark.django_db
def test_a_cancel_undoes_the_latest_first_and_money_and_parts_go_back() -> None:
    cancel = "  - {mei: agree, outcome: yes_}\n  - {mei: {cancel: case, reason: No need}}"
    expect = "expect: {ended: cancelled, paid: 0, due: 0, stock: {W-1: 0}}"
    process = f"{SOLD}cancel: {{by: clerk}}"
    assert failures(process, BEGUN + cancel + UNDONE + expect) == []


@pytest.mark.django_db
def test_an_end_that_undoes_does_the_same() -> None:
    refuse = "  - {mei: agree, outcome: no_}"
    expect = "expect: {ended: refused, paid: 0, due: 0, stock: {W-1: 0}}"
    assert failures(SOLD, BEGUN + refuse + UNDONE + expect) == []


PLAIN = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: pay, en: Pay, by: clerk, do: collect}
  - {step: hold, en: Hold, by: clerk, do: hold-deposit, account: cards, amount: 5}
  - {step: issue, en: Issue, by: mender, do: issue-parts, for: offer.parts}
  - {step: agree, en: Agree, by: clerk, outcomes: {yes_: Yes, no_: No}}
  - choose:
      - when: agree.outcome = "no_"
        then: [{end: refused, en: Refused, undo: true}]
  - {end: over, en: Over}
"""


EVERY = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: prepaid, en: Prepaid, by: clerk, do: collect, amount: 100}
  - {step: hold, en: Hold, by: clerk, do: hold-deposit, account: old, amount: 50}
  - {step: give, en: Give, by: clerk, do: lend, thing: thing}
  - step: first
    en: First
    by: mender
    do: issue-parts
    for: 'offer.parts[item.part = "W-1"]'
  - {step: start_on, en: Start, by: clerk}
  - {step: book, en: Book, by: clerk, do: book, capacity: bay}
  - {step: call_up, en: Call, by: clerk, do: callback}
  - {step: add, en: Add, by: clerk, do: charge, amount: 1}
  - {step: pay, en: Pay, by: clerk, do: collect, amount: 7}
  - {step: keep, en: Keep, by: clerk, do: hold-deposit, account: new, amount: 11}
  - step: issue
    en: Issue
    by: mender
    do: issue-parts
    for: 'offer.parts[item.part = "W-2"]'
  - step: load
    en: Put back
    by: mender
    do: put-back-parts
    for: 'offer.parts[item.part = "W-1"]'
  - {step: take, en: Take, by: clerk, do: take-back}
  - {step: lend_on, en: Lend, by: clerk, do: lend, thing: thing}
  - {step: extra, en: Extra, by: clerk, do: quote}
  - {step: refund, en: Refund, by: clerk, do: refund, amount: 3}
  - {step: release, en: Release, by: clerk, do: release-deposit, account: old}
  - {step: ask, en: Ask, by: clerk, do: survey}
  - {step: mend, en: Mend, by: mender, do: work}
  - step: look
    en: Look
    by: clerk
    outcomes: {yes_: Yes, no_: No}
    returns-to: [start_on]
  - choose:
      - when: look.outcome = "no_"
        then: [{end: refused, en: Refused, undo: true}]
  - {end: over, en: Over}
cancel: {by: clerk}
"""
DONE = """
given: {stock: {W-1: 3, W-2: 3}, capacity: {bay: 1}}
start: {by: mei, request: ask, thing: Card}
play:
  - mei: offer
    lines:
      - {item: Wire, part: W-1, quantity: 1, price: 32}
      - {item: Wire, part: W-2, quantity: 2, price: 16}
  - {mei: prepaid, method: cash, taken: 100}
  - {mei: hold, method: cash, taken: 50}
  - {mei: give, mark: "1"}
  - {lei: first}
  - {mei: start_on}
  - {mei: book, slot: tomorrow 09:00}
  - {mei: call_up, outcome: reached, score: 5}
  - {mei: add}
  - {mei: pay, method: cash, taken: 7}
  - {mei: keep, method: cash, taken: 11}
  - {lei: issue}
  - {lei: load}
  - {mei: take, complete: true}
  - {mei: lend_on, mark: "2"}
  - {mei: extra, lines: [{item: Wire, quantity: 1, price: 2}]}
  - {mei: refund, method: cash}
  - {mei: release, method: cash}
  - {mei: ask, score: 4}
  - {lei: mend, labour: [{what: All, hours: 1}]}
"""
KEPT = "paid: 104, held: 11, booked: {bay: 0}"
AT_THE_END = f'{KEPT}, due: 0, scores: "5, 4", stock: {{W-1: 0, W-2: -2}}, lent: 1, worked: 1'
BECOMES = {
    "{return: look, to: start_on, reason: Anew}": f"{KEPT}, due: -40, "
    'scores: "5", stock: {W-1: -1, W-2: -2}, lent: 2, worked: 0',
    "{cancel: case, reason: No need}": f"ended: cancelled, {AT_THE_END}",
    "look, outcome: no_": f"ended: refused, {AT_THE_END}",
}
"""What becomes of what each activity did, by what is done then."""


@pytest.mark.django_db
@pytest.mark.parametrize("then", BECOMES)
def test_each_activity_is_undone_or_stands_as_the_reference_says(then: str) -> None:
    assert failures(EVERY, f"{DONE}  - {{mei: {then}}}\nexpect: {{{BECOMES[then]}}}") == []


@pytest.mark.django_db
def test_what_gives_back_goes_through_where_nothing_is_left() -> None:
    """Each gives back what its own step took, as far as it has not gone back before."""
    process = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: one, en: One, by: clerk, do: collect, amount: 5, undo: [UNDO_ONE]}
  - {step: two, en: Two, by: clerk, do: collect, amount: 15, undo: [UNDO_TWO]}
  - {step: hold, en: Hold, by: clerk, do: hold-deposit, account: cards, amount: 9, undo: [LET_GO]}
  - {step: give, en: Give, by: clerk, do: lend, thing: thing, undo: [GET]}
  - {step: lay, en: Lay, by: clerk, do: lend, thing: thing, undo: [FETCH]}
  - {step: issue, en: Issue, by: mender, do: issue-parts, for: offer.parts, undo: [UNLOAD]}
  - {step: give_some, en: Some, by: clerk, do: refund, amount: 12}
  - {step: load, en: Load, by: mender, do: put-back-parts}
  - {step: release, en: Release, by: clerk, do: release-deposit, account: cards}
  - {step: wait_on, en: Wait, by: clerk}
  - {end: over, en: Over}
cancel: {by: clerk}
"""
    for name, says in {
        "UNDO_ONE": "{step: undo_one, en: Undo, by: clerk, do: refund}",
        "UNDO_TWO": "{step: undo_two, en: Undo, by: clerk, do: refund, amount: two.paid}",
        "LET_GO": "{step: let_go, en: Go, by: clerk, do: release-deposit, account: cards}",
        "GET": "{step: get, en: Get, by: clerk, do: take-back}",
        "FETCH": "{step: fetch, en: Fetch, by: clerk, do: take-back}",
        "UNLOAD": "{step: unload, en: Unload, by: mender, do: put-back-parts, for: offer.parts}",
    }.items():
        process = process.replace(name, says)
    play = """
given: {stock: {W-1: 3}}
start: {by: mei, request: ask, thing: Card}
play:
  - {mei: offer, lines: [{item: Wire, part: W-1, quantity: 2, price: 10}]}
  - {mei: one, method: cash, taken: 5}
  - {mei: two, method: cash, taken: 15}
  - {mei: hold, method: cash, taken: 9}
  - {mei: give, mark: "1"}
  - {mei: lay, mark: "2"}
  - {lei: issue}
  - {mei: give_some, method: cash}
  - {lei: load}
  - {mei: release, method: cash}
  - {mei: {cancel: case, reason: No need}}
  - {lei: unload}
  - {values: {unload.put_back: 0}}
  - {mei: fetch, complete: true}
  - {values: {fetch.returned: Card 2}}
  - {mei: get, complete: true}
  - {values: {get.returned: Card 1}}
  - {mei: let_go, method: cash}
  - {values: {let_go.released: 0}}
  - {mei: undo_two, method: cash}
  - {values: {undo_two.refunded: 8}}
  - {mei: undo_one, method: cash}
  - {values: {undo_one.refunded: 0}}
expect: {ended: cancelled, paid: 0, held: 0, lent: 0, stock: {W-1: 0}}
"""
    assert failures(process, play) == []


@pytest.mark.django_db
def test_what_was_done_at_the_very_end_is_undone_with_the_rest() -> None:
    process = """
  - {step: note, en: Note, by: clerk}
  - {step: add, en: Add, do: charge, amount: 5}
  - {end: refused, en: Refused, undo: true}
"""
    play = "start: {by: mei, request: ask}\nplay: [{mei: note}]\n"
    assert failures(process, play + "expect: {ended: refused, due: 0}") == []


@pytest.mark.django_db
def test_an_end_of_a_called_process_gives_back_what_that_took_and_the_case_goes_on() -> None:
    process = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: pay, en: Pay, by: clerk, do: collect}
  - {call: extra}
  - step: more
    en: More
    by: clerk
    do: collect
    when: extra.outcome = "dropped"
  - {end: over, en: Over}
processes:
  extra:
    en: Extra
    steps:
      - {step: price, en: Price, by: clerk, do: quote}
      - step: take
        en: Take
        by: clerk
        do: collect
        undo: [{step: give, en: Give, by: clerk, do: refund}]
      - {end: dropped, en: Dropped, undo: true}
"""
    play = """
start: {by: mei, request: ask}
play:
  - {mei: offer, lines: [{item: Wire, quantity: 2, price: 10}]}
  - {mei: pay, method: cash, taken: 20}
  - {mei: extra.price, lines: [{item: Wire, quantity: 1, price: 7}]}
  - {mei: extra.take, method: cash, taken: 7}
  - {mei: extra.give, method: cash}
  - {mei: more, method: cash, taken: 0}
expect: {ended: over, paid: 20, due: 0}
"""
    assert failures(process, play) == []


@pytest.mark.django_db
def test_an_end_that_undoes_takes_back_what_services_did_without_steps_that_say_so() -> None:
    begun = BEGUN.replace("  - {lei", "  - {mei: hold, method: cash, taken: 5}\n  - {lei")
    refuse = "  - {values: {offer.total: 20}}\n  - {mei: agree, outcome: no_}\n"
    expect = "expect: {ended: refused, paid: 20, due: 0, held: 5, stock: {W-1: -2}}"
    assert failures(PLAIN, begun + refuse + expect) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_cancelled", [True, False])
def test_what_is_kept_when_what_was_done_is_undone_is_said_before_and_told_afterwards(
    shop: Shop, *, is_cancelled: bool
) -> None:
    deliver("W-1", 3, at=NINE)
    case = begin(shop, PLAIN)
    lines = [{"item": "Wire", "part": "W-1", "quantity": "2", "price": "10"}]
    finish(shop, case, "offer", "mei", lines=lines)()
    finish(shop, case, "pay", "mei", method="cash", taken="20")()
    finish(shop, case, "hold", "mei", method="cash", taken="5")()
    finish(shop, case, "issue", "lei")()
    head = shop["min"]
    page = case_page(shop["mei"], case.case_id, NINE)
    assert [each.en for each in page.kept_if_cancelled] == [
        "Pay (Payment)",
        "Hold (Deposit)",
        "Issue (Parts)",
    ]
    if is_cancelled:
        service.cancel_case(case.case_id, by=head, reason="No need", at=NINE, key=shop.key())
    else:
        shop.complete(shop.item(case, "agree"), "mei", outcome="no_")
    (told,) = [each for each in notices(head) if each.code == "stands"]
    assert told.sentence.zh.endswith("：已收而不该收的款 ¥20.00、押金 ¥5.00、W-1 2 件")
    assert "Paid and not owed ¥20.00" in told.sentence.en
    assert in_stock("W-1") == 1
    assert audit.audit().is_clean


@pytest.mark.django_db(transaction=True)
def test_where_nothing_is_kept_nobody_is_told(shop: Shop) -> None:
    case = begin(shop, PLAIN)
    lines = [{"item": "Work", "quantity": "2", "price": "10"}]
    finish(shop, case, "offer", "mei", lines=lines)()
    service.cancel_case(case.case_id, by=shop["min"], reason="No need", at=NINE, key=shop.key())
    assert not [each for each in notices(shop["min"]) if each.code == "stands"]
