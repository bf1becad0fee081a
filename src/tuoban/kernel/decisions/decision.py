"""A compiled decision table: evaluated any number of times, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuoban.kernel.decisions.allowed import Allowed
from tuoban.kernel.decisions.policies import POLICIES, Fit, Policy, Reason
from tuoban.kernel.decisions.table import DecisionTable
from tuoban.kernel.expressions import NUMBER, Expression, Shape, Tests, context_of, list_of
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.syntax import size
from tuoban.kernel.expressions.values import weigh

DEFAULT_BUDGET = 100_000
"""Steps of one evaluation of a small table, see `Meter`."""
STEPS_FOR_EACH = 4
"""Steps that come on top for every part of every cell, so that a large table can be gone through
and its values handled."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a table decided.

    Attributes:
        value: the result; with several outputs a context of them, for the policies that give more
            than one a list; None where there is none.
        rules: the numbers of the rules that fitted, from 1, those that count more first.
        inputs: the values of the inputs.
        reason: why there is no result; None where there is one.
    """

    value: Any
    rules: tuple[int, ...]
    inputs: tuple[Any, ...]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class InputColumn:
    value: Expression
    allowed: Tests | None

    def allows(self, value: Any, context: Mapping[str, Any], meter: Meter) -> bool:
        if value is None or self.allowed is None:
            return True
        return self.allowed.evaluate(value, context, meter) is True


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """An output with its shape as it was declared or found."""

    name: str
    shape: Shape
    allowed: Allowed
    default: Expression | None


@dataclass(frozen=True, slots=True)
class Row:
    tests: tuple[Tests, ...]
    entries: tuple[Expression, ...]


class Decision:
    """A table that can be called with a context. Immutable; safe to share by threads.

    `shape` is what is known about its result; `budget` are the steps that an evaluation may take
    unless told otherwise.
    """

    __slots__ = ("budget", "inputs", "outputs", "policy", "rows", "shape", "table")

    def __init__(
        self,
        table: DecisionTable,
        inputs: tuple[InputColumn, ...],
        outputs: tuple[OutputColumn, ...],
        rows: tuple[Row, ...],
    ) -> None:
        self.table = table
        self.policy: Policy = POLICIES[table.hit]
        self.inputs = inputs
        self.outputs = outputs
        self.rows = rows
        self.shape = self._shape()
        self.budget = DEFAULT_BUDGET + STEPS_FOR_EACH * sum(map(_size, rows))

    @property
    def needs_rule(self) -> bool:
        """Whether there is no result where no rule fits."""
        if self.policy.gives == "list" or self.policy.letter == "C#":
            return False
        return any(column.default is None for column in self.outputs)

    def __call__(self, context: Mapping[str, Any], *, budget: int | None = None) -> Outcome:
        """What the table decides in `context`.

        Raises `BudgetExceeded` after `budget` steps over all cells, and nothing else; without,
        the table's own budget holds.
        """
        meter = Meter(self.budget if budget is None else budget)
        outcome = self.evaluate(context, meter)
        given = tuple(weigh(value, meter) for value in outcome.inputs)
        return Outcome(weigh(outcome.value, meter), outcome.rules, given, outcome.reason)

    def evaluate(self, context: Mapping[str, Any], meter: Meter) -> Outcome:
        """What it decides as part of a larger evaluation, which pays for it and weighs the rest."""
        values = tuple(column.value.evaluate(context, meter) for column in self.inputs)
        return self._decide(values, context, meter)

    def by_name(self, value: Any) -> dict[str, Any]:
        """A result of this table by the names of the outputs, each a list if the result is one."""
        names = [column.name for column in self.outputs]
        if len(names) == 1:
            return {names[0]: value}
        if isinstance(value, list):
            return {name: [each[name] for each in value] for name in names}
        return dict(value) if value is not None else dict.fromkeys(names)

    def _decide(self, values: tuple[Any, ...], context: Mapping[str, Any], meter: Meter) -> Outcome:
        for column, value in zip(self.inputs, values, strict=True):
            if not column.allows(value, context, meter):
                return Outcome(None, (), values, "input-not-allowed")
        fits = list(self._fits(values, context, meter))
        if not fits:
            return self._without_rule(values, context, meter)
        fits, reason = self._ranked(fits, context, meter)
        rules = tuple(fit.rule for fit in fits)
        reason = reason or self.policy.broken(fits, meter)
        if reason is not None:
            return Outcome(None, rules, values, reason)
        value = self._result(fits, meter)
        if self.policy.combine is not None and value is None:
            return Outcome(None, rules, values, "not-combinable")
        return Outcome(value, rules, values)

    def _fits(
        self, values: tuple[Any, ...], context: Mapping[str, Any], meter: Meter
    ) -> Iterator[Fit]:
        for number, row in enumerate(self.rows, start=1):
            meter.charge(1)
            if all(
                tests.evaluate(value, context, meter) is True
                for tests, value in zip(row.tests, values, strict=True)
            ):
                given = (weigh(entry.evaluate(context, meter), meter) for entry in row.entries)
                yield Fit(number, tuple(given))
                if self.policy.is_first:
                    return

    def _ranked(
        self, fits: list[Fit], context: Mapping[str, Any], meter: Meter
    ) -> tuple[list[Fit], Reason | None]:
        """The rules in the order in which they count, if every value is an allowed one."""
        ranks: dict[int, tuple[int | None, ...]] = {}
        for fit in fits:
            ranks[fit.rule] = tuple(
                column.allowed.rank(value, context, meter)
                for column, value in zip(self.outputs, fit.values, strict=True)
            )
            if None in ranks[fit.rule]:
                return fits, "output-not-allowed"
        if self.policy.is_ranked:
            fits = sorted(fits, key=lambda fit: ranks[fit.rule])
        return fits, None

    def _without_rule(
        self, values: tuple[Any, ...], context: Mapping[str, Any], meter: Meter
    ) -> Outcome:
        """The defaults stand for the one rule that is missing; a count or a list may be empty."""
        if any(column.default is not None for column in self.outputs):
            given = tuple(
                None
                if column.default is None
                else weigh(column.default.evaluate(context, meter), meter)
                for column in self.outputs
            )
            fits, reason = self._ranked([Fit(0, given)], context, meter)
            if reason is not None:
                return Outcome(None, (), values, reason)
            missing: Reason | None = "no-rule" if self.needs_rule else None
            return Outcome(self._result(fits, meter), (), values, missing)
        if self.needs_rule:
            return Outcome(None, (), values, "no-rule")
        return Outcome(self._result([], meter), (), values)

    def _result(self, fits: list[Fit], meter: Meter) -> Any:
        if self.policy.gives == "one":
            return self._value(fits[0])
        results = [self._value(fit) for fit in fits]
        if self.policy.combine is None:
            return results
        return self.policy.combine.evaluate({"outputs": results}, meter)

    def _value(self, fit: Fit) -> Any:
        if len(self.outputs) == 1:
            return fit.values[0]
        return {column.name: value for column, value in zip(self.outputs, fit.values, strict=True)}

    def _shape(self) -> Shape:
        one = self.outputs[0].shape
        if len(self.outputs) > 1:
            one = context_of({column.name: column.shape for column in self.outputs})
        if self.policy.gives == "list":
            return list_of(one)
        return NUMBER if self.policy.letter == "C#" else one

    def __repr__(self) -> str:
        names = ", ".join(column.name for column in self.outputs)
        return f"Decision({names}, {self.policy.word}, {len(self.rows)} rules)"


def _size(row: Row) -> int:
    """The steps that one evaluation of all cells of a row takes at least."""
    return 1 + sum(tests.size for tests in row.tests) + sum(size(one.tree) for one in row.entries)
