"""A job in the hands of a worker, whichever carrier brought it there.

A worker takes a job for as long as a lease lasts, renews that while it carries the job out, and
only as long as it has it may say what became of it. A job whose kind nobody here knows, as after a
downgrade, is not taken: it waits, untried, for a version that does.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from tuoban.runtime.jobs import registry
from tuoban.runtime.jobs.duties import waiting
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.passing import is_passing
from tuoban.runtime.jobs.retry import LONGEST_PAUSE, back_off, told
from tuoban.runtime.jobs.stopping import StoppedError

MOST_ATTEMPTS = 8
"""After so many, over some twenty minutes, a job is dead."""
LEASE = timedelta(minutes=5)
"""For so long nobody else takes a job after its worker was last heard of. The clocks of two workers
may differ by as much."""
RENEWAL_S = 10.0
"""How often a lease is renewed while the job is carried out."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job in the hands of one worker. `hold` tells this hold from a later one."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, Any]
    attempt: int
    hold: int


def open_jobs() -> QuerySet[Job]:
    """The jobs that are to be carried out, now or later."""
    return Job.objects.filter(done_at=None, dead_at=None)


def is_come(at: datetime) -> Q:
    """What has come due. No job that failed waits for longer than the longest pause: one that does
    was put off by a clock that has been set back since."""
    set_back = Q(attempts__gt=0, run_at__gt=at + LONGEST_PAUSE)
    return Q(run_at__lte=at) | set_back


def is_free(at: datetime) -> Q:
    """What no worker has in hand. A lease that ends much later than any could is of a clock that
    has been set back since; one that ends a little later, of a worker whose clock is ahead."""
    return Q(lease_until=None) | Q(lease_until__lte=at) | Q(lease_until__gt=at + 2 * LEASE)


def is_heard(at: datetime, silent: timedelta) -> Q:
    """What a worker took in hand, or renewed its lease of, not longer ago than `silent`."""
    return Q(lease_until__gt=at + LEASE - silent) & ~is_free(at)


def claim_next(
    at: datetime, lease: timedelta = LEASE, *, waits: bool | None = None
) -> ClaimedJob | None:
    """Take the job that has been due for longest; None if there is none that this version knows.

    Args:
        waits: take only those that wait for something else, or only others; None: any.
    """
    due = open_jobs().filter(is_come(at), is_free(at)).order_by("run_at", "id")
    if waits is not None:
        kinds = Q(kind__in=list(registry.waiting()))
        due = due.filter(kinds if waits else ~kinds)
    return _claim(due, at, lease)


def claim(job_id: int, at: datetime) -> ClaimedJob | None:
    """Take this job, whoever had it in hand; None if it is not open, or not known here."""
    return _claim(open_jobs().filter(pk=job_id), at, LEASE)


def _claim(rows: QuerySet[Job], at: datetime, lease: timedelta) -> ClaimedJob | None:
    with transaction.atomic():
        known = rows.filter(kind__in=list(registry.known()))
        job = known.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.attempts += 1
        job.holds += 1
        job.lease_until = at + lease
        job.save(update_fields=["attempts", "holds", "lease_until"])
    payload = json.loads(job.payload)
    return ClaimedJob(job.pk, job.kind, job.key, payload, job.attempts, job.holds)


def finish(job: ClaimedJob, at: datetime) -> bool:
    """The job is done. False if the lease had ended and another worker took the job over."""
    return bool(_held(job).update(done_at=at, lease_until=None, error=""))


def fail(job: ClaimedJob, at: datetime, error: Exception) -> bool:
    """The attempt failed: try again later, or give up. False as for `finish`."""
    dead_at = at if job.attempt >= MOST_ATTEMPTS else None
    run_at = at + back_off(job.attempt)
    return bool(
        _held(job).update(run_at=run_at, dead_at=dead_at, lease_until=None, error=told(error))
    )


def put_back(job: ClaimedJob) -> bool:
    """The job could not be attempted, which counts as no attempt. False as for `finish`."""
    return bool(_held(job).update(attempts=job.attempt - 1, lease_until=None))


def carry_out(job: ClaimedJob, at: datetime) -> bool:
    """Try a job, and keep what became of it; False where the database is busy or away, or the
    worker is told to stop, so that nothing was tried."""
    begun = time.monotonic()
    try:
        with _renewed(job, at):
            registry.handler_of(job.kind)(job.payload, job.key)
    except StoppedError:
        put_back(job)
        return False
    except Exception as error:  # noqa: BLE001 - whatever it is, the others must go on
        if is_passing(error):
            _log.warning("job %s waits: %s", job.key, error)
            put_back(job)
            return False
        _log.exception("job %s failed (attempt %d)", job.key, job.attempt)
        fail(job, _since(at, begun), error)
    else:
        finish(job, _since(at, begun))
    return True


@contextmanager
def _renewed(job: ClaimedJob, at: datetime) -> Iterator[None]:
    """Hold the job, taken at a moment, for as long as the block lasts."""
    over = Event()
    thread = Thread(target=_renew, args=(job, at, over), name=f"lease {job.key}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _renew(job: ClaimedJob, at: datetime, over: Event) -> None:
    begun, is_held = time.monotonic(), True
    try:
        while is_held and not over.wait(RENEWAL_S):
            now = _since(at, begun)
            with waiting(f"the lease of job {job.key}"):
                is_held = bool(_held(job).update(lease_until=now + LEASE))
    finally:
        connection.close()


def _since(at: datetime, begun: float) -> datetime:
    """What a clock says now that said `at` when the monotonic one said `begun`."""
    return at + timedelta(seconds=time.monotonic() - begun)


def _held(job: ClaimedJob) -> QuerySet[Job]:
    return open_jobs().filter(pk=job.id, holds=job.hold)
