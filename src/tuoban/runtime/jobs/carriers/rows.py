"""Jobs carried by their own rows: the worker looks for what is due.

On SQLite one process serves an installation, and a lock says so. What is in hand when its worker
begins is in nobody's hand: the process that took it was killed. Jobs that wait for something else
are carried out in a thread of their own, so that neither timers nor other jobs wait for them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connection

from tuoban.runtime.jobs import registry
from tuoban.runtime.jobs.carrying import carry_out, claim_next, open_jobs
from tuoban.runtime.jobs.duties import kept, waiting
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.passing import is_passing

_PAUSE_S = 1.0


def queue(job: Job) -> None:
    """The row says it all."""


queue_again = queue


def work(at: datetime, stop: Event | None = None) -> int:
    return run_due(at, stop=stop, waits=False)


def run_due(
    at: datetime, limit: int = 100, stop: Event | None = None, *, waits: bool | None = None
) -> int:
    """Carry out jobs that are due, each once, until the database is busy; how many were tried.

    Args:
        waits: only those that wait for something else, or only others; None: any.
    """
    begun = time.monotonic()
    for tried in range(limit):
        if stop is not None and stop.is_set():
            return tried
        moment = at + timedelta(seconds=time.monotonic() - begun)
        job = claim_next(moment, waits=waits)
        if job is None or not carry_out(job, moment):
            return tried
    return limit


@contextmanager
def working(stop: Event, now: Callable[[], datetime]) -> Iterator[None]:
    try:
        open_jobs().exclude(lease_until=None).update(lease_until=None)
    except DatabaseError as error:
        if not is_passing(error):
            raise  # the leases end by themselves
    thread = Thread(target=_wait, args=(stop, now), name="jobs that wait", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _wait(stop: Event, now: Callable[[], datetime]) -> None:
    """Carry out the jobs that wait for something else, until told to stop."""
    while not stop.is_set():
        close_old_connections()
        with waiting("jobs that wait for something else"), kept("their carrier"):
            if open_jobs().filter(kind__in=list(registry.waiting())).exists():
                run_due(now(), stop=stop, waits=True)
        stop.wait(_PAUSE_S)
    connection.close()
