"""Jobs carried by Procrastinate, on PostgreSQL.

Each job that comes due has an errand there, deferred over Django's own connection and so in the
transaction of whatever queued it. A worker that fetches an errand carries out the job; as long as
the job is open after that, the errand is put off until the moment that its row names. What cannot
be told from one errand alone is mended in the rounds of the workers: the errands of killed workers,
and jobs that have none.

Errands are fetched one at a time. Those of jobs that wait for something else stand in a queue of
their own, which a thread of its own fetches, so that no other job waits for them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Event, Thread

from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from procrastinate import RetryDecision
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition
from procrastinate.jobs import Job as Errand
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.retry import BaseRetryStrategy

from tuoban.runtime.jobs import registry
from tuoban.runtime.jobs.carrying import (
    LEASE,
    carry_out,
    claim,
    is_come,
    is_free,
    is_heard,
    open_jobs,
)
from tuoban.runtime.jobs.models import Job

QUEUE = "tuoban"
QUEUE_OF_WAITING = "tuoban-waits"
"""Of the jobs whose kinds wait for something else."""
QUEUES = (QUEUE, QUEUE_OF_WAITING)
TASK = "tuoban.carry"
_LOCK = "job-"
"""Before the number of a job: what its errands lock, so that never two are done at once."""

HEARTBEAT_S = 5.0
SILENT_S = 30.0
"""A worker that has not been heard for so long was killed."""
POLLING_S = 1.0
MENDING = timedelta(seconds=10)
_MOST = 100
"""Jobs that are mended in one go."""
_PAUSE = timedelta(seconds=1)
_UNTIL_KNOWN = timedelta(minutes=1)
"""How often it is looked whether this version knows the kind of a job now."""
_STOP_POLLING_S = 0.1

_log = logging.getLogger(__name__)
_mended_at: datetime | None = None


def queue(job: Job) -> None:
    """Defer the errand of a job that is new."""
    where = QUEUE_OF_WAITING if job.kind in registry.waiting() else QUEUE
    lock = f"{_LOCK}{job.pk}"
    with _told_as_ever():
        app.configure_task(TASK, queue=where, lock=lock, schedule_at=job.run_at).defer(job=job.pk)


def queue_again(job: Job) -> None:
    """The same, where an errand may wait already for another moment."""
    waiting = ProcrastinateJob.objects.filter(lock=f"{_LOCK}{job.pk}", status="todo")
    for pk in list(waiting.values_list("pk", flat=True)):
        with _told_as_ever():
            app.job_manager.cancel_job_by_id(pk, delete_job=True)
    queue(job)


@contextmanager
def _told_as_ever() -> Iterator[None]:
    """What the database refuses is told by Django's exceptions, as everywhere else."""
    try:
        yield
    except ConnectorException as error:
        if error.__cause__ is None:
            raise
        with connection.wrap_database_errors:
            raise error.__cause__ from None


# -- mending --------------------------------------------------------------------------------------


def work(at: datetime, stop: Event | None = None) -> int:
    """Mend what there is to mend, now and then; how much that was."""
    global _mended_at  # noqa: PLW0603 - one moment, replaced as a whole
    if _mended_at is not None and timedelta() <= at - _mended_at < MENDING:
        return 0
    _mended_at = at
    return mend(at)


def mend(at: datetime) -> int:
    """Give jobs an errand again that have none that is to come; how many those were."""
    return _free_errands(at) + _defer_anew(at)


def _free_errands(at: datetime) -> int:
    """Let the errands be fetched again whose worker was killed, or could not say how they ended."""
    stalled = async_to_sync(app.job_manager.get_stalled_jobs)
    silent: list[Errand] = []
    for name in QUEUES:
        with _told_as_ever():
            silent += stalled(queue=name, seconds_since_heartbeat=SILENT_S)
    stuck = {each.id: each for each in (*_without_heard(silent, at), *_unsaid(at))}
    return sum(_free(each, at) for each in stuck.values())


def _without_heard(errands: Iterable[Errand], at: datetime) -> Iterator[Errand]:
    """Those whose jobs are not carried out either. A worker that is told to stop, or has lost its
    connections, finishes what it has in hand when nothing is heard of itself any more."""
    by_id = {each.id: each for each in errands}
    heard = Job.objects.filter(is_heard(at, timedelta(seconds=SILENT_S)))
    for row in ProcrastinateJob.objects.filter(pk__in=by_id):
        if not heard.filter(pk=row.args["job"]).exists():
            yield by_id[row.pk]


