"""A compiled expression, ready to be evaluated any number of times."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from tuoban.kernel.expressions.checks import check
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.parsing import parse
from tuoban.kernel.expressions.scope import Frame
from tuoban.kernel.expressions.shapes import Shape
from tuoban.kernel.expressions.steps import compile_tree
from tuoban.kernel.expressions.syntax import Node, size
from tuoban.kernel.expressions.types import NO_TYPES, NamedTypes
from tuoban.kernel.expressions.values import WEIGHTLESS, weigh

NO_NAMES: Mapping[str, Any] = MappingProxyType({})
DEFAULT_BUDGET = 10_000
"""Steps of one evaluation, see `Meter`."""


class Expression:
    """An expression that can be called with a context. Immutable; safe to share by threads.

    `names` are the names it may read from the context, `paths` the same with the members it
    reads (`("quote", "outcome")`), `shape` is what is known about its result.
    """

    __slots__ = ("_cost", "_slots", "_step", "names", "paths", "shape", "text", "tree", "types")

    def __init__(
        self,
        text: str,
        known: Mapping[str, Shape] | None,
        types: NamedTypes = NO_TYPES,
        names: Iterable[str] = (),
    ) -> None:
        self.text = text
        self.types = types
        self.tree: Node = parse(text, (*(known or ()), *names), types)
        report = check(self.tree, text, known)
        self.paths = report.paths
        self.names = frozenset(path[0] for path in report.paths)
        self.shape = report.shape
        self._step, self._slots = compile_tree(self.tree, types)
        self._cost = size(self.tree)

    def __call__(self, context: Mapping[str, Any], *, budget: int = DEFAULT_BUDGET) -> Any:
        """The value in `context`; None for null, and for all that the standard calls an error.

        Raises `BudgetExceeded` after `budget` steps, and nothing else.
        """
        meter = Meter(budget)
        meter.left -= self._cost
        if meter.left < 0:
            meter.exceeded()
        value = self._step(Frame(context, [None] * self._slots, meter))
        return value if type(value) in WEIGHTLESS else weigh(value, meter)

    def evaluate(self, context: Mapping[str, Any], meter: Meter) -> Any:
        """The value as part of a larger evaluation, which pays for it and weighs its result."""
        meter.charge(self._cost)
        return self._step(Frame(context, [None] * self._slots, meter))

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


def compile_expression(
    text: str, known: Mapping[str, Shape] | None = None, types: NamedTypes = NO_TYPES
) -> Expression:
    """Compile `text` once for many evaluations.

    With `known`, the shapes of all names that the context will have, names and types are
    checked as well. `types` are those beside the standard's own. Raises `ExpressionError`.
    """
    return Expression(text, known, types)


def evaluate(text: str, context: Mapping[str, Any] = NO_NAMES) -> Any:
    """The value of `text` in `context`; compile an expression that is used more than once.

    The names of the context may contain spaces. Raises `ExpressionError` where `text` is not
    FEEL, and `BudgetExceeded`.
    """
    return Expression(text, None, names=context)(context)
