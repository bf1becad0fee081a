"""The promises of jobs, which each carrier keeps on its database: docs/explanation/jobs.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from tests.runtime.jobs.carried import (
    LONG,
    Carried,
    Mailbox,
    dies,
    enqueue,
    eventually,
    forget_kind,
)
from tests.runtime.shop import together
from tuoban.runtime.jobs import carrying, registry, service, stopping
from tuoban.runtime.jobs.carriers import carrier
from tuoban.runtime.jobs.carriers.rows import run_due
from tuoban.runtime.jobs.carrying import MOST_ATTEMPTS, claim
from tuoban.runtime.jobs.models import Decision, Job
from tuoban.runtime.jobs.retry import back_off, why

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def test_a_job_is_carried_out_once(carried: Carried, mailbox: Mailbox) -> None:
    enqueue()

    carried.work()
    carried.pass_time(LONG)
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]
    assert Job.objects.get().done_at is not None


def test_a_job_of_a_transaction_that_is_rolled_back_does_not_exist(
    carried: Carried, mailbox: Mailbox
) -> None:
    with transaction.atomic():
        enqueue()
        transaction.set_rollback(True)

    carried.work()
    assert mailbox.sent == []
    assert not Job.objects.exists()


def test_a_key_queues_one_job_and_none_once_that_is_done(
    carried: Carried, mailbox: Mailbox
) -> None:
    enqueue()
    enqueue()
    carried.work()

    enqueue()
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]


def test_a_key_that_two_queue_at_once_queues_one_job(carried: Carried, mailbox: Mailbox) -> None:
    def queue() -> None:
        with transaction.atomic():
            enqueue()

    together(queue, queue, queue)
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]


def test_a_job_waits_for_its_moment(carried: Carried, mailbox: Mailbox) -> None:
    enqueue(after=HOUR)

    carried.work()
    carried.pass_time(HOUR - timedelta(minutes=5))
    carried.work()
    assert mailbox.sent == []
    carried.pass_time(timedelta(minutes=6))
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]


def test_jobs_of_a_moment_are_carried_out_in_the_order_in_which_they_were_queued(
    carried: Carried, mailbox: Mailbox
) -> None:
    for number in range(12):
        enqueue(f"mail-{number}")

    carried.work()
    assert mailbox.sent == [f"mail-{number}:李雷" for number in range(12)]


def test_the_job_of_a_killed_worker_is_carried_out_by_another(
    carried: Carried, mailbox: Mailbox
) -> None:
    mailbox.is_deadly = True
    enqueue()

    assert dies(carried.work)
    carried.work()
    assert mailbox.sent == []  # nobody knows yet that it was killed
    carried.pass_time(LONG)
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]
    carried.pass_time(LONG)
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]


def test_a_job_that_takes_longer_than_its_lease_is_not_carried_out_beside_itself(
    carried: Carried, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its worker lives on, though nothing is heard of it but the lease."""
    monkeypatch.setattr(carrying, "RENEWAL_S", 0.05)
    renewed: list[bool] = []

    def slow(payload: Mapping[str, Any], key: str) -> None:
        mailbox(payload, key)
        if len(mailbox.sent) == 1:
            carried.pass_time(LONG)
            held = Job.objects.filter(lease_until__gt=carried.now())
            renewed.append(any(held.exists() or Event().wait(0.05) for _ in range(200)))
            together(carried.work)

    registry.register("test-mail", slow)
    enqueue()
    carried.work()
    assert renewed == [True]
    assert mailbox.sent == ["mail-1:李雷"]
    job = Job.objects.get()
    assert (job.attempts, job.done_at is None) == (1, False)


@pytest.mark.usefixtures("quiet")
def test_a_job_that_fails_is_tried_again_with_growing_pauses_and_is_dead_at_last(
    carried: Carried, mailbox: Mailbox
) -> None:
    mailbox.failures = 1000
    job = enqueue()
    for attempt in range(1, MOST_ATTEMPTS):
        carried.work()
        job.refresh_from_db()
        assert (job.attempts, job.dead_at) == (attempt, None)
        carried.pass_time(back_off(attempt) - 5 * SECOND)
        carried.work()
        job.refresh_from_db()
        assert job.attempts == attempt
        carried.pass_time(6 * SECOND)
    carried.work()

    job.refresh_from_db()
    words = why(job.error)
    assert job.dead_at is not None
    assert words is not None
    assert "the post office is closed" in words.en
    tried = mailbox.failures
    carried.pass_time(24 * HOUR)
    carried.work()
    assert mailbox.failures == tried


@pytest.mark.usefixtures("quiet")
def test_a_job_that_succeeds_at_last_says_nothing_of_its_failures(
    carried: Carried, mailbox: Mailbox
) -> None:
    mailbox.failures = 2
    enqueue()
    for _ in range(3):
        carried.work()
        carried.pass_time(HOUR)

    job = Job.objects.get()
    assert mailbox.sent == ["mail-1:李雷"]
    assert (job.error, job.lease_until) == ("", None)


@pytest.mark.usefixtures("quiet")
def test_a_busy_database_is_no_failure_of_a_job(carried: Carried, mailbox: Mailbox) -> None:
    """It is due still, and no attempt is counted, however long others keep the database."""
    enqueue()
    mailbox.busy = MOST_ATTEMPTS + 2
    for _ in range(MOST_ATTEMPTS + 2):
        carried.work()
        carried.pass_time(2 * SECOND)
        assert Job.objects.get().attempts == 0

    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]


@pytest.mark.usefixtures("quiet")
def test_somebody_has_a_dead_job_tried_again(carried: Carried, mailbox: Mailbox) -> None:
    job = dead(carried, mailbox)

    assert service.retry(job.pk, at=carried.now())
    assert not service.retry(job.pk, at=carried.now())
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]
    assert list(Decision.objects.values_list("what", flat=True)) == [Decision.RETRY]


