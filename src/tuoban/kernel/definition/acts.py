"""What the process does by itself: it decides, waits, gives fields values, and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tuoban.kernel.clocks import Length
from tuoban.kernel.definition.correspondence import Awaited
from tuoban.kernel.definition.nature import Act
from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import WAITS, Limit


@dataclass(frozen=True, slots=True)
class End(Act):
    """The end of the process, with its name."""

    outcome: str
    undo: bool = False
    """Whether what was done is undone first."""


@dataclass(frozen=True, slots=True)
class Decide(Act):
    """A decision table is applied to the case: `table` is its name in `Definition.tables`."""

    table: str


@dataclass(frozen=True, slots=True)
class Wait(Act):
    """Nothing to do until a condition holds, a message comes, or the limit of its node runs
    out."""

    that: Expression | None = None
    message: Awaited | None = None

    @property
    def judged(self) -> tuple[Expression | None, ...]:
        return (self.that,)

    def duration(self, limits: Sequence[Limit]) -> Length | Expression | None:
        if self.that is not None or self.message is not None:
            return None
        return next((each.length for each in limits if each.key == WAITS), None)

    @property
    def awaited(self) -> Awaited | None:
        return self.message


@dataclass(frozen=True, slots=True)
class FactSet:
    """A fact is written to the file of a customer or an asset: of whom or what `of` gives, which is
    of this kind."""

    of: Expression
    kind: str
    fact: str
    to: Expression

    @property
    def name(self) -> str:
        """How it is written in the pack: `vehicle.mileage`."""
        return f"{self.of.text}.{self.fact}"


@dataclass(frozen=True, slots=True)
class Assign(Act):
    """Fields get values that the process calculates, all from what was there before."""

    values: tuple[tuple[str, Expression], ...]
    facts: tuple[FactSet, ...] = ()
    """What is written to the files of customers and assets."""

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.values)
