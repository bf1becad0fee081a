"""Messages between cases and with systems: each reaches every case that matches, once, whatever
happens meanwhile."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from tests.runtime.shop import NINE, PACK_FOLDER, Shop, refusal, row
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.messaging import delivering, taking
from tuoban.runtime.cases.messaging.receiving import MOST_AN_HOUR, receive, too_fast
from tuoban.runtime.cases.messaging.working import carry_messages, forget
from tuoban.runtime.cases.models import (
    Case,
    JournalEntry,
    Listener,
    Message,
    MessageDelivery,
    PersonalValue,
    WorkItem,
)
from tuoban.runtime.cases.service import Outcome

SLUG = "shop-parcels"
PACK = (PACK_FOLDER / f"{SLUG}.yaml").read_text(encoding="utf-8")


@pytest.fixture
def parcels(shop: Shop) -> Shop:
    """The shop, which orders parts and waits for them to arrive."""
    definitions.publish(SLUG, PACK, None, NINE)
    return shop


def order(shop: Shop, part: str = "屏幕", **data: Any) -> Outcome:
    """A part is ordered, and awaited."""
    case = service.start_case(
        SLUG, "order", by=shop["mei"], data={"part": part, **data}, at=NINE, key=shop.key()
    )
    shop.complete(shop.item(case, "order_it"), "mei")
    return case


def send(name: str = "arrived", part: str = "屏幕", key: str = "", **data: Any) -> Message:
    taken = receive(name, {"part": part, **data}, at=NINE, key=key, source="warehouse")
    return Message.objects.get(pk=taken.id)


def carry(at: Any = NINE) -> None:
    while carry_messages(at):
        pass


def became(message: Message) -> list[tuple[str, str]]:
    rows = MessageDelivery.objects.filter(message=message).select_related("case").order_by("pk")
    return [(each.what, each.case.number if each.case else "") for each in rows]


def test_a_message_reaches_every_case_that_matches(parcels: Shop) -> None:
    one, two, other = order(parcels), order(parcels), order(parcels, "电池")
    message = send(pieces="2")

    carry()

    assert became(message) == [("taken", one.number), ("taken", two.number)]
    assert parcels.item(one, "unpack")
    assert parcels.item(two, "unpack")
    assert row(other).status == "running"
    assert Listener.objects.filter(case=other.case_id, name="arrived").exists()
    assert not Listener.objects.filter(case=one.case_id, name="arrived").exists()
    assert audit().is_clean


def test_it_is_kept_for_what_does_not_wait_yet_and_then_forgotten(parcels: Shop) -> None:
    send(pieces="1")
    carry()
    case = order(parcels)
    carry(NINE + timedelta(days=29))
    assert row(case).status == "ended"

    assert forget(NINE + timedelta(days=29)) == 0
    assert forget(NINE + timedelta(days=31)) == 1
    assert [each.name for each in Message.objects.all()] == ["fetched"]
    late = order(parcels)
    carry(NINE + timedelta(days=31))
    assert row(late).status == "running"
    assert audit().is_clean


def test_what_a_case_enters_later_may_match_what_has_come(parcels: Shop) -> None:
    case = order(parcels, "屏膜")
    send(pieces="1")
    carry()
    assert row(case).status == "running"
    service.correct_field(
        case.case_id, "part", "屏幕", reason="写错", by=parcels["mei"], at=NINE, key=parcels.key()
    )
    carry()
    assert row(case).status == "ended"


def test_what_is_sent_by_a_case_reaches_others_and_stands_with_it(parcels: Shop) -> None:
    case = order(parcels, buyer="王建国")
    send(pieces="1", buyer="李四")
    carry()

    fetched = Message.objects.get(name="fetched")
    assert fetched.sender_id == case.case_id
    assert json.loads(fetched.values)["part"] == "屏幕"
    assert "李四" in fetched.personal
    assert "李四" not in fetched.values
    journal = "".join(JournalEntry.objects.values_list("payload", flat=True))
    assert "李四" not in journal
    assert "王建国" not in journal
    assert fetched.done_at == NINE
    assert audit().is_clean


def test_bad_input_from_outside_is_refused_with_every_problem(parcels: Shop) -> None:
    found = refusal(lambda: receive("arrived", {"pieces": "0", "colour": "red"}, at=NINE))
    assert {(each.place, each.code) for each in found.problems} == {
        ("colour", "unknown-field"),
        ("part", "required"),
        ("pieces", "too-small"),
    }
    assert refusal(lambda: receive("nothing", {}, at=NINE)).code == "unknown-message"
    assert Message.objects.count() == 0


def test_a_message_that_is_sent_twice_counts_once(parcels: Shop) -> None:
    case = order(parcels)
    send(key="A-1", pieces="1")
    again = receive(
        "arrived", {"part": "屏幕", "pieces": "1"}, at=NINE, key="A-1", source="warehouse"
    )
    assert again.replayed
    other = {"part": "电池"}
    assert refusal(
        lambda: receive("arrived", other, at=NINE, key="A-1", source="warehouse")
    ).code == ("key-reused")
    carry()
    assert row(case).status == "ended"
    assert JournalEntry.objects.filter(case=case.case_id, command="Deliver").count() == 1


def test_of_one_source_no_more_than_so_much_is_taken_within_the_hour(parcels: Shop) -> None:
    first = send(key="1")
    Message.objects.bulk_create(
        Message(
            key=f"outside/warehouse/x{number}",
            name="arrived",
            source="warehouse",
            received_at=NINE,
            kept_until=first.kept_until,
            next_try_at=NINE,
        )
        for number in range(MOST_AN_HOUR - 1)
    )
    found = refusal(lambda: send(key="2"))
    assert (found.code, found.facts["source"]) == ("source-too-fast", "warehouse")
    assert found.read("zh") != found.read("en")
    assert send(key="1") == first, "what had come may come again"
    assert receive("arrived", {"part": "Lamp"}, at=NINE, source="railway")
    later = NINE + timedelta(minutes=61)
    assert receive("arrived", {"part": "Lamp"}, at=later, key="2", source="warehouse")
    assert (too_fast(NINE), too_fast(later)) == (("warehouse",), ())


def test_it_joins_the_case_that_matches_else_one_begins(parcels: Shop) -> None:
    first = send("ordered", buyer="王建国")
    carry()
    case = Case.objects.get(definition__slug=SLUG)
    assert became(first) == [("began", case.number)]
    assert (case.title, case.unit_id) == ("屏幕", "hq")
    assert PersonalValue.objects.filter(case=case, field="buyer").exists()

    second, third = send("ordered"), send("ordered", "电池")
    carry()

    assert became(second) == [("joined", case.number)]
    assert [what for what, _ in became(third)] == ["began"]
    assert Case.objects.filter(definition__slug=SLUG).count() == 2
    assert WorkItem.objects.filter(case=case, node="call").count() == 1
    carry()
    assert WorkItem.objects.filter(case=case, node="call").count() == 1
    assert audit().is_clean


def test_a_case_that_cannot_read_it_says_so_and_the_others_go_on(parcels: Shop) -> None:
    old = order(parcels)
    text = PACK.replace("2026.1", "2026.2").replace("pieces: {type: integer", "pieces: {type: text")
    definitions.publish(SLUG, text.replace(", min: 1", "").replace("> 1", '= "x"'), None, NINE)
    new = order(parcels)
    message = Message.objects.get(
        pk=receive("arrived", {"part": "屏幕", "pieces": "many"}, at=NINE).id
    )

    carry()

    assert became(message) == [("unfit", old.number), ("taken", new.number)]
    assert "pieces" in MessageDelivery.objects.get(case=old.case_id).error
    assert audit().is_clean


def test_one_case_that_fails_does_not_keep_it_from_the_others(
    parcels: Shop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one, two = order(parcels), order(parcels)
    carry()  # nothing is left to look for
    real = taking.bring

    def fails_for_one(desk: Any, message: Message, at: Any) -> None:
        if desk.case.row.pk == one.case_id:
            raise ValueError("broken")
        real(desk, message, at)

    monkeypatch.setattr("tuoban.runtime.cases.messaging.delivering.bring", fails_for_one)
    message = send(pieces="1")
    with caplog.at_level(logging.CRITICAL):
        carry()
    assert became(message) == [("failed", one.number), ("taken", two.number)]
    assert MessageDelivery.objects.get(what="failed").slug == SLUG

    monkeypatch.setattr("tuoban.runtime.cases.messaging.delivering.bring", real)
    carry(NINE + timedelta(minutes=1))

    assert became(message) == [("taken", one.number), ("taken", two.number)]
    assert audit().is_clean


def test_one_delivery_that_breaks_its_attempt_does_not_keep_the_others(
    parcels: Shop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one, two = order(parcels), order(parcels)
    carry()
    message, real = send(pieces="1"), delivering._bring_to

    def fails(case_id: int, message: Message, at: Any) -> bool:
        delivering._fail(message, case_id, at, ValueError("broken"))
        return True

    def breaks_for_one(case_id: int, message: Message, at: Any) -> bool:
        if case_id == one.case_id:
            raise RuntimeError("worse")
        return real(case_id, message, at)

    monkeypatch.setattr(delivering, "_bring_to", fails)
    carry()
    monkeypatch.setattr(delivering, "_bring_to", breaks_for_one)
    with caplog.at_level(logging.CRITICAL):
        carry(NINE + timedelta(minutes=1))

    assert became(message) == [("failed", one.number), ("taken", two.number)]
    broken = MessageDelivery.objects.get(what="failed")
    assert (broken.attempts, "worse" in broken.error) == (2, True)


@pytest.mark.parametrize("dies_after", [0, 1, 2])
def test_a_worker_that_dies_anywhere_loses_nothing_and_repeats_nothing(
    parcels: Shop, monkeypatch: pytest.MonkeyPatch, dies_after: int
) -> None:
    cases = [order(parcels) for _ in range(3)]
    message = send(pieces="1")
    real, count = delivering._go_on, iter(range(100))

    def dies(*args: Any) -> bool:
        did = real(*args)
        if next(count) == dies_after:
            raise OperationalError("killed")  # nothing of this transaction stays
        return did

    monkeypatch.setattr(delivering, "_go_on", dies)
    carry_messages(NINE)
    monkeypatch.setattr(delivering, "_go_on", real)
    carry()

    assert [what for what, _ in became(message)] == ["taken"] * 3
    assert {row(each).status for each in cases} == {"ended"}
    for each in cases:
        entries = JournalEntry.objects.filter(case=each.case_id, command="Deliver")
        assert entries.count() == 1
    assert audit().is_clean


def test_what_is_erased_of_a_case_is_erased_of_its_messages(parcels: Shop) -> None:
    case = order(parcels, buyer="王建国")
    message = send(pieces="1", buyer="李四")
    carry()
    service.erase_personal_values(
        case.case_id, by=parcels["root"], reason="要求", at=NINE, key=parcels.key()
    )
    message.refresh_from_db()
    assert (message.personal, Message.objects.get(name="fetched").personal) == ("{}", "{}")
    assert audit().is_clean


def test_what_is_personal_goes_into_no_process_that_does_not_say_so(parcels: Shop) -> None:
    case = order(parcels)
    message = send(pieces="1")
    Message.objects.filter(pk=message.pk).update(
        values='{"part":"屏幕"}', personal='{"pieces":"1"}'
    )
    carry()
    assert became(message) == [("unfit", case.number)]
    assert "pieces" in MessageDelivery.objects.get().error


def test_a_case_on_its_way_to_another_version_goes_on_listening(parcels: Shop) -> None:
    case = order(parcels)
    text = PACK.replace("2026.1", "2026.2").replace("wait: came", "wait: parcel")
    definitions.publish(SLUG, text.replace("came.", "parcel."), None, NINE)
    service.migrate_case(
        case.case_id,
        to="2026.2",
        renames={"came": "parcel"},
        by=parcels["root"],
        at=NINE,
        key=parcels.key(),
    )
    send(pieces="1")
    carry()
    assert row(case).status == "ended"
    assert audit().is_clean


def test_the_rows_that_listen_are_audited(parcels: Shop) -> None:
    case = order(parcels)
    Listener.objects.filter(case=case.case_id, name="arrived").delete()
    found = audit().findings
    assert [(each.kind, "arrived" in each.detail) for each in found] == [("rows-differ", True)]
