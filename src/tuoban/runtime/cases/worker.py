"""The worker: fires timers and carries out jobs. Embedded in `tuoban serve`, or run on its own."""

from __future__ import annotations

import logging
from datetime import datetime
from threading import Event

from django.db import close_old_connections

from tuoban.runtime.cases import clock, jobs
from tuoban.runtime.cases.timers import fire_due_timers

PAUSE_S = 1.0

_log = logging.getLogger(__name__)


def run_once(at: datetime) -> int:
    """Do what is due now; how much that was."""
    return fire_due_timers(at) + jobs.run_due(at)


def run_forever(stop: Event) -> None:
    """Work until told to stop. A database that is away for a while does not end the worker."""
    while not stop.is_set():
        close_old_connections()
        try:
            busy = run_once(clock.now())
        except Exception:  # noqa: BLE001 - whatever it is, the worker must live on
            _log.exception("the worker could not work; it tries again")
            busy = 0
        if not busy:
            stop.wait(PAUSE_S)
    close_old_connections()
