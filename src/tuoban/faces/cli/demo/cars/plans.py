"""Which visits of cars there are: what happens in each, when, with which car and which fault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from tuoban.faces.cli.demo.cars.faults import FAULTS, Fault
from tuoban.faces.cli.demo.cars.visit import CarVisit, Turn
from tuoban.faces.cli.demo.customers import Car
from tuoban.faces.cli.demo.shops import Shop

T = Turn
SHARES: tuple[tuple[int, Turn], ...] = (
    (26, T.PLAIN),
    (24, T.UNREACHED),
    (8, T.WALK_IN),
    (7, T.WALK_IN | T.UNREACHED),
    (7, T.INVITED),
    (4, T.INVITED | T.UNREACHED),
    (3, T.INVITED | T.LATER),
    (7, T.INVITED | T.DECLINED),
    (2, T.INVITED | T.LATER | T.DECLINED),
    (3, T.NOT_READY),
    (2, T.NOT_READY | T.UNREACHED),
    (3, T.ABSENT),
    (2, T.ABSENT | T.UNREACHED),
    (3, T.ABSENT | T.GIVEN_UP),
    (1, T.NOT_READY | T.GIVEN_UP),
    (3, T.REFUSED_ITEM),
    (3, T.REFUSED_ITEM | T.UNREACHED),
    (3, T.WALK_IN | T.NOTHING_DONE),
    (1, T.NOTHING_DONE),
    (7, T.EXTRA),
    (5, T.EXTRA | T.UNREACHED),
    (3, T.EXTRA_REFUSED),
    (2, T.WALK_IN | T.EXTRA_REFUSED | T.UNREACHED),
    (3, T.REWORK),
    (2, T.REWORK | T.UNREACHED),
    (1, T.REWORK | T.COMPLAINT),
    (3, T.REPEAT),
    (1, T.REPEAT | T.REWORK),
    (1, T.REPEAT | T.COMPLAINT | T.UNSETTLED),
    (2, T.DELAY),
    (1, T.DELAY | T.UNREACHED),
    (1, T.DELAY | T.COMPLAINT),
    (2, T.MISHAP),
    (2, T.TWO_TRADES),
    (1, T.TWO_TRADES | T.UNREACHED),
    (3, T.LATE_HANDOVER),
    (1, T.LATE_HANDOVER | T.UNREACHED),
    (2, T.LATE_HANDOVER | T.COMPLAINT),
    (1, T.COMPLAINT),
    (1, T.COMPLAINT | T.UNSETTLED),
    (3, T.LATE_CALL),
    (2, T.CANCELLED),
    (1, T.WALK_IN | T.CANCELLED),
    (2, T.ON_ACCOUNT),
    (1, T.ON_ACCOUNT | T.UNREACHED),
)
"""How often each comes, among all of them together."""

DAYS_BACK, DAYS_AHEAD = 58, 3
"""Cars come on the days between, counted from today."""
SLOTS = (time(9, 0), time(9, 30), time(10, 0), time(10, 30), time(14, 0), time(14, 30), time(15, 0))


@dataclass(frozen=True, slots=True)
class _Standing:
    """A visit that stands at a step that nobody does, since it came so many days of work ago."""

    ago: int
    step: str
    turn: Turn = Turn.PLAIN


STANDING = (
    _Standing(1, "consent", T.EXTRA),
    _Standing(1, "consent", T.EXTRA),
    _Standing(1, "repair"),
    _Standing(1, "repair", T.DELAY),
    _Standing(3, "pay"),
    _Standing(1, "drive_test", T.REWORK),
    _Standing(2, "settle"),
    _Standing(0, "check_ready"),
    _Standing(-2, "reserve"),
    _Standing(-2, "book"),
    _Standing(1, "talk", T.ABSENT),
    _Standing(7, "callback"),
    _Standing(8, "callback"),
    _Standing(4, "answer", T.COMPLAINT),
)
"""What makes the desk of today: work that waits, some of it late."""


class _Garage:
    """Which car comes next, with which fault: none comes twice for one thing, unless it is to."""

    def __init__(self, cars: Sequence[Car], chance: Random) -> None:
        self._cars = list(cars)
        self._chance = chance
        self._had: dict[str, list[Fault]] = {each.plate: [] for each in cars}
        chance.shuffle(self._cars)

    def next(self, turn: Turn) -> tuple[Car, Fault]:
        """The car that was here longest ago, or again the one of a repair that was paid for."""
        if Turn.REPEAT in turn and (found := self._repaired()) is not None:
            return found
        car = self._cars.pop(self._chance.randrange(4))
        self._cars.append(car)
        had = {each.system for each in self._had[car.plate]}
        fresh = [each for each in FAULTS if each.system not in had and _suits(each, turn)]
        fault = self._chance.choice(fresh)
        self._had[car.plate].append(fault)
        return car, fault

    def _repaired(self) -> tuple[Car, Fault] | None:
        for car in self._cars[-12:]:
            for fault in self._had[car.plate]:
                if fault.system != "upkeep":
                    return car, fault
        return None


def _suits(fault: Fault, turn: Turn) -> bool:
    """Those who are invited come for upkeep or what is due with it; nobody is called in for a
    breakdown. What was not done must be worth a signature."""
    if Turn.INVITED in turn:
        return fault.system in ("upkeep", "climate", "brake", "electric")
    return Turn.NOTHING_DONE not in turn or fault.job.kind == "safety"


def visits_of_cars(
    cars: Sequence[Car], both: tuple[Shop, Shop], today: date, count: int, chance: Random
) -> Iterator[CarVisit]:
    """So many visits, as the shares say; those that stand come last."""
    garage = _Garage(cars, chance)
    turns = [turn for share, turn in SHARES for _ in range(share)]
    days = _days(both[0], today)
    chance.shuffle(turns)
    picked = [turns[number % len(turns)] for number in range(max(0, count - len(STANDING)))]
    step = len(days) / max(1, len(picked))
    for number, turn in enumerate(picked):
        day = days[int(number * step)]
        shop = both[1] if chance.random() < 0.36 and both[1].is_open(day) else both[0]
        yield _visit(f"car-{number}", shop, day, turn, garage, chance)
    for number, each in enumerate(STANDING[:count]):
        shop = both[number % 3 == 2]
        day = _day(shop, today, each.ago)
        yield _visit(f"standing-{number}", shop, day, each.turn, garage, chance, each.step)


def _days(shop: Shop, today: date) -> list[date]:
    """The days of work on which cars come."""
    every = (today + timedelta(days=number) for number in range(-DAYS_BACK, DAYS_AHEAD + 1))
    return [day for day in every if shop.is_open(day)]


def _day(shop: Shop, today: date, ago: int) -> date:
    """The day of work so many before today, or after it."""
    day, step = today, timedelta(days=1 if ago < 0 else -1)
    for _ in range(abs(ago)):
        day += step
        while not shop.is_open(day):
            day += step
    return day


def _visit(
    key: str,
    shop: Shop,
    day: date,
    turn: Turn,
    garage: _Garage,
    chance: Random,
    stands_at: str = "",
) -> CarVisit:
    car, fault = garage.next(turn)
    slot = shop.on(day, chance.choice(SLOTS))
    return CarVisit(
        key=key,
        shop=shop,
        car=car,
        fault=fault,
        turn=turn,
        begins=slot if Turn.WALK_IN in turn else _call(shop, day, chance),
        slot=slot,
        mileage=car.mileage + 40 * (DAYS_BACK + 30) + chance.randrange(400),
        chance=Random(chance.random()),  # noqa: S311
        stands_at=stands_at,
    )


def _call(shop: Shop, day: date, chance: Random) -> datetime:
    """When the appointment is made: two to four days of work ahead."""
    before = _day(shop, day, chance.randint(2, 4))
    return shop.on(before, time(chance.choice((9, 10, 11, 14, 15)), chance.randrange(60)))
