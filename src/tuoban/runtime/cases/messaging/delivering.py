"""Bringing messages to the cases that listen to them, one case a transaction.

A message remembers the last case it was brought to, so that a worker may stop anywhere. A case that
cannot take it does not keep it from the others: that is kept, and tried again with growing pauses.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tuoban.runtime.cases import notices, store
from tuoban.runtime.cases.carrying import lay_out
from tuoban.runtime.cases.messaging.beginning import begin_all, hold_starts
from tuoban.runtime.cases.messaging.taking import bring
from tuoban.runtime.cases.models import Case, Listener, Message, MessageDelivery
from tuoban.runtime.jobs.duties import attempt, kept
from tuoban.runtime.jobs.retry import back_off, put_off, told
from tuoban.runtime.people.models import Unit


def deliver_due(at: datetime, limit: int = 100, root: Unit | None = None) -> int:
    """Go on with the messages that are to be brought to cases, the oldest first; how many cases
    were looked at, and messages done with."""
    done = 0
    set_aside: set[int] = set()
    while done < limit:
        waiting = Message.objects.filter(done_at=None, next_try_at__lte=at)
        pk = waiting.exclude(pk__in=set_aside).order_by("id").values_list("pk", flat=True).first()
        if pk is None:
            break
        if _try(pk, at, root):
            done += 1
        else:
            set_aside.add(pk)
    return done + _try_again(at)


def _try(pk: int, at: datetime, root: Unit | None) -> bool:
    return attempt(
        f"bringing the message {pk} on",
        lambda: _go_on(pk, at, root),
        lambda error: put_off(Message.objects.filter(pk=pk), error, at),
    )


def _go_on(pk: int, at: datetime, root: Unit | None) -> bool:
    """Bring a message to the next case, or be done with it; False if another worker is at it, or
    somebody at the case."""
    free = Message.objects.select_for_update(skip_locked=True, of=("self",))
    message = free.filter(pk=pk, done_at=None).first()
    if message is None:
        return False
    case_id = _next_listener(message)
    if case_id is None and hold_starts(message):
        # Another message may have begun a case while this one waited for its turn to.
        case_id = _next_listener(message)
    if case_id is not None:
        if not _bring_to(case_id, message, at):
            return False
        message.after = case_id
        message.save(update_fields=["after"])
        return True
    begin_all(message, at, root)
    message.done_at, message.error = at, ""
    message.save(update_fields=["done_at", "error"])
    return True


def _next_listener(message: Message) -> int | None:
    rows = Listener.objects.filter(name=message.name, case__gt=message.after)
    if message.process:
        rows = rows.filter(case__definition__slug=message.process)
    return rows.order_by("case_id").values_list("case_id", flat=True).first()


def _bring_to(case_id: int, message: Message, at: datetime) -> bool:
    """False if another transaction holds the case: it is not waited for, because whoever holds a
    case may be waiting for the message. That the case cannot take it is kept."""
    what = f"bringing the message {message.pk} to case {case_id}"
    with kept(what, lambda error: _fail(message, case_id, at, error)), transaction.atomic():
        case = store.lock(case_id, skip_locked=True)
        if case is None:
            return False
        if case.state.status == "running":
            bring(lay_out(case, at), message, at)
    return True


def _fail(message: Message, case_id: int, at: datetime, error: Exception) -> None:
    row = MessageDelivery.objects.filter(message=message, case_id=case_id).first()
    row = row or MessageDelivery(message=message, case_id=case_id)
    row.slug = Case.objects.values_list("definition__slug", flat=True).get(pk=case_id)
    row.what, row.at, row.attempts = MessageDelivery.FAILED, at, row.attempts + 1
    row.error = told(error)
    row.next_try_at = at + back_off(row.attempts)
    row.save()
    if row.attempts == 1:
        notices.tell_head(Case.objects.get(pk=case_id), notices.STUCK, {"node": ""}, at)


def _try_again(at: datetime) -> int:
    """Bring messages once more to cases that could not take them; how many were tried."""
    rows = MessageDelivery.objects.filter(next_try_at__lte=at).order_by("next_try_at")
    ids = list(rows.values_list("pk", flat=True)[:20])
    return sum(_try_delivery(pk, at) for pk in ids)


def _try_delivery(pk: int, at: datetime) -> bool:
    return attempt(
        f"the message delivery {pk}",
        lambda: _bring_again(pk, at),
        lambda error: put_off(MessageDelivery.objects.filter(pk=pk), error, at),
    )


def _bring_again(pk: int, at: datetime) -> bool:
    """Whether there was anything to bring."""
    held = MessageDelivery.objects.select_for_update(skip_locked=True, of=("self",))
    row = held.select_related("message").filter(pk=pk, next_try_at__lte=at).first()
    if row is None or row.case_id is None:
        return False
    row.next_try_at = None
    row.save(update_fields=["next_try_at"])
    if not _bring_to(row.case_id, row.message, at):
        row.next_try_at = at
        row.save(update_fields=["next_try_at"])
        return False
    return True
