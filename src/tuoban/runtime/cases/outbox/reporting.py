"""What carriers report later of a text that they had taken: whether it arrived."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tuoban.kernel.text import Text
from tuoban.runtime.cases.models import Outgoing, OutgoingAttempt
from tuoban.runtime.jobs.retry import keeps


@transaction.atomic
def report(
    key: str, *, arrived: bool, carrier: str, at: datetime, words: Text | None = None
) -> bool:
    """Keep a delivery report in the log of a text; whether there is such a text, of which nothing
    was reported so far.

    Args:
        key: under which the text went out.
        words: why it did not arrive.
    """
    row = Outgoing.objects.select_for_update(of=("self",)).filter(key=key, report="").first()
    if row is None:
        return False
    row.report = Outgoing.DELIVERED if arrived else Outgoing.UNDELIVERED
    row.save(update_fields=["report"])
    OutgoingAttempt.objects.create(
        outgoing=row,
        at=at,
        carrier=carrier,
        result=row.report,
        words=keeps(words) if words is not None else "",
    )
    return True
