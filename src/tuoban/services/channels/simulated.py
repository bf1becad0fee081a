"""The simulated gateway: takes text messages as a real one does, and brings them to a telephone
that is a page of the desk. Nothing of it leaves the machine.

It may be told to refuse, to be away, to take its time, or to lose what it took.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from tuoban.kernel.definition import SMS
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.kernel.text import Text
from tuoban.runtime.cases import clock, policy
from tuoban.runtime.cases.outbox import carriers, reporting
from tuoban.runtime.cases.outbox.carriers import CarrierAwayError, Letter, TurnedAwayError
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.jobs.service import enqueue
from tuoban.runtime.people.models import User
from tuoban.services.channels.models import SimulatedGateway, SimulatedText
from tuoban.services.channels.sms import length_of

NAME = "simulated"
ARRIVE = "simulated-text-arrives"
LONGEST_DELAY_S = 3600
MODES = (SimulatedGateway.TAKES, SimulatedGateway.REFUSES, SimulatedGateway.AWAY)
MOST_SHOWN = 50
"""Texts of one number, and numbers."""

_REFUSED = Text(
    "模拟短信网关不收（在“模拟手机”页设的）",
    "The simulated gateway refuses it, as it was told to on the page “Simulated phone”",
)
_AWAY = Text(
    "模拟短信网关不在（在“模拟手机”页设的）",
    "The simulated gateway is away, as it was told to be on the page “Simulated phone”",
)
_LOST = Text("模拟手机没有收到", "The simulated phone did not get it")


class Gateway:
    """Carries text messages to the simulated phone."""

    name = NAME

    def __init__(self, now: Callable[[], datetime] = clock.now) -> None:
        self._now = now

    def carry(self, letter: Letter) -> None:
        behaves, at = behaviour(), self._now()
        if behaves.mode == SimulatedGateway.AWAY:
            raise CarrierAwayError(_AWAY)
        if behaves.mode == SimulatedGateway.REFUSES:
            raise TurnedAwayError(_REFUSED)
        with transaction.atomic():
            row, is_new = SimulatedText.objects.get_or_create(
                key=letter.key,
                defaults={
                    "number": letter.address,
                    "text": letter.text,
                    "parts": length_of(letter.text).parts,
                    "taken_at": at,
                },
            )
            if is_new:
                arrives_at = at + timedelta(seconds=behaves.delay_s)
                job = f"{ARRIVE}-{letter.key}"
                enqueue(ARRIVE, {"text": row.pk}, key=job, run_at=arrives_at)


def choose() -> None:
    """Let this gateway carry SMS from now on."""
    carriers.use(SMS, Gateway())


def is_chosen() -> bool:
    """Whether this gateway carries SMS."""
    return isinstance(carriers.carrier_of(SMS), Gateway)


def arrive(payload: Mapping[str, Any], key: str) -> None:
    """Let a text that was taken reach its telephone, or get lost, and report it."""
    settle(payload["text"], clock.now())


@transaction.atomic
def settle(text_id: int, at: datetime) -> None:
    """Let a text arrive or get lost at a moment; one that did before stays as it is."""
    rows = SimulatedText.objects.select_for_update()
    row = rows.filter(pk=text_id, state=SimulatedText.TAKEN).first()
    if row is None:
        return
    arrives = behaviour().arrives
    row.state = SimulatedText.DELIVERED if arrives else SimulatedText.UNDELIVERED
    row.arrived_at = at
    row.save(update_fields=["state", "arrived_at"])
    words = None if arrives else _LOST
    reporting.report(row.key, arrived=arrives, carrier=NAME, at=at, words=words)


# -- what people see of it, and tell it -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the gateway behaves; `delay_s` is in seconds."""

    mode: str = SimulatedGateway.TAKES
    delay_s: int = 0
    arrives: bool = True


@dataclass(frozen=True, slots=True)
class PhoneText:
    """A text on the simulated phone, or on its way there."""

    text: str
    parts: int
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Phone:
    """A number and its texts, the newest first."""

    number: str
    texts: tuple[PhoneText, ...]


def behaviour() -> Behaviour:
    """How the gateway behaves now."""
    row = SimulatedGateway.objects.first()
    return Behaviour(row.mode, row.delay_s, row.arrives) if row is not None else Behaviour()


@transaction.atomic
def behave(wanted: Behaviour, *, by: User) -> None:
    """Let the gateway behave so from now on.

    Raises:
        Refused: `not-staff`; `invalid`, at `delay`.
        ValueError: there is no such mode.
    """
    if not policy.is_administrator(by):
        raise RuntimeRefused("not-staff")
    if wanted.mode not in MODES:
        raise ValueError(wanted.mode)
    if wanted.delay_s < 0:
        raise refuse_invalid([Problem("not-integer", "delay")])
    if wanted.delay_s > LONGEST_DELAY_S:
        facts = {"limit": LONGEST_DELAY_S, "unit": ""}
        raise refuse_invalid([Problem("too-large", "delay", facts)])
    SimulatedGateway.objects.update_or_create(
        pk=1,
        defaults={"mode": wanted.mode, "delay_s": wanted.delay_s, "arrives": wanted.arrives},
    )


def phones() -> tuple[str, ...]:
    """Every number that texts were sent to, the one with the newest first."""
    newest: dict[str, None] = {}
    for number in SimulatedText.objects.order_by("-id").values_list("number", flat=True)[:2000]:
        newest.setdefault(number)
    return tuple(newest)[:MOST_SHOWN]


def phone(number: str) -> Phone:
    """What stands on the telephone of a number."""
    rows = SimulatedText.objects.filter(number=number).order_by("-id")[:MOST_SHOWN]
    texts = (
        PhoneText(row.text, row.parts, row.state, row.arrived_at or row.taken_at) for row in rows
    )
    return Phone(number, tuple(texts))


def forget(texts: Collection[str]) -> None:
    """Take from the phones what names somebody who is erased, or went to their number."""
    named = Q(pk__in=[])
    for text in texts:
        named |= Q(number=text) | Q(text__contains=text)
    SimulatedText.objects.filter(named).delete()


def clear(*, by: User) -> None:
    """Take every text from every simulated phone.

    Raises:
        Refused: `not-staff`.
    """
    if not policy.is_administrator(by):
        raise RuntimeRefused("not-staff")
    SimulatedText.objects.all().delete()
