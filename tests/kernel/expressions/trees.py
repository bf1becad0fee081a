"""Random trees of every form of the grammar, for Hypothesis."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.builtins import BUILTINS
from tuoban.kernel.expressions.types import KINDS

NAMES = st.sampled_from(["a", "b", "xs", "ctx", "item", "总额", "partial", "now"])
MEMBERS = NAMES | st.sampled_from(["year", "time offset", "in"])
KEYS = NAMES | st.text(max_size=6)
ARITHMETIC = st.sampled_from(["+", "-", "*", "/", "**"])
RELATIONS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
TEMPORAL = [
    *("2026-02-28", "9999-12-31", "09:30:00", "10:00:00@Asia/Shanghai", "nonsense"),
    *("2026-03-01T09:30:00+08:00", "0001-01-01T00:00:00Z", "P1D", "-PT1H", "P1M", "-P9999Y"),
]
LEAVES = st.one_of(
    st.builds(s.Number, st.integers(0, 9).map(Decimal)),
    st.builds(s.Number, st.decimals(0, 10**9, allow_nan=False, places=3)),
    st.builds(s.Text, st.text(max_size=8)),
    st.builds(s.Boolean, st.booleans()),
    st.builds(s.Null),
    st.builds(s.Temporal, st.sampled_from(TEMPORAL)),
    st.builds(s.Name, NAMES),
)


class Grower:
    """Grows one tree: every method draws a form whose parts are less deep."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw

    def node(self, depth: int) -> s.Node:
        if depth == 0 or self.draw(st.integers(0, 3)) == 0:
            leaf: s.Node = self.draw(LEAVES)
            return leaf
        form: Callable[[Grower, int], s.Node] = self.draw(st.sampled_from(FORMS))
        return form(self, depth - 1)

    def nodes(self, depth: int, least: int = 0) -> tuple[s.Node, ...]:
        return tuple(self.node(depth) for _ in range(self.draw(st.integers(least, 3))))

    def entries(self, depth: int, keys: st.SearchStrategy[str]) -> tuple[s.Entry, ...]:
        chosen = self.draw(st.lists(keys, max_size=3, unique=True))
        return tuple(s.Entry(key, self.node(depth)) for key in chosen)

    def type(self, depth: int) -> s.Type:
        name = self.draw(st.sampled_from(sorted(KINDS)))
        if depth == 0 or name not in ("list", "range", "context", "function"):
            return s.Type(name)
        of = tuple(self.type(depth - 1) for _ in range(self.draw(st.integers(1, 2))))
        if name == "context":
            return s.Type(name, of, ("a", "b")[: len(of)])
        return s.Type(name, of if name == "function" else of[:1])

    def calculation(self, depth: int) -> s.Node:
        return s.Calculation(self.draw(ARITHMETIC), self.node(depth), self.node(depth))

    def comparison(self, depth: int) -> s.Node:
        return s.Comparison(self.draw(RELATIONS), self.node(depth), self.node(depth))

    def test(self, depth: int) -> s.Node:
        return s.Test(self.draw(RELATIONS), self.node(depth))

    def membership(self, depth: int) -> s.Node:
        return s.In(self.node(depth), (self.test(depth), *self.nodes(depth)))

    def interval(self, depth: int) -> s.Node:
        low_closed, high_closed = self.draw(st.booleans()), self.draw(st.booleans())
        return s.Interval(self.node(depth), self.node(depth), low_closed, high_closed)

    def iterations(self, depth: int) -> tuple[s.Iteration, ...]:
        names = self.draw(st.lists(NAMES, min_size=1, max_size=2))
        return tuple(
            s.Iteration(
                name, self.node(depth), self.node(depth) if self.draw(st.booleans()) else None
            )
            for name in names
        )

    def quantified(self, depth: int) -> s.Node:
        quantifier = self.draw(st.sampled_from(["some", "every"]))
        return s.Quantified(quantifier, self.iterations(depth), self.node(depth))

    def call(self, depth: int) -> s.Node:
        function = s.Name(self.draw(st.sampled_from(sorted(BUILTINS))))
        if self.draw(st.booleans()):
            return s.Call(function, self.nodes(depth, least=1))
        return s.Call(self.node(depth), self.entries(depth, NAMES))

    def function(self, depth: int) -> s.Node:
        names = self.draw(st.lists(NAMES, max_size=2, unique=True))
        parameters = [
            s.Parameter(name, self.type(1) if self.draw(st.booleans()) else None) for name in names
        ]
        return s.Function(tuple(parameters), self.node(depth))


FORMS: list[Callable[[Grower, int], s.Node]] = [
    Grower.calculation,
    Grower.comparison,
    Grower.test,
    Grower.membership,
    Grower.interval,
    Grower.quantified,
    Grower.call,
    Grower.call,
    Grower.function,
    lambda g, depth: s.Negation(g.node(depth)),
    lambda g, depth: s.Conjunction(g.nodes(depth, least=2)),
    lambda g, depth: s.Disjunction(g.nodes(depth, least=2)),
    lambda g, depth: s.Between(g.node(depth), g.node(depth), g.node(depth)),
    lambda g, depth: s.If(g.node(depth), g.node(depth), g.node(depth)),
    lambda g, depth: s.For(g.iterations(depth), g.node(depth)),
    lambda g, depth: s.ListOf(g.nodes(depth)),
    lambda g, depth: s.Context(g.entries(depth, KEYS)),
    lambda g, depth: s.Path(g.node(depth), g.draw(MEMBERS)),
    lambda g, depth: s.Filter(g.node(depth), g.node(depth)),
    lambda g, depth: s.InstanceOf(g.node(depth), g.type(2)),
]


@st.composite
def trees(draw: Callable[[st.SearchStrategy[Any]], Any]) -> s.Node:
    """A tree of any form, up to four levels deep."""
    return Grower(draw).node(4)
