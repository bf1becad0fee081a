"""Why a condition does not hold: the smallest parts of it that made it so."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.expression import DEFAULT_BUDGET, Expression
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.scope import Frame
from tuoban.kernel.expressions.steps import compile_tree


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of the expression, where it stands, and its value: False, or None for null."""

    text: str
    start: int
    end: int
    value: bool | None


def explain_false(
    expression: Expression, context: Mapping[str, Any], *, budget: int = DEFAULT_BUDGET
) -> list[Reason]:
    """The parts that kept `expression` from being true, in the order they are written.

    Of a conjunction these are the operands that are not true, of a disjunction all, and so on
    into the operands; anything else is a part of its own. Empty where it is true. Raises
    `BudgetExceeded`.
    """
    meter = Meter(budget)

    def value(node: s.Node) -> Any:
        meter.charge(s.size(node))
        step, slots = compile_tree(node)
        return step(Frame(context, [None] * slots, meter))

    return [
        Reason(
            expression.text[node.start : node.end],
            node.start,
            node.end,
            False if value(node) is False else None,
        )
        for node in _causes(expression.tree, value)
    ]


def _causes(node: s.Node, value: Callable[[s.Node], Any]) -> Iterator[s.Node]:
    if value(node) is True:
        return
    if isinstance(node, s.Conjunction | s.Disjunction):
        for operand in node.operands:
            yield from _causes(operand, value)
    elif isinstance(node, s.If):
        yield from _causes(node.chosen if value(node.condition) is True else node.otherwise, value)
    else:
        yield node
