"""What all parts of a car's visit need: the case, the watch, and what came of it so far."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any

from tuoban.faces.cli.demo.cars.faults import Job
from tuoban.faces.cli.demo.cars.visit import CarVisit
from tuoban.faces.cli.demo.playing import InPlay, person
from tuoban.faces.cli.demo.shops import Watch
from tuoban.kernel.calendars import add

SLUG = "car-aftersales-core"

Scene = Generator[datetime, None, bool]
"""A part of a visit, which tells whether the visit goes on."""


class Acting:
    """A visit in play."""

    def __init__(self, visit: CarVisit) -> None:
        self.of = visit
        self.turn = visit.turn
        self.shop = visit.shop
        self.customer = visit.car.owner
        self.case = InPlay(visit.key, visit.stands_at)
        self.watch = Watch(visit.shop, visit.chance, visit.begins)
        self.technician = visit.chance.choice(visit.shop.technicians)
        self.slot = visit.slot
        self.promised = self.promise(visit.slot)
        self.to_do: list[Job] = []
        self.refused: list[Job] = []

    def does(self, who: str, step: str, outcome: str | None = None, **data: Any) -> None:
        """Somebody does a step at this moment."""
        self.case.complete(step, who, self.watch.at, outcome, **data)

    def advisor(self, step: str, outcome: str | None = None, **data: Any) -> None:
        """The advisor of the visit does a step at this moment."""
        self.does(self.shop.advisor, step, outcome, **data)

    def chosen(self, texts: tuple[str, ...]) -> str:
        """One of these."""
        return self.of.chance.choice(texts)

    def promise(self, slot: datetime) -> datetime:
        """When a car that comes then is to be ready: with slack, on the half hour."""
        length = timedelta(minutes=self.of.fault.minutes * 2 + 150)
        ready = add(self.shop.calendar, slot, length).astimezone(self.shop.zone)
        half = timedelta(minutes=30 - ready.minute % 30)
        return ready.replace(second=0, microsecond=0) + half


def id_of(name: str) -> str:
    """The person of a user name, as forms take them."""
    return person(name).person_id


def hours_of(minutes: int) -> str:
    """So many minutes as hours, as typed."""
    return str(round(minutes / 60, 1))


def cost_of(job: Job) -> int:
    """What the customer pays for it, in yuan."""
    return job.labour + job.quantity * job.price


def is_necessary(job: Job) -> bool:
    """Whether it must be done."""
    return job.kind == "safety"


def row_of(job: Job, decision: str = "do", payer: str = "customer") -> dict[str, str]:
    """A piece of work as a row of the order."""
    row = {
        "what": job.what,
        "kind": job.kind,
        "necessary": "yes" if is_necessary(job) else "no",
        "decision": decision,
        "payer": payer,
        "labour": str(job.labour),
    }
    if job.part:
        row |= {"part": job.part, "quantity": str(job.quantity), "price": str(job.price)}
    if decision == "refuse":
        row["remark"] = "客户说下次再做"
    return row
