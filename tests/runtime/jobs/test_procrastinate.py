"""What carries jobs on PostgreSQL: it wakes, comes back by itself, and mends what it finds."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from tests.runtime.jobs.carried import LONG, Carried, Mailbox, enqueue, eventually
from tuoban.runtime.cases import clock
from tuoban.runtime.jobs.carriers import carrier
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.registry import register

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="Procrastinate carries jobs on PostgreSQL"
)
_LIMIT_S = 60


@contextmanager
def working() -> Iterator[None]:
    with carrier().working(Event(), clock.now):
        yield


def errands() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (args->>'job')::bigint, status::text FROM procrastinate_jobs")
        return list(cursor.fetchall())


def test_a_worker_that_is_there_carries_out_what_is_queued(
    carried: Carried, mailbox: Mailbox
) -> None:
    with working():
        enqueue()
        assert eventually(lambda: bool(mailbox.sent))
    assert errands() == []


def test_an_errand_is_part_of_the_transaction_of_its_job(
    carried: Carried, mailbox: Mailbox
) -> None:
    with transaction.atomic():
        enqueue("taken back")
        transaction.set_rollback(True)
    assert errands() == []
    job = enqueue("kept")
    assert errands() == [(job.pk, "todo")]


def test_a_worker_whose_connections_are_lost_begins_anew_by_itself(
    carried: Carried, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    with working():
        enqueue("before")
        assert eventually(lambda: len(mailbox.sent) == 1)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            (ended,) = cursor.fetchone()
        assert ended > 0
        enqueue("after")
        assert eventually(lambda: len(mailbox.sent) == 2)
    assert [each.split(":")[0] for each in mailbox.sent] == ["before", "after"]


def test_what_is_in_hand_is_finished_before_a_worker_ends(
    carried: Carried, mailbox: Mailbox
) -> None:
    begun, go_on = Event(), Event()

    def slow(payload: Mapping[str, Any], key: str) -> None:
        begun.set()
        assert go_on.wait(_LIMIT_S)
        mailbox(payload, key)

    register("test-mail", slow)
    stop = Event()
    with carrier().working(stop, clock.now):
        enqueue("in hand")
        enqueue("left")
        assert begun.wait(_LIMIT_S)
        stop.set()
        go_on.set()
    assert mailbox.sent == ["in hand:李雷"]
    assert Job.objects.get(key="left").attempts == 0


def test_jobs_that_nothing_carries_are_carried_again(carried: Carried, mailbox: Mailbox) -> None:
    """As after a move from another database."""
    enqueue()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")

    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]


def test_an_errand_that_could_not_say_how_it_ended_is_fetched_again(
    carried: Carried, mailbox: Mailbox
) -> None:
    """Its worker lives on, but lost its connection at the very end."""
    job = enqueue()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing',"
            " worker_id = (SELECT max(id) FROM procrastinate_workers)"
        )
    carried.work()
    assert errands() == [(job.pk, "doing")]

    carried.pass_time(LONG)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")
    carried.work()
    assert mailbox.sent == ["mail-1:李雷"]
