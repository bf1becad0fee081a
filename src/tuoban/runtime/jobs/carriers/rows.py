"""Jobs carried by their own rows: the worker looks for what is due.

On SQLite one process serves an installation, and a lock says so. What is in hand when its worker
begins is in nobody's hand: the process that took it was killed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event

from django.db import DatabaseError

from tuoban.runtime.jobs.carrying import carry_out, claim_next, open_jobs
from tuoban.runtime.jobs.passing import is_passing


def queue(job_id: int, run_at: datetime) -> None:
    """The row says it all."""


queue_again = queue


def work(at: datetime, stop: Event | None = None) -> int:
    return run_due(at, stop=stop)


def run_due(at: datetime, limit: int = 100, stop: Event | None = None) -> int:
    """Carry out jobs that are due, each once, until the database is busy; how many were tried."""
    begun = time.monotonic()
    for tried in range(limit):
        if stop is not None and stop.is_set():
            return tried
        moment = at + timedelta(seconds=time.monotonic() - begun)
        job = claim_next(moment)
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
    try:
        yield
    finally:
        stop.set()
