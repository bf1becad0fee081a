"""Activities: what a step has a service do (`do: collect`), as far as the kernel knows of it.

The kernel is handed a catalogue of what there is, so that a pack can be compiled against it; what
an activity does is the business of the service that offers it. Before a decision the shell asks
the service whether it may be done (`Asked`) and hands in the answer (`Answer`); the results are
recorded as values of the step, so that nothing has to be asked again when the journal is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tuoban.kernel.definition import Field, Outcome, Text
from tuoban.kernel.expressions import Expression
from tuoban.kernel.refusals import Problem

Wanted = Literal["money", "integer", "text", "list", "name"]
"""What a key of a step takes: an expression of that kind, or the plain name of something that the
organisation keeps, such as an account."""


@dataclass(frozen=True, slots=True)
class Key:
    """What an activity takes from the step beside `do`.

    `columns` are those that the rows of a list must have.
    """

    name: str
    wanted: Wanted
    required: bool = False
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """A kind of activity, declared.

    Attributes:
        key: its name in packs, kebab-case.
        meaning: what it does, in a sentence.
        takes: the keys it takes on the step beside `do`.
        asks: the fields its form has.
        offers: what it results in, read through the step by these names.
        outcomes: those of a step that does not write its own.
        keeps: it stands when work goes back to before it (money taken, goods handed over); reached
            again, it settles the difference.
        lasts: it is undone when work goes back to before it, and stands when the case is cancelled
            or ends with what was done undone: it has happened (hours were worked, a thing that was
            lent has come back).
        unattended: the system may do it by itself, on a step without `by`.
        timed: the list among `asks` whose rows people may also write by starting, pausing and
            finishing: it has the columns `begun`, `ended` and `paused`, the reason for a pause.
    """

    key: str
    label: Text
    meaning: Text
    takes: tuple[Key, ...] = ()
    asks: tuple[Field, ...] = ()
    offers: tuple[Field, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    keeps: bool = False
    lasts: bool = False
    unattended: bool = False
    timed: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Everything that is read through its step."""
        return (*self.asks, *self.offers)


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """What services there are for packs: activities by their keys, what is known of a case by
    its name (`case.paid`), and the ledgers that indicators read. It is made once; two of them are
    never the same."""

    activities: Mapping[str, Activity] = field(default_factory=dict)
    facts: Mapping[str, Field] = field(default_factory=dict)
    ledgers: Mapping[str, Field] = field(default_factory=dict)

    def joined(self, other: Catalogue) -> Catalogue:
        """The two in one."""
        return Catalogue(
            {**self.activities, **other.activities},
            {**self.facts, **other.facts},
            {**self.ledgers, **other.ledgers},
        )


NOTHING = Catalogue()
"""Where no service is at hand."""


@dataclass(frozen=True, slots=True)
class Do:
    """That a step does an activity, and what it gives it: by key an expression or a plain name."""

    activity: Activity
    given: tuple[tuple[str, Expression | str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stands:
    """What was done with a work item: what the step gave it, and the values of the completion.
    Without `activity` no service did anything that stands."""

    activity: str
    item: int
    given: Mapping[str, Any]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """An activity that is about to be done.

    Attributes:
        given: the values of the step's keys.
        entered: what stands in its own form.
        agrees: whether the step is completed with its first outcome, or has none.
        former: the values with which it was done before, where that still stands although the
            step is done again; None: there is nothing to settle.
        former_item: the work item of that time.
        ahead: what was done later than at that time, was gone back past with it, and stands: it
            is settled where it is done again.
        undoes: what the step undoes, as one of those under `undo`; None: it is none of them.
        winds_up: whether the step is one of those, or of those that close a cancelled case.
    """

    activity: str
    item: int
    step: str
    given: Mapping[str, Any]
    entered: Mapping[str, Any]
    outcome: str | None = None
    agrees: bool = True
    former: Mapping[str, Any] | None = None
    former_item: int | None = None
    ahead: tuple[Stands, ...] = ()
    undoes: Stands | None = None
    winds_up: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service says to it: the results, or why it cannot be done.

    The places of problems are fields of the activity, or `do`.
    """

    asked: Asked
    results: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def objection(place: str, text: Text) -> Problem:
    """What a service has against doing it, in its own words."""
    return Problem("activity", place, {"text": text})
