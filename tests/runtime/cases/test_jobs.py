"""The promises of jobs. Another carrier has to pass the same tests."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.runtime.shop import NINE, together
from tuoban.runtime.cases import jobs
from tuoban.runtime.cases.models import Job
from tuoban.runtime.cases.refusals import RuntimeRefused

pytestmark = pytest.mark.django_db


class Mailbox:
    """A handler that remembers what it did, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.failures = 0
        self.busy = 0

    def __call__(self, payload: Mapping[str, Any], key: str) -> None:
        if self.busy:
            self.busy -= 1
            raise RuntimeRefused("busy")
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the post office is closed")
        self.sent.append(f"{key}:{payload['to']}")


@pytest.fixture
def mailbox() -> Mailbox:
    mailbox = Mailbox()
    jobs.register("test-mail", mailbox)
    return mailbox


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


def enqueue(key: str = "mail-1", minutes: int = 0) -> None:
    jobs.enqueue("test-mail", {"to": "李雷"}, key=key, run_at=NINE + timedelta(minutes=minutes))


def test_a_job_is_carried_out_once(mailbox: Mailbox) -> None:
    enqueue()

    assert jobs.run_due(NINE) == 1
    assert jobs.run_due(NINE + timedelta(days=1)) == 0
    assert mailbox.sent == ["mail-1:李雷"]


def test_a_job_waits_for_its_time_and_the_oldest_goes_first(mailbox: Mailbox) -> None:
    enqueue("later", minutes=2)
    enqueue("sooner", minutes=1)

    assert jobs.run_due(NINE) == 0
    assert jobs.run_due(NINE + timedelta(minutes=2)) == 2
    assert mailbox.sent == ["sooner:李雷", "later:李雷"]


def test_a_key_queues_one_job(mailbox: Mailbox) -> None:
    enqueue()
    enqueue()

    assert jobs.run_due(NINE) == 1


def test_a_job_of_a_rolled_back_transaction_does_not_exist(mailbox: Mailbox) -> None:
    with transaction.atomic():
        enqueue()
        transaction.set_rollback(True)

    assert jobs.run_due(NINE) == 0


@pytest.mark.usefixtures("quiet")
def test_a_failed_job_is_tried_again_after_a_pause(mailbox: Mailbox) -> None:
    mailbox.failures = 1
    enqueue()

    jobs.run_due(NINE)
    assert "the post office is closed" in Job.objects.get().error
    assert jobs.run_due(NINE + timedelta(seconds=9)) == 0
    assert jobs.run_due(NINE + timedelta(seconds=10)) == 1
    assert mailbox.sent == ["mail-1:李雷"]
    assert Job.objects.get().error == ""


def test_a_busy_database_is_no_failure_of_a_job(
    mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    """It is due still, and no attempt is counted, however long others keep the database."""
    caplog.set_level(logging.CRITICAL)
    enqueue()
    mailbox.busy = 2 * jobs.MOST_ATTEMPTS
    while mailbox.busy:
        assert jobs.run_due(NINE) == 0

    assert jobs.run_due(NINE) == 1
    assert mailbox.sent == ["mail-1:李雷"]
    assert Job.objects.get().attempts == 1


@pytest.mark.usefixtures("quiet")
def test_a_job_that_keeps_failing_is_set_aside(mailbox: Mailbox) -> None:
    mailbox.failures = 1000
    enqueue()

    at, tries = NINE, 0
    while jobs.run_due(at):
        at, tries = at + timedelta(days=1), tries + 1

    assert tries == jobs.MOST_ATTEMPTS
    assert Job.objects.get().dead_at is not None


@pytest.mark.usefixtures("quiet")
def test_a_job_of_an_unknown_kind_fails_and_is_kept() -> None:
    jobs.enqueue("nobody-knows", {}, key="k", run_at=NINE)

    assert jobs.run_due(NINE) == 1
    assert "nobody-knows" in Job.objects.get().error


@pytest.mark.usefixtures("mailbox")
def test_a_job_whose_worker_died_is_taken_over_when_its_lease_ends() -> None:
    enqueue()
    lost = jobs.claim(NINE, lease=timedelta(minutes=1))
    assert lost is not None

    assert jobs.claim(NINE + timedelta(seconds=59)) is None
    taken_over = jobs.claim(NINE + timedelta(minutes=1))
    assert taken_over is not None
    assert (taken_over.id, taken_over.attempt) == (lost.id, 2)


@pytest.mark.usefixtures("mailbox")
def test_a_worker_that_lost_its_lease_changes_nothing_any_more() -> None:
    enqueue()
    lost = jobs.claim(NINE, lease=timedelta(minutes=1))
    taken_over = jobs.claim(NINE + timedelta(minutes=1))
    assert lost is not None
    assert taken_over is not None

    assert not jobs.fail(lost, NINE + timedelta(minutes=2), ConnectionError("late"))
    assert not jobs.finish(lost, NINE + timedelta(minutes=2))
    assert jobs.finish(taken_over, NINE + timedelta(minutes=2))
    assert not jobs.finish(taken_over, NINE + timedelta(minutes=2))


@pytest.mark.django_db(transaction=True)
def test_several_workers_never_hold_the_same_job() -> None:
    for number in range(40):
        enqueue(f"job-{number}")

    def work() -> list[str]:
        held = []
        while (job := jobs.claim(NINE)) is not None:
            held.append(job.key)
            jobs.finish(job, NINE)
        return held

    held = [key for keys in together(work, work, work, work) for key in keys]  # type: ignore[union-attr]

    assert sorted(held) == sorted(f"job-{number}" for number in range(40))
