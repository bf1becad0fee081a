"""A database that is locked or away: nothing is half done, and the answer says so."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from threading import Event as Flag
from typing import TypeVar

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection, connections, transaction

from tests.runtime.cases.test_nothing_left_behind import all_rows
from tests.runtime.shop import NINE, Shop, refusal, together
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import clock, service, worker
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.models import Case, Timer
from tuoban.runtime.cases.service import Outcome, fire_due_timers
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.passing import is_passing
from tuoban.runtime.jobs.registry import register
from tuoban.runtime.jobs.service import enqueue

T = TypeVar("T")

LATE = NINE + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections opened from now on wait for locks a moment only."""
    options = connections.settings["default"]["OPTIONS"]
    if connection.vendor == "sqlite":
        monkeypatch.setitem(options, "timeout", 0.05)
    else:
        monkeypatch.setitem(options, "options", "-c lock_timeout=50ms")


@contextmanager
def everything_locked() -> Iterator[None]:
    """Somebody else holds the tables of cases, and goes on holding them."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE cases_case, cases_workitem, cases_timer, cases_notice")
        yield


def elsewhere(act: Callable[[], T]) -> T:
    """Do this over another connection."""

    def run() -> T:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def test_a_verb_on_a_locked_database_says_so_and_leaves_nothing_behind(busy_shop: Shop) -> None:
    case = busy_shop.start()
    item = busy_shop.item(case, "look")
    before = all_rows()

    def claim() -> Outcome:
        return service.claim(item, by=busy_shop["lei"], at=NINE, key="one form")

    with everything_locked():
        refused = elsewhere(lambda: refusal(claim))

    assert refused.code == "busy"
    assert refused.read("zh").startswith("系统正忙")
    assert all_rows() == before
    assert not claim().replayed
    assert audit().findings == ()


def test_drafts_and_notices_of_a_locked_database_say_so(busy_shop: Shop) -> None:
    case = busy_shop.start()
    item = busy_shop.item(case, "look")

    def save() -> None:
        service.save_draft(item, data={"price": "80"}, by=busy_shop["lei"], at=NINE)

    def read() -> int:
        return service.mark_notices_read(busy_shop["lei"], NINE)

    with everything_locked():
        refusals = [elsewhere(partial(refusal, act)) for act in (save, read)]

    assert [each.code for each in refusals] == ["busy", "busy"]
    save()


def test_timers_of_a_locked_database_wait_without_being_blamed(busy_shop: Shop) -> None:
    busy_shop.start()

    def fire() -> int | None:
        try:
            return fire_due_timers(LATE)
        except OperationalError:
            return None  # the worker bears it

    with everything_locked():
        assert not elsewhere(fire)

    assert set(Timer.objects.values_list("attempts", "error")) == {(0, "")}
    assert fire_due_timers(LATE) > 0
    assert audit().findings == ()


def test_a_verb_over_a_lost_connection_says_so_and_the_next_one_works(busy_shop: Shop) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection to lose")
    case = busy_shop.start()
    item = busy_shop.item(case, "look")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()

    def end() -> None:
        """End the other connection, as a restart of the server would."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 30000)", [backend])

    elsewhere(end)

    def claim() -> Outcome:
        return service.claim(item, by=busy_shop["lei"], at=NINE, key="one form")

    assert refusal(claim).code == "busy"
    assert claim().seq == 2
    assert audit().findings == ()


