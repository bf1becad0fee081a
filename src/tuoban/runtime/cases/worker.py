"""The worker: fires timers, carries out jobs, begins cases by their schedules, brings messages to
cases, goes between cases and those that they call, sends what goes out to people, and measures
indicators. Embedded in `tuoban serve`, or run on its own; on PostgreSQL any number may work."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from threading import Event, Thread

from django.db import close_old_connections, connection

from tuoban.runtime.cases import clock
from tuoban.runtime.cases.errands import run_errands
from tuoban.runtime.cases.indicators.rounds import measure_some
from tuoban.runtime.cases.messaging.working import carry_messages
from tuoban.runtime.cases.outbox.sending import send_due, take_over
from tuoban.runtime.cases.rechecking import recheck_some
from tuoban.runtime.cases.recurring import begin_due
from tuoban.runtime.cases.rippling import follow_some
from tuoban.runtime.cases.timers import fire_due_timers
from tuoban.runtime.jobs import recurring
from tuoban.runtime.jobs.carriers import carrier
from tuoban.runtime.jobs.carriers.rows import run_due
from tuoban.runtime.jobs.duties import kept
from tuoban.runtime.jobs.passing import is_passing
from tuoban.runtime.jobs.stopping import heeded

PAUSE_S = 1.0

_log = logging.getLogger(__name__)

Duty = Callable[[datetime], int]
"""Does what is due at a moment; how much that was."""

DUTIES: Mapping[str, Duty] = {
    "people": follow_some,
    "hours": recheck_some,
    "timers": fire_due_timers,
    "messages": carry_messages,
    "errands": run_errands,
    "schedules": begin_due,
    "indicators": measure_some,
}
"""What the worker does in each round beside jobs. Each takes some of what is due, the oldest first,
leaves what another worker has in hand to that one, and keeps what fails at its row."""

OUTBOX = "outbox"
"""The one duty that waits for machines of others, however slowly they answer: it has rounds of its
own, so that it keeps nobody from the rest."""


def run_once(at: datetime) -> int:
    """Do what is due now, jobs included, in this thread alone; how much that was."""
    return _round(at, {**DUTIES, OUTBOX: send_due, "jobs": run_due}, Event())


def run_forever(stop: Event) -> None:
    """Work until told to stop; what is in hand is finished first. A database that is locked or
    away does not end the worker."""
    with heeded(stop), carrier().working(stop, clock.now):
        _do("what was in hand", _take_over, clock.now())
        duties: dict[str, Duty] = {
            **DUTIES,
            # Other duties may have taken long, and leases are of now.
            "jobs": lambda _at: carrier().work(clock.now(), stop=stop),
            "recurring jobs": recurring.plan_due,
        }
        with _beside({OUTBOX: partial(send_due, stop=stop)}, stop):
            _rounds(duties, stop)


@contextmanager
def _beside(duties: Mapping[str, Duty], stop: Event) -> Iterator[None]:
    """Go through these duties in a thread of their own while the block lasts; what it has in hand
    at the end is finished first."""
    thread = Thread(target=_rounds, args=(duties, stop), name=" ".join(duties), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _rounds(duties: Mapping[str, Duty], stop: Event) -> None:
    """One round after the other, until told to stop."""
    while not stop.is_set():
        close_old_connections()
        if not _round(clock.now(), duties, stop):
            stop.wait(PAUSE_S)
    close_old_connections()


def _take_over(at: datetime) -> int:
    """On SQLite one process works: what is in hand when it begins is in nobody's."""
    if connection.vendor == "sqlite":
        take_over(at)
    return 0


def _round(at: datetime, duties: Mapping[str, Duty], stop: Event) -> int:
    """One duty after the other. One that cannot be done at all keeps nobody from the others."""
    done = 0
    for name, duty in duties.items():
        if stop.is_set():
            break
        done += _do(name, duty, at)
    return done


def _do(name: str, duty: Duty, at: datetime) -> int:
    try:
        with kept(f"the duty of {name}"):
            return duty(at)
    except Exception as error:
        if not is_passing(error):
            raise
        _log.warning("the database is busy or away; %s wait: %s", name, error)
        connection.close_if_unusable_or_obsolete()
    return 0
