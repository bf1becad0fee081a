"""Letters that belong to no step of a case: queued with their words and their address.

What is secret in them, such as a code or a signed link, is kept apart until the letter has gone out
or never will; the same holds of the address of what went out.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tuoban.kernel.definition import MAIL
from tuoban.kernel.text import Text
from tuoban.runtime.cases.models import Outgoing, Written

HIDDEN = "••••••"
"""What stands for a secret."""
SHOWN_DIGITS = 4
LONGEST_KEY = 200

_ERASED = Text("（已删除）", "(erased)")


@dataclass(frozen=True, slots=True)
class Address:
    """A number or a mailbox, by its channel: `sms` or `mail`."""

    channel: str
    value: str

    @property
    def end(self) -> str:
        """By what people recognise it who may not read it."""
        if self.channel == MAIL:
            return "…@" + self.value.rpartition("@")[2]
        return "…" + self.value[-SHOWN_DIGITS:]


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says, in one language.

    Attributes:
        text: whole, as it goes out.
        shown: the same with `HIDDEN` in place of each of the `secrets`.
    """

    language: str
    subject: str
    text: str
    shown: str
    secrets: tuple[str, ...] = ()


def queue(
    template: str,
    to: Address,
    words: Words,
    *,
    key: str,
    at: datetime,
    stale_at: datetime | None = None,
    case: int | None = None,
) -> int:
    """Queue a letter in the caller's transaction; the number of its row in the outbox. A key that
    was used before writes nothing and answers the first row, whatever the letter says.

    Args:
        key: of whoever has it written, at most `LONGEST_KEY` characters.
        stale_at: from when on it does not go out any more.
        case: the case it has to do with, whose people see it in their outbox.
    """
    there = Outgoing.objects.filter(written__request_key=key).values_list("pk", flat=True)
    first = there.first()
    if first is not None:
        return first
    is_secret = bool(words.secrets)
    sealed = {"text": words.text, "secrets": words.secrets}
    try:
        with transaction.atomic():
            written = Written.objects.create(
                request_key=key,
                template=template,
                language=words.language,
                address=to.value,
                address_end=to.end,
                subject=words.subject,
                text=words.shown,
                sealed=json.dumps(sealed, ensure_ascii=False) if is_secret else "",
                is_secret=is_secret,
                stale_at=stale_at,
            )
            row = Outgoing.objects.create(
                case_id=case, written=written, channel=to.channel, at=at, next_try_at=at
            )
    except IntegrityError:  # somebody has written it at the same time
        return there.get()
    return row.pk


def whole(written: Written) -> str:
    """What goes out."""
    return str(json.loads(written.sealed)["text"]) if written.sealed else written.text


def shown(written: Written) -> Text:
    """What people read of it."""
    return Text(written.text, written.text) if written.text else _ERASED


def without_secrets(written: Written | None, words: str) -> str:
    """What somebody outside said of a letter, as a row keeps it, without what is secret in it."""
    if written is None or not written.sealed:
        return words
    for secret in json.loads(written.sealed)["secrets"]:
        words = words.replace(json.dumps(secret, ensure_ascii=False)[1:-1], HIDDEN)
    return words


def forget(written_id: int | None, *, only_secrets: bool = False) -> None:
    """Nothing is left to do about a letter: its secrets are forgotten, and with them the address,
    since it cannot go out again.

    Args:
        written_id: None: it is told by a step, and there is nothing to forget.
        only_secrets: what holds no secret stays as it is, so that people may send it again.
    """
    if written_id is None:
        return
    found = Written.objects.filter(pk=written_id)
    if only_secrets:
        found = found.filter(is_secret=True)
    found.update(sealed="", address="")


def erase(found: QuerySet[Written]) -> None:
    """Take everything out of letters by which somebody is known; what still waits does not go
    out."""
    ids: Collection[int] = list(found.values_list("pk", flat=True))
    waiting = Outgoing.objects.filter(written__in=ids, state=Outgoing.WAITING)
    waiting.update(state=Outgoing.DROPPED, next_try_at=None)
    Written.objects.filter(pk__in=ids).update(
        subject="", text="", sealed="", address="", address_end=""
    )
