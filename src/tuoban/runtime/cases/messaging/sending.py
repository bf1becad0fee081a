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


def keep(case: Case, events: Iterable[Event], opened: Mapping[str, Any], at: datetime) -> None:
    """Keep the messages that a case sent.

    Args:
        opened: its personal values by reference.
    """
    sent = [each for each in events if isinstance(each, e.MessageSent)]
    Message.objects.bulk_create(_row(case, each, opened, at) for each in sent)


def _row(case: Case, sent: e.MessageSent, opened: Mapping[str, Any], at: datetime) -> Message:
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
        done_at=at if sent.system else None,
    )