def test_of_two_commands_that_wait_for_each_other_one_is_told_to_come_again(
    busy_shop: Shop,
) -> None:
    """Each holds one case and wants the other's: PostgreSQL ends one of the two."""
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite one writes after the other")
    first, second = busy_shop.start(), busy_shop.start()
    both = Barrier(2)

    def crossing(held: Outcome, wanted: Outcome) -> Callable[[], str]:
        item = busy_shop.item(wanted, "look")

        def act() -> str:
            with transaction.atomic():
                with connection.cursor() as cursor:  # long before the lock times out
                    cursor.execute("SET LOCAL deadlock_timeout = '20ms'")
                Case.objects.select_for_update().get(pk=held.case_id)
                both.wait(30)
                service.claim(item, by=busy_shop["lei"], at=NINE, key=wanted.number)
            return "done"

        return act

    results = together(crossing(first, second), crossing(second, first))
    refused = next(each for each in results if isinstance(each, Refused))
    assert (refused.code, results.count("done")) == ("busy", 1)
    assert refused.__cause__ is not None
    assert isinstance(refused.__cause__.__cause__, psycopg.errors.DeadlockDetected)
    for case in (first, second):
        item = busy_shop.item(case, "look")
        assert service.claim(item, by=busy_shop["lei"], at=NINE, key=case.number).seq == 2
    assert audit().is_clean


def test_the_worker_outlives_a_database_that_is_locked(
    busy_shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    done, complained, stop = Flag(), Flag(), Flag()
    register("test-flag", lambda payload, key: done.set())

    def notice(record: logging.LogRecord) -> bool:
        complained.set()
        return True

    def work() -> None:
        try:
            worker.run_forever(stop)
        finally:
            connection.close()

    caplog.handler.addFilter(notice)
    thread = Thread(target=work)
    try:
        with everything_locked():
            enqueue("test-flag", {}, key="flag", run_at=clock.now())
            thread.start()
            assert complained.wait(timeout=30)
        assert done.wait(timeout=30)
    finally:
        stop.set()
        thread.join(timeout=30)
        caplog.handler.removeFilter(notice)
    assert "busy or away" in caplog.text
    assert Job.objects.get(key="flag").done_at is not None


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("from SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (caused(OperationalError(), sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT)), True),
        (caused(OperationalError(), sqlite_error(sqlite3.SQLITE_FULL)), True),
        (caused(OperationalError(), sqlite_error(sqlite3.SQLITE_IOERR_WRITE)), True),
        (caused(OperationalError(), sqlite_error(sqlite3.SQLITE_CORRUPT)), False),
        (caused(OperationalError(), sqlite_error(sqlite3.SQLITE_ERROR)), False),
        (caused(OperationalError(), psycopg.errors.SerializationFailure()), True),
        (caused(OperationalError(), psycopg.errors.DeadlockDetected()), True),
        (caused(OperationalError(), psycopg.errors.AdminShutdown()), True),
        (caused(OperationalError(), psycopg.OperationalError("the connection is closed")), True),
        (caused(InterfaceError(), psycopg.InterfaceError("closed")), True),
        (caused(OperationalError(), psycopg.errors.DiskFull()), True),
        (caused(OperationalError(), psycopg.errors.TooManyConnections()), True),
        (caused(OperationalError(), psycopg.errors.InvalidPassword()), False),
        (ValueError(), False),
    ],
)
def test_only_what_may_pass_by_itself_counts_as_busy(error: Exception, passes: bool) -> None:
    assert is_passing(error) is passes


@pytest.mark.parametrize(
    ("error", "wants_room"),
    [
        (caused(OperationalError(), sqlite_error(sqlite3.SQLITE_FULL)), True),
        (caused(OperationalError(), sqlite_error(sqlite3.SQLITE_IOERR_WRITE)), True),
        (caused(OperationalError(), sqlite_error(sqlite3.SQLITE_BUSY)), False),
        (caused(OperationalError(), psycopg.errors.DiskFull()), True),
        (caused(OperationalError(), psycopg.errors.TooManyConnections()), False),
        (caused(OperationalError(), psycopg.OperationalError("the connection is closed")), False),
        (caused(InterfaceError(), psycopg.InterfaceError("closed")), False),
    ],
)
def test_want_of_room_is_told_apart(db: None, error: Exception, wants_room: bool) -> None:
    def fail() -> None:
        with refused_when_busy():
            raise error

    assert refusal(fail).code == ("no-room" if wants_room else "busy")
