"""The verbs of those who sign what somebody completed."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel import commands as c
from tuoban.runtime.cases.carrying import Desk, Outcome
from tuoban.runtime.cases.service.core import on_item, read_reason
from tuoban.runtime.people.models import User


def sign(
    item_id: int, *, shown: str, stamped: bool = False, by: User, at: datetime, key: str
) -> Outcome:
    """Sign what somebody completed. Raises `Refused` as the kernel's `Sign`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Sign(by.person_id, item, shown, stamped)

    return on_item(item_id, ("sign", shown, stamped), by, at, key, command)


def refuse_to_sign(item_id: int, *, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """Give what somebody completed back to them. Raises `Refused` as the kernel's
    `RefuseToSign`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.RefuseToSign(by.person_id, item, read_reason(desk, reason))

    return on_item(item_id, ("refuse-to-sign", reason), by, at, key, command)
