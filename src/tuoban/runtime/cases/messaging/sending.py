"""Sending: what a command of a case sent is kept in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.engine.messaging import KEPT
from tuoban.kernel.events import Event
from tuoban.kernel.text import Text
from tuoban.runtime.cases import notices
from tuoban.runtime.cases.messaging import values
from tuoban.runtime.cases.models import Case, Message, MessageDelivery
from tuoban.runtime.jobs.retry import keeps

FURTHEST = 100
"""A message that so many others have led to goes no further: cases that answer each other, or
begin each other, would never come to rest."""

FORGETTING = timedelta(days=1) / FURTHEST
"""How long it takes until one of them is forgotten where a clock sent the next. So traffic that
keeps its own time goes on, as long as it is no more than so many messages a day."""

STOPPED = "message-stopped"
"""The notice that a message was stopped."""

_TOO_FAR = Text(
    "消息一个引出一个，没完没了，已停止；请检查流程",
    "Messages led to messages for too long; this one was stopped. See to the process.",
)


def keep(
    case: Case,
    events: Iterable[Event],
    opened: Mapping[str, Any],
    at: datetime,
    hops: int,
    *,
    by_itself: bool = False,
) -> None:
    """Keep the messages that a case sent.

    Args:
        opened: its personal values by reference.
        hops: how many messages led to the command; 0: it is none by which a message came.
        by_itself: whether nobody wished what was done.
    """
    sent = [each for each in events if isinstance(each, e.MessageSent)]
    if not sent:
        return
    if by_itself and not hops:
        hops = _led(case, at)
    rows = [_row(case, each, opened, at, hops + 1) for each in sent]
    Message.objects.bulk_create(rows)
    stopped = next((each for each, row in zip(sent, rows, strict=True) if row.error), None)
    if stopped is not None:
        notices.tell_head(case, STOPPED, {"node": stopped.node}, at)


def _led(case: Case, at: datetime) -> int:
    """How many messages led to the newest one that a case took, less those that are forgotten."""
    taken = (MessageDelivery.TAKEN, MessageDelivery.JOINED, MessageDelivery.BEGAN)
    rows = MessageDelivery.objects.filter(case=case, what__in=taken).order_by("-at", "-pk")
    newest = rows.values_list("message__hops", "at").first()
    if newest is None:
        return 0
    hops, since = newest
    return max(0, hops - int((at - since) / FORGETTING))


def _row(
    case: Case, sent: e.MessageSent, opened: Mapping[str, Any], at: datetime, hops: int
) -> Message:
    is_stopped = hops > FURTHEST and not sent.system
    clear, personal = values.split(sent.values, opened)
    return Message(
        key=f"{case.number}/{sent.number}",
        name=sent.name,
        values=clear,
        personal=personal,
        sender=case,
        process=sent.process,
        system=sent.system,
        received_at=at,
        kept_until=at + KEPT,
        next_try_at=at,
        done_at=at if sent.system or is_stopped else None,
        hops=hops,
        error=keeps(_TOO_FAR) if is_stopped else "",
    )
