"""The journal: one entry per command, append-only, chained by digests per case.

An entry's digest is the SHA-256 of the canonical JSON of everything in it, the case's number and
the digest before it. A changed, missing or re-ordered entry, or one moved to another case, breaks
the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from functools import cache
from json.encoder import encode_basestring
from typing import Any

from tuoban.kernel.codec import decode
from tuoban.kernel.commands import Command
from tuoban.kernel.events import CaseMigrated, Event
from tuoban.kernel.json_text import utc_text
from tuoban.runtime.cases import access, canonical, upgrades
from tuoban.runtime.cases.models import Case, JournalEntry, PublishedDefinition

BEGINNING = ""
"""What stands for the digest before the first entry."""


def next_entry(
    case: Case, command: Command, events: tuple[Event, ...], at: datetime
) -> dict[str, Any]:
    """The columns of the entry that follows `case.head`, without the case, whose row may be yet to
    be written; moves `case.seq` and `case.head` to it."""
    kind: Any = type(command)
    payload: dict[str, Any] = {
        "format": upgrades.FORMAT,
        "command": {each: getattr(command, each) for each in _names(kind)},
        "events": events,
    }
    if case.seq == 0:
        payload["definition"] = identify(case.definition)
    token = access.token()
    if token is not None and command.by is not None:
        payload["token"] = token
    entry: dict[str, Any] = {
        "seq": case.seq + 1,
        "at": at,
        "actor": command.by or "",
        "command": kind.__name__,
        "payload": canonical.to_text(payload),
        "previous": case.head,
    }
    entry["digest"] = _digest(case.number, entry)
    case.seq, case.head = entry["seq"], entry["digest"]
    return entry


def digest(number: str, entry: JournalEntry) -> str:
    """The digest that the entry must have in the case of this number."""
    return _digest(number, {each: getattr(entry, each) for each in _COVERED})


_COVERED = ("seq", "at", "actor", "command", "payload", "previous")


def _digest(number: str, entry: Mapping[str, Any]) -> str:
    # Canonical JSON, written by hand, since there is one with every command.
    text = encode_basestring
    covered = (
        f'{{"actor":{text(entry["actor"])},"at":"{utc_text(entry["at"])}","case":{text(number)},'
        f'"command":{text(entry["command"])},"payload":{text(entry["payload"])},'
        f'"previous":{text(entry["previous"])},"seq":{entry["seq"]}}}'
    )
    return hashlib.sha256(covered.encode()).hexdigest()


def events_of(entry: JournalEntry) -> tuple[Event, ...]:
    """The events of an entry.

    Raises:
        ValueError: the payload is not what `next_entry` writes, as after tampering.
    """
    return tuple(_payload(entry)["events"])


def token_of(entry: JournalEntry) -> int | None:
    """The row of the token by which a program asked for what the entry tells; None: none.

    Raises:
        ValueError: as `events_of`.
    """
    # Hardly an entry names one, and to read each a second time would cost as much again.
    found: int | None = _payload(entry).get("token") if '"token":' in entry.payload else None
    return found


def definition_named_by(entry: JournalEntry) -> Mapping[str, str]:
    """Slug, version and digest of the definition that the case's first entry names.

    Raises:
        ValueError: as `events_of`.
    """
    named: Mapping[str, str] = _payload(entry).get("definition", {})
    return named


def definition_moved_to(entry: JournalEntry) -> Mapping[str, str] | None:
    """The same of the version that the entry migrates its case to; None where it does not.

    Raises:
        ValueError: as `events_of`.
    """
    moved = next((each for each in events_of(entry) if isinstance(each, CaseMigrated)), None)
    if moved is None:
        return None
    return {"slug": moved.slug, "version": moved.version, "digest": moved.digest}


def identify(row: PublishedDefinition) -> dict[str, str]:
    return {"slug": row.slug, "version": row.version, "digest": row.digest}


def _payload(entry: JournalEntry) -> dict[str, Any]:
    payload = decode(upgrades.upgrade(json.loads(entry.payload)))
    if not isinstance(payload, dict):
        raise ValueError("the payload is not an object")
    return payload


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))