def _unsaid(at: datetime) -> Iterator[Errand]:
    """The errands under way for longer than a lease whose jobs nobody has in hand."""
    under_way = ProcrastinateJob.objects.filter(queue_name__in=QUEUES, status="doing")
    for each in under_way.exclude(procrastinateevent__at__gt=at - LEASE)[:_MOST]:
        if Job.objects.filter(is_free(at), pk=each.args["job"]).exists():
            yield each.procrastinate_job


def _free(errand: Errand, at: datetime) -> bool:
    try:
        with transaction.atomic():
            async_to_sync(app.job_manager.retry_job)(errand, retry_at=at)
    except ConnectorException:
        return False  # another worker was faster
    return True


def _defer_anew(at: datetime) -> int:
    """Defer errands of due jobs that have none, as after a move from another database, and of
    those that were put off by a clock that has been set back since."""
    lock = Concat(Value(_LOCK), Cast(OuterRef("pk"), CharField()))
    errands = ProcrastinateJob.objects.filter(lock=lock, status__in=("todo", "doing"))
    put_off = Q(run_at__gt=at)
    with transaction.atomic():
        rows = open_jobs().filter(is_come(at)).filter(~Exists(errands) | put_off)
        found = rows.select_for_update(skip_locked=True).order_by("run_at", "id")[:_MOST]
        for job in found:
            job.run_at = min(job.run_at, at)
            job.save(update_fields=["run_at"])
            queue_again(job)
    return len(found)


# -- working --------------------------------------------------------------------------------------


@contextmanager
def working(stop: Event, now: Callable[[], datetime]) -> Iterator[None]:
    threads = [
        Thread(target=_fetch, args=(name, stop, now), name=f"jobs of {name}", daemon=True)
        for name in QUEUES
    ]
    for each in threads:
        each.start()
    try:
        yield
    finally:
        stop.set()
        for each in threads:
            each.join()


def _fetch(name: str, stop: Event, now: Callable[[], datetime]) -> None:
    """Fetch the errands of a queue until told to stop. A database that is away does not end
    that."""
    while not stop.is_set():
        why = "its connections were lost"
        try:
            asyncio.run(_fetch_until(name, stop, now))
        except Exception as error:  # noqa: BLE001 - whatever it is, the worker must live on
            why = repr(error)
        if not stop.is_set():
            _log.warning("the carrier of jobs was interrupted and begins anew: %s", why)
            stop.wait(_PAUSE.total_seconds())


async def _fetch_until(name: str, stop: Event, now: Callable[[], datetime]) -> None:
    fetching = asyncio.create_task(_fetch_on(name, stop, now))
    while not (stop.is_set() or fetching.done()):
        await asyncio.sleep(_STOP_POLLING_S)
    fetching.cancel()  # what is in hand is finished first
    with suppress(asyncio.CancelledError):
        await fetching


def carry_due(now: Callable[[], datetime]) -> None:
    """Carry out what is due, and no more."""
    for name in QUEUES:
        asyncio.run(_fetch_on(name, Event(), now, wait=False))


async def _fetch_on(
    name: str, stop: Event, now: Callable[[], datetime], *, wait: bool = True
) -> None:
    # An app of its own: the one of Django must go on to defer over Django's connections.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=3)
    fetching = DjangoApp(connector=connector)
    fetching.task(name=TASK, queue=name, retry=_AsTheRowSays(now))(_carrying(stop, now))
    async with fetching.open_async():
        await fetching.run_worker_async(
            queues=[name],
            wait=wait,
            fetch_job_polling_interval=POLLING_S,
            update_heartbeat_interval=HEARTBEAT_S,
            stalled_worker_timeout=SILENT_S,
            delete_jobs=DeleteJobCondition.ALWAYS,
            install_signal_handlers=False,
        )


def _carrying(stop: Event, now: Callable[[], datetime]) -> Callable[[int], None]:
    def carry(job: int) -> None:
        if stop.is_set():
            raise _StillOpenError(now())  # for another worker
        at = now()
        held = claim(job, at)
        if held is not None:
            carry_out(held, at)
        run_at = open_jobs().filter(pk=job).values_list("run_at", flat=True).first()
        if run_at is not None:
            pause = _PAUSE if held is not None else _UNTIL_KNOWN
            raise _StillOpenError(max(run_at, now() + pause))

    return carry


class _StillOpenError(Exception):
    """The job is open yet, and to be carried out at a moment."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class _AsTheRowSays(BaseRetryStrategy):
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def get_retry_decision(self, *, exception: BaseException, job: Errand) -> RetryDecision:
        """When an errand is fetched again. Where it failed itself, the database was away."""
        if isinstance(exception, _StillOpenError):
            return RetryDecision(retry_at=exception.at)
        return RetryDecision(retry_at=self._now() + _PAUSE)
