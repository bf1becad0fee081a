"""Sending what waits in the outbox; what fails does not stop the others.

A letter is taken in one short transaction, which writes down that an attempt has begun and until
when; carried outside of any; and what came of it is kept in another. Whoever is killed in between
leaves it to be carried again, under the same key, when that time has passed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions, states
from tuoban.runtime.cases.models import MOST_ATTEMPTS, Outgoing, OutgoingAttempt
from tuoban.runtime.cases.outbox.carriers import (
    Carrier,
    CarrierAwayError,
    CarrierError,
    TurnedAwayError,
    carrier_of,
)
from tuoban.runtime.cases.outbox.keeping import tell_owner
from tuoban.runtime.cases.outbox.telling import address_of, letter_of
from tuoban.runtime.cases.outbox.writing import forget, without_secrets
from tuoban.runtime.jobs.duties import kept, waiting
from tuoban.runtime.jobs.retry import back_off, keeps, told
from tuoban.runtime.people import directory

LEASE = timedelta(minutes=2)
"""After so long an attempt counts as broken off; longer than any carrier takes."""
REST = timedelta(minutes=1)
"""How long a channel is left alone by this process after its carrier was away, so that a server
which does not answer holds up the other channel but once a minute."""

ROUND_S = 20.0
"""Seconds after which no other letter is begun: a lease is counted from the beginning of the round,
and must outlast its last letter."""

_BROKEN_OFF = Text(
    "发送中途每次都被打断，不知道是否发出",
    "Every attempt was broken off in its midst, so that nobody knows whether it went out",
)

_resting: dict[str, datetime] = {}
"""Channels whose carrier was away, and until when they rest."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A letter in the hands of one worker: the row, and the number and the line of its attempt."""

    row: Outgoing
    number: int
    line: OutgoingAttempt
    carrier: Carrier | None


def send_due(at: datetime, limit: int = 50, stop: Event | None = None) -> int:
    """Send what is due, the oldest first, until `ROUND_S` are over or it is told to stop; how much
    that was."""
    rest = [channel for channel, until in _resting.items() if until > at]
    due = Outgoing.objects.filter(next_try_at__lte=at).exclude(channel__in=rest)
    rows = due.order_by("next_try_at", "id").values_list("pk", "channel")
    begun, sent = time.monotonic(), 0
    for pk, channel in list(rows[:limit]):
        if time.monotonic() - begun > ROUND_S or (stop is not None and stop.is_set()):
            break
        if not _is_resting(channel, at):
            sent += _send(pk, at)
    return sent


def take_over(at: datetime) -> None:
    """Let everything that is in hand be carried again at once: whoever had it was killed. Only for
    the one process that works where no other can."""
    newest = OutgoingAttempt.objects.filter(outgoing=OuterRef("pk")).order_by("-id")
    waits = Outgoing.objects.filter(state=Outgoing.WAITING, next_try_at__gt=at)
    in_hand = waits.annotate(newest=Subquery(newest.values("result")[:1]))
    in_hand.filter(newest=OutgoingAttempt.BEGUN).update(next_try_at=at)


def _is_resting(channel: str, at: datetime) -> bool:
    return channel in _resting and _resting[channel] > at


def _send(pk: int, at: datetime) -> bool:
    """Attempt one; whether anything came of it."""
    what = f"outgoing {pk}"
    with waiting(what):
        taken = _take(pk, at)
        if taken is None:
            return False
        with kept(what, lambda error: _failed(taken, error, at), expected=CarrierError):
            _carry(taken, at)
            return True
    return False


def _carry(taken: _Taken, at: datetime) -> None:
    address = address_of(taken.row)
    if not address:
        _settle(taken, Outgoing.NO_ADDRESS)
    elif taken.carrier is None:
        _settle(taken, Outgoing.NO_GATEWAY)
    else:
        taken.carrier.carry(letter_of(taken.row, address))
        _sent(taken, at)


