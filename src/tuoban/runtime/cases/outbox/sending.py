"""Sending what waits in the outbox, one row a transaction; what fails does not stop the others."""

from __future__ import annotations

import json
from datetime import datetime

from tuoban.kernel.codec import decode
from tuoban.kernel.definition import Definition
from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions, states
from tuoban.runtime.cases.messages import in_full, message_of
from tuoban.runtime.cases.models import Outgoing
from tuoban.runtime.cases.notices import TEXTS
from tuoban.runtime.cases.outbox.addresses import of_role, of_user
from tuoban.runtime.cases.outbox.carriers import CarrierError, carrier_of
from tuoban.runtime.cases.outbox.keeping import tell_owner
from tuoban.runtime.cases.personal import open_values
from tuoban.runtime.jobs.duties import attempt
from tuoban.runtime.jobs.retry import put_off
from tuoban.runtime.people import directory

MOST_ATTEMPTS = 12
"""After so many, over some hours, it has failed for good."""


def send_due(at: datetime, limit: int = 50) -> int:
    """Send what is due, the oldest first; how much that was."""
    due = Outgoing.objects.filter(next_try_at__lte=at).order_by("next_try_at", "id")
    return sum(_try(pk, at) for pk in list(due.values_list("pk", flat=True)[:limit]))


def _try(pk: int, at: datetime) -> bool:
    return attempt(
        f"outgoing {pk}",
        lambda: _send(pk, at),
        lambda error: _put_off(pk, error, at),
        expected=CarrierError,
    )


def _put_off(pk: int, error: Exception, at: datetime) -> None:
    """Try it again later; after enough attempts it has failed, and whose case it is hears of it."""
    waiting = Outgoing.objects.filter(pk=pk, state=Outgoing.WAITING)
    put_off(waiting, error, at)
    tried_enough = waiting.filter(attempts__gte=MOST_ATTEMPTS)
    if tried_enough.update(state=Outgoing.FAILED, next_try_at=None):
        row = Outgoing.objects.select_related("case__definition").get(pk=pk)
        definition = definitions.compiled(row.case.definition)
        state, people = states.read(row.case, definition), directory.snapshot()
        tell_owner(row.case, definition, state, [row.node], "unsent", people, at)


def _send(pk: int, at: datetime) -> bool:
    free = Outgoing.objects.select_for_update(skip_locked=True, of=("self",))
    row = free.filter(pk=pk, next_try_at__lte=at).select_related("case__unit", "user").first()
    if row is None:
        return False
    address, carrier = address_of(row), carrier_of(row.channel)
    row.next_try_at, row.error = None, ""
    if not address:
        row.state = Outgoing.NO_ADDRESS
    elif carrier is None:
        row.state = Outgoing.NO_GATEWAY
    else:
        carrier.carry(str(row.pk), address, text_of(row).read(_language(row)))
        row.state, row.carrier, row.sent_at = Outgoing.SENT, carrier.name, at
    row.save()
    return True


def _language(row: Outgoing) -> str:
    """A user's own; to others the process speaks its own."""
    spoken = row.user.language if row.user is not None else _definition(row).language
    return "en" if spoken == "en" else "zh"


def address_of(row: Outgoing) -> str:
    """To which number or address it goes, as it is known now; empty: none is."""
    if row.user is not None:
        return of_user(row.user, row.channel)
    definition = definitions.compiled(row.case.definition)
    state = states.read(row.case, definition)
    return of_role(definition, state, open_values([row.case_id]), row.role, row.channel)


def text_of(row: Outgoing) -> Text:
    """What it says, personal values opened."""
    definition = _definition(row)
    message = message_of(definition, row.node)
    if message is None:
        label = definition.label_of(row.node)
        words, number = TEXTS["told"], row.case.number
        return Text(
            f"{number}：{words.zh.format(step=label.zh)}",
            f"{number}: {words.en.format(step=label.en)}",
        )
    values = decode(json.loads(row.values))
    return in_full(definition, message, values, row.case.unit.zone, open_values([row.case_id]))


def _definition(row: Outgoing) -> Definition:
    return definitions.load(row.case.definition.slug, row.version)
