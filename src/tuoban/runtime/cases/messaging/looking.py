"""Looking through the messages that are kept, for what has begun to listen, or has changed, since
they came; one case a transaction."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from tuoban.runtime.cases import notices, store
from tuoban.runtime.cases.carrying import lay_out
from tuoban.runtime.cases.messaging.sending import FURTHEST
from tuoban.runtime.cases.messaging.taking import bring
from tuoban.runtime.cases.models import Listener, Message
from tuoban.runtime.jobs.duties import attempt
from tuoban.runtime.jobs.retry import back_off, told


def look_due(at: datetime, limit: int = 100) -> int:
    """Look for the cases that are due, the one that has waited longest first; how many were."""
    done = 0
    set_aside: set[int] = set()
    while done < limit:
        due = Listener.objects.filter(look_at__lte=at).exclude(case__in=set_aside)
        case_id = due.order_by("look_at", "id").values_list("case_id", flat=True).first()
        if case_id is None:
            break
        if _try(case_id, at):
            done += 1
        else:
            set_aside.add(case_id)
    return done


def _try(case_id: int, at: datetime) -> bool:
    return attempt(
        f"looking for messages of case {case_id}",
        lambda: _look(case_id, at),
        lambda error: _put_off(case_id, error, at),
    )


def _put_off(case_id: int, error: Exception, at: datetime) -> None:
    for row in Listener.objects.filter(case=case_id, look_at__lte=at):
        row.attempts += 1
        row.look_at = at + back_off(row.attempts)
        row.error = told(error)
        row.save()
        if row.attempts == 1:
            notices.tell_head(row.case, notices.STUCK, {"node": ""}, at)


def _look(case_id: int, at: datetime) -> bool:
    """Bring the kept messages to a case; False if another transaction holds it."""
    case = store.lock(case_id, skip_locked=True)
    if case is None:
        return False
    rows = Listener.objects.filter(case=case_id, look_at__lte=at)
    names = list(rows.values_list("name", flat=True))
    # What happens now may ask for another look.
    rows.update(look_at=None, attempts=0, error="")
    desk = lay_out(case, at)
    for message in kept(names, desk.definition.slug, at):
        if desk.state.status == "running":
            bring(desk, message, at)
    return True


def kept(names: list[str], slug: str, at: datetime) -> list[Message]:
    """The kept messages of these names for cases of a process, the oldest first."""
    for_these = Q(process="") | Q(process=slug)
    rows = Message.objects.filter(for_these, name__in=names, system="", kept_until__gt=at)
    rows = rows.filter(hops__lte=FURTHEST)
    return list(rows.order_by("received_at", "id"))
