"""Parts and loans as packs use them, also when several want the last piece at once."""

import pytest

from tests.runtime.shop import NINE, Shop, together
from tests.services.rehearsing import begin, failures, finish
from tuoban.runtime.cases.service import Outcome
from tuoban.services.parts.service import deliver, in_stock

ISSUED = """
  - {step: offer, en: Offer, by: clerk, do: quote}
  - {step: issue, en: Issue, by: mender, do: issue-parts, for: offer.parts}
  - {step: check, en: Check, by: clerk, returns-to: [offer]}
  - {end: over}
"""
LENT = """
  - {step: give, en: Give, by: clerk, do: lend, thing: thing}
  - {step: use, en: Use, by: mender}
  - {step: take, en: Take back, by: clerk, do: take-back}
  - {step: look, en: Look, by: mender, returns-to: [take]}
  - {end: over}
"""


def lines(quantity: int) -> list[dict[str, str]]:
    return [{"item": "Wire", "part": "W-1", "quantity": str(quantity), "price": "1"}]


@pytest.mark.django_db
def test_parts_leave_the_stock_and_the_difference_comes_back() -> None:
    assert (
        failures(
            ISSUED,
            """
given: {stock: {W-1: 3}}
start: {by: mei, request: ask}
play:
  - mei: offer
    lines:
      - {item: Wire, part: W-1, quantity: 2, price: 1}
      - {item: Wire, part: W-1, quantity: 1, price: 2}
  - {lei: issue}
  - {mei: {return: check, to: offer, reason: Too many}}
  - mei: offer
    lines: [{item: Wire, part: W-1, quantity: 1, price: 1}, {item: Work, quantity: 9, price: 1}]
  - {lei: issue}
  - {values: {issue.issued: 1}}
  - {mei: {return: check, to: offer, reason: Two after all}}
  - {mei: offer, lines: [{item: Wire, part: W-1, quantity: 2, price: 1}]}
  - {lei: issue}
expect: {stock: {W-1: -2}}
""",
        )
        == []
    )


@pytest.mark.django_db
def test_no_more_leaves_the_stock_than_there_is() -> None:
    assert (
        failures(
            ISSUED,
            """
given: {stock: {W-1: 3}}
start: {by: mei, request: ask}
play:
  - {mei: offer, lines: [{item: Wire, part: W-1, quantity: 4, price: 1}]}
  - {lei: issue, refused: invalid, at: [do]}
expect: {stock: {W-1: 0}}
""",
        )
        == []
    )


@pytest.mark.django_db
def test_what_was_lent_comes_back_and_is_lent_still_when_that_is_undone() -> None:
    process = """
start: {by: mei, request: ask, thing: Card}
play:
  - {mei: give, mark: "7"}
  - {lei: use}
  - {mei: take, complete: true}
  - {values: {take.returned: Card 7}}
"""
    assert failures(LENT, process + "expect: {lent: 0}") == []
    back = "  - {lei: {return: look, to: take, reason: Another card}}\n"
    assert failures(LENT, process + back + "expect: {lent: 1}") == []


@pytest.mark.django_db
def test_going_back_past_what_was_put_back_it_is_out_again_until_that_is_done_again() -> None:
    load = "do: put-back-parts, for: 'offer.parts[item.quantity = 1]'"
    before = "  - {step: check"
    process = ISSUED.replace(before, f"  - {{step: load, by: mender, {load}}}\n{before}")
    one, three = (f"{{item: A, part: W-1, quantity: {each}, price: 1}}" for each in (1, 3))
    said = f"""
given: {{stock: {{W-1: 5}}}}
start: {{by: mei, request: ask}}
play:
  - {{mei: offer, lines: [{one}, {three}]}}
  - {{lei: issue}}
  - {{lei: load}}
"""
    back = "  - {mei: {return: check, to: offer, reason: Once more}}\n"
    again = f"  - {{mei: offer, lines: [{one}, {one}, {three}]}}\n  - {{lei: issue}}\n"
    assert failures(process, said + "expect: {stock: {W-1: -3}}") == []
    assert failures(process, said + back + "expect: {stock: {W-1: -4}}") == []
    assert failures(process, said + back + again + "expect: {stock: {W-1: -5}}") == []
    done = f"{said}{back}{again}  - {{lei: load}}\nexpect: {{stock: {{W-1: -3}}}}"
    assert failures(process, done) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_the_last_piece_one_gets_it(busy_shop: Shop) -> None:
    deliver("W-1", 3, at=NINE)
    cases = [begin(busy_shop, ISSUED), begin(busy_shop, ISSUED)]
    for case in cases:
        finish(busy_shop, case, "offer", "mei", lines=lines(2))()
    acts = [finish(busy_shop, case, "issue", "lei") for case in cases]
    done = [each for each in together(*acts) if isinstance(each, Outcome)]
    assert len(done) == 1
    assert in_stock("W-1") == 1
