"""Sending: what a command of a case sent is kept in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.engine.messaging import KEPT
from tuoban.kernel.events import Event
from tuoban.runtime.cases.messaging import values
from tuoban.runtime.cases.models import Case, Message

FURTHEST = 100
"""A message that so many others have led to goes no further: cases that answer each other, or
begin each other, would never come to rest."""

_TOO_FAR = "消息一个引出一个，已停止 / Messages led to messages for too long; this one was stopped."


def keep(
    case: Case, events: Iterable[Event], opened: Mapping[str, Any], at: datetime, hops: int
) -> None:
    """Keep the messages that a case sent.

    Args:
        opened: its personal values by reference.
        hops: how many messages led to the command.
    """
    sent = [each for each in events if isinstance(each, e.MessageSent)]
    Message.objects.bulk_create(_row(case, each, opened, at, hops + 1) for each in sent)


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
        error=_TOO_FAR if is_stopped else "",
    )
