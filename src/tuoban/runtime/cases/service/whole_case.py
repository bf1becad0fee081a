"""The verbs on a case as a whole, and on its time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tuoban.kernel import commands as c
from tuoban.runtime.cases import migrating, policy
from tuoban.runtime.cases.carrying import Desk, Outcome, carry_out, once, open_case
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.service.core import on_case, read_reason
from tuoban.runtime.people.models import User


def cancel_case(case_id: int, *, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """End a case before its time. Raises `Refused` as the kernel's `Cancel`."""

    def command(desk: Desk) -> c.Command:
        return c.Cancel(by.person_id, read_reason(desk, reason))

    return on_case(case_id, ("cancel", reason), by, at, key, command)


def migrate_case(
    case_id: int,
    *,
    to: str,
    reason: str = "",
    renames: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
    key: str,
) -> Outcome:
    """Let a case go on by another published version of its process.

    Args:
        renames: as in the kernel's `Migrate`.

    Raises:
        Refused: `not-to-migrate`, `unknown-case`, `invalid`, and as the kernel's `Migrate`.
    """

    def act() -> Outcome:
        if not policy.is_administrator(by):
            raise RuntimeRefused("not-to-migrate")
        desk = open_case(case_id, at)
        why = read_reason(desk, reason)
        return migrating.migrate(desk, migrating.Wish(to, why, renames, by.person_id))

    return once(by, key, ("migrate", case_id, to, reason, renames), at, act)


def suspend_case(case_id: int, *, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """Put a case aside: its lengths stand still. Raises `Refused` as the kernel's `Suspend`."""

    def command(desk: Desk) -> c.Command:
        return c.Suspend(by.person_id, read_reason(desk, reason))

    return on_case(case_id, ("suspend", reason), by, at, key, command)


def resume_case(case_id: int, *, by: User, at: datetime, key: str) -> Outcome:
    """Go on with a suspended case. Raises `Refused` as the kernel's `Resume`."""
    return on_case(case_id, ("resume",), by, at, key, lambda desk: c.Resume(by.person_id))


def extend_clock(
    case_id: int, clock: int, *, length: str, reason: str, by: User, at: datetime, key: str
) -> Outcome:
    """Give a limit a further length of time, such as `2 working hours` or `3 工作日`.

    Raises `Refused` as the kernel's `Extend`.
    """

    def command(desk: Desk) -> c.Command:
        return c.Extend(by.person_id, clock, length, read_reason(desk, reason))

    return on_case(case_id, ("extend", clock, length, reason), by, at, key, command)


def recheck(case_id: int, at: datetime) -> bool:
    """Look at the gates and clocks of a case again; whether anything changed.

    Waits for another transaction that holds the case: it may have read what has changed before.

    Raises:
        Refused: `unknown-case`.
    """
    with transaction.atomic():
        desk = open_case(case_id, at)
        before = desk.case.row.seq
        return carry_out(desk, c.Recheck()).seq > before
