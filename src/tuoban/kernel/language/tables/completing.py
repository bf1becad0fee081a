"""Compiling the tables of a pack, once every name is known.

Each cell is read by itself first, so that every problem stands at its own place; what was reported
is left open, and the table is then compiled as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tuoban.kernel.decisions import (
    Decision,
    DecisionTable,
    Input,
    Output,
    Rule,
    TableError,
    TableProblem,
    compile_table,
)
from tuoban.kernel.definition import Field, FieldType, Table, TableInput, Text
from tuoban.kernel.expressions import ANY, Expression, Shape
from tuoban.kernel.expressions.syntax import TESTED
from tuoban.kernel.language.defaults import read_cell
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tables.domains import plain_path
from tuoban.kernel.language.tables.draft import Draft
from tuoban.kernel.language.tables.grid import Grid, Line
from tuoban.kernel.language.tree import Place, Scalar
from tuoban.kernel.language.workspace import Workspace

_OPEN_TEST, _OPEN_VALUE = "-", "null"
"""Stand for cells that were reported: nothing more is said of them."""

_TYPES: Mapping[str, FieldType] = {
    "text": "text",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "time": "time",
    "days": "duration",
    "duration": "duration",
    "length": "duration",
}
"""How values are kept, by the kind of what was found in the cells."""


def complete(ws: Workspace) -> None:
    """Compile the tables down the page; those that follow know the results of those before."""
    for draft in ws.tables.values():
        if draft.grid is not None and draft.grid.outputs and draft.grid.lines:
            draft.table = _Completion(draft, draft.grid, ws).table()
        decided = dict.fromkeys(draft.decided_as, draft.offers())
        ws.scope = replace(ws.scope, known={**ws.scope.known, **decided})


@dataclass(frozen=True, slots=True)
class _Completion:
    draft: Draft
    grid: Grid
    ws: Workspace

    @property
    def scope(self) -> Scope:
        return self.ws.scope.timed()

    @property
    def clear(self) -> Scope:
        """The scope of the outputs, which are kept in the clear."""
        return self.scope.in_clear("personal-output")

    def table(self) -> Table | None:
        grid, findings = self.grid, self.ws.findings
        before = findings.count
        heads = [self.scope.expression(cell, findings) for cell in grid.inputs]
        written = DecisionTable(
            tuple(Input(_text(head)) for head in heads),
            tuple(self._output(name, at) for at, name in enumerate(grid.outputs)),
            tuple(self._rule(line, heads) for line in grid.lines),
            self.draft.hit,
        )
        labels = [self._label(name) for name in grid.outputs]
        decision = self._compiled(written)
        outputs = self._outputs(decision, labels) if decision is not None else None
        inputs = tuple(self._input(head) for head in heads if head is not None)
        is_whole = self.draft.is_whole and findings.count == before
        if decision is None or outputs is None or not is_whole:
            return None
        return Table(self.draft.name.text, self.draft.label, decision, inputs, outputs)

    def _compiled(self, written: DecisionTable) -> Decision | None:
        texts = [each.expression for each in written.inputs]
        texts += [each.default or "" for each in written.outputs]
        texts += [cell for rule in written.rules for cell in (*rule.tests, *rule.entries)]
        try:
            return compile_table(written, self.scope.occurring(" ".join(texts)))
        except TableError as error:
            for problem in error.problems:
                place = self._place(problem)
                self.ws.findings.add(place, problem.code, **problem.facts)
            return None

    # The cells

    def _output(self, name: Scalar, at: int) -> Output:
        declaration = self.draft.declared.get(name.text)
        if declaration is None:
            return Output(name.text)
        written = as_text(declaration.properties.get("default"), self.ws.findings, "@value")
        default = read_cell(written, declaration, self.clear, self.ws.findings) if written else None
        shape = self.draft.declared_shape(declaration, at)
        return Output(name.text, shape, default=default.text if default is not None else None)

    def _rule(self, line: Line, heads: list[Expression | None]) -> Rule:
        return Rule(
            tuple(self._test(cell, head) for cell, head in zip(line.tests, heads, strict=True)),
            tuple(
                self._entry(cell, name)
                for cell, name in zip(line.entries, self.grid.outputs, strict=True)
            ),
            line.remark,
        )

    def _test(self, cell: Scalar, head: Expression | None) -> str:
        of, name = (ANY, TESTED) if head is None else (head.shape, head.text)
        tests = self.scope.tests(cell, of, name, self.ws.findings)
        return cell.text if tests is not None else _OPEN_TEST

    def _entry(self, cell: Scalar, name: Scalar) -> str:
        declaration = self.draft.declared.get(name.text)
        if declaration is None:
            return _text(self.clear.expression(cell, self.ws.findings))
        if declaration.type is None:
            return _OPEN_VALUE
        return _text(read_cell(cell, declaration, self.clear, self.ws.findings))

    def _place(self, problem: TableProblem) -> Place:
        """Where a problem of the whole table is told; those of single cells stand in them."""
        cell, grid = problem.cell, self.grid
        if cell.part == "entry":
            written = grid.lines[cell.number - 1].entries[cell.column - 1]
            # A value that was written plainly stands in other words in the table.
            return written.at(problem.position if problem.position < len(written.text) else 0)
        if cell.part in ("output", "value", "default"):
            return grid.outputs[cell.column - 1].place
        return self.draft.hit_place

    # What its values are to a reader

    def _input(self, head: Expression) -> TableInput:
        personal = any(self.scope.is_personal(path) for path in head.paths)
        return TableInput(head.text, plain_path(head), personal)

    def _outputs(self, decision: Decision, labels: list[Text]) -> tuple[Field, ...] | None:
        """What the values are kept as; None, reported, where that cannot be told."""
        names = zip(self.grid.outputs, labels, decision.outputs, strict=True)
        found = [self._field(name, label, column.shape) for name, label, column in names]
        known = tuple(field for field in found if field is not None)
        return known if len(known) == len(found) else None

    def _field(self, name: Scalar, label: Text, shape: Shape) -> Field | None:
        if self.draft.hit == "C#":
            return Field(name.text, "integer", label)
        declaration = self.draft.declared.get(name.text)
        type_ = declaration.type if declaration is not None else _TYPES.get(shape.kind)
        if type_ is None:
            if declaration is None:
                self.ws.findings.add(name, "output-of-no-type", name=name.text)
            return None
        unit = declaration.properties.get("unit") if declaration is not None else None
        return Field(
            name=name.text,
            type=type_,
            label=label,
            long=type_ == "text",
            unit=unit.text if isinstance(unit, Scalar) else "",
            options=declaration.options if declaration is not None else (),
            decimals=self.ws.decimals,
        )

    def _label(self, name: Scalar) -> Text:
        """Its own label; that of the table where there is nothing else to be told apart from."""
        declaration = self.draft.declared.get(name.text)
        own = declaration and self.ws.labels.of(declaration.properties)
        if own is None and len(self.grid.outputs) == 1:
            return self.draft.label
        if own is None:
            self.ws.findings.warn(name, "label-missing", name=name.text)
        return own or Text(name.text, name.text)


def _text(expression: Expression | None) -> str:
    return expression.text if expression is not None else _OPEN_VALUE
