"""Jobs as people look at them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal

from django.db.models import Q, QuerySet

from tuoban.kernel.text import Text
from tuoban.runtime.jobs import registry
from tuoban.runtime.jobs.carrying import is_free
from tuoban.runtime.jobs.models import Job

JobState = Literal["waiting", "running", "unknown", "failing", "dead", "dropped", "done"]
JobFilter = Literal["trouble", "waiting", "running", "failing", "dead", "over", "all"]
"""What somebody looks at: `trouble` is whatever the machine did not manage so far, `over` what is
done or dropped."""

FILTERS: tuple[JobFilter, ...] = (
    "trouble",
    "waiting",
    "running",
    "failing",
    "dead",
    "over",
    "all",
)


def state_of(job: Job, at: datetime) -> JobState:
    """How a job stands."""
    if job.done_at is not None:
        return "done"
    if job.dropped_at is not None:
        return "dropped"
    if job.dead_at is not None:
        return "dead"
    if job.lease_until is not None and job.lease_until > at:
        return "running"
    if job.kind not in registry.known():
        return "unknown"
    return "failing" if job.error else "waiting"


def jobs(which: JobFilter, at: datetime) -> QuerySet[Job]:
    """The jobs that somebody looks at, in no order."""
    return Job.objects.filter(_which(at)[which])


def _which(at: datetime) -> Mapping[JobFilter, Q]:
    is_open = Q(done_at=None, dead_at=None)
    is_idle = is_open & is_free(at)
    is_dead = Q(dead_at__isnull=False, dropped_at=None)
    is_known = Q(kind__in=list(registry.known()))
    has_failed = is_open & ~Q(error="")
    return {
        "trouble": is_dead | has_failed | (is_idle & ~is_known),
        "waiting": is_idle & Q(error=""),
        "running": is_open & ~is_free(at),
        "failing": has_failed,
        "dead": is_dead,
        "over": Q(done_at__isnull=False) | Q(dropped_at__isnull=False),
        "all": Q(),
    }


def matching(q: str, cases: Collection[int] = (), unkeyed: Collection[str] = ()) -> Q:
    """The jobs that a text is found in: their kind in words, their key, or why they failed.

    Args:
        cases: ids of the cases that the text means, too.
        unkeyed: the kinds whose keys are not looked at.
    """
    small = q.casefold()
    kinds = [name for name, label in registry.labels().items() if _says(label, small)]
    found = Q(kind__in=kinds) | Q(kind__icontains=q) | Q(error__icontains=q) | Q(case__in=cases)
    return found | (Q(key__icontains=q) & ~Q(kind__in=unkeyed))


def _says(label: Text, small: str) -> bool:
    return small in label.zh.casefold() or small in label.en.casefold()


def label_of(kind: str) -> Text:
    """What people call a kind; its name, where this version does not know it."""
    return registry.labels().get(kind, Text(kind, kind))


def dead_count() -> int:
    """How many jobs the machine has given up, and nobody has decided about."""
    return Job.objects.filter(dead_at__isnull=False, dropped_at=None).count()
