"""An installation with a house of two people, in which cases of the process are completed.

Importing this needs Django's settings, see `measure`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from benchmarks.runtime import databases
from benchmarks.steps.process import PACK, PLAY, Move
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.people import service as people
from tuoban.runtime.people.models import User

BEGAN = datetime(2026, 3, 2, 1, tzinfo=UTC)
PROCESS = "bench-repair"


@dataclass
class House:
    """Who works there, and the clock and the keys of requests, which both only go on."""

    people: dict[str, User]
    prefix: str = "key"

    def __post_init__(self) -> None:
        self._ticks = count(1)

    def tick(self) -> tuple[datetime, str]:
        """The next moment, and the next key of a request."""
        number = next(self._ticks)
        return BEGAN + timedelta(seconds=number), f"{self.prefix}-{number}"


def build() -> House:
    """Found the house: its tables, its people, its process."""
    databases.create()
    hq = people.create_unit("hq", "总部", "Headquarters")
    east = people.create_unit("east", "东店", "East", parent=hq)
    for name, role in (("li", "clerk"), ("han", "worker")):
        user = people.create_user(name, name, at=BEGAN)
        people.grant(user, role, east)
    definitions.publish(PROCESS, PACK, None, BEGAN)
    return known()


def known(prefix: str = "key") -> House:
    """The house as it stands; `prefix` tells the keys of whoever works in it from others'."""
    users = {user.username: user for user in User.objects.all()}
    return House({"clerk": users["li"], "worker": users["han"]}, prefix)


def start(house: House) -> int:
    """Begin a case; its id."""
    at, key = house.tick()
    begun = service.start_case(
        PROCESS, "repair", by=house.people["clerk"], unit="east", data={}, at=at, key=key
    )
    return begun.case_id


def play(house: House, case_id: int) -> None:
    """Bring a case to its end."""
    for step in steps(house, case_id):
        step.complete()


def steps(house: House, case_id: int) -> Iterator[Step]:
    """The steps of a case from its beginning to its end, each to be completed before the next."""
    for move in PLAY:
        yield Step(house, *item(case_id, move), move)


def item(case_id: int, move: Move) -> tuple[int, str]:
    """The open item of a step, and the role whose it is; finding it is not measured."""
    row = WorkItem.objects.get(case=case_id, node=move.step, status=WorkItem.OPEN)
    return row.pk, row.pool_keys[0][0]


@dataclass(frozen=True)
class Step:
    """One completion, as a face asks for it."""

    house: House
    item: int
    role: str
    move: Move

    def complete(self) -> service.Outcome:
        at, key = self.house.tick()
        return service.complete(
            self.item,
            outcome=None,
            data=self.move.data,
            by=self.house.people[self.role],
            at=at,
            key=key,
        )
