"""The verbs that let a case go another way: back, or on at another step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tuoban.kernel import commands as c
from tuoban.runtime.cases.carrying import Desk, Outcome
from tuoban.runtime.cases.service.core import on_item, read_reason
from tuoban.runtime.people.models import User


def return_to(
    item_id: int,
    *,
    to: str,
    reason: str,
    by: User,
    at: datetime,
    key: str,
    of: Sequence[int] = (),
    straight: bool | None = None,
) -> Outcome:
    """Send work back to a finished step. Raises `Refused` as the kernel's `Return`.

    Args:
        of: the element that is meant, as in the kernel's `Return`.
        straight: whether it comes straight back, as in the kernel's `Return`.
    """

    def command(desk: Desk, item: int) -> c.Command:
        return c.Return(by.person_id, item, to, read_reason(desk, reason), tuple(of), straight)

    return on_item(item_id, ("return", to, reason, straight, *of), by, at, key, command)


def withdraw(item_id: int, *, reason: str = "", by: User, at: datetime, key: str) -> Outcome:
    """Take back what one has completed. Raises `Refused` as the kernel's `Withdraw`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Withdraw(by.person_id, item, read_reason(desk, reason))

    return on_item(item_id, ("withdraw", reason), by, at, key, command)


def jump(item_id: int, *, to: str, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """Let a case go on at another step. Raises `Refused` as the kernel's `Jump`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Jump(by.person_id, item, to, read_reason(desk, reason))

    return on_item(item_id, ("jump", to, reason), by, at, key, command)
