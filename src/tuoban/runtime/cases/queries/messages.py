"""Messages that came and went, with what became of each; and the form to enter one by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q

from tuoban.kernel.codec import encode
from tuoban.kernel.definition import FormEntry, FormSection, Text
from tuoban.kernel.forms import Place
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import NEW
from tuoban.runtime.cases import definitions, paging
from tuoban.runtime.cases.messaging.receiving import fields_of, known_messages, too_fast
from tuoban.runtime.cases.messaging.values import clear_values, personal_values
from tuoban.runtime.cases.models import Message, MessageDelivery
from tuoban.runtime.cases.outside import NEW as NEW_ON_FILE
from tuoban.runtime.cases.queries.form_views import form_parts
from tuoban.runtime.cases.queries.rows import FormPart
from tuoban.runtime.jobs.retry import why
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import Unit, User

MessageFilter = Literal["all", "in", "out", "untaken", "wrong"]

ORDER = ("-received_at", "-id")

_LONGEST = 80  # characters of a value in the list


@dataclass(frozen=True, slots=True)
class WentTo:
    """What became of a message in a case, or at the start of one."""

    what: str
    number: str
    process: Text
    why: Text | None
    """Why it could not be taken."""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message. What is personal in it is only named.

    Attributes:
        sender: the number of the case that sent it; empty: it came from outside.
        to: the process or the system that it is for; empty: every case that matches.
        is_under_way: it has not been brought to all cases yet.
    """

    name: str
    label: Text
    values: tuple[tuple[Text, str], ...]
    hidden: tuple[Text, ...]
    at: datetime
    sender: str
    source: str
    entered_by: str
    to: Text | None
    for_system: bool
    is_under_way: bool
    went: tuple[WentTo, ...]


@dataclass(frozen=True, slots=True)
class MessagePage:
    rows: tuple[MessageRow, ...]
    next: str
    too_fast: tuple[str, ...] = ()
    """The sources of which no more is taken for now."""


@dataclass(frozen=True, slots=True)
class MessageForm:
    """What a message carries, to be entered."""

    name: str
    label: Text
    form: tuple[FormPart, ...]


def message_list(
    at: datetime,
    *,
    q: str = "",
    which: MessageFilter = "all",
    page: str = "",
    most: int = paging.PAGE_SIZE,
) -> MessagePage:
    """The messages, the newest first. Who may see them is the caller's."""
    rows = Message.objects.filter(_which(which), paging.behind(ORDER, page))
    if q.strip():
        rows = rows.filter(pk__in=_matching(q.strip()).values("pk"))
    rows = rows.select_related("sender", "entered_by").defer("sender__state")
    found, cursor = paging.cut(list(rows.order_by(*ORDER)[: most + 1]), ORDER, most)
    went = _went(found)
    titles = {row.slug: definitions.compiled(row).title for row in definitions.all_latest()}
    shown = tuple(_row(each, went.get(each.pk, ()), titles) for each in found)
    return MessagePage(shown, cursor, too_fast(at))


def _which(which: MessageFilter) -> Q:
    of_it = MessageDelivery.objects.filter(message=OuterRef("pk"))
    wrong = (MessageDelivery.UNFIT, MessageDelivery.FAILED)
    if which == "untaken":
        is_taken = Q(Exists(of_it.exclude(what__in=wrong)))
        return Q(done_at__isnull=False, system="") & ~is_taken
    if which == "wrong":
        unread: Q = Q(Exists(of_it.filter(what__in=wrong)))
        return ~Q(error="") | unread
    return {"in": Q(sender=None), "out": Q(sender__isnull=False)}.get(which, Q())


def _matching(q: str) -> Any:
    named = [
        name
        for name, kinds in known_messages().items()
        if any(q.lower() in each.label.zh.lower() + "\n" + each.label.en.lower() for each in kinds)
    ]
    delivered = MessageDelivery.objects.filter(message=OuterRef("pk"), case__number__icontains=q)
    return Message.objects.filter(
        Q(name__icontains=q)
        | Q(name__in=named)
        | Q(values__icontains=q)
        | Q(source__icontains=q)
        | Q(sender__number__icontains=q)
        | Q(Exists(delivered))
    )


