"""Firing timers: each is one command in one transaction.

A timer that another worker is at is left to it. A case that cannot go on does not stop the others:
its failure is recorded at the timer, which is tried again with growing pauses.
"""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel.commands import FireTimer
from tuoban.runtime.cases import notices, store
from tuoban.runtime.cases.carrying import carry_out, lay_out
from tuoban.runtime.cases.models import Timer
from tuoban.runtime.jobs.duties import attempt
from tuoban.runtime.jobs.retry import put_off


def next_due() -> datetime | None:
    """When the next timer of any case comes due."""
    return Timer.objects.order_by("due_at").values_list("due_at", flat=True).first()


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
    return attempt(
        f"timer {timer.timer} of case {timer.case_id}",
        lambda: _fire(timer, at),
        lambda error: _put_off(timer, error, at),
    )


def _put_off(timer: Timer, error: Exception, at: datetime) -> None:
    if put_off(Timer.objects.filter(pk=timer.pk), error, at):
        notices.tell_head(timer.case, notices.STUCK, {"node": ""}, at)


def _fire(timer: Timer, at: datetime) -> bool:
    """Fire one timer; False if another transaction holds its case."""
    case = store.lock(timer.case_id, skip_locked=True)
    if case is None:
        return False
    carry_out(lay_out(case, at), FireTimer(timer.timer))
    # Gone already, unless the case no longer knew the timer: then the row was a stray.
    Timer.objects.filter(pk=timer.pk).delete()
    return True
