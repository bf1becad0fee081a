"""How large an expression and an evaluation may get."""

from typing import NoReturn

from tuoban.kernel.expressions.errors import BudgetExceeded

MAX_LENGTH = 10_000
"""Characters of an expression."""
MAX_DEPTH = 100
"""Levels of nesting; keeps parser, compiler and evaluation within the interpreter's stack."""
MAX_CALL_DEPTH = 150
"""Levels that calls of functions written in FEEL may add to those of the expression itself."""
MAX_VALUE_DEPTH = 50
"""Levels of lists and contexts inside one another, for values."""

ITEMS_PER_STEP = 8
CHARACTERS_PER_STEP = 64


class Meter:
    """Counts the steps of one evaluation.

    A step is a node of the tree evaluated, or the handling of `ITEMS_PER_STEP` items or
    `CHARACTERS_PER_STEP` characters; so the budget bounds time and memory.
    """

    __slots__ = ("budget", "depth", "left")

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.left = budget
        self.depth = 0

    def charge(self, steps: int) -> None:
        """Take `steps` off what is left; raises `BudgetExceeded` when nothing is."""
        self.left -= steps
        if self.left < 0:
            self.exceeded()

    def exceeded(self) -> NoReturn:
        """For the places where even a call counts, and `left` is lowered and asked directly."""
        raise BudgetExceeded(self.budget)

    def enter(self, depth: int) -> None:
        """Go `depth` levels deeper; raises `BudgetExceeded` when that is too deep."""
        self.depth += depth
        if self.depth > MAX_CALL_DEPTH:
            raise BudgetExceeded(self.budget)

    def leave(self, depth: int) -> None:
        self.depth -= depth
