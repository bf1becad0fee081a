"""Places at a time as packs use them, also when several want the last one at once."""

from datetime import timedelta

import pytest

from tests.runtime.shop import NINE, Shop, together
from tests.services.rehearsing import begin, failures, finish
from tuoban.runtime.cases import service
from tuoban.runtime.cases.service import Outcome
from tuoban.services.booking.models import Booking
from tuoban.services.booking.service import most_at_once, provide

BOOKED = """
  - {step: book, en: Book, by: clerk, do: book, capacity: bay}
  - {step: come, en: Come, by: mender, due: book.slot, returns-to: [book]}
  - {end: over}
"""


@pytest.mark.django_db
def test_a_place_is_taken_and_given_back_when_work_goes_back() -> None:
    assert (
        failures(
            BOOKED,
            """
clock: 2026-03-02 09:00
given: {capacity: {bay: 1}}
start: {by: mei, request: ask}
play:
  - {mei: book, slot: 2026-03-02 08:00, refused: invalid, at: [slot]}
  - {mei: book, slot: 2026-03-02 14:00}
  - {due: {come: 14:00}}
  - {lei: {return: come, to: book, reason: Later}}
  - {mei: book, slot: 2026-03-02 14:30}
  - {values: {book.until: 2026-03-02 15:30}}
expect: {booked: {bay: 1}}
""",
        )
        == []
    )


@pytest.mark.django_db
def test_what_is_not_set_up_cannot_be_booked() -> None:
    assert (
        failures(
            BOOKED,
            """
clock: 2026-03-02 09:00
start: {by: mei, request: ask}
play:
  - {mei: book, slot: 2026-03-02 14:00, refused: invalid, at: [slot]}
expect: {booked: {bay: 0}}
""",
        )
        == []
    )


AGAIN = """
  - repeat: rounds
    until: ask.outcome = "kept"
    steps:
      - {step: book, en: Book, by: clerk, do: book, capacity: bay}
      - {step: ask, en: Ask, by: mender, outcomes: {kept: Kept, moved: Moved}, returns-to: [book]}
      - {step: free, en: Free, do: unbook, capacity: bay, when: ask.outcome = "moved"}
      - {step: note, en: Note, by: mender, returns-to: [ask]}
  - {step: come, en: Come, by: mender}
  - {end: over}
"""

FREED = """
  - {step: book, en: Book, by: clerk, do: book, capacity: bay}
  - {step: ask, en: Ask, by: mender}
  - {step: free, en: Free, do: unbook, capacity: bay}
  - {step: note, en: Note, by: mender, returns-to: [ask]}
  - {end: over}
"""


@pytest.mark.django_db
def test_another_time_gives_the_first_place_back() -> None:
    assert (
        failures(
            AGAIN,
            """
clock: 2026-03-02 09:00
given: {capacity: {bay: 1}}
start: {by: mei, request: ask}
play:
  - {mei: book, slot: 2026-03-02 14:00}
  - {lei: ask, outcome: moved}
  - {values: {free.freed: 1}}
  - {lei: note}
  - {mei: book, slot: 2026-03-02 14:00}
  - {lei: ask, outcome: kept}
  - {lei: note}
expect: {booked: {bay: 1}}
""",
        )
        == []
    )


@pytest.mark.django_db
def test_going_back_past_it_the_place_is_the_cases_again() -> None:
    assert (
        failures(
            AGAIN,
            """
clock: 2026-03-02 09:00
given: {capacity: {bay: 1}}
start: {by: mei, request: ask}
play:
  - {mei: book, slot: 2026-03-02 14:00}
  - {lei: ask, outcome: moved}
  - {lei: {return: note, to: ask, reason: They come after all}}
  - {lei: ask, outcome: kept}
  - {lei: note}
expect: {booked: {bay: 1}}
""",
        )
        == []
    )


@pytest.mark.django_db
def test_a_place_that_others_have_taken_since_stays_given_back(shop: Shop) -> None:
    provide("bay", 1)
    first, second = begin(shop, FREED), begin(shop, FREED)
    finish(shop, first, "book", "mei", slot="2026-03-02 14:00")()
    finish(shop, first, "ask", "lei")()
    finish(shop, second, "book", "mei", slot="2026-03-02 14:00")()
    note = shop.item(first, "note")
    service.return_to(
        note, to="ask", by=shop["lei"], reason="Wanted after all", at=NINE, key=shop.key()
    )
    assert not Booking.objects.filter(case=first.case_id, cancelled_at=None).exists()
    assert Booking.objects.filter(case=second.case_id, cancelled_at=None).count() == 1


@pytest.mark.django_db
def test_as_many_are_taken_as_at_the_busiest_moment(shop: Shop) -> None:
    bay, case = provide("bay", 2, 60), shop.start()
    for item, minutes in enumerate((0, 60, 90), start=1):
        begins = NINE + timedelta(minutes=minutes)
        Booking.objects.create(
            capacity=bay, case_id=case.case_id, item=item,
            begins=begins, ends=begins + timedelta(minutes=60),
        )  # fmt: skip
    assert most_at_once(bay, NINE + timedelta(minutes=30), NINE + timedelta(minutes=90)) == 1
    assert most_at_once(bay, NINE + timedelta(minutes=30), NINE + timedelta(minutes=100)) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_the_last_place_one_gets_it(busy_shop: Shop) -> None:
    provide("bay", 1)
    cases = [begin(busy_shop, BOOKED), begin(busy_shop, BOOKED)]
    acts = [finish(busy_shop, case, "book", "mei", slot="2026-03-02 14:00") for case in cases]
    done = [each for each in together(*acts) if isinstance(each, Outcome)]
    assert len(done) == 1
    assert Booking.objects.filter(cancelled_at=None).count() == 1
