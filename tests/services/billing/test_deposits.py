"""Deposits as packs use them."""

import pytest

from tests.services.rehearsing import failures

pytestmark = pytest.mark.django_db

LENT = """
  - {step: hold, en: Hold, by: clerk, do: hold-deposit, account: cards, amount: fee}
  - {step: bring, en: Bring back, by: mender, returns-to: [hold]}
  - step: back
    en: Give back
    by: clerk
    do: release-deposit
    account: cards
    needs: [{that: case.held > 0, else: Nothing held}]
  - {end: over}
"""


def test_a_deposit_is_held_and_given_back() -> None:
    assert (
        failures(
            LENT,
            """
start: {by: mei, request: ask, fee: 50}
play:
  - {mei: hold, method: cash, taken: 40, refused: invalid, at: [taken]}
  - {mei: hold, method: cash, taken: 50}
  - {lei: bring}
  - {mei: back, method: cash}
  - {values: {back.released: 50.00}}
expect: {ended: over, held: 0, paid: 0}
""",
        )
        == []
    )


def test_a_deposit_is_held_when_work_goes_back_and_nothing_is_taken_twice() -> None:
    assert (
        failures(
            LENT,
            """
start: {by: mei, request: ask, fee: 50}
play:
  - {mei: hold, method: cash, taken: 50}
  - {lei: {return: bring, to: hold, reason: Wrong card}}
  - {mei: hold, method: cash, taken: 50, refused: invalid, at: [taken]}
  - {mei: hold, method: cash, taken: 0}
  - {lei: bring}
expect: {held: 50}
""",
        )
        == []
    )


def test_a_cancelled_case_still_holds_what_it_took() -> None:
    assert (
        failures(
            LENT,
            """
units: {shop: {head: min}}
start: {by: mei, request: ask, fee: 50}
play:
  - {mei: hold, method: cash, taken: 50}
  - {min: {cancel: case, reason: Gone}}
expect: {ended: cancelled, held: 50}
""",
            cast="{mei: clerk@shop, lei: mender@shop, min: []}",
        )
        == []
    )
