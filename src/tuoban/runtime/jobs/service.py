"""What is done with jobs: queue one, have a failed one tried again, drop one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from tuoban.runtime.jobs.carriers import carrier
from tuoban.runtime.jobs.models import Decision, Job
from tuoban.runtime.people.models import User

LONGEST_REASON = 500
"""Characters."""


def enqueue(
    kind: str,
    payload: Mapping[str, Any],
    *,
    key: str,
    run_at: datetime,
    case: int | None = None,
) -> None:
    """Queue a job in the current transaction: where that is rolled back, it does not exist. A key
    that was queued before changes nothing, whatever has become of that job.

    Args:
        payload: plain JSON types; nothing personal, which belongs where it can be erased.
        run_at: it is not carried out before.
        case: the case that it is about, for those who look at it.
    """
    if Job.objects.filter(key=key).exists():
        return
    text = json.dumps(payload, ensure_ascii=False, allow_nan=False)
    try:
        with transaction.atomic():
            job = Job.objects.create(kind=kind, key=key, payload=text, run_at=run_at, case=case)
    except IntegrityError:
        return  # somebody else has queued the key at the same time
    carrier().queue(job)


def retry(job_id: int, *, at: datetime, by: User | None = None, reason: str = "") -> bool:
    """Have a job that failed tried again now, with all its attempts anew; False where there is
    nothing to try: it is done, dropped, in hand, or has not failed."""
    with transaction.atomic():
        failed = ~Q(error="") | ~Q(dead_at=None)
        job = _held(job_id, at).filter(failed, dropped_at=None).first()
        if job is None:
            return False
        job.run_at, job.dead_at, job.attempts = at, None, 0
        job.lease_until, job.error = None, ""
        job.holds += 1  # whoever still has it in hand has lost it
        job.save(update_fields=["run_at", "dead_at", "attempts", "lease_until", "error", "holds"])
        _decide(job, Decision.RETRY, at, by, reason)
        carrier().queue_again(job)
    return True


def drop(job_id: int, *, reason: str, at: datetime, by: User | None = None) -> bool:
    """Give up a job for good; False where there is nothing to give up: it is done, dropped before,
    or in hand.

    Raises:
        ValueError: there is no reason, or it has more than `LONGEST_REASON` characters.
    """
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise ValueError(reason)
    with transaction.atomic():
        job = _held(job_id, at).filter(dropped_at=None).first()
        if job is None:
            return False
        job.dead_at, job.dropped_at = job.dead_at or at, at
        job.lease_until = None
        job.holds += 1
        job.save(update_fields=["dead_at", "dropped_at", "lease_until", "holds"])
        _decide(job, Decision.DROP, at, by, reason.strip())
    return True


def _held(job_id: int, at: datetime) -> Any:
    """The job, as long as no worker has it in hand; the caller's transaction keeps it."""
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    return Job.objects.select_for_update().filter(free, pk=job_id, done_at=None)


def _decide(job: Job, what: str, at: datetime, by: User | None, reason: str) -> None:
    Decision.objects.create(job=job, what=what, by=by, reason=reason[:LONGEST_REASON], at=at)
