"""Jobs in the tests: carried by whatever carries them on the database of this run."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Lock
from typing import Any

from django.db import connection
from django.db.models import F

from tuoban.runtime.cases import clock
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.jobs import registry, service
from tuoban.runtime.jobs.carriers import rows
from tuoban.runtime.jobs.carrying import LEASE
from tuoban.runtime.jobs.models import Job

LONG = LEASE + timedelta(minutes=1)
"""After so long, nobody has anything in hand any more."""


@dataclass
class Mailbox:
    """A handler that remembers what it did, and fails as often as it is told to."""

    sent: list[str] = field(default_factory=list)
    failures: int = 0
    busy: int = 0
    is_deadly: bool = False
    """Whether it kills every process but this one."""
    _home: int = field(default_factory=os.getpid)
    _lock: Any = field(default_factory=Lock)

    def __call__(self, payload: Mapping[str, Any], key: str) -> None:
        if self.is_deadly and os.getpid() != self._home:
            os.kill(os.getpid(), signal.SIGKILL)
        with self._lock:
            if self.busy:
                self.busy -= 1
                raise RuntimeRefused("busy")
            if self.failures:
                self.failures -= 1
                raise ConnectionError("the post office is closed")
            self.sent.append(f"{key}:{payload['to']}")


@dataclass
class Carried:
    """What carries jobs here, and the time that goes by for them."""

    ahead: timedelta = timedelta()
    """By how much the clock of the workers is wrong."""

    def now(self) -> datetime:
        return clock.now() + self.ahead

    def work(self) -> None:
        """One worker carries out all that is due, and ends."""
        if connection.vendor == "sqlite":
            rows.work(self.now())
            return
        from tuoban.runtime.jobs.carriers import procrastinate  # noqa: PLC0415

        procrastinate.mend(self.now())
        procrastinate.carry_due(self.now)

    def pass_time(self, by: timedelta) -> None:
        """Let time go by: all that was, and is to come, lies further back."""
        jobs = Job.objects
        jobs.update(run_at=F("run_at") - by)
        jobs.exclude(lease_until=None).update(lease_until=F("lease_until") - by)
        if connection.vendor == "sqlite":
            return
        with connection.cursor() as cursor:
            for table, column in (
                ("procrastinate_jobs", "scheduled_at"),
                ("procrastinate_events", "at"),
                ("procrastinate_workers", "last_heartbeat"),
            ):
                by_s = f"{by.total_seconds()} seconds"
                cursor.execute(
                    f"UPDATE {table} SET {column} = {column} - %s::interval",  # noqa: S608
                    [by_s],
                )


def enqueue(key: str = "mail-1", *, after: timedelta = timedelta(), kind: str = "test-mail") -> Job:
    """Queue a job that comes due some time after now."""
    service.enqueue(kind, {"to": "李雷"}, key=key, run_at=clock.now() + after)
    return Job.objects.get(key=key)


def dies(act: Callable[[], object]) -> bool:
    """Whether a process that does this is killed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads are none of the child's
        child = os.fork()
    if child == 0:
        try:
            _inherited.append(connection.connection)
            connection.connection = None
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def eventually(is_so: Callable[[], bool]) -> bool:
    """Whether it is so within a minute."""
    pause = Event()
    return any(is_so() or pause.wait(0.1) for _ in range(600))


_inherited: list[object] = []
"""What must not be closed in the child, since the parent goes on with it."""


def forget_kind(kind: str) -> None:
    """Be a version that does not know a kind."""
    registry._kinds.pop(kind)