@pytest.mark.usefixtures("quiet")
def test_somebody_does_not_wait_for_the_next_attempt(carried: Carried, mailbox: Mailbox) -> None:
    mailbox.failures = 1
    job = enqueue()
    carried.work()

    assert service.retry(job.pk, at=carried.now())
    carried.work()
    carried.pass_time(LONG)
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]


@pytest.mark.usefixtures("quiet")
def test_somebody_drops_a_dead_job_for_good(carried: Carried, mailbox: Mailbox) -> None:
    job = dead(carried, mailbox)

    assert service.drop(job.pk, reason="The customer has left", at=carried.now())
    assert not service.retry(job.pk, at=carried.now())
    carried.pass_time(LONG)
    carried.work()
    assert mailbox.sent == []
    decision = Decision.objects.get()
    assert (decision.what, decision.reason) == (Decision.DROP, "The customer has left")


def test_a_job_that_is_dropped_while_it_waits_is_not_carried_out(
    carried: Carried, mailbox: Mailbox
) -> None:
    job = enqueue()

    assert service.drop(job.pk, reason="Not wanted any more", at=carried.now())
    carried.work()
    assert mailbox.sent == []


def test_what_a_worker_has_in_hand_is_neither_retried_nor_dropped(
    carried: Carried, mailbox: Mailbox
) -> None:
    job = enqueue()
    assert claim(job.pk, carried.now()) is not None

    assert not service.retry(job.pk, at=carried.now())
    assert not service.drop(job.pk, reason="Too late", at=carried.now())
    assert not Decision.objects.exists()


def test_many_workers_carry_out_each_job_once(carried: Carried, mailbox: Mailbox) -> None:
    for number in range(40):
        enqueue(f"job-{number}")

    together(carried.work, carried.work, carried.work, carried.work)
    carried.work()  # what one found busy

    assert sorted(mailbox.sent) == sorted(f"job-{number}:李雷" for number in range(40))


def test_a_job_that_nobody_here_knows_is_kept_until_somebody_does(
    carried: Carried, mailbox: Mailbox
) -> None:
    enqueue()
    forget_kind("test-mail")
    for _ in range(MOST_ATTEMPTS + 1):
        carried.work()
        carried.pass_time(LONG)

    job = Job.objects.get()
    assert (job.attempts, job.done_at, job.dead_at, job.error) == (0, None, None, "")
    registry.register("test-mail", mailbox)
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]


@pytest.mark.usefixtures("quiet")
def test_a_clock_that_was_ahead_keeps_no_failed_job_waiting(
    carried: Carried, mailbox: Mailbox
) -> None:
    mailbox.failures = 1
    enqueue()
    carried.ahead = timedelta(days=30)
    carried.work()
    assert Job.objects.get().attempts == 1

    carried.ahead = timedelta()
    carried.pass_time(HOUR)
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]


def test_a_clock_that_was_ahead_when_a_worker_was_killed_keeps_its_job_from_nobody(
    carried: Carried, mailbox: Mailbox
) -> None:
    mailbox.is_deadly = True
    enqueue()
    carried.ahead = timedelta(days=30)
    assert dies(carried.work)

    carried.ahead = timedelta()
    carried.pass_time(LONG)
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]


def test_a_clock_that_is_set_back_while_a_job_is_done_does_it_no_second_time(
    carried: Carried, mailbox: Mailbox
) -> None:
    enqueue(after=-HOUR)
    carried.work()

    carried.ahead = -timedelta(minutes=30)
    carried.work()
    carried.ahead = timedelta(days=30)
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]


def dead(carried: Carried, mailbox: Mailbox) -> Job:
    """A job that failed at every attempt; the next one would succeed."""
    mailbox.failures = MOST_ATTEMPTS
    job = enqueue()
    for _ in range(MOST_ATTEMPTS):
        carried.work()
        carried.pass_time(HOUR)
    job.refresh_from_db()
    assert job.dead_at is not None
    return job


def test_a_long_job_is_put_back_where_its_worker_is_told_to_stop(
    carried: Carried, mailbox: Mailbox
) -> None:
    def long(payload: Mapping[str, Any], key: str) -> None:
        stopping.check()
        mailbox(payload, key)

    registry.register("test-mail", long, waits=True)
    enqueue()
    stop = Event()
    with stopping.heeded(stop):
        stop.set()
        carrying_out(carried)
    job = Job.objects.get()
    assert (job.attempts, job.error, job.done_at, mailbox.sent) == (0, "", None, [])

    carried.pass_time(LONG)
    carrying_out(carried)
    assert mailbox.sent == ["mail-1:李雷"]


def test_a_job_that_waits_for_something_else_keeps_no_other_job_waiting(
    carried: Carried, mailbox: Mailbox
) -> None:
    is_under_way, may_end = Event(), Event()

    def wait(payload: Mapping[str, Any], key: str) -> None:
        is_under_way.set()
        assert may_end.wait(60)

    registry.register("test-waits", wait, waits=True)
    enqueue("waits", kind="test-waits")
    with carrier().working(Event(), carried.now):
        assert is_under_way.wait(60)
        enqueue()
        carrier().work(carried.now())
        assert eventually(lambda: mailbox.sent == ["mail-1:李雷"])
        may_end.set()
    forget_kind("test-waits")
    assert Job.objects.get(key="waits").done_at is not None


def carrying_out(carried: Carried) -> None:
    """Carry out what is due, also what waits for something else."""
    carried.work()
    if connection.vendor == "sqlite":
        run_due(carried.now(), waits=True)
