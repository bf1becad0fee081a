"""What went out of the house to people, or would have, with what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q

from tuoban.kernel.definition import Text
from tuoban.runtime.cases import definitions, paging
from tuoban.runtime.cases.models import Case, Outgoing, OutgoingAttempt
from tuoban.runtime.cases.outbox.deciding import DROP, STUCK, can_go_again, may_decide
from tuoban.runtime.cases.outbox.telling import text_of
from tuoban.runtime.cases.policy import visible_cases
from tuoban.runtime.jobs.retry import why
from tuoban.runtime.people.models import User

OutgoingFilter = Literal["all", "waiting", "sent", "stuck"]

ORDER = ("-at", "-id")
MOST_LINES = 50
"""Lines of the log that a text shows, the newest."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """What was done about a text, when, by which carrier or by whom.

    Attributes:
        result: of `OutgoingAttempt`; empty: nobody knows what came of it.
        why: why it failed.
    """

    at: datetime
    carrier: str
    by: str
    result: str
    why: Text | None


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One text to one person.

    Attributes:
        log: what was done about it, the newest first.
        to: a user, an outside party by its role, or the end of the number or address.
        text: what it says; personal values stand in it for those who may see the case.
        carrier: what carried it; `log`: it was only written down.
    """

    outgoing_id: int
    to: Text
    channel: str
    text: Text
    number: str
    at: datetime
    state: str
    carrier: str
    sent_at: datetime | None
    attempts: int
    why: Text | None
    """Why the last attempt failed."""
    report: str
    """What the carrier reported since: `delivered`, `undelivered`, or nothing."""
    log: tuple[LogLine, ...]
    can_send_again: bool
    can_drop: bool


@dataclass(frozen=True, slots=True)
class OutgoingPage:
    rows: tuple[OutgoingRow, ...]
    next: str


def outbox(
    user: User,
    *,
    q: str = "",
    which: OutgoingFilter = "all",
    channel: str = "",
    number: str = "",
    page: str = "",
) -> OutgoingPage:
    """What went out of the cases that a user may see, the newest first.

    Args:
        channel: `sms` or `mail`; empty: both.
        number: of the one case that is looked at; empty: of all.
    """
    rows = Outgoing.objects.filter(_which(which), paging.behind(ORDER, page))
    if channel:
        rows = rows.filter(channel=channel)
    if number:
        rows = rows.filter(case__number=number)
    if not user.is_staff:
        rows = rows.filter(case__in=Case.objects.filter(visible_cases(user)).values("pk"))
    if q.strip():
        rows = rows.filter(_matching(q.strip()))
    rows = rows.select_related("case__definition", "case__unit", "user", "written").defer(
        "case__state",
        "case__definition__text",
        "case__definition__translations",
        "case__definition__bases",
    )
    found, cursor = paging.cut(list(rows.order_by(*ORDER)[: paging.PAGE_SIZE + 1]), ORDER)
    logs = _logs([each.pk for each in found])
    decides = _decides(user)
    return OutgoingPage(
        tuple(_row(each, logs.get(each.pk, ()), decides=decides(each.case)) for each in found),
        cursor,
    )


def _logs(ids: list[int]) -> dict[int, tuple[LogLine, ...]]:
    found: dict[int, list[LogLine]] = {}
    rows = OutgoingAttempt.objects.filter(outgoing__in=ids).select_related("by").order_by("-id")
    for row in rows:
        by = str(row.by) if row.by is not None else ""
        line = LogLine(row.at, row.carrier, by, row.result, why(row.words))
        found.setdefault(row.outgoing_id, []).append(line)
    return {pk: tuple(lines[:MOST_LINES]) for pk, lines in found.items()}


def _decides(user: User) -> Callable[[Case | None], bool]:
    """Whether the user decides about what goes out of a case, asked once for each."""
    known: dict[int | None, bool] = {}

    def decides(case: Case | None) -> bool:
        pk = case.pk if case is not None else None
        if pk not in known:
            known[pk] = may_decide(user, case)
        return known[pk]

    return decides


def has_outgoing(case_id: int) -> bool:
    """Whether anything went out of a case, or was to."""
    return Outgoing.objects.filter(case=case_id).exists()


def _which(which: OutgoingFilter) -> Q:
    return {
        "waiting": Q(state=Outgoing.WAITING),
        "sent": Q(state=Outgoing.SENT),
        "stuck": Q(state__in=(*STUCK, Outgoing.STALE)) | Q(report=Outgoing.UNDELIVERED),
    }.get(which, Q())


def _matching(q: str) -> Q:
    return (
        Q(case__number__icontains=q)
        | Q(user__display_name__icontains=q)
        | Q(user__username__icontains=q)
        | Q(role__icontains=q)
        | Q(node__icontains=q)
        | Q(case__definition__slug__icontains=q)
        | Q(written__address_end__icontains=q)
    )


def _to(row: Outgoing) -> Text:
    """To whom it goes, as people call them."""
    if row.written is not None:
        end = row.written.address_end
        return Text(end, end) if end else Text("（已删除）", "(erased)")
    if row.user is None and row.case is not None:
        role = definitions.compiled(row.case.definition).roles.get(row.role)
        return role.label if role is not None else Text(row.role, row.role)
    return Text(str(row.user), str(row.user))


def _row(row: Outgoing, log: tuple[LogLine, ...], *, decides: bool) -> OutgoingRow:
    return OutgoingRow(
        outgoing_id=row.pk,
        to=_to(row),
        channel=row.channel,
        text=text_of(row),
        number=row.case.number if row.case is not None else "",
        at=row.at,
        state=row.state,
        carrier=row.carrier,
        sent_at=row.sent_at,
        attempts=row.attempts,
        why=why(row.error),
        report=row.report,
        log=log,
        can_send_again=decides and can_go_again(row),
        can_drop=decides and row.state in DROP,
    )
