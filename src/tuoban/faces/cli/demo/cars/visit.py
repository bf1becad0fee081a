"""What a visit of a car is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Flag, auto
from random import Random

from tuoban.faces.cli.demo.cars.faults import Fault
from tuoban.faces.cli.demo.customers import Car
from tuoban.faces.cli.demo.shops import Shop


class Turn(Flag):
    """What is out of the ordinary in a visit; without any the customer books, comes and is
    content."""

    PLAIN = 0
    WALK_IN = auto()
    INVITED = auto()
    LATER = auto()
    DECLINED = auto()
    NOT_READY = auto()
    ABSENT = auto()
    GIVEN_UP = auto()
    REFUSED_ITEM = auto()
    NOTHING_DONE = auto()
    REPEAT = auto()
    CANCELLED = auto()
    EXTRA = auto()
    EXTRA_REFUSED = auto()
    DELAY = auto()
    MISHAP = auto()
    TWO_TRADES = auto()
    REWORK = auto()
    ON_ACCOUNT = auto()
    LATE_HANDOVER = auto()
    UNREACHED = auto()
    LATE_CALL = auto()
    COMPLAINT = auto()
    UNSETTLED = auto()


@dataclass(frozen=True, slots=True)
class CarVisit:
    """One visit.

    Attributes:
        begins: when the customer calls, is called, or comes in.
        slot: for when it is booked.
        stands_at: the step that nobody does any more; empty: none.
    """

    key: str
    shop: Shop
    car: Car
    fault: Fault
    turn: Turn
    begins: datetime
    slot: datetime
    mileage: int
    chance: Random
    stands_at: str = ""
