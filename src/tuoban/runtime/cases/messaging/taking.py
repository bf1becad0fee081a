"""Bringing one message to one case that is on the table."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel.commands import Deliver
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Received
from tuoban.kernel.text import Text
from tuoban.runtime.cases.carrying import Desk, carry_out
from tuoban.runtime.cases.messaging.sealing import sealed_for
from tuoban.runtime.cases.models import Message, MessageDelivery
from tuoban.runtime.jobs.retry import keeps

UNREADABLE = frozenset(("invalid", "unknown-message"))
"""Refusals that no second attempt changes: the process of the case cannot read the message."""


def bring(desk: Desk, message: Message, at: datetime) -> None:
    """Let a case take a message that concerns it, and keep what became of it.

    Raises:
        Refused: the case cannot take it now.
    """
    before = desk.state.received.get(message.key)
    kind = desk.definition.messages.get(message.name)
    command = Deliver(
        message.key, message.name, sealed_for(desk, kind, message), message.received_at
    )
    desk.hops = message.hops
    try:
        carry_out(desk, command)
    except Refused as refused:
        if refused.code not in UNREADABLE:
            raise
        note(desk, message, MessageDelivery.UNFIT, at, error=reasons(refused))
        return
    after = desk.state.received.get(message.key)
    if after is not None and after != before:
        note(desk, message, _what(after), at)


def _what(received: Received) -> str:
    return MessageDelivery.JOINED if received.joined else MessageDelivery.TAKEN


def note(desk: Desk, message: Message, what: str, at: datetime, error: str = "") -> None:
    """Keep what became of a message in a case."""
    MessageDelivery.objects.update_or_create(
        message=message,
        case=desk.case.row,
        defaults={
            "slug": desk.definition.slug,
            "what": what,
            "at": at,
            "error": error,
            "next_try_at": None,
        },
    )


def reasons(refused: Refused) -> str:
    """Why a message could not be read, entry by entry, as a row keeps it."""
    zh = "；".join(f"{each.place}：{each.read('zh')}" for each in refused.problems)
    en = "; ".join(f"{each.place}: {each.read('en')}" for each in refused.problems)
    return keeps(Text(zh or refused.read("zh"), en or refused.read("en")))