@transaction.atomic
def _take(pk: int, at: datetime) -> _Taken | None:
    """Begin an attempt, and hold the row by it for as long as the lease; None where it is not due
    any more, or nothing comes of trying again."""
    free = Outgoing.objects.select_for_update(skip_locked=True, of=("self",))
    found = free.filter(pk=pk, next_try_at__lte=at)
    row = found.select_related("case__unit", "user", "written").first()
    if row is None:
        return None
    if _is_stale(row, at):
        _let_lapse(row, at)
        return None
    if row.attempts >= row.last_attempt:
        _give_up(row, keeps(_BROKEN_OFF), at)
        return None
    row.attempts, row.next_try_at = row.attempts + 1, at + LEASE
    row.save(update_fields=["attempts", "next_try_at"])
    carrier = carrier_of(row.channel)
    name = carrier.name if carrier is not None else ""
    line = OutgoingAttempt.objects.create(outgoing=row, at=at, carrier=name)
    return _Taken(row, row.attempts, line, carrier)


def _is_stale(row: Outgoing, at: datetime) -> bool:
    stale_at = row.written.stale_at if row.written is not None else None
    return stale_at is not None and stale_at <= at


def _let_lapse(row: Outgoing, at: datetime) -> None:
    """It is of no use to anybody any more, and does not go out."""
    OutgoingAttempt.objects.create(outgoing=row, at=at, result=OutgoingAttempt.STALE)
    Outgoing.objects.filter(pk=row.pk).update(state=Outgoing.STALE, next_try_at=None)
    forget(row.written_id)


@transaction.atomic
def _sent(taken: _Taken, at: datetime) -> None:
    """Keep that it went out, which is true whatever was done about it meanwhile."""
    _end(taken, OutgoingAttempt.SENT)
    rows = Outgoing.objects.filter(pk=taken.row.pk).exclude(state=Outgoing.SENT)
    rows.update(
        state=Outgoing.SENT, carrier=taken.line.carrier, sent_at=at, next_try_at=None, error=""
    )
    forget(taken.row.written_id)


@transaction.atomic
def _settle(taken: _Taken, state: str) -> None:
    _end(taken, state)
    if _held(taken).update(state=state, next_try_at=None, error=""):
        forget(taken.row.written_id, only_secrets=True)


def _failed(taken: _Taken, error: Exception, at: datetime) -> None:
    """Keep why it failed, and when it is tried again, if it is."""
    words = keeps(error.words) if isinstance(error, CarrierError) else told(error)
    words = without_secrets(taken.row.written, words)
    if isinstance(error, CarrierAwayError):
        _resting[taken.row.channel] = at + REST
    is_final = isinstance(error, TurnedAwayError)
    _end(taken, OutgoingAttempt.TURNED_AWAY if is_final else OutgoingAttempt.PUT_OFF, words)
    row = _held(taken).select_for_update(of=("self",)).select_related("case__unit").first()
    if row is None:
        return
    if is_final or taken.number >= row.last_attempt:
        _give_up(row, words, at)
    else:
        tried = taken.number - (row.last_attempt - MOST_ATTEMPTS)
        _held(taken).update(next_try_at=_next_try(taken, at + back_off(tried)), error=words)


def _next_try(taken: _Taken, at: datetime) -> datetime:
    """At the latest when it becomes stale, so that its secrets are forgotten by then."""
    stale_at = taken.row.written.stale_at if taken.row.written is not None else None
    return min(at, stale_at) if stale_at is not None else at


def _end(taken: _Taken, result: str, words: str = "") -> None:
    OutgoingAttempt.objects.filter(pk=taken.line.pk).update(result=result, words=words)


def _held(taken: _Taken) -> QuerySet[Outgoing]:
    """The row, as long as it is this attempt that holds it."""
    return Outgoing.objects.filter(pk=taken.row.pk, attempts=taken.number, state=Outgoing.WAITING)


def _give_up(row: Outgoing, words: str, at: datetime) -> None:
    """It has failed for good, and whose case it is hears of it."""
    Outgoing.objects.filter(pk=row.pk).update(state=Outgoing.FAILED, next_try_at=None, error=words)
    forget(row.written_id, only_secrets=True)
    if row.case is None:
        return
    definition = definitions.compiled(row.case.definition)
    state, people = states.read(row.case, definition), directory.snapshot()
    tell_owner(row.case, definition, state, [row.node], "unsent", people, at)
