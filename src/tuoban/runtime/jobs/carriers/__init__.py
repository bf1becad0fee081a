"""How jobs come into the hands of workers: the carrier follows from the database.

Rows on SQLite, which one process serves; Procrastinate on PostgreSQL, which any number of processes
share. Both keep the same promises, which tests/runtime/jobs/ hold.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from importlib import import_module
from threading import Event
from typing import Protocol, cast

from django.db import connection

from tuoban.runtime.jobs.models import Job


class Carrier(Protocol):
    """A module that brings jobs to workers."""

    def queue(self, job: Job) -> None:
        """A new job comes due at its moment, in the current transaction."""

    def queue_again(self, job: Job) -> None:
        """A job that was queued before comes due at another moment, in the current transaction."""

    def work(self, at: datetime, stop: Event | None = None) -> int:
        """Do what there is to do in a round of the worker, until told to stop; how much that
        was."""

    def working(self, stop: Event, now: Callable[[], datetime]) -> AbstractContextManager[None]:
        """Carry out jobs beside the rounds of a worker, while the block lasts: at least those that
        wait for something else (`registry.waiting`), so that nothing waits for them. What is in
        hand at its end is finished first.

        Args:
            stop: nothing more is begun once it is set, as it is at the end.
            now: the clock.
        """


_CARRIERS = {"sqlite": "rows", "postgresql": "procrastinate"}


def carrier() -> Carrier:
    """The carrier of this installation. It is imported when it is asked for: the one of PostgreSQL
    needs tables that are nowhere else."""
    return cast(Carrier, import_module(f"{__name__}.{_CARRIERS[connection.vendor]}"))
