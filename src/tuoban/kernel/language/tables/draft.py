"""A decision table as declared, before its cells are compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tuoban.kernel.decisions import POLICIES, Letter, Policy
from tuoban.kernel.definition import Table, Text
from tuoban.kernel.expressions import ANY, CONTEXT, NUMBER, SPAN, Shape, list_of
from tuoban.kernel.language.declared import Declaration
from tuoban.kernel.language.moments import kind_of_length
from tuoban.kernel.language.offering import decision_shape
from tuoban.kernel.language.scope import value_shape
from tuoban.kernel.language.tables.grid import Grid
from tuoban.kernel.language.tree import Place, Scalar


@dataclass(slots=True, eq=False)
class Draft:
    """What is known of a table by its name.

    Attributes:
        hit_place: where the hit policy is written, or else the table's name.
        grid: None where it was reported.
        declared: the outputs that are declared.
        is_whole: nothing was reported, so that the rules can be judged together.
        decided_as: the names by which its results are read.
        table: None until it is compiled, and where it cannot be.
    """

    name: Scalar
    label: Text
    hit: Letter
    hit_place: Place
    grid: Grid | None
    declared: Mapping[str, Declaration]
    is_whole: bool = True
    decided_as: list[str] = field(default_factory=list)
    table: Table | None = None

    @property
    def policy(self) -> Policy:
        return POLICIES[self.hit]

    def declared_shape(self, declaration: Declaration, at: int) -> Shape:
        """The shape of a declared output, by its type; of a length of time, by how its cells are
        written: `SPAN` unless they are plainly of one kind."""
        if declaration.type != "duration" or self.grid is None:
            return value_shape(declaration.type, declaration.option_keys)
        default = declaration.properties.get("default")
        cells = [line.entries[at] for line in self.grid.lines if at < len(line.entries)]
        written = [each.text for each in (*cells, default) if isinstance(each, Scalar)]
        found = {kind_of_length(text) for text in written}
        kind = found.pop() if len(found) == 1 else None
        return Shape(kind) if kind is not None else SPAN

    def offers(self) -> Shape:
        """What its results are to a reader; what is not declared or compiled may be anything."""
        if self.grid is None or not self.grid.outputs:
            return CONTEXT
        names = enumerate(name.text for name in self.grid.outputs)
        return decision_shape({name: self._shape(name, at) for at, name in names})

    def _shape(self, name: str, at: int) -> Shape:
        if self.hit == "C#":
            return NUMBER
        declaration = self.declared.get(name)
        if declaration is not None:
            declared = self.declared_shape(declaration, at)
            shape = ANY if declared == SPAN else declared
        else:
            shape = self.table.decision.outputs[at].shape if self.table is not None else ANY
        return list_of(shape) if self.policy.gives == "list" else shape