def _went(rows: Iterable[Message]) -> dict[int, tuple[MessageDelivery, ...]]:
    found: dict[int, tuple[MessageDelivery, ...]] = {}
    deliveries = MessageDelivery.objects.filter(message__in=[row.pk for row in rows])
    for each in deliveries.select_related("case").defer("case__state").order_by("pk"):
        found[each.message_id] = (*found.get(each.message_id, ()), each)
    return found


def _row(row: Message, went: tuple[MessageDelivery, ...], titles: Mapping[str, Text]) -> MessageRow:
    kinds = known_messages().get(row.name, ())
    labels = {field.name: field.label for kind in reversed(kinds) for field in kind.fields.values()}
    to = titles.get(row.process, Text(row.process, row.process)) if row.process else None
    if row.system:
        to = Text(row.system, row.system)
    return MessageRow(
        name=row.name,
        label=kinds[0].label if kinds else Text(row.name, row.name),
        values=tuple(
            (labels.get(name, Text(name, name)), _short(value))
            for name, value in clear_values(row).items()
            if value not in (None, "", ())
        ),
        hidden=tuple(
            labels.get(name, Text(name, name))
            for name, value in personal_values(row).items()
            if value is not None
        ),
        at=row.received_at,
        sender=row.sender.number if row.sender is not None else "",
        source=row.source,
        entered_by=str(row.entered_by) if row.entered_by is not None else "",
        to=to,
        for_system=bool(row.system),
        is_under_way=row.done_at is None,
        went=tuple(
            WentTo(
                each.what,
                each.case.number if each.case is not None else "",
                titles.get(each.slug, Text(each.slug, each.slug)),
                why(each.error),
            )
            for each in went
        ),
    )


def _short(value: Any) -> str:
    """A value as it came, in the list."""
    plain = encode(value)
    if isinstance(plain, dict) and len(plain) == 1:
        plain = next(iter(plain.values()))
    if isinstance(value, list | tuple):
        plain = f"({len(value)})"
    text = str(plain)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message as it is kept: `sender` is the number of the case that sent it, or the system that
    it came from; what is personal stands apart."""

    number: int
    key: str
    name: str
    at: datetime
    sender: str
    values: Mapping[str, Any]
    personal: Mapping[str, Any]


def kept_messages(
    system: str | None, name: str | None, *, after: int, most: int
) -> Iterator[KeptMessage]:
    """The messages that are kept, the oldest first: those for a system, and those called so."""
    rows = Message.objects.filter(pk__gt=after).select_related("sender").defer("sender__state")
    if system is not None:
        rows = rows.filter(system=system)
    if name is not None:
        rows = rows.filter(name=name)
    for row in rows.order_by("pk")[:most]:
        yield KeptMessage(
            row.pk,
            row.key,
            row.name,
            row.received_at,
            row.sender.number if row.sender is not None else row.source,
            clear_values(row),
            personal_values(row),
        )


def message_kinds() -> tuple[tuple[str, Text], ...]:
    """The messages that published processes know, by name."""
    return tuple((name, kinds[0].label) for name, kinds in sorted(known_messages().items()))


def message_form(
    user: User, name: str, at: datetime, entered: Mapping[str, Any] | None = None
) -> MessageForm:
    """What a message may carry, given what was typed so far.

    Raises:
        Refused: `unknown-message`.
    """
    fields = {field.name: field for field in fields_of(name)}
    knows = (definitions.compiled(row) for row in definitions.all_latest())
    definition = next(each for each in knows if name in each.messages)
    root = Unit.objects.filter(parent=None).order_by("pk").first()
    if root is None:
        raise Refused("unknown-message", {"message": name})
    place = Place(
        replace(definition, fields=fields, derived={}, place_fields={}),
        NEW,
        None,
        (FormSection(None, tuple(FormEntry(each) for each in fields)),),
        {},
        root.zone,
        at,
        people=directory.snapshot().people,
        units=directory.snapshot().parents.keys(),
    )
    label = definition.messages[name].label
    parts = tuple(_of_whom_is_on_file(part) for part in form_parts(place, entered or {}, user))
    return MessageForm(name, label, parts)


def _of_whom_is_on_file(part: FormPart) -> FormPart:
    """The same without the offers to enter somebody or something anew."""
    entries = (
        replace(each, options=tuple(o for o in each.options if not o.key.startswith(NEW_ON_FILE)))
        for each in part.entries
    )
    return replace(part, entries=tuple(entries))
