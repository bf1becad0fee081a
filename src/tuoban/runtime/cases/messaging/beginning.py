"""Cases that begin by a message, where it joined none that was there already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from tuoban.kernel.commands import BeginByMessage
from tuoban.kernel.definition import Arrival, Definition, Start
from tuoban.kernel.engine.messaging import MESSAGE
from tuoban.kernel.names import read
from tuoban.kernel.refusals import Refused
from tuoban.kernel.settings import in_force, offered
from tuoban.kernel.units import unit_functions
from tuoban.runtime.cases import definitions, settings, store
from tuoban.runtime.cases.carrying import carry_out, lay_out
from tuoban.runtime.cases.messaging.sealing import sealed_for
from tuoban.runtime.cases.messaging.taking import reasons
from tuoban.runtime.cases.messaging.values import clear_values
from tuoban.runtime.cases.models import Message, MessageDelivery, PublishedDefinition
from tuoban.runtime.cases.numbers import take_number
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import Unit


def starts_by(message: Message) -> Iterator[tuple[PublishedDefinition, Start, Arrival]]:
    """Every way in which a case begins by a message."""
    for published in definitions.all_latest():
        if message.process not in ("", published.slug):
            continue
        for start in definitions.compiled(published).starts.values():
            if start.arrival is not None and start.arrival.awaited.name == message.name:
                yield published, start, start.arrival


def begin_all(message: Message, at: datetime, root: Unit | None = None) -> None:
    """Begin the cases that begin by a message. The caller holds the message in a transaction."""
    for published, start, arrival in starts_by(message):
        if arrival.awaited.matching is not None and _has_joined(message, published.slug):
            continue
        begun = message.deliveries.filter(slug=published.slug, start=start.request)
        if not begun.exists():
            _begin(message, published, start, at, root)


def hold_starts(message: Message) -> bool:
    """Keep other messages from beginning cases of the same processes until the transaction ends;
    whether any begins by this one."""
    ids = sorted({published.pk for published, _, _ in starts_by(message)})
    rows = PublishedDefinition.objects.filter(pk__in=ids).order_by("pk")
    return bool(list(rows.select_for_update().values_list("pk", flat=True)))


def _has_joined(message: Message, slug: str) -> bool:
    return message.deliveries.filter(slug=slug, what=MessageDelivery.JOINED).exists()


def _begin(
    message: Message, published: PublishedDefinition, start: Start, at: datetime, root: Unit | None
) -> None:
    case_id, what, error = None, MessageDelivery.BEGAN, ""
    try:
        with transaction.atomic():
            case_id = _begin_case(message, published, start, at, root)
    except Refused as refused:
        what, error = MessageDelivery.UNFIT, reasons(refused)
    MessageDelivery.objects.create(
        message=message,
        case_id=case_id,
        slug=published.slug,
        start=start.request,
        what=what,
        at=at,
        error=error,
    )


def _begin_case(
    message: Message, published: PublishedDefinition, start: Start, at: datetime, root: Unit | None
) -> int:
    definition = definitions.compiled(published)
    unit = _unit(definition, start, message, root)
    number = take_number(definition.case.number, at, unit)
    desk = lay_out(store.new(published, unit, number), at)
    desk.hops = message.hops
    kind = definition.messages[message.name]
    command = BeginByMessage(
        start.request,
        unit.key,
        number,
        message.key,
        sealed_for(desk, kind, message),
        message.received_at,
    )
    return carry_out(desk, command).case_id


def _unit(definition: Definition, start: Start, message: Message, root: Unit | None) -> Unit:
    """The unit that the case belongs to: what the start says, else that of the case that sent the
    message, else the topmost.

    Raises:
        Refused: `unknown-unit`.
    """
    root = root or Unit.objects.filter(parent=None).order_by("pk").first()
    if root is None:
        raise RuntimeRefused("unknown-unit", {"unit": ""})
    if start.arrival is None or start.arrival.unit is None:
        return message.sender.unit if message.sender is not None else root
    given = in_force(definition, settings.given(definition.slug))
    names = {
        "settings": offered(definition.settings, given, lambda value: value),
        **unit_functions(directory.snapshot(), root.key),
        MESSAGE: {
            **dict.fromkeys(definition.messages[message.name].fields),
            **clear_values(message),
        },
    }
    key = read(start.arrival.unit, names)
    unit = Unit.objects.filter(key=key).first() if isinstance(key, str) else None
    if unit is None:
        raise RuntimeRefused("unknown-unit", {"unit": str(key or "")})
    return unit
