"""What the worker does in a round: no duty keeps another from being done, nothing that somebody has
in hand is waited for, and any number of workers may do it at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction

from tests.runtime.cases.test_messages import PACK as PARCELS
from tests.runtime.cases.test_messages import SLUG as PARCELS_SLUG
from tests.runtime.cases.test_messages import became, order, send
from tests.runtime.cases.test_outbox import start as told
from tests.runtime.shop import NINE, Shop, together
from tuoban.runtime.cases import clock, definitions, worker
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Case, JournalEntry, Outgoing, Timer
from tuoban.runtime.cases.outbox import carriers
from tuoban.runtime.cases.outbox.carriers import Letter
from tuoban.runtime.jobs import registry
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.service import enqueue

LATE = NINE + timedelta(hours=3)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that waited for a lock would be told so after a moment, and do nothing more."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "postgresql":
        monkeypatch.setitem(options, "options", "-c lock_timeout=200ms")


def elsewhere(act: Callable[[], object]) -> None:
    """Do this over another connection."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def works(at: datetime = LATE) -> None:
    while worker.run_once(at):
        pass


@pytest.mark.usefixtures("impatient")
def test_a_case_that_somebody_has_in_hand_keeps_no_worker_waiting(
    busy_shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite nobody else writes meanwhile")
    definitions.publish(PARCELS_SLUG, PARCELS, None, NINE)
    held, free = busy_shop.start(), busy_shop.start()
    held_order, free_order = order(busy_shop), order(busy_shop)
    works(NINE)
    message = send(pieces="1")

    with transaction.atomic(), caplog.at_level(logging.WARNING):
        in_hand = Case.objects.select_for_update().filter(pk__in=[held.case_id, held_order.case_id])
        assert len(in_hand) == 2
        elsewhere(lambda: [worker.run_once(LATE) for _ in range(3)])
        assert not Timer.objects.filter(case=free.case_id, due_at__lte=LATE).exists()
        assert Timer.objects.filter(case=held.case_id, due_at__lte=LATE).exists()
    assert caplog.records == []

    works()
    assert set(became(message)) == {
        ("taken", held_order.number),
        ("taken", free_order.number),
    }
    assert not Timer.objects.filter(due_at__lte=LATE).exists()
    assert not Timer.objects.exclude(error="").exists()
    assert audit().is_clean


def test_a_duty_that_cannot_be_done_keeps_nobody_from_the_others(
    busy_shop: Shop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    case = busy_shop.start()

    def broken(at: datetime) -> int:
        raise ValueError("broken")

    def away(at: datetime) -> int:
        raise OperationalError("away")

    duties = {"broken": broken, "away": away, **worker.DUTIES}
    monkeypatch.setattr(worker, "DUTIES", duties)
    with caplog.at_level(logging.CRITICAL):
        works()

    assert not Timer.objects.filter(case=case.case_id, due_at__lte=LATE).exists()


@dataclass
class SlowLine:
    """A carrier that has a letter in hand until it is told to go on."""

    name: str = "slow"
    begun: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)

    def carry(self, letter: Letter) -> None:
        self.begun.set()
        assert self.go_on.wait(60)


def test_a_carrier_that_takes_its_time_keeps_nobody_from_timers_and_jobs(
    busy_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, done, stop = SlowLine(), Event(), Event()
    monkeypatch.setattr(carriers, "_chosen", {"sms": line, "mail": line})
    told(busy_shop)
    registry.register("test-flag", lambda payload, key: done.set())
    thread = Thread(target=worker.run_forever, args=(stop,))
    thread.start()
    try:
        assert line.begun.wait(30)
        case = busy_shop.start()
        enqueue("test-flag", {}, key="flag", run_at=clock.now())
        assert done.wait(30)
        late = Timer.objects.filter(case=case.case_id, due_at__lte=LATE)
        assert any(not late.exists() or stop.wait(0.1) for _ in range(300))
        assert Outgoing.objects.get(attempts=1).state == Outgoing.WAITING
    finally:
        stop.set()
        line.go_on.set()
        thread.join(30)
    assert not thread.is_alive()
    assert Outgoing.objects.get(attempts=1).state == Outgoing.SENT


def test_many_workers_do_each_thing_once(busy_shop: Shop) -> None:
    definitions.publish(PARCELS_SLUG, PARCELS, None, NINE)
    cases = [busy_shop.start() for _ in range(6)]
    orders = [order(busy_shop) for _ in range(4)]
    works(NINE)
    message = send(pieces="1")

    together(works, works, works)
    works()

    assert sorted(number for _, number in became(message)) == sorted(each.number for each in orders)
    for each in cases:
        fired = JournalEntry.objects.filter(case=each.case_id, command="FireTimer")
        timers = [entry.payload for entry in fired]
        assert len(timers) == len(set(timers)) > 0
    assert not Job.objects.exclude(error="").exists()
    assert audit().is_clean
