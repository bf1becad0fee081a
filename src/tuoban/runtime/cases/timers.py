"""Firing timers: each is one command in one transaction.

A timer that another worker is at is left to it. A case that cannot go on does not stop the others:
its failure is recorded at the timer, which is tried again with growing pauses.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from tuoban.kernel.commands import FireTimer
from tuoban.runtime.cases import store
from tuoban.runtime.cases.busy import is_passing
from tuoban.runtime.cases.carrying import carry_out, lay_out
from tuoban.runtime.cases.models import Timer
from tuoban.runtime.cases.retry import back_off

_log = logging.getLogger(__name__)


def fire_due_timers(at: datetime, limit: int = 100, *, case_id: int | None = None) -> int:
    """Fire what has come due, the oldest moment first; how many were fired.

    After a pause of the whole system everything missed is fired, in order, at most `limit` now.
    With `case_id` only that case's timers are fired.
    """
    fired = 0
    set_aside: set[int] = set()
    while fired < limit:
        due = Timer.objects.filter(next_try_at__lte=at).exclude(case__in=set_aside)
        if case_id is not None:
            due = due.filter(case_id=case_id)
        timer = due.order_by("due_at", "id").first()
        if timer is None:
            break
        if _try(timer, at):
            fired += 1
        else:
            set_aside.add(timer.case_id)
    return fired


def _try(timer: Timer, at: datetime) -> bool:
    try:
        with transaction.atomic():
            return _fire(timer, at)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others must go on
        if is_passing(error):
            _log.warning("timer %s of case %s waits: %s", timer.timer, timer.case_id, error)
            return False  # it is not the timer that failed
        _log.exception("timer %s of case %s failed", timer.timer, timer.case_id)
        _record(timer, at, f"{type(error).__name__}: {error}")
        return False


def _fire(timer: Timer, at: datetime) -> bool:
    """Fire one timer; False if another transaction holds its case."""
    case = store.lock(timer.case_id, skip_locked=True)
    if case is None:
        return False
    carry_out(lay_out(case, at), FireTimer(timer.timer))
    # Gone already, unless the case no longer knew the timer: then the row was a stray.
    Timer.objects.filter(pk=timer.pk).delete()
    return True


def _record(timer: Timer, at: datetime, error: str) -> None:
    attempts = timer.attempts + 1
    Timer.objects.filter(pk=timer.pk).update(
        attempts=attempts, next_try_at=at + back_off(attempts), error=error[:2000]
    )
