"""The verbs on what a case has recorded, and on what is typed before it is."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tuoban.kernel import commands as c
from tuoban.kernel.engine import spot_of
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import canonical, personal, policy
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.carrying import Desk, Outcome, carry_out, once, open_case
from tuoban.runtime.cases.filing.tidying import refs_in
from tuoban.runtime.cases.models import Draft, WorkItem
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.service.core import on_case, read_reason
from tuoban.runtime.files import service as files
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import User

LONGEST_DRAFT = 200_000  # characters as JSON


def correct_field(
    case_id: int,
    field: str,
    value: Any,
    *,
    reason: str,
    by: User,
    at: datetime,
    key: str,
    activation: int = 0,
) -> Outcome:
    """Give a field another value afterwards. Raises `Refused` as the kernel's `Correct`.

    Args:
        value: as typed, a list as its rows.
        activation: which copy of the field is meant, as in the kernel's `Correct`.
    """

    def command(desk: Desk) -> c.Command:
        spot = spot_of(desk.definition, desk.state, desk.surroundings, field, activation)
        sealed = None
        if spot is not None:
            entered, hands = {field: value}, (by.person_id,)
            sealed = personal.seal_data(spot, entered, desk.envelope, hands)[field]
        return c.Correct(by.person_id, field, sealed, read_reason(desk, reason), activation)

    return on_case(case_id, ("correct", field, activation, value, reason), by, at, key, command)


@refused_when_busy()
@transaction.atomic
def save_draft(item_id: int, *, data: Mapping[str, Any], by: User, at: datetime) -> None:
    """Keep what somebody has typed so far, until the work is done.

    Raises:
        Refused: `unknown-item`, `not-held`, `draft-too-large`, `draft-unreadable`, `busy`.
    """
    keep_draft(item_id, data=data, by=by, at=at)


def draft_of(item_id: int, by: User) -> Mapping[str, Any]:
    """What somebody has typed so far, as it was kept; nothing where they have not."""
    text = Draft.objects.filter(item=item_id, user=by).values_list("data", flat=True).first()
    kept: dict[str, Any] = json.loads(text) if text is not None else {}
    return kept


def keep_draft(item_id: int, *, data: Mapping[str, Any], by: User, at: datetime) -> None:
    """What `save_draft` does, inside a transaction. Raises `Refused` as that."""
    desk = _desk_of_new_draft(item_id, by, at)  # commands too lock the case before its items
    item = WorkItem.objects.select_for_update().filter(pk=item_id, status=WorkItem.OPEN).first()
    if item is None:
        raise Refused("unknown-item")
    if not policy.may_draft(by, item, directory.snapshot()):
        raise Refused("not-held")
    text = _draft_text(data)
    if len(text) > LONGEST_DRAFT:
        raise RuntimeRefused("draft-too-large", {"limit": LONGEST_DRAFT})
    if desk is not None:
        carry_out(desk, c.Open(by.person_id, item.number))
    if uploaded := refs_in(text):
        files.touch(uploaded, at)
    Draft.objects.update_or_create(item=item, user=by, defaults={"data": text, "at": at})


def _desk_of_new_draft(item_id: int, by: User, at: datetime) -> Desk | None:
    """The case in which somebody begins to draft, which is a fact to record; later it is none."""
    case_id = WorkItem.objects.filter(pk=item_id).values_list("case_id", flat=True).first()
    if case_id is None or Draft.objects.filter(item=item_id, user=by).exists():
        return None
    return open_case(case_id, at)


def _draft_text(data: Mapping[str, Any]) -> str:
    try:
        text = canonical.to_text(data)
        text.encode()
    except ValueError:
        # A half character, or a name that no field has: no database could keep it, or give it back.
        raise RuntimeRefused("draft-unreadable") from None
    return text


def erase_repeated(
    case_id: int, texts: Collection[str], *, by: User, reason: str, at: datetime
) -> int:
    """Erase the personal values of a case that repeat one of these texts, inside a transaction; how
    many those were. The journal tells of it as of any erasure.

    Raises:
        Refused: as the kernel's `Erase`.
    """
    refs = personal.refs_repeating(case_id, texts)
    if refs:
        _erase(open_case(case_id, at), refs, by, reason, at)
    return len(refs)


def _erase(desk: Desk, refs: tuple[str, ...], by: User, reason: str, at: datetime) -> Outcome:
    for ref in refs:
        desk.envelope.opened.pop(ref, None)  # what follows is decided without them
    outcome = carry_out(desk, c.Erase(by.person_id, refs, read_reason(desk, reason)))
    personal.erase(desk.case.row.pk, refs, at)
    return outcome


def erase_personal_values(
    case_id: int, *, by: User, reason: str, at: datetime, key: str, field: str | None = None
) -> Outcome:
    """Erase the personal values of a case, or those of one field, for good.

    The journal tells that they were erased, by whom and why, and stays whole and verifiable.
    Signatures are fields named `signature:<role>`. Where nothing is left to erase, nothing happens.

    Args:
        reason: stays in the journal, so it must not repeat what is erased.

    Raises:
        Refused: `not-staff`, `unknown-case`, `invalid`, and as the kernel's `Erase`.
    """

    def act() -> Outcome:
        if not policy.is_administrator(by):
            raise RuntimeRefused("not-staff")
        desk = open_case(case_id, at)
        return _erase(desk, personal.refs_held(case_id, field), by, reason, at)

    return once(by, key, ("erase", case_id, field, reason), at, act)
