"""Several people and workers at the same moment, each over a connection of its own."""

import time
from collections import Counter
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from tests.runtime.shop import NINE, PACK, PACK_FOLDER, REQUEST, SLUG, Shop, row, together
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.messaging.receiving import receive
from tuoban.runtime.cases.messaging.working import carry_messages
from tuoban.runtime.cases.models import (
    Case,
    JournalEntry,
    MessageDelivery,
    Notice,
    PublishedDefinition,
)
from tuoban.runtime.cases.service import Outcome, fire_due_timers


def test_of_two_people_who_complete_one_item_one_is_told_who_was_faster(busy_shop: Shop) -> None:
    for _ in range(5):
        case = busy_shop.start()
        item = busy_shop.item(case, "look")

        def look(who: str, item: int = item) -> Outcome:
            return busy_shop.complete(
                item, who, outcome="found", checked=["1"], price="80", at=NINE
            )

        results = together(lambda: look("lei"), lambda: look("han"))

        done = [each for each in results if isinstance(each, Outcome)]
        refused = [each for each in results if isinstance(each, Refused)]
        assert (len(done), len(refused)) == (1, 1), results
        winner = "李雷" if isinstance(results[0], Outcome) else "韩梅"
        assert refused[0].code == "item-done"
        assert refused[0].facts["by"] == winner
        assert JournalEntry.objects.filter(case=case.case_id).count() == 2
    assert audit().is_clean


def test_of_two_people_who_claim_one_item_one_holds_it(busy_shop: Shop) -> None:
    case = busy_shop.start()

    results = together(
        lambda: busy_shop.claim(case, "look", "lei"),
        lambda: busy_shop.claim(case, "look", "han"),
    )

    assert Counter(type(each) for each in results) == {Outcome: 1, Refused: 1}
    assert audit().is_clean


def test_the_same_request_twice_at_once_starts_one_case(busy_shop: Shop) -> None:
    def start() -> Outcome:
        return service.start_case(
            SLUG, "repair", by=busy_shop["mei"], data=REQUEST, at=NINE, key="double click"
        )

    results = together(start, start, start)

    assert Case.objects.count() == 1
    assert sorted(each.replayed for each in results if isinstance(each, Outcome)) == [
        False,
        True,
        True,
    ]


def test_the_same_click_twice_at_once_completes_one_item(busy_shop: Shop) -> None:
    case = busy_shop.start()
    item = busy_shop.item(case, "look")

    def claim() -> Outcome:
        return service.claim(item, by=busy_shop["lei"], at=NINE, key="double click")

    results = together(claim, claim)

    assert sorted(each.replayed for each in results if isinstance(each, Outcome)) == [False, True]
    assert JournalEntry.objects.count() == 2


def test_numbers_have_no_gap_and_no_twin(busy_shop: Shop) -> None:
    def start_some() -> None:
        for number in range(6):
            phone = "12" if number % 3 == 2 else "13800138000"  # every third one is refused
            try:
                busy_shop.start(phone=phone)
            except Refused:
                continue

    together(start_some, start_some, start_some)

    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == [f"SR-2603-{number:04d}" for number in range(1, 13)]


def test_two_workers_fire_every_timer_once(busy_shop: Shop) -> None:
    for _ in range(4):
        busy_shop.start()
    late = NINE + timedelta(hours=3)

    together(lambda: fire_due_timers(late), lambda: fire_due_timers(late))
    fire_due_timers(late)

    assert Notice.objects.filter(code="escalated").count() == 4
    assert JournalEntry.objects.filter(command="FireTimer").count() == 12
    assert audit().is_clean


def test_the_worker_and_a_person_at_one_case_do_not_disturb_each_other(busy_shop: Shop) -> None:
    cases = [busy_shop.start() for _ in range(4)]
    late = NINE + timedelta(hours=3)

    def work() -> None:
        for case in cases:
            busy_shop.look(case, at=late)

    results = together(work, lambda: fire_due_timers(late))

    assert not [each for each in results if isinstance(each, Exception)]
    assert audit().is_clean


def test_publishing_the_same_pack_twice_at_once_publishes_it_once(busy_shop: Shop) -> None:
    text = PACK.replace("version: 2026.1", "version: 2026.9")

    results = together(*[lambda: definitions.publish(SLUG, text, None, NINE)] * 3)

    assert not [each for each in results if isinstance(each, Exception)]
    assert PublishedDefinition.objects.filter(version="2026.9").count() == 1


def test_two_workers_bring_every_message_once_and_begin_one_case(busy_shop: Shop) -> None:
    parcels = (PACK_FOLDER / "shop-parcels.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-parcels", parcels, None, NINE)
    for _ in range(3):
        receive("ordered", {"part": "screen"}, at=NINE)

    def work() -> int:
        return sum(carry_messages(NINE) for _ in range(6))

    together(work, work)
    while carry_messages(NINE):
        pass

    assert Case.objects.filter(definition__slug="shop-parcels").count() == 1
    what = Counter(MessageDelivery.objects.values_list("what", flat=True))
    assert what == {"began": 1, "joined": 2}
    assert JournalEntry.objects.filter(command="Deliver").count() == 2
    assert audit().is_clean


def test_whoever_waits_for_a_case_finds_it_by_the_version_that_it_goes_by_now(
    busy_shop: Shop,
) -> None:
    """The version is read beside the case, which is another one once the wait is over."""
    if connection.vendor != "postgresql":
        pytest.skip("there nobody reads a case that somebody else moves")
    case = busy_shop.start()
    item = busy_shop.item(case, "look")
    definitions.publish(SLUG, PACK.replace("version: 2026.1", "version: 2026.2"), None, NINE)
    moved = Event()

    def migrate() -> Outcome:
        with transaction.atomic():
            made = service.migrate_case(
                case.case_id, to="2026.2", reason="新规定", by=busy_shop["root"], at=NINE, key="m"
            )
            moved.set()
            wait_until_waiting(2)
            return made

    def look() -> Outcome:
        moved.wait(30)
        return busy_shop.complete(item, "lei", NINE, outcome="found", checked=["1"], price="80")

    def recheck() -> bool:
        moved.wait(30)
        return service.recheck(case.case_id, NINE)

    for each in together(migrate, look, recheck):
        assert not isinstance(each, Exception), each
    assert row(case).definition.version == "2026.2"
    assert audit().is_clean


def wait_until_waiting(number: int) -> None:
    """Until so many other connections wait for locks."""
    waiting = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"
    with connection.cursor() as cursor:
        for _ in range(3000):
            cursor.execute(waiting)
            if cursor.fetchone()[0] >= number:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waits")
