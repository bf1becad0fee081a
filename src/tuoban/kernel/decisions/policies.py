"""Hit policies: what comes of the rules that fit. One row each (DMN 1.5, 8.2.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from tuoban.kernel.expressions import Expression, compile_expression
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.operators import equal

Letter = Literal["U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#"]
Reason = Literal[
    "no-rule",
    "several-rules",
    "different-outputs",
    "input-not-allowed",
    "output-not-allowed",
    "not-combinable",
    "budget-exceeded",
]

REASONS: Mapping[Reason, tuple[str, str]] = {
    "no-rule": ("没有适用的规则", "no rule fits"),
    "several-rules": (
        "有几条规则同时适用，而这张表只许一条",
        "several rules fit, and this table allows only one",
    ),
    "different-outputs": (
        "适用的几条规则结果不同",
        "the rules that fit give different results",
    ),
    "input-not-allowed": ("输入的值不在允许范围内", "the value of an input is not allowed"),
    "output-not-allowed": (
        "规则或默认值给出的值不在允许范围内",
        "the rule or the default gives a value that is not allowed",
    ),
    "not-combinable": (
        "适用规则的结果无法汇总",
        "the results of the rules that fit cannot be combined",
    ),
    "budget-exceeded": (
        "计算量过大，已停止",
        "the calculation was stopped because it took too long",
    ),
}
"""Why a table gives no result, zh and en; the last one is for callers that caught the budget."""


class Fit(NamedTuple):
    """A rule that fits: its number, from 1, and the values of its outputs."""

    rule: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A hit policy.

    Attributes:
        letter: its sign in the standard.
        word: its word in a pack.
        gives: the result of one rule, a list with that of every rule, or one value for all.
        is_ranked: rules count in the order of their outputs' priorities, else in that of the page.
        is_first: the first rule that fits decides, and the others need not be looked at.
        broken: what is wrong with rules that fit together; None where nothing is.
        combine: the expression over `outputs`, the list of the values, that gives the result.
        kinds: the kinds of value that can be combined; none where any can.
    """

    letter: Letter
    word: str
    gives: Literal["one", "list", "combined"]
    is_ranked: bool = False
    is_first: bool = False
    broken: Callable[[Sequence[Fit], Meter], Reason | None] = lambda fits, meter: None
    combine: Expression | None = None
    kinds: frozenset[str] = frozenset()


def _several(fits: Sequence[Fit], meter: Meter) -> Reason | None:
    return "several-rules" if len(fits) > 1 else None


def _different(fits: Sequence[Fit], meter: Meter) -> Reason | None:
    first = list(fits[0].values)
    same = all(equal(first, list(fit.values), meter) is True for fit in fits[1:])
    return None if same else "different-outputs"


_NUMBERS = frozenset({"number"})
_ORDERED = frozenset({"number", "text", "date", "time", "datetime", "days", "months"})

POLICIES: Mapping[Letter, Policy] = {
    row.letter: row
    for row in (
        Policy("U", "unique", "one", broken=_several),
        Policy("A", "any", "one", broken=_different),
        Policy("P", "priority", "one", is_ranked=True),
        Policy("F", "first", "one", is_first=True),
        Policy("R", "rule-order", "list"),
        Policy("O", "output-order", "list", is_ranked=True),
        Policy("C", "collect", "list"),
        Policy("C+", "sum", "combined", combine=compile_expression("sum(outputs)"), kinds=_NUMBERS),
        Policy("C<", "min", "combined", combine=compile_expression("min(outputs)"), kinds=_ORDERED),
        Policy("C>", "max", "combined", combine=compile_expression("max(outputs)"), kinds=_ORDERED),
        Policy("C#", "count", "combined", combine=compile_expression("count(outputs)")),
    )
}
