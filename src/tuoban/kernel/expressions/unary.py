"""Unary tests: what stands in a cell of a decision table, `< 5`, `"a", "b"`, `not([1..3])`, `-`."""

from collections.abc import Mapping
from typing import Any

from tuoban.kernel.expressions.checks import check
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.parsing import parse_tests
from tuoban.kernel.expressions.scope import Frame
from tuoban.kernel.expressions.shapes import ANY, Shape
from tuoban.kernel.expressions.steps import compile_tests as compile_steps
from tuoban.kernel.expressions.syntax import TESTED, UnaryTests, size
from tuoban.kernel.expressions.types import NO_TYPES, NamedTypes


class Tests:
    """Tests of one value. Immutable; safe to share by threads.

    `names` and `paths` are what the tests read from the context, `?` left out; `size` is what
    one evaluation costs at least.
    """

    __slots__ = ("_slots", "_step", "names", "paths", "size", "text", "tree")

    def __init__(
        self, text: str, known: Mapping[str, Shape] | None, of: Shape, types: NamedTypes
    ) -> None:
        self.text = text
        self.tree: UnaryTests = parse_tests(text, known or (), types)
        report = check(self.tree, text, None if known is None else {**known, TESTED: of})
        self.paths = frozenset(path for path in report.paths if path[0] != TESTED)
        self.names = frozenset(path[0] for path in self.paths)
        self.size = size(self.tree)
        self._step, self._slots = compile_steps(self.tree, types)

    def evaluate(self, value: Any, context: Mapping[str, Any], meter: Meter) -> bool | None:
        """Whether `value`, an adopted one, passes; None where that cannot be said.

        Raises `BudgetExceeded`, and nothing else.
        """
        meter.charge(self.size)
        slots = [None] * self._slots
        slots[0] = value
        outcome: bool | None = self._step(Frame(context, slots, meter))
        return outcome

    def __repr__(self) -> str:
        return f"Tests({self.text!r})"


def compile_tests(
    text: str,
    known: Mapping[str, Shape] | None = None,
    of: Shape = ANY,
    types: NamedTypes = NO_TYPES,
) -> Tests:
    """Compile the tests of a value of shape `of`; otherwise like `compile_expression`.

    A lone `-` is passed by every value. A test that reads `?` is a condition of its own.
    Raises `ExpressionError`.
    """
    return Tests(text, known, of, types)
