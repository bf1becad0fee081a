"""Links that open one case for one of its outside parties: made and revoked by staff, and opened.

Whoever sees a case may make and revoke its links.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F, QuerySet

from tuoban.kernel.definition import Definition, Text
from tuoban.kernel.outsiders import outsider
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import policy
from tuoban.runtime.cases.definitions import compiled
from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people.models import User
from tuoban.services.portal.models import PortalLink

DAYS = 14
"""How long a link is valid where nothing else is said."""
MOST_DAYS = 90
_TOKEN = 32  # bytes of randomness


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at the portal by a link: the outside party of a role, at one case."""

    link_id: int
    case_id: int
    number: str
    role: str
    way: str
    """How they came, as evidence tells it: `link 7`, or `code 7` by a one-time code."""


@dataclass(frozen=True, slots=True)
class Party:
    """The outside party of a role, as it acts."""

    role: str

    @property
    def person_id(self) -> str:
        return outsider(self.role)


@dataclass(frozen=True, slots=True)
class Made:
    """A new link. Its token is told here and never again."""

    link_id: int
    token: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as staff see it."""

    link_id: int
    role: Text
    made_by: str
    made_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    opened: int
    revoked_at: datetime | None
    is_valid: bool
    by_code: bool


def make(case_id: int, role: str, *, days: str | int = DAYS, by: User, at: datetime) -> Made:
    """Make a link.

    Args:
        days: how many days it is valid for, from 1 to 90, as typed.

    Raises:
        Refused: `unknown-case`, `not-visible`, `unknown-party`, `days-out-of-range`.
    """
    case = _visible(case_id, by)
    if role not in parties(compiled(case.definition)):
        raise Refused("unknown-party")
    if not re.fullmatch(r"[0-9]{1,3}", str(days)) or not 1 <= int(days) <= MOST_DAYS:
        raise RuntimeRefused("days-out-of-range", {"most": MOST_DAYS})
    return give(case_id, role, timedelta(days=int(days)), by=by, at=at)


def give(
    case_id: int,
    role: str,
    length: timedelta,
    *,
    by: User | None,
    at: datetime,
    by_code: bool = False,
) -> Made:
    """Write a link that is valid for so long, whoever may.

    Args:
        by_code: it is the visit of somebody who came in by a one-time code.
    """
    token = secrets.token_urlsafe(_TOKEN)
    link = PortalLink.objects.create(
        case_id=case_id,
        role=role,
        digest=_digest(token),
        made_by=by,
        made_at=at,
        expires_at=at + length,
        by_code=by_code,
    )
    return Made(link.pk, token)


def revoke(case_id: int, link_id: int, *, by: User, at: datetime) -> None:
    """Let a link of the case open nothing any more, from now on; again changes nothing.

    Raises:
        Refused: `unknown-case`, `not-visible`, `unknown-link`.
    """
    case = _visible(case_id, by)
    with transaction.atomic():
        links = PortalLink.objects.select_for_update()
        link = links.filter(case=case, pk=link_id).first()
        if link is None:
            raise RuntimeRefused("unknown-link")
        if link.revoked_at is None:
            link.revoked_at, link.revoked_by = at, by
            link.save(update_fields=["revoked_at", "revoked_by"])


def open_by(token: str, at: datetime) -> Visit | None:
    """Open a link by its token; None: no valid link has it."""
    link = _valid(at).filter(digest=_digest(token)).first()
    if link is None:
        return None
    PortalLink.objects.filter(pk=link.pk).update(opened_at=at, opened=F("opened") + 1)
    return _visit(link)


def visit_of(link_id: int, at: datetime) -> Visit | None:
    """The visit of somebody who opened a link before; None: it is valid no more."""
    link = _valid(at).filter(pk=link_id).first()
    return _visit(link) if link is not None else None


def links_of(case_id: int, definition: Definition, at: datetime) -> tuple[LinkRow, ...]:
    """The links of a case, the newest first."""
    rows = PortalLink.objects.filter(case=case_id).select_related("made_by").order_by("-pk")
    return tuple(
        LinkRow(
            link_id=row.pk,
            role=label_of(definition, row.role),
            made_by=str(row.made_by) if row.made_by is not None else "",
            made_at=row.made_at,
            expires_at=row.expires_at,
            opened_at=row.opened_at,
            opened=row.opened,
            revoked_at=row.revoked_at,
            is_valid=row.revoked_at is None and row.expires_at > at,
            by_code=row.by_code,
        )
        for row in rows
    )


def parties(definition: Definition) -> dict[str, Text]:
    """The outside parties of a process, by role."""
    return {key: role.label for key, role in definition.roles.items() if role.is_outside}


def label_of(definition: Definition, role: str) -> Text:
    """How an outside party is called; by its key where the version in use knows it no more."""
    known = definition.roles.get(role)
    return known.label if known is not None else Text(role, role)


def _valid(at: datetime) -> QuerySet[PortalLink]:
    found = PortalLink.objects.select_related("case")
    return found.filter(revoked_at=None, expires_at__gt=at)


def _visit(link: PortalLink) -> Visit:
    way = f"{'code' if link.by_code else 'link'} {link.pk}"
    return Visit(link.pk, link.case_id, link.case.number, link.role, way)


def _visible(case_id: int, by: User) -> Case:
    found = Case.objects.select_related("definition").filter(pk=case_id)
    if not found.exists():
        raise RuntimeRefused("unknown-case")
    case = found.filter(policy.visible_cases(by)).first()
    if case is None:
        raise RuntimeRefused("not-visible")
    return case


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
