"""The verbs that bring work, or a case, before somebody else, and what one was told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tuoban.kernel import commands as c
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.carrying import Desk, Outcome
from tuoban.runtime.cases.models import Notice
from tuoban.runtime.cases.service.core import on_case, on_item, read_reason
from tuoban.runtime.people.models import User


def transfer(item_id: int, *, to: User, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """Hand work to somebody else. Raises `Refused` as the kernel's `Transfer`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Transfer(by.person_id, item, to.person_id, read_reason(desk, reason))

    return on_item(item_id, ("transfer", to.person_id, reason), by, at, key, command)


def delegate(item_id: int, *, to: User, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """Let somebody else do the work for one. Raises `Refused` as the kernel's `Delegate`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Delegate(by.person_id, item, to.person_id, read_reason(desk, reason))

    return on_item(item_id, ("delegate", to.person_id, reason), by, at, key, command)


def get_back(item_id: int, *, by: User, at: datetime, key: str) -> Outcome:
    """Take delegated work back. Raises `Refused` as the kernel's `GetBack`."""
    return on_item(
        item_id, ("get-back",), by, at, key, lambda desk, item: c.GetBack(by.person_id, item)
    )


def urge(item_id: int, *, message: str = "", by: User, at: datetime, key: str) -> Outcome:
    """Ask for work to be seen to. Raises `Refused` as the kernel's `Urge`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Urge(by.person_id, item, read_reason(desk, message))

    return on_item(item_id, ("urge", message), by, at, key, command)


def copy_to(
    case_id: int, *, to: User, message: str = "", by: User, at: datetime, key: str
) -> Outcome:
    """Give somebody a case to read. Raises `Refused` as the kernel's `CopyTo`."""

    def command(desk: Desk) -> c.Command:
        return c.CopyTo(by.person_id, to.person_id, read_reason(desk, message))

    return on_case(case_id, ("copy", to.person_id, message), by, at, key, command)


@refused_when_busy()
def mark_notices_read(
    by: User, at: datetime, ids: Iterable[int] | None = None, *, case_id: int | None = None
) -> int:
    """Mark the user's notices as read, all, these, or those of a case; how many were unread.

    Raises:
        Refused: `busy`.
    """
    rows = Notice.objects.filter(user=by, read_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    if case_id is not None:
        rows = rows.filter(case=case_id)
    return rows.update(read_at=at)
