"""The worker: fires timers, carries out jobs, begins cases by their schedules, brings messages to
cases, goes between cases and those that they call, sends what goes out to people, and measures
indicators. Embedded in `tuoban serve`, or run on its own."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Event

from django.db import close_old_connections

from tuoban.runtime.cases import clock, idempotency, jobs
from tuoban.runtime.cases.busy import is_passing
from tuoban.runtime.cases.errands import run_errands
from tuoban.runtime.cases.filing.tidying import tidy as tidy_files
from tuoban.runtime.cases.indicators.rounds import measure_some
from tuoban.runtime.cases.messaging.working import carry_messages
from tuoban.runtime.cases.messaging.working import forget as forget_messages
from tuoban.runtime.cases.outbox.sending import send_due
from tuoban.runtime.cases.rechecking import recheck_some
from tuoban.runtime.cases.recurring import begin_due
from tuoban.runtime.cases.timers import fire_due_timers

PAUSE_S = 1.0
TIDYING = timedelta(hours=1)
"""How often old answers to requests, old messages and files that nobody needs are cleared away,
when nothing is to do."""

_log = logging.getLogger(__name__)


def run_once(at: datetime) -> int:
    """Do what is due now; how much that was."""
    timed = recheck_some(at) + fire_due_timers(at)
    brought = carry_messages(at) + run_errands(at)
    sent = send_due(at)
    return timed + jobs.run_due(at) + begin_due(at) + brought + sent + measure_some(at)


def run_forever(stop: Event) -> None:
    """Work until told to stop. A database that is locked or away does not end the worker."""
    tidied_at = None
    while not stop.is_set():
        close_old_connections()
        at = clock.now()
        try:
            done = run_once(at)
            if not done and (tidied_at is None or at - tidied_at >= TIDYING):
                idempotency.forget(at)
                forget_messages(at)
                tidy_files(at)
                tidied_at = at
        except Exception as error:  # noqa: BLE001 - whatever it is, the worker must live on
            _tell(error)
            done = 0
        if not done:
            stop.wait(PAUSE_S)
    close_old_connections()


def _tell(error: Exception) -> None:
    if is_passing(error):
        _log.warning("the database is busy or away; the worker tries again: %s", error)
    else:
        _log.error("the worker could not work; it tries again", exc_info=error)
