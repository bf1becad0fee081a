"""Quotes and payments as packs use them."""

import pytest

from tests.services.rehearsing import failures

pytestmark = pytest.mark.django_db

GOODWILL = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: pay, en: Pay, by: clerk, do: collect}
  - {step: back, en: Give back, by: clerk, do: refund, amount: 4}
  - {step: more, en: More, by: clerk, do: charge, amount: 3}
  - {step: rest, en: Rest, by: clerk, do: collect}
  - {step: look, en: Look, by: mender, returns-to: [offer]}
  - {end: sold}
"""


def test_a_payment_done_again_leaves_to_later_steps_what_they_settle_themselves() -> None:
    play = """
start: {by: mei, request: ask}
play:
  - {mei: offer, lines: [{item: Lamp, quantity: 1, price: 20}]}
  - {mei: pay, method: cash, taken: 20}
  - {mei: back, method: cash}
  - {mei: more}
  - {mei: rest, method: cash, taken: 7}
  - {lei: {return: look, to: offer, reason: Dearer}}
  - {mei: offer, lines: [{item: Lamp, quantity: 1, price: 25}]}
  - {mei: pay, method: cash, taken: 5}
  - {values: {pay.owed: 25, pay.paid: 25}}
  - {mei: back, method: cash}
  - {values: {back.refunded: 4}}
  - {mei: more}
  - {mei: rest, method: cash, taken: 0}
  - {values: {rest.owed: 7, rest.paid: 7}}
expect: {paid: 28, due: 0}
"""
    assert failures(GOODWILL, play) == []


SOLD = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: pay, en: Pay, by: clerk, do: collect, amount: offer.total, returns-to: [offer]}
  - step: hand_over
    en: Hand over
    by: mender
    needs: [{that: case.due = 0, else: Not paid}]
    returns-to: [offer, pay]
  - {end: sold}
"""
LINES = (
    "lines: [{item: Lamp, quantity: 2, price: 20}, {item: Work, part: W1, quantity: 1, price: 5}]"
)


def test_what_was_quoted_is_collected() -> None:
    assert (
        failures(
            SOLD,
            f"""
start: {{by: mei, request: ask, thing: Lamp}}
play:
  - {{mei: offer, lines: [], refused: invalid, at: [lines]}}
  - {{mei: offer, {LINES}}}
  - {{values: {{offer.total: 45.00, offer.parts: [{{part: W1, quantity: 1}}]}}}}
  - {{mei: pay, method: cash, taken: 4.50, refused: invalid, at: [taken]}}
  - {{mei: pay, method: cash, taken: 45}}
  - {{values: {{pay.paid: 45.00}}}}
  - {{unlocked: hand_over}}
  - {{lei: hand_over}}
expect: {{ended: sold, paid: 45.00, due: 0, held: 0}}
""",
        )
        == []
    )


def test_a_quote_that_work_goes_back_past_is_undone_and_money_stands() -> None:
    assert (
        failures(
            SOLD,
            f"""
start: {{by: mei, request: ask, thing: Lamp}}
play:
  - {{mei: offer, {LINES}}}
  - {{mei: pay, method: cash, taken: 45}}
  - {{lei: {{return: hand_over, to: offer, reason: One lamp only}}}}
  - {{mei: offer, lines: [{{item: Lamp, quantity: 1, price: 20}}]}}
  - {{mei: pay, method: cash, taken: 20, refused: invalid, at: [taken]}}
  - {{mei: pay, method: cash, taken: -25}}
  - {{values: {{pay.paid: 20.00}}}}
  - {{lei: hand_over}}
expect: {{ended: sold, paid: 20, due: 0}}
""",
        )
        == []
    )


def test_a_case_that_is_paid_in_parts_is_due_until_the_last() -> None:
    assert (
        failures(
            """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: first, en: First, by: clerk, do: collect, amount: "split(offer.total, [50, 30, 20])[1]"}
  - {step: build, en: Build, by: mender}
  - step: rest
    en: Rest
    by: clerk
    do: collect
    outcomes: {paid: Paid, debt: Owes it}
  - {step: hand_over, en: Hand over, by: mender, needs: [{that: case.due = 0, else: Not paid}]}
  - {end: sold}
""",
            """
start: {by: mei, request: ask, thing: Lamp}
play:
  - {mei: offer, lines: [{item: Film, quantity: 1, price: 1000}]}
  - {mei: first, method: transfer, taken: 500}
  - {lei: build}
  - {mei: rest, method: transfer, taken: 100, outcome: paid, refused: invalid, at: [taken]}
  - {mei: rest, method: transfer, taken: 501, outcome: debt, refused: invalid, at: [taken]}
  - {mei: rest, method: transfer, taken: 100, outcome: debt}
  - {locked: hand_over}
expect: {paid: 600, due: 400}
""",
        )
        == []
    )


def test_the_system_charges_by_itself_and_says_why_it_cannot() -> None:
    process = """
  - {step: begin, en: Begin, by: clerk}
  - {step: bill, en: Bill, do: charge, amount: fee}
  - {step: pay, en: Pay, by: clerk, do: collect}
  - {end: sold}
"""
    assert (
        failures(
            process,
            """
start: {by: mei, request: ask, fee: 12.5}
play:
  - {mei: begin}
  - {closed: bill}
  - {mei: pay, method: cash, taken: 12.50}
expect: {ended: sold, paid: 12.50}
""",
        )
        == []
    )
    assert (
        failures(
            process,
            """
start: {by: mei, request: ask}
play:
  - {mei: begin}
  - {open: bill}
expect: {paid: 0}
""",
        )
        == []
    )


SETTLED_LATER = """
  - {step: ahead, en: Advance, by: clerk, do: collect, amount: fee}
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: look, en: Look, by: mender, returns-to: [ahead, offer]}
  - {step: settle, en: Settle, by: clerk, do: collect, outcomes: {paid: Paid, later: Later}}
  - {end: sold}
"""
ADVANCE = (
    "{mei: ahead, method: card, taken: 100}",
    "{mei: offer, lines: [{item: Lamp, quantity: 1, price: 60}]}",
    "{lei: look}",
    "{mei: settle, method: card, taken: 0, outcome: paid, refused: invalid, at: [taken]}",
    "{mei: settle, method: card, taken: -41, outcome: later, refused: invalid, at: [taken]}",
    "{mei: settle, method: card, taken: -40, outcome: paid}",
    "{values: {settle.owed: -40.00, settle.paid: -40.00}}",
)
SENT_BACK = (
    *ADVANCE[:2],
    "{lei: {return: look, to: ahead, reason: Less of all}}",
    "{mei: ahead, method: card, taken: 0}",
    "{mei: offer, lines: [{item: Lamp, quantity: 1, price: 30}]}",
    "{lei: look}",
    "{mei: settle, method: card, taken: -70, outcome: paid}",
)


@pytest.mark.parametrize(
    ("moves", "due"),
    [
        (ADVANCE[:1], "0"),
        (ADVANCE[:2], "-40"),
        (ADVANCE, "0"),
        (SENT_BACK[:3], "-100"),
        (SENT_BACK[:4], "0"),
        (SENT_BACK[:5], "-70"),
        (SENT_BACK, "0"),
    ],
)
def test_what_was_overpaid_is_due_to_the_customer_and_given_back(
    moves: tuple[str, ...], due: str
) -> None:
    play = "".join(f"  - {each}\n" for each in moves)
    found = failures(
        SETTLED_LATER,
        f"start: {{by: mei, request: ask, fee: 100}}\nplay:\n{play}expect: {{due: {due}}}",
    )
    assert found == []
