"""Why a condition does not hold: the smallest parts of it that made it so."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.builtins import BUILTINS
from tuoban.kernel.expressions.causes import Cause, Operand, Path
from tuoban.kernel.expressions.expression import DEFAULT_BUDGET, Expression
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.nulls import NullReason, Traced, trace
from tuoban.kernel.expressions.printer import to_text
from tuoban.kernel.expressions.scope import Frame
from tuoban.kernel.expressions.steps import compile_tree

MOST_CAUSES = 20
"""Causes that are told of one condition; nobody reads more."""
MOST_VALUES = 4
"""Names whose values are told of a part that cannot be taken apart."""

_MIRRORED: dict[str, s.Relation] = {
    "=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip
_OPPOSITE: dict[str, s.Relation] = {
    "=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<",
}  # fmt: skip


def explain(
    expression: Expression, context: Mapping[str, Any], *, budget: int = DEFAULT_BUDGET
) -> tuple[Cause, ...]:
    """The parts that kept `expression` from being true, in the order they are written.

    Of a conjunction these are the operands that are not true, each with a cause of its own; a
    disjunction is one cause with those of its operands as `parts`, since one of them would be
    enough. Empty where the expression is true. Raises `BudgetExceeded`.
    """
    causes = _Explainer(expression, context, budget).causes(expression.tree)
    return tuple(islice(causes, MOST_CAUSES))


Form = tuple[str, tuple[Operand, ...], Mapping[str, str]]
"""A key of `SENTENCES`, the operands and the facts."""


class _Explainer:
    """Evaluates parts of one expression, all within one budget."""

    def __init__(self, expression: Expression, context: Mapping[str, Any], budget: int) -> None:
        self.expression = expression
        self.context = context
        self.meter = Meter(budget)

    @cached_property
    def traced(self) -> Traced:
        return trace(self.expression, self.context, budget=self.meter.budget)

    def value(self, node: s.Node) -> Any:
        self.meter.charge(s.size(node))
        step, slots = compile_tree(node, self.expression.types)
        return step(Frame(self.context, [None] * slots, self.meter))

    def causes(self, node: s.Node) -> Iterator[Cause]:
        """Those of a part that is not true; what has to hold together, one by one."""
        if self.value(node) is True:
            return
        if isinstance(node, s.Conjunction):
            for operand in node.operands:
                yield from self.causes(operand)
        elif isinstance(node, s.If):
            holds = self.value(node.condition) is True
            yield from self.causes(node.chosen if holds else node.otherwise)
        elif isinstance(node, s.Disjunction):
            yield self.alternatives(node)
        else:
            yield self.cause(node)

    def alternatives(self, node: s.Disjunction) -> Cause:
        """Operands of which one would be enough."""
        parts: list[Cause] = []
        for operand in node.operands[:MOST_CAUSES]:
            found = tuple(islice(self.causes(operand), MOST_CAUSES))
            parts += found if len(found) == 1 else [self.whole(operand, "all-of", found)]
        return self.whole(node, "any-of", tuple(parts))

    def whole(self, node: s.Node, form: str, parts: tuple[Cause, ...]) -> Cause:
        value = None if any(part.value is None for part in parts) else False
        return Cause(self.source(node), node.start, node.end, value, form, parts=parts)

    def cause(self, node: s.Node) -> Cause:
        value = False if self.value(node) is False else None
        form, operands, facts = self.form(node)
        reasons = () if value is False else self.reasons(node)
        return Cause(self.source(node), node.start, node.end, value, form, operands, facts, reasons)

    def reasons(self, node: s.Node) -> tuple[NullReason, ...]:
        return tuple(
            reason
            for reason in self.traced.reasons
            if node.start <= reason.start and reason.end <= node.end
        )

    # What can be said of a part

    def form(self, node: s.Node) -> Form:
        if isinstance(node, s.Comparison):
            return self.comparison(node.operator, node.left, node.right)
        if isinstance(node, s.Between):
            parts = (node.value, node.low, node.high)
            return "between", tuple(self.operand(part) for part in parts), {}
        if isinstance(node, s.In):
            return self.membership(node)
        if isinstance(node, s.Quantified) and len(node.iterations) == 1:
            return self.quantified(node)
        if isinstance(node, s.Name | s.Path):
            return "is-no", (self.operand(node),), {}
        if isinstance(node, s.Call) and node.function == s.Name("not") and len(node.arguments) == 1:
            return self.negation(node.arguments[0])
        return "no", self.read_in(node), {}

    def comparison(self, operator: s.Relation, left: s.Node, right: s.Node) -> Form:
        first, second = self.operand(left), self.operand(right)
        if first.is_constant and not second.is_constant:
            operator, first, second = _MIRRORED[operator], second, first
        if second.is_constant and second.value is None and operator in ("=", "!="):
            return "not-given" if operator == "=" else "given", (first,), {}
        return operator, (first, second), {}

    def membership(self, node: s.In) -> Form:
        tests = node.tests
        if len(tests) == 1 and isinstance(tests[0], s.ListOf):
            tests = tests[0].items
        subject = self.operand(node.value)
        if tests and all(_is_value(test) for test in tests):
            return "one-of", (subject, *(self.operand(test) for test in tests)), {}
        return "in", (subject,), {"right": ", ".join(map(self.source, tests))}

    def quantified(self, node: s.Quantified) -> Form:
        iteration = node.iterations[0]
        facts = {"source": self.source(iteration.source), "text": self.source(node.condition)}
        own = frozenset({iteration.name})
        values = self.read_in(node.condition, own)
        if node.quantifier == "some":
            return "none", values, facts
        outcomes = self.value(s.For(node.iterations, node.condition))
        place = next((at for at, one in enumerate(outcomes or (), start=1) if one is not True), 0)
        return "one", values, {**facts, "place": str(place)}

    def negation(self, argument: s.Node) -> Form:
        negated = argument.value if isinstance(argument, s.Entry) else argument
        if isinstance(negated, s.Comparison):
            return self.comparison(_OPPOSITE[negated.operator], negated.left, negated.right)
        return "is-yes", (self.operand(negated),), {}

    # Their operands

    def operand(self, node: s.Node) -> Operand:
        return Operand(self.source(node), self.value(node), s.path_of(node), _is_constant(node))

    def read_in(self, node: s.Node, own: frozenset[str] = frozenset()) -> tuple[Operand, ...]:
        """The names that a part reads from the context, with their values; the first few."""
        found = dict.fromkeys(
            name for name in _names_in(node) if self.is_read(s.path_of(name) or (), own)
        )
        return tuple(self.operand(name) for name in islice(found, MOST_VALUES))

    def is_read(self, path: Path, own: frozenset[str]) -> bool:
        return bool(path) and path[0] in self.context and path[0] not in own

    def source(self, node: s.Node) -> str:
        return self.expression.text[node.start : node.end] or to_text(node)


def _names_in(node: s.Node) -> Iterator[s.Node]:
    """The names and paths in a part, the longest ones, functions that are called left out."""
    if s.path_of(node) is not None:
        yield node
        return
    for child in s.children(node):
        if not (isinstance(node, s.Call) and child is node.function):
            yield from _names_in(child)


def _is_constant(node: s.Node) -> bool:
    """Whether a part reads no name, such as `5` or `duration("PT1H")`."""
    if isinstance(node, s.Call):
        named = isinstance(node.function, s.Name) and node.function.name in BUILTINS
        return named and all(_is_constant(argument) for argument in node.arguments)
    if isinstance(node, s.Name | s.Function | s.For | s.Quantified | s.Filter):
        return False
    return all(_is_constant(child) for child in s.children(node))


def _is_value(node: s.Node) -> bool:
    return _is_constant(node) and not isinstance(node, s.Test | s.Interval | s.ListOf)
