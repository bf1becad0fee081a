"""Jobs are not kept for ever: what is over is forgotten after a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from tuoban.kernel.text import Text
from tuoban.runtime.jobs import recurring
from tuoban.runtime.jobs.models import Job

KEPT_DONE = timedelta(days=30)
"""How long a job that is done is kept, and its key with it."""
KEPT_DROPPED = timedelta(days=365)
"""How long a dropped job is kept, with who dropped it and why."""
_MOST = 1_000
"""Rows that are deleted in one transaction, so that nobody waits for them long."""


def register() -> None:
    """Have old jobs forgotten every hour."""
    label = Text("清理旧的后台任务", "Clearing old background work")
    recurring.register("forget-jobs", timedelta(hours=1), forget, label=label)


def forget(at: datetime) -> int:
    """Delete the jobs that are over and have been kept for long enough; how many those were. A dead
    job stays until somebody decides about it."""
    done = Job.objects.filter(done_at__lt=at - KEPT_DONE)
    dropped = Job.objects.filter(dropped_at__lt=at - KEPT_DROPPED)
    forgotten = 0
    for old in (done, dropped):
        while ids := list(old.order_by("pk").values_list("pk", flat=True)[:_MOST]):
            forgotten += len(ids)
            Job.objects.filter(pk__in=ids).delete()
    return forgotten
