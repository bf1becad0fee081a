"""Jobs in the hands of workers, by their rows: who holds what, and for how long."""

from collections.abc import Mapping
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from tests.runtime.jobs.carried import Mailbox
from tests.runtime.shop import NINE, together
from tuoban.runtime.jobs import service
from tuoban.runtime.jobs.carriers import rows
from tuoban.runtime.jobs.carriers.rows import run_due
from tuoban.runtime.jobs.carrying import LEASE, claim_next, fail, finish
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.registry import register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailbox")]

MINUTE = timedelta(minutes=1)


def enqueue(key: str = "mail-1", minutes: int = 0) -> None:
    service.enqueue("test-mail", {"to": "李雷"}, key=key, run_at=NINE + minutes * MINUTE)


def test_what_came_due_first_is_carried_out_first(mailbox: Mailbox) -> None:
    enqueue("later", minutes=2)
    enqueue("sooner", minutes=1)

    assert run_due(NINE) == 0
    assert run_due(NINE + 2 * MINUTE) == 2
    assert mailbox.sent == ["sooner:李雷", "later:李雷"]


def test_a_job_whose_worker_died_is_taken_over_when_its_lease_ends() -> None:
    enqueue()
    lost = claim_next(NINE, lease=MINUTE)
    assert lost is not None

    assert claim_next(NINE + timedelta(seconds=59)) is None
    taken_over = claim_next(NINE + MINUTE)
    assert taken_over is not None
    assert (taken_over.id, taken_over.attempt) == (lost.id, 2)


def test_a_worker_that_lost_its_lease_changes_nothing_any_more() -> None:
    enqueue()
    lost = claim_next(NINE, lease=MINUTE)
    taken_over = claim_next(NINE + MINUTE)
    assert lost is not None
    assert taken_over is not None

    assert not fail(lost, NINE + 2 * MINUTE, ConnectionError("late"))
    assert not finish(lost, NINE + 2 * MINUTE)
    assert finish(taken_over, NINE + 2 * MINUTE)
    assert not finish(taken_over, NINE + 2 * MINUTE)


def test_a_worker_that_somebody_took_a_job_from_changes_nothing_any_more() -> None:
    """Though the attempts are counted anew then, and the new first one is under way."""
    enqueue()
    lost = claim_next(NINE)
    assert lost is not None
    Job.objects.update(error="failed before")
    assert service.retry(lost.id, at=NINE + LEASE)
    again = claim_next(NINE + LEASE)
    assert again is not None
    assert again.attempt == lost.attempt

    assert not finish(lost, NINE + LEASE)
    assert finish(again, NINE + LEASE)


def test_what_a_killed_server_had_in_hand_is_free_as_soon_as_it_serves_again() -> None:
    enqueue()
    assert claim_next(NINE) is not None

    with rows.working(Event(), lambda: NINE):
        assert run_due(NINE) == 1
    assert Job.objects.get().done_at is not None


def test_a_worker_that_is_told_to_stop_finishes_what_it_has_in_hand(mailbox: Mailbox) -> None:
    stop = Event()

    def last(payload: Mapping[str, Any], key: str) -> None:
        stop.set()
        mailbox(payload, key)

    register("test-last", last)
    service.enqueue("test-last", {"to": "韩梅"}, key="last", run_at=NINE - MINUTE)
    enqueue("left")

    assert rows.work(NINE, stop) == 1
    assert mailbox.sent == ["last:韩梅"]


@pytest.mark.django_db(transaction=True)
def test_several_workers_never_hold_the_same_job() -> None:
    for number in range(40):
        enqueue(f"job-{number}")

    def work() -> list[str]:
        held = []
        while (job := claim_next(NINE)) is not None:
            held.append(job.key)
            finish(job, NINE)
        return held

    held = [key for keys in together(work, work, work, work) for key in keys]  # type: ignore[union-attr]

    assert sorted(held) == sorted(f"job-{number}" for number in range(40))
