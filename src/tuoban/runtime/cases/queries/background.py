"""Background work: jobs with the cases they are about, and what else the machine did not manage."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q, QuerySet

from tuoban.kernel.text import Text
from tuoban.runtime.cases import paging
from tuoban.runtime.cases.filing.uploading import SCAN
from tuoban.runtime.cases.models import (
    CalledCase,
    Case,
    Listener,
    MeasuringRound,
    MessageDelivery,
    Outgoing,
    RecurringStart,
    Timer,
)
from tuoban.runtime.cases.queries import scanned
from tuoban.runtime.cases.queries.scanned import ScannedFile
from tuoban.runtime.jobs import queries
from tuoban.runtime.jobs.models import Decision, Job
from tuoban.runtime.jobs.queries import JobFilter, JobState
from tuoban.runtime.jobs.retry import why
from tuoban.runtime.people.models import User

Duty = Literal["timers", "messages", "looks", "calls", "starts", "outgoing", "indicators"]
"""What the machine does in each round beside jobs, as people are told of it."""

NEWEST = ("-id",)
SOONEST = ("run_at", "id")
MOST_SHOWN = 5
"""Rows of each duty that are shown; the page says how many there are."""
MOST_NAMED = 500
"""Cases whose jobs a search finds; one that means more is no search for a case."""
MOST_DECIDED = 1_000
"""Jobs that are decided about in one go."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What somebody decided about a job; `by` is empty for the command line."""

    what: str
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job.

    Attributes:
        about: what tells it from others of its kind: of a scan the name of the file, for those who
            may see that, else nothing; of all others the key.
        number: of the case that it is about; empty: of none, or of one that is gone.
        over_at: since when it is done, dead or dropped.
    """

    id: int
    kind: Text
    key: str
    about: str
    number: str
    state: JobState
    queued_at: datetime
    run_at: datetime
    over_at: datetime | None
    attempts: int
    why: Text | None
    decisions: tuple[DecisionRow, ...]

    @property
    def can_retry(self) -> bool:
        return self.state in ("failing", "dead")

    @property
    def can_drop(self) -> bool:
        return self.state in ("failing", "dead", "unknown", "waiting")


@dataclass(frozen=True, slots=True)
class JobPage:
    rows: tuple[JobRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class FailedDuty:
    """One thing that another duty did not manage; None for `next_try_at`: it is not tried again; no
    `number`: it is of no case."""

    number: str
    why: Text
    next_try_at: datetime | None


@dataclass(frozen=True, slots=True)
class FailedDuties:
    """What one of the other duties did not manage: how much, and the first of it."""

    duty: Duty
    count: int
    rows: tuple[FailedDuty, ...]


def job_list(
    at: datetime, viewer: User, *, which: JobFilter = "all", q: str = "", page: str = ""
) -> JobPage:
    """The jobs that somebody looks at: what is to come, the soonest first; else the newest."""
    order = SOONEST if which in ("waiting", "failing") else NEWEST
    rows = _found(at, viewer, which, q).filter(paging.behind(order, page)).order_by(*order)
    found, cursor = paging.cut(list(rows[: paging.PAGE_SIZE + 1]), order)
    return JobPage(_rows(found, viewer, at), cursor)


def job_rows(ids: Iterable[int], at: datetime, viewer: User) -> tuple[JobRow, ...]:
    """These jobs, as far as there are any, the newest first."""
    return _rows(list(Job.objects.filter(pk__in=list(ids)).order_by(*NEWEST)), viewer, at)


def job_ids(at: datetime, viewer: User, *, which: JobFilter, q: str = "") -> list[int]:
    """The jobs of a list, the oldest first, `MOST_DECIDED` at most."""
    rows = _found(at, viewer, which, q).order_by("id")
    return list(rows.values_list("pk", flat=True)[:MOST_DECIDED])


def _found(at: datetime, viewer: User, which: JobFilter, q: str) -> QuerySet[Job]:
    rows, sought = queries.jobs(which, at), q.strip()
    if not sought:
        return rows
    named = Case.objects.filter(number__icontains=sought).values_list("pk", flat=True)
    found = queries.matching(sought, list(named[:MOST_NAMED]), unkeyed=(SCAN,))
    for digest in scanned.digests_of(viewer, sought):
        found |= Q(kind=SCAN, key__startswith=f"{SCAN}:{digest}:")
    return rows.filter(found)


def _rows(found: list[Job], viewer: User, at: datetime) -> tuple[JobRow, ...]:
    ids = {job.case for job in found if job.case is not None}
    numbers = dict(Case.objects.filter(pk__in=ids).values_list("pk", "number"))
    files = scanned.files_of(viewer, filter(None, map(_digest, found)))
    made: dict[int, list[DecisionRow]] = {}
    decided = Decision.objects.filter(job__in=found)
    for each in decided.select_related("by").order_by("at", "id"):
        by = str(each.by) if each.by is not None else ""
        row = DecisionRow(each.what, by, each.reason, each.at)
        made.setdefault(each.job_id, []).append(row)
    return tuple(
        JobRow(
            id=job.pk,
            kind=queries.label_of(job.kind),
            key=job.key,
            about=_about(job, files),
            number=_number(job, numbers, files),
            state=queries.state_of(job, at),
            queued_at=job.queued_at,
            run_at=job.run_at,
            over_at=job.done_at or job.dropped_at or job.dead_at,
            attempts=job.attempts,
            why=why(job.error),
            decisions=tuple(made.get(job.pk, ())),
        )
        for job in found
    )


def _digest(job: Job) -> str:
    return str(json.loads(job.payload).get("digest", "")) if job.kind == SCAN else ""


def _about(job: Job, files: Mapping[str, ScannedFile]) -> str:
    if job.kind != SCAN:
        return job.key
    file = files.get(_digest(job))
    return file.name if file is not None else ""


def _number(job: Job, numbers: Mapping[int, str], files: Mapping[str, ScannedFile]) -> str:
    file = files.get(_digest(job))
    if file is not None:
        return file.number
    return numbers.get(job.case, "") if job.case is not None else ""


# -- the other duties -----------------------------------------------------------------------------


def failed_duties() -> tuple[FailedDuties, ...]:
    """What the other duties did not manage so far; nothing of those that managed it all."""
    found = (_failed(duty, rows, case, moment) for duty, rows, case, moment in _failing())
    return tuple(each for each in found if each.count)


def _failing() -> tuple[tuple[Duty, QuerySet[Any], str, str], ...]:
    """Of each duty: what failed, where the number of its case stands, and when it is tried
    again."""
    stuck = Outgoing.objects.filter(state__in=(Outgoing.WAITING, Outgoing.FAILED))
    return (
        ("timers", Timer.objects.exclude(error=""), "case__number", "next_try_at"),
        (
            "messages",
            MessageDelivery.objects.filter(what=MessageDelivery.FAILED),
            "case__number",
            "next_try_at",
        ),
        ("looks", Listener.objects.exclude(error=""), "case__number", "look_at"),
        (
            "calls",
            CalledCase.objects.exclude(error="").exclude(errand=""),
            "parent__number",
            "next_try_at",
        ),
        (
            "starts",
            RecurringStart.objects.filter(case=None).exclude(error=""),
            "slug",
            "next_try_at",
        ),
        ("outgoing", stuck.exclude(error=""), "case__number", "next_try_at"),
        (
            "indicators",
            MeasuringRound.objects.filter(done_at=None).exclude(error=""),
            "slug",
            "next_try_at",
        ),
    )


def _failed(duty: Duty, rows: QuerySet[Any], case: str, moment: str) -> FailedDuties:
    first = rows.order_by("-id").values_list(case, "error", moment)[:MOST_SHOWN]
    told = ((number, why(error), at) for number, error, at in first)
    shown = tuple(FailedDuty(number or "", words, at) for number, words, at in told if words)
    return FailedDuties(duty, rows.count(), shown)
