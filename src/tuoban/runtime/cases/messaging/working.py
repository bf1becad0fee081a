"""What the worker does about messages."""

from __future__ import annotations

from datetime import datetime

from tuoban.runtime.cases.messaging.delivering import deliver_due
from tuoban.runtime.cases.messaging.looking import look_due
from tuoban.runtime.cases.models import Message
from tuoban.runtime.people.models import Unit


def carry_messages(at: datetime, root: Unit | None = None) -> int:
    """Bring messages to where they belong; how much there was to do.

    Args:
        root: the topmost unit, to which cases belong that begin by a message; None: it is looked
            for.
    """
    return deliver_due(at, root=root) + look_due(at)


def carry_all(at: datetime, root: Unit, *, most: int = 1000) -> None:
    """Bring messages on until nothing is left to do, as a rehearsal does after every move."""
    for _ in range(most):
        if not carry_messages(at, root):
            return


def forget(at: datetime) -> int:
    """Delete the messages that have been kept for long enough; how many those were. One that could
    not be brought to all cases stays."""
    rows = Message.objects.filter(kept_until__lt=at).exclude(done_at=None)
    return rows.delete()[1].get(Message._meta.label, 0)
