"""Jobs: work queued inside a transaction and carried out afterwards, at least once.

Promises: a job whose transaction is rolled back does not exist; a key queues one job; a job whose
worker dies runs again when its lease ends; a finished job never runs again; a failing job is tried
again with growing pauses and set aside as dead after `MOST_ATTEMPTS`. Where the database is busy or
away it is not the job that has failed: it is due still. A handler may therefore run twice, and gets
the job's key to make an outside effect happen once.

This module carries jobs by rows. Another carrier offers the same functions and promises.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.busy import is_passing
from tuoban.runtime.cases.models import Job
from tuoban.runtime.cases.retry import back_off, told

MOST_ATTEMPTS = 8
LEASE = timedelta(minutes=5)

Handler = Callable[[Mapping[str, Any], str], None]
"""Carries out one kind of job: payload, key."""

_handlers: dict[str, Handler] = {}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job in the hands of one worker. `attempt` tells this hold from a later one."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, Any]
    attempt: int


def register(kind: str, handler: Handler) -> None:
    """Say who carries out a kind of job; apps do it when they are ready."""
    _handlers[kind] = handler


def enqueue(kind: str, payload: Mapping[str, Any], *, key: str, run_at: datetime) -> None:
    """Queue a job in the current transaction. A key that was queued before changes nothing."""
    job = Job(kind=kind, key=key, payload=canonical.dump(payload), run_at=run_at)
    Job.objects.bulk_create([job], ignore_conflicts=True)


def claim(at: datetime, lease: timedelta = LEASE) -> ClaimedJob | None:
    """Take the oldest job that is due, for as long as the lease; None if there is none."""
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    waiting = Job.objects.filter(free, done_at=None, dead_at=None, run_at__lte=at)
    with transaction.atomic():
        job = waiting.order_by("run_at", "id").select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.attempts += 1
        job.lease_until = at + lease
        job.save(update_fields=["attempts", "lease_until"])
    return ClaimedJob(job.pk, job.kind, job.key, json.loads(job.payload), job.attempts)


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


def run_due(at: datetime, limit: int = 100) -> int:
    """Carry out jobs that are due, each once, until the database is busy; how many were tried."""
    for tried in range(limit):
        job = claim(at)
        if job is None or not _carry_out(job, at):
            return tried
    return limit


def _carry_out(job: ClaimedJob, at: datetime) -> bool:
    """False where the database is busy or away, so that nothing was tried."""
    try:
        _handlers[job.kind](job.payload, job.key)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others must go on
        if is_passing(error):
            _log.warning("job %s waits: %s", job.key, error)
            put_back(job)
            return False
        _log.exception("job %s failed (attempt %d)", job.key, job.attempt)
        fail(job, at, error)
    else:
        finish(job, at)
    return True


def _held(job: ClaimedJob) -> Any:
    return Job.objects.filter(pk=job.id, attempts=job.attempt, done_at=None, dead_at=None)
