"""What went out of the house to people, or would have, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q

from tuoban.kernel.definition import Text
from tuoban.runtime.cases import definitions, paging
from tuoban.runtime.cases.models import Case, Outgoing
from tuoban.runtime.cases.outbox.sending import text_of
from tuoban.runtime.cases.policy import visible_cases
from tuoban.runtime.jobs.retry import why
from tuoban.runtime.people.models import User

OutgoingFilter = Literal["all", "waiting", "sent", "stuck"]

ORDER = ("-at", "-id")
_STUCK = (Outgoing.FAILED, Outgoing.NO_GATEWAY, Outgoing.NO_ADDRESS)


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One text to one person.

    Attributes:
        to: a user, or an outside party by its role.
        text: what it says; personal values stand in it for those who may see the case.
        carrier: what carried it; `log`: it was only written down.
    """

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


@dataclass(frozen=True, slots=True)
class OutgoingPage:
    rows: tuple[OutgoingRow, ...]
    next: str


def outbox(
    user: User, *, q: str = "", which: OutgoingFilter = "all", number: str = "", page: str = ""
) -> OutgoingPage:
    """What went out of the cases that a user may see, the newest first.

    Args:
        number: of the one case that is looked at; empty: of all.
    """
    rows = Outgoing.objects.filter(_which(which), paging.behind(ORDER, page))
    if number:
        rows = rows.filter(case__number=number)
    if not user.is_staff:
        rows = rows.filter(case__in=Case.objects.filter(visible_cases(user)).values("pk"))
    if q.strip():
        rows = rows.filter(_matching(q.strip()))
    rows = rows.select_related("case__definition", "case__unit", "user").defer(
        "case__state",
        "case__definition__text",
        "case__definition__translations",
        "case__definition__bases",
    )
    found, cursor = paging.cut(list(rows.order_by(*ORDER)[: paging.PAGE_SIZE + 1]), ORDER)
    return OutgoingPage(tuple(_row(each) for each in found), cursor)


def has_outgoing(case_id: int) -> bool:
    """Whether anything went out of a case, or was to."""
    return Outgoing.objects.filter(case=case_id).exists()


def _which(which: OutgoingFilter) -> Q:
    return {
        "waiting": Q(state=Outgoing.WAITING),
        "sent": Q(state=Outgoing.SENT),
        "stuck": Q(state__in=_STUCK),
    }.get(which, Q())


def _matching(q: str) -> Q:
    return (
        Q(case__number__icontains=q)
        | Q(user__display_name__icontains=q)
        | Q(user__username__icontains=q)
        | Q(role__icontains=q)
        | Q(node__icontains=q)
        | Q(case__definition__slug__icontains=q)
    )


def _row(row: Outgoing) -> OutgoingRow:
    definition = definitions.compiled(row.case.definition)
    role = definition.roles.get(row.role)
    name = str(row.user) if row.user is not None else row.role
    return OutgoingRow(
        to=role.label if role is not None and row.user is None else Text(name, name),
        channel=row.channel,
        text=text_of(row),
        number=row.case.number,
        at=row.at,
        state=row.state,
        carrier=row.carrier,
        sent_at=row.sent_at,
        attempts=row.attempts,
        why=why(row.error),
    )
