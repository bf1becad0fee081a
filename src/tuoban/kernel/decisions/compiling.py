"""From the value of a decision table to something that decides; every problem in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tuoban.kernel.decisions.decision import Decision, InputColumn, OutputColumn, Row
from tuoban.kernel.decisions.policies import POLICIES
from tuoban.kernel.decisions.problems import Cell, Part, TableError, TableProblem
from tuoban.kernel.decisions.table import DecisionTable, Input, Output, Rule
from tuoban.kernel.expressions import (
    ANY,
    NO_TYPES,
    BudgetExceeded,
    Expression,
    ExpressionError,
    NamedTypes,
    Shape,
    Tests,
    choice_of,
    compile_expression,
    compile_tests,
)
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.errors import SEPARATOR, nearest
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.printer import quoted
from tuoban.kernel.expressions.shapes import common, is_known, joined, kinds

T = TypeVar("T")


MOST_PROBLEMS = 100
"""Cells with a problem after which the others are no longer looked at."""
MOST_STEPS = 200_000
"""Steps in which cells are held against the values that their column allows."""


def compile_table(
    table: DecisionTable,
    known: Mapping[str, Shape] | None = None,
    types: NamedTypes = NO_TYPES,
) -> Decision:
    """Compile a table once for many evaluations.

    With `known`, the shapes of all names that the context will have, names and types are checked
    as well. `types` are those beside the standard's own. Raises `TableError` with every problem,
    but no more than `MOST_PROBLEMS`.
    """
    return _Compiler(table, known, types).decision()


@dataclass(frozen=True, slots=True)
class _Column:
    """What the cells below the head of a column are checked against."""

    name: str
    shape: Shape
    allowed: tuple[Tests, ...] = ()


class _Compiler:
    def __init__(
        self, table: DecisionTable, known: Mapping[str, Shape] | None, types: NamedTypes
    ) -> None:
        self.table = table
        self.policy = POLICIES[table.hit]
        self.known = known
        self.types = types
        self.problems: list[TableProblem] = []
        self.meter = Meter(MOST_STEPS)
        self.passes: dict[tuple[str, str], bool] = {}

    def decision(self) -> Decision:
        self._check_whole()
        inputs = [self._input(Cell("input", at), one) for at, one in _numbered(self.table.inputs)]
        heads = [self._output(at, one) for at, one in _numbered(self.table.outputs)]
        rows = [self._row(at, rule, inputs, heads) for at, rule in _numbered(self.table.rules)]
        defaults = [self._default(at, one, head) for (at, one), head in
                    zip(_numbered(self.table.outputs), heads, strict=True)]  # fmt: skip
        outputs = [
            OutputColumn(head.name, self._found(at, head, rows, default), head.allowed, default)
            for (at, head), default in zip(_numbered(heads), defaults, strict=True)
        ]
        self._check_priorities(heads)
        if self.problems:
            raise TableError(tuple(sorted(self.problems, key=_page_order)))
        return Decision(
            self.table,
            tuple(_present(inputs)),
            tuple(outputs),
            tuple(Row(tuple(_present(row[0])), tuple(_present(row[1]))) for row in rows),
        )

    def _add(self, cell: Cell, code: str, position: int = 0, **facts: str) -> None:
        self.problems.append(TableProblem(cell, code, facts, position))

    def _try(self, cell: Cell, make: Callable[[], T]) -> T | None:
        """What `make` gives; None, reported, where it cannot."""
        if len(self.problems) >= MOST_PROBLEMS:
            return None
        try:
            return make()
        except ExpressionError as error:
            self._add(cell, error.code, error.position, **error.facts)
            return None

    def _expression(self, cell: Cell, text: str) -> Expression | None:
        return self._try(cell, lambda: compile_expression(text, self.known, self.types))

    def _tests(self, cell: Cell, text: str, of: Shape) -> Tests | None:
        return self._try(cell, lambda: compile_tests(text, self.known, of, self.types))

    # The whole

    def _check_whole(self) -> None:
        table, whole = self.table, Cell("table")
        if not table.outputs:
            self._add(whole, "table-without-outputs")
        if not table.rules:
            self._add(whole, "table-without-rules")
        if self.policy.gives == "combined" and len(table.outputs) > 1:
            count = str(len(table.outputs))
            self._add(whole, "combines-one-output", policy=self.policy.word, count=count)
        names: set[str] = set()
        for at, output in _numbered(table.outputs):
            if output.name in names:
                self._add(Cell("output", at), "output-listed-twice", name=output.name)
            names.add(output.name)
            if self.policy.letter == "C#" and output.default is not None:
                self._add(Cell("default", at), "default-unused")

    def _check_priorities(self, heads: Sequence[_Column]) -> None:
        reported = any(problem.cell.part == "value" for problem in self.problems)
        if self.policy.is_ranked and not reported and not any(head.allowed for head in heads):
            self._add(Cell("table"), "no-priorities", policy=self.policy.word)

    # The head

    def _input(self, cell: Cell, column: Input) -> InputColumn | None:
        value = self._expression(cell, column.expression)
        allowed = None
        if column.allowed:
            shape = value.shape if value is not None else ANY
            allowed = self._tests(replace(cell, part="allowed"), column.allowed, shape)
        return InputColumn(value, allowed) if value is not None else None

    def _output(self, at: int, column: Output) -> _Column:
        texts = column.allowed or tuple(quoted(option) for option in column.shape.options)
        allowed = [
            self._tests(Cell("value", at, number), text, column.shape)
            for number, text in _numbered(texts)
        ]
        return _Column(column.name, column.shape, tuple(_present(allowed)))

    def _default(self, at: int, column: Output, head: _Column) -> Expression | None:
        if column.default is None:
            return None
        return self._entry(Cell("default", at), column.default, head)

    def _found(
        self,
        at: int,
        head: _Column,
        rows: Sequence[tuple[list[Tests | None], list[Expression | None]]],
        default: Expression | None,
    ) -> Shape:
        """The shape of an output: as declared, else as its cells have it."""
        cells = [
            (Cell("entry", at, number), row[1][at - 1 : at]) for number, row in _numbered(rows)
        ]
        found = [(cell, one) for cell, each in cells for one in each if one is not None]
        if default is not None:
            found.append((Cell("default", at), default))
        if is_known(head.shape):
            return head.shape
        shape = Shape("null")
        for cell, one in found:
            if is_known(shape) and is_known(one.shape) and joined(shape, one.shape) == ANY:
                self._misfit(cell, one, kinds(shape))
                return ANY
            shape = joined(shape, one.shape) if one.shape != ANY else shape
        leaves = [leaf for _, one in found for leaf in results(one.tree)]
        texts = [leaf.value for leaf in leaves if isinstance(leaf, s.Text)]
        if leaves and len(texts) == len(leaves):
            return choice_of(*dict.fromkeys(texts))
        return common(one.shape for _, one in found)

    # The rules

    def _row(
        self,
        number: int,
        rule: Rule,
        inputs: Sequence[InputColumn | None],
        heads: Sequence[_Column],
    ) -> tuple[list[Tests | None], list[Expression | None]]:
        wanted = (len(inputs), len(heads))
        if (len(rule.tests), len(rule.entries)) != wanted:
            found, expected = len(rule.tests) + len(rule.entries), sum(wanted)
            cell = Cell("table", number=number)
            self._add(cell, "cells-miscounted", found=str(found), expected=str(expected))
        tests = [
            self._tests(Cell("test", at, number), text, _tested(column))
            for (at, text), column in zip(_numbered(rule.tests), inputs, strict=False)
        ]
        entries = [
            self._entry(Cell("entry", at, number), text, head)
            for (at, text), head in zip(_numbered(rule.entries), heads, strict=False)
        ]
        return tests, entries

    def _entry(self, cell: Cell, text: str, head: _Column) -> Expression | None:
        """A cell of an output, if it fits its column."""
        entry = self._expression(cell, text)
        if entry is None or self.known is None:
            return entry
        for wanted in (kinds(head.shape) if is_known(head.shape) else (), self.policy.kinds):
            if wanted and is_known(entry.shape) and not kinds(entry.shape) & set(wanted):
                self._misfit(cell, entry, wanted)
                return None
        return entry if self._is_allowed(cell, entry, head) else None

    def _misfit(
        self, cell: Cell, entry: Expression, wanted: frozenset[str] | tuple[str, ...]
    ) -> None:
        self._add(
            cell,
            "wrong-type",
            entry.tree.start,
            text=entry.text,
            found=entry.shape.kind,
            expected=SEPARATOR.join(sorted(wanted)),
        )

    def _is_allowed(self, cell: Cell, entry: Expression, head: _Column) -> bool:
        """Whether every literal that the cell may give is one that the output may have."""
        for leaf in results(entry.tree):
            if not head.allowed or isinstance(leaf, s.Null):
                continue
            literal = entry.text[leaf.start : leaf.end]
            value = constant(literal)
            if value is None or self._passes(head, literal, value):
                continue
            if isinstance(value, str) and head.shape.options:
                near = nearest(value, head.shape.options)
                self._add(
                    cell, "unknown-option", leaf.start, of=head.name, value=value, nearest=near
                )
            else:
                self._add(cell, "value-not-allowed", leaf.start, text=literal, name=head.name)
            return False
        return True

    def _passes(self, head: _Column, literal: str, value: object) -> bool:
        """Whether one of the column's tests is passed; so it is where too much was tested."""
        key = head.name, literal
        if key not in self.passes:
            try:
                self.passes[key] = any(_passes(one, value, self.meter) for one in head.allowed)
            except BudgetExceeded:
                return True
        return self.passes[key]


