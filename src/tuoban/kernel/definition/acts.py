"""What the process does by itself: it decides, waits, gives fields values, and ends."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.definition.correspondence import Awaited
from tuoban.kernel.expressions import Expression


@dataclass(frozen=True, slots=True)
class End:
    """The end of the process, with its name."""

    outcome: str
    undo: bool = False
    """Whether what was done is undone first."""


@dataclass(frozen=True, slots=True)
class Decide:
    """A decision table is applied to the case: `table` is its name in `Definition.tables`."""

    table: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do until a condition holds, a message comes, or the limit of its node runs
    out."""

    that: Expression | None = None
    message: Awaited | None = None


@dataclass(frozen=True, slots=True)
class Assign:
    """Fields get values that the process calculates, all from what was there before."""

    values: tuple[tuple[str, Expression], ...]
    facts: tuple[tuple[str, str, Expression], ...] = ()
    """What is written to the files of customers and assets: the field that names one, the fact."""

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.values)
