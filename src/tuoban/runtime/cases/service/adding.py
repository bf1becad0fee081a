"""The verbs of those who ask others about their work, and of those who are asked."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel import commands as c
from tuoban.runtime.cases.carrying import Desk, Outcome
from tuoban.runtime.cases.service.core import on_item, read_reason
from tuoban.runtime.people.models import User


def add_signer(
    item_id: int, *, to: User, before: bool, reason: str, by: User, at: datetime, key: str
) -> Outcome:
    """Ask somebody about work before it is completed, or to sign it after. Raises `Refused` as the
    kernel's `AddSigner`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.AddSigner(by.person_id, item, to.person_id, before, read_reason(desk, reason))

    request = ("add-signer", to.person_id, before, reason)
    return on_item(item_id, request, by, at, key, command)


def give_opinion(
    item_id: int, *, agrees: bool, words: str = "", by: User, at: datetime, key: str
) -> Outcome:
    """Say what one thinks of work. Raises `Refused` as the kernel's `GiveOpinion`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.GiveOpinion(by.person_id, item, agrees, read_reason(desk, words))

    return on_item(item_id, ("opinion", agrees, words), by, at, key, command)


def drop_signer(item_id: int, *, person: User, by: User, at: datetime, key: str) -> Outcome:
    """Do without somebody who was added. Raises `Refused` as the kernel's `DropSigner`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.DropSigner(by.person_id, item, person.person_id)

    return on_item(item_id, ("drop-signer", person.person_id), by, at, key, command)
