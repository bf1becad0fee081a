"""A decision table as a value: its head, its rules and its hit policy (DMN 1.5, chapter 8).

Every cell is a text of FEEL. `compile_table` makes of the whole something that decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.decisions.policies import Letter
from tuoban.kernel.expressions import ANY, Shape


@dataclass(frozen=True, slots=True)
class Input:
    """A column that is tested.

    Attributes:
        expression: what is tested.
        label: how people call it.
        allowed: unary tests that every value but null must pass; "" allows all.
    """

    expression: str
    label: str = ""
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A column that is decided.

    Attributes:
        name: its name in the result; may be empty where it is the only one.
        shape: what its values are; ANY takes the shape that is found in its cells.
        allowed: the allowed values, each a unary test, that of the highest priority first. Without
            them the options of the shape, if it has any, are the allowed values in their order.
        default: the expression of its value where no rule fits.
    """

    name: str
    shape: Shape = ANY
    allowed: tuple[str, ...] = ()
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: unary tests for each input, an expression for each output, and a remark."""

    tests: tuple[str, ...]
    entries: tuple[str, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DecisionTable:
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    hit: Letter = "U"
