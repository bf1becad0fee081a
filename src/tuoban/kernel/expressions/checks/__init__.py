"""The checker: which names an expression reads, and what shape its result has.

With known names it also refuses what can never be right: names and members that do not exist,
options that a choice does not have, operands and arguments of a wrong kind. It never refuses
where a shape is not known, and never because of null. One function for each class of the grammar.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.checks import access, calls, loops, operators
from tuoban.kernel.expressions.checks.checker import Checker, Checks
from tuoban.kernel.expressions.shapes import Shape

_CHECKS: Checks = {**access.CHECKS, **operators.CHECKS, **loops.CHECKS, **calls.CHECKS}


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker found out."""

    shape: Shape
    paths: frozenset[tuple[str, ...]]


def check(tree: s.Node, text: str, known: Mapping[str, Shape] | None) -> Report:
    """Names, paths and shape of a tree; raises `ExpressionError` where it can never be right.

    Without `known` nothing is refused.
    """
    checker = Checker(_CHECKS, text, known)
    shape = checker.shape(tree)
    return Report(shape, frozenset(checker.paths))
