"""From the value of a decision table to something that decides; every problem in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from tuoban.kernel.decisions.allowed import Allowed
from tuoban.kernel.decisions.constants import constant, results, value_of
from tuoban.kernel.decisions.decision import Decision, InputColumn, OutputColumn, Row
from tuoban.kernel.decisions.policies import POLICIES
from tuoban.kernel.decisions.problems import Cell, Part, TableError, TableProblem, page_order
from tuoban.kernel.decisions.table import DecisionTable, Input, Output, Rule
from tuoban.kernel.expressions import (
    ANY,
    NO_TYPES,
    NULL,
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
from tuoban.kernel.expressions.errors import NONE_NEAR, SEPARATOR, nearest
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.printer import quoted
from tuoban.kernel.expressions.shapes import is_known, joined, kinds

__all__ = ["MOST_CELLS", "MOST_CHARACTERS", "compile_table", "constant", "results"]

T = TypeVar("T")

MOST_CELLS = 50_000
"""Rules times columns, and the allowed values of the outputs; a larger table is refused."""
MOST_CHARACTERS = 1_000_000
"""Characters of all cells together; a longer table is refused."""
MOST_STEPS = 1_000_000
"""Steps of holding literals against allowed values. What is left then is held against them when
the table decides."""
MOST_COMPARISONS = 10_000
"""Options that a wrong one is compared with, for the nearest to be told."""
MOST_PROBLEMS = 100
"""Cells with a problem after which the others are no longer looked at."""


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
    allowed: Allowed


class _Compiler:
    def __init__(
        self, table: DecisionTable, known: Mapping[str, Shape] | None, types: NamedTypes
    ) -> None:
        self.table = table
        self.policy = POLICIES[table.hit]
        self.known = known
        self.types = types
        self.problems: list[TableProblem] = []
        self._made: dict[_Text, Any] = {}
        self._strangers: dict[_Text, _Literal | None] = {}
        self._meter = Meter(MOST_STEPS)
        self._comparisons_left = MOST_COMPARISONS

    def decision(self) -> Decision:
        self._check_size()
        self._check_whole()
        inputs = [self._input(Cell("input", at), one) for at, one in _numbered(self.table.inputs)]
        heads = [self._output(at, one) for at, one in _numbered(self.table.outputs)]
        tested = [_tested(column) for column in inputs]
        rows = [self._row(at, rule, tested, heads) for at, rule in _numbered(self.table.rules)]
        defaults = [self._default(at, one, head) for (at, one), head in
                    zip(_numbered(self.table.outputs), heads, strict=True)]  # fmt: skip
        outputs = [
            OutputColumn(head.name, self._found(at, head, rows, default), head.allowed, default)
            for (at, head), default in zip(_numbered(heads), defaults, strict=True)
        ]
        self._check_priorities(heads)
        self._refuse_problems()
        return Decision(
            self.table,
            tuple(_present(inputs)),
            tuple(outputs),
            tuple(Row(tuple(_present(row[0])), tuple(_present(row[1]))) for row in rows),
        )

    def _add(self, cell: Cell, code: str, position: int = 0, **facts: str) -> None:
        self.problems.append(TableProblem(cell, code, facts, position))

    def _refuse_problems(self) -> None:
        if self.problems:
            raise TableError(tuple(sorted(self.problems, key=page_order)))

    def _once(self, cell: Cell, text: str, make: Callable[[], T]) -> T | None:
        """What `make` gives, once for all cells of a column that say the same; None, reported,
        where it cannot."""
        if len(self.problems) >= MOST_PROBLEMS:
            return None
        key = (cell.part, cell.column, text)
        if key not in self._made:
            try:
                self._made[key] = make()
            except ExpressionError as error:
                self._made[key] = error
        made: T | ExpressionError = self._made[key]
        if isinstance(made, ExpressionError):
            self._add(cell, made.code, made.position, **made.facts)
            return None
        return made

    def _expression(self, cell: Cell, text: str) -> Expression | None:
        return self._once(cell, text, lambda: compile_expression(text, self.known, self.types))

    def _tests(self, cell: Cell, text: str, of: Shape) -> Tests | None:
        return self._once(cell, text, lambda: compile_tests(text, self.known, of, self.types))

    # The whole

    def _check_size(self) -> None:
        """Refuse, before anything is compiled, what would take too much work."""
        inputs, outputs, rules = self.table.inputs, self.table.outputs, self.table.rules
        written = [text for rule in rules for text in (*rule.tests, *rule.entries)]
        cells = max(len(rules) * (len(inputs) + len(outputs)), len(written))
        cells += sum(len(each.allowed or each.shape.options) for each in outputs)
        written += [text for each in inputs for text in (each.expression, each.allowed)]
        written += [text for each in outputs for text in (*each.allowed, each.default or "")]
        length = sum(map(len, written))
        for code, found, most in (
            ("table-too-large", cells, MOST_CELLS),
            ("table-too-long", length, MOST_CHARACTERS),
        ):
            if found > most:
                self._add(Cell("table"), code, found=str(found), limit=str(most))
        self._refuse_problems()

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
        return _Column(column.name, column.shape, Allowed(tuple(_present(allowed))))

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
        shape, is_sure = NULL, bool(found)
        for cell, one in _of_each_shape(found):
            if one.shape == ANY:
                is_sure = False
                continue
            wider = joined(shape, one.shape)
            if wider == ANY:
                self._misfit(cell, one, kinds(shape))
                return ANY
            shape = wider
        leaves = [leaf for _, one in found for leaf in results(one.tree)]
        texts = [leaf.value for leaf in leaves if isinstance(leaf, s.Text)]
        if leaves and len(texts) == len(leaves):
            return choice_of(*dict.fromkeys(texts))
        return shape if is_sure else ANY

    # The rules

    def _row(
        self,
        number: int,
        rule: Rule,
        tested: Sequence[Shape],
        heads: Sequence[_Column],
    ) -> tuple[list[Tests | None], list[Expression | None]]:
        wanted = (len(tested), len(heads))
        if (len(rule.tests), len(rule.entries)) != wanted:
            found, expected = len(rule.tests) + len(rule.entries), sum(wanted)
            cell = Cell("table", number=number)
            self._add(cell, "cells-miscounted", found=str(found), expected=str(expected))
        tests = [
            self._tests(Cell("test", at, number), text, shape)
            for (at, text), shape in zip(_numbered(rule.tests), tested, strict=False)
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
        if not head.allowed:
            return True
        key = (cell.part, cell.column, entry.text)
        if key not in self._strangers:
            self._strangers[key] = self._stranger(entry, head)
        stranger = self._strangers[key]
        if stranger is None:
            return True
        at, text, value = stranger
        options = head.shape.options
        if isinstance(value, str) and options:
            near = self._nearest(value, options)
            self._add(cell, "unknown-option", at, of=head.name, value=value, nearest=near)
        else:
            self._add(cell, "value-not-allowed", at, text=text, name=head.name)
        return False

    def _stranger(self, entry: Expression, head: _Column) -> _Literal | None:
        """The first literal that is none of the allowed values, as far as that can be told."""
        if head.allowed.reads:
            return None
        for leaf in results(entry.tree):
            value = None if isinstance(leaf, s.Null) else value_of(leaf, entry.text)
            try:
                if value is not None and head.allowed.rank(value, _NOTHING, self._meter) is None:
                    return leaf.start, entry.text[leaf.start : leaf.end], value
            except BudgetExceeded:
                return None
        return None

    def _nearest(self, value: str, options: Sequence[str]) -> str:
        """The option most like the value; "-" where too many were compared before."""
        self._comparisons_left -= len(options)
        return nearest(value, options) if self._comparisons_left >= 0 else NONE_NEAR


_NOTHING: Mapping[str, object] = MappingProxyType({})
_Text = tuple[Part, int, str]
"""What a column says, in all its cells of one part."""
_Literal = tuple[int, str, object]
"""Where in its cell it stands, how it is written, and its value."""


def _of_each_shape(
    found: Sequence[tuple[Cell, Expression]],
) -> Iterator[tuple[Cell, Expression]]:
    """The first of the expressions with each shape."""
    seen: set[int] = set()
    for cell, one in found:
        if id(one.shape) not in seen:
            seen.add(id(one.shape))
            yield cell, one


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
