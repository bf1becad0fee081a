"""What a service must be able to do, and what it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from tuoban.kernel.activities import Activity, Asked, Stands, objection
from tuoban.kernel.definition import Field
from tuoban.kernel.refusals import Problem
from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class On:
    """The case that an activity belongs to: `by` is the id of who does it, None: the system."""

    case_id: int
    number: str
    unit: str
    currency: str
    at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """An activity that was done with the work item `item`.

    Attributes:
        values: what was entered and what came of it, as the journal has it.
        settles: the work item with which it was done before, which this one takes the place of.
        former: the values of that time.
        undoes: what it undoes, where its step is one of those under `undo`.
    """

    activity: str
    item: int
    step: str
    given: Mapping[str, Any]
    values: Mapping[str, Any]
    outcome: str | None = None
    settles: int | None = None
    former: Mapping[str, Any] | None = None
    undoes: Stands | None = None


class Shown(NamedTuple):
    """A line on the page of a step: what somebody should know who does it. `value` is of the type
    of `field`, or a `Text`. `entry` is filled with the value, until something else is typed."""

    field: Field
    value: Any
    entry: str = ""


STEP = "do"
"""The place of a problem that stands beside no field of the activity."""


class CannotBeDone(Exception):
    """Why an activity cannot be done, each problem beside a field of it, or at `STEP`."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(each.read("en") for each in problems))
        self.problems = problems


def wrong(place: str, zh: str, en: str) -> CannotBeDone:
    """One problem, in the words of the service."""
    return CannotBeDone(objection(place, Text(zh, en)))


class Service(Protocol):
    """What carries out one activity. All of it happens in the transaction of a command."""

    @property
    def declared(self) -> Activity: ...

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        """What to know before doing it. Reads only, and must hold out on half-filled forms."""
        ...

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        """Whether it may be done, and what comes of it: a value for each of its `offers`, numbers
        as `Decimal`.

        Writes nothing, but locks what `apply` will change, so that nobody comes between.

        Raises:
            CannotBeDone: it may not.
        """
        ...

    def apply(self, done: Done, on: On) -> None:
        """Do what was promised."""
        ...

    def undo(self, done: Done, on: On) -> None:
        """Take back what was done, since its step is to be done again or its process ends so.

        Where the activity keeps, what was done stands, and is settled when it is done again; this
        takes back what follows from it alone, such as that an amount was asked for.
        """
        ...


@dataclass(frozen=True, slots=True)
class Fact:
    """What a service knows of a case: read as `case.<name>`."""

    field: Field
    read: Callable[[int], Any]
    """The value for the case of that row; 0 for one that has no row yet."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a service has in its books, whichever case it belongs to: read by indicators."""

    field: Field
    read: Callable[[str], Any]
    """The number on one account, which is a name of the service's own; on all, where it is
    empty."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a service keeps of a case, as the case page shows it."""

    label: Text
    lines: Callable[[int], tuple[Shown, ...]]
    """The lines for the case of that row; none where there is nothing to tell."""
    stands: Callable[[int], tuple[Shown, ...]] = lambda case_id: ()
    """Of these what somebody must see to where the case was cancelled: money that is not owed,
    things that are out."""


@dataclass(frozen=True, slots=True)
class Prop:
    """What scenarios say about a service: what there is to begin with, under `given`, and what
    must be there in the end, under `expect`."""

    name: str
    prepare: Callable[[Any, datetime], None] | None = None
    """Provides what the scenario says; raises ValueError with a sentence if it makes no sense."""
    found: Callable[[int, Any], Any] | None = None
    """What there is for a case, in the form in which it is expected."""
