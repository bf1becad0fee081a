"""Messages from outside: read against what published processes say of them, refused with every
reason, and kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, QuerySet

from tuoban.kernel.definition import Field, MessageKind
from tuoban.kernel.engine.messaging import KEPT
from tuoban.kernel.facts import named_by, not_on_file
from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.kernel.rows import absent, read_value
from tuoban.runtime.cases import definitions, outside
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.messaging.values import to_text
from tuoban.runtime.cases.models import Message
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import Unit, User

LONGEST_KEY = 150  # characters of the id that a sender gives
LONGEST_SOURCE = 40  # characters of what a system is called; both stand in one column

MOST_AN_HOUR = 2000
"""So many messages a source may send within an hour; what runs wild must not keep the worker from
everything else."""

OUTSIDE = "outside/"
"""What the keys of messages from outside begin with, so that none is taken for that of a case."""


class Taken(NamedTuple):
    """A message as it was taken in; `replayed`: it had come before, and nothing happened now."""

    id: int
    key: str
    replayed: bool = False


def known_messages() -> dict[str, tuple[MessageKind, ...]]:
    """The messages that published processes know, by name, with what each says of it."""
    found: dict[str, tuple[MessageKind, ...]] = {}
    for published in definitions.all_latest():
        for name, kind in definitions.compiled(published).messages.items():
            found[name] = (*found.get(name, ()), kind)
    return found


def fields_of(name: str) -> tuple[Field, ...]:
    """What a message of that name may carry, whichever process says so.

    Raises:
        Refused: `unknown-message`.
    """
    kinds = known_messages().get(name)
    if kinds is None:
        raise Refused("unknown-message", {"message": name})
    fields: dict[str, Field] = {}
    for kind in kinds:
        for field in kind.fields.values():
            fields.setdefault(field.name, field)
    return tuple(fields.values())


@refused_when_busy()
def receive(
    name: str,
    data: Mapping[str, Any],
    *,
    at: datetime,
    key: str = "",
    source: str = "",
    by: User | None = None,
) -> Taken:
    """Take a message in; the worker brings it to the cases.

    Args:
        data: what it carries, as typed, by name.
        key: the sender's id of it, by which it is known should it be sent again; one is made up
            where it is left out.
        source: from which system it comes, in whose ids the `key` is one.
        by: who entered it by hand.

    Raises:
        Refused: `unknown-message`; `invalid` with every problem; `key-reused`, `key-malformed`;
            `source-malformed`; `source-too-fast`; `busy`.
    """
    if len(source) > LONGEST_SOURCE or not source.isprintable() or "/" in source:
        raise RuntimeRefused("source-malformed", {"limit": LONGEST_SOURCE})
    if len(key) > LONGEST_KEY or not key.isprintable() or key != key.strip():
        raise RuntimeRefused("key-malformed", {"limit": LONGEST_KEY})
    # Nobody is entered anew by a message: sent twice, it would enter them twice.
    clear, personal = _read(name, outside.meant(_known_fields(name), data, None))
    values, hidden = to_text(clear), to_text(personal)
    whole_key = f"{OUTSIDE}{source}/{key or uuid.uuid4().hex}"
    with transaction.atomic():
        if not Message.objects.filter(key=whole_key).exists():
            _check_rate(source, at)
        kept, is_new = Message.objects.get_or_create(
            key=whole_key,
            defaults={
                "name": name,
                "values": values,
                "personal": hidden,
                "source": source,
                "entered_by": by,
                "received_at": at,
                "kept_until": at + KEPT,
                "next_try_at": at,
            },
        )
    if (kept.name, kept.values) != (name, values):
        raise RuntimeRefused("key-reused")
    return Taken(kept.pk, kept.key, replayed=not is_new)


def _known_fields(name: str) -> dict[str, Field]:
    kinds = known_messages().get(name, ())
    return {key: field for kind in reversed(kinds) for key, field in kind.fields.items()}


def too_fast(at: datetime) -> tuple[str, ...]:
    """The sources of which no more is taken for now."""
    rows = _within_the_hour(at).order_by("source").values_list("source")
    return tuple(source for source, count in rows.annotate(Count("pk")) if count >= MOST_AN_HOUR)


def _within_the_hour(at: datetime) -> QuerySet[Message]:
    return Message.objects.filter(sender=None, kept_until__gt=at + KEPT - timedelta(hours=1))


def _check_rate(source: str, at: datetime) -> None:
    if _within_the_hour(at).filter(source=source).count() >= MOST_AN_HOUR:
        raise RuntimeRefused("source-too-fast", {"source": source or "—", "limit": MOST_AN_HOUR})


def _read(name: str, data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that are not personal, and those that are, as they came: each case reads them
    by its own process, and times in the zone of its own unit."""
    kinds = known_messages().get(name)
    if kinds is None:
        raise Refused("unknown-message", {"message": name})
    known = {field for kind in kinds for field in kind.fields}
    problems = [
        Problem("unknown-field", each, {"field": each}) for each in data if each not in known
    ]
    personal: set[str] = set()
    for kind in kinds:
        for field in kind.fields.values():
            if field.personal:
                personal.add(field.name)
            problems += _problems(field, data.get(field.name))
    once = {(each.place, each.code): each for each in problems}
    if once:
        raise refuse_invalid(list(once.values()))
    given = {each: value for each, value in data.items() if value not in (None, "")}
    return (
        {each: value for each, value in given.items() if each not in personal},
        {each: value for each, value in given.items() if each in personal},
    )


def _problems(field: Field, raw: Any) -> tuple[Problem, ...]:
    root = Unit.objects.filter(parent=None).order_by("pk").first()
    if root is None:
        raise RuntimeRefused("unknown-unit", {"unit": ""})
    value, problems = read_value(field, raw, root.zone)
    if not problems and field.required and value in (None, ()):
        return (Problem("required", field.name, {"label": field.label}),)
    if problems:
        return problems
    known = directory.snapshot()
    on_file = outside.files().facts({each.ref for each in named_by(field, value)})
    return (
        *not_on_file(field, value, on_file),
        *absent(field, value, known.people, known.parents),
    )