def results(node: s.Node) -> Iterator[s.Node]:
    """The parts of an expression that may be its value: what its conditions choose among."""
    while isinstance(node, s.If):
        yield from results(node.chosen)
        node = node.otherwise
    yield node


def constant(text: str) -> object:
    """The value of an expression that reads nothing; None if it reads something, or is null."""
    try:
        return compile_expression(text, {})(_NOTHING)
    except ExpressionError:
        return None


_NOTHING: Mapping[str, object] = {}


def _passes(tests: Tests, value: object, meter: Meter) -> bool:
    """Whether a value passes; tests that read something may always be passed."""
    return bool(tests.names) or tests.evaluate(value, _NOTHING, meter) is True


def _tested(column: InputColumn | None) -> Shape:
    """The shape of what the cells of a column test; a choice where the allowed values are texts."""
    if column is None:
        return ANY
    shape, allowed = column.value.shape, column.allowed
    if allowed is None or allowed.tree.negated or shape.options:
        return shape
    texts = [test.value for test in allowed.tree.tests if isinstance(test, s.Text)]
    return choice_of(*texts) if len(texts) == len(allowed.tree.tests) > 0 else shape


def _numbered(items: Sequence[T]) -> Iterator[tuple[int, T]]:
    return enumerate(items, start=1)


def _present(items: Sequence[T | None]) -> Iterator[T]:
    return (item for item in items if item is not None)


_PART_ORDER: Mapping[Part, int] = {"table": 0, "input": 1, "allowed": 1, "output": 2, "value": 2,
                                   "default": 2, "test": 3, "entry": 4}  # fmt: skip


def _page_order(problem: TableProblem) -> tuple[int, int, int, int]:
    cell = problem.cell
    row = cell.number if cell.part in ("table", "test", "entry") else 0
    return row, _PART_ORDER[cell.part], cell.column, problem.position
