"""Which cells can be analysed: those whose answer depends on nothing but where the value lies.

Between two neighbouring cuts such tests answer alike. A cell that reads other names, calls
functions on the value, or compares it with something that is not a literal, is not analysed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tuoban.kernel.decisions.axes import AXES
from tuoban.kernel.decisions.constants import value_of
from tuoban.kernel.decisions.pieces import FINITE, Cut
from tuoban.kernel.expressions import Tests
from tuoban.kernel.expressions import syntax as s

_ORDERING = frozenset({"<", "<=", ">", ">="})


class _Unknown(Exception):
    """The cell cannot be analysed."""


def cuts_of(tests: Tests, kind: str) -> tuple[Cut, ...] | None:
    """The literals that the tests compare a value of `kind` with; None if more than that counts."""
    if tests.names:
        return None
    if kind in FINITE:
        return ()
    try:
        return tuple(_Reader(tests.text, kind).tests(tests.tree.tests))
    except _Unknown:
        return None


class _Reader:
    def __init__(self, text: str, kind: str) -> None:
        self.text = text
        self.kind = kind

    def tests(self, nodes: tuple[s.Node, ...]) -> Iterator[Cut]:
        for node in nodes:
            yield from self.test(node)

    def test(self, node: s.Node) -> Iterator[Cut]:
        """A test: a relation, an interval, a list, a value, or a condition on `?`."""
        if isinstance(node, s.Test):
            yield from self.compared(node.operand, orders=node.operator in _ORDERING)
        elif isinstance(node, s.Interval):
            yield from self.compared(node.low, orders=True)
            yield from self.compared(node.high, orders=True)
        elif isinstance(node, s.ListOf):
            yield from self.tests(node.items)
        elif s.mentions(node, s.TESTED):
            yield from self.condition(node)
        else:
            yield from self.compared(node, orders=False)

    def condition(self, node: s.Node) -> Iterator[Cut]:
        if isinstance(node, s.Conjunction | s.Disjunction):
            for operand in node.operands:
                yield from self.condition(operand)
        elif isinstance(node, s.Comparison):
            one, other = node.left, node.right
            literal = other if _is_tested(one) else one
            self.require(_is_tested(one) or _is_tested(other))
            yield from self.compared(literal, orders=node.operator in _ORDERING)
        elif isinstance(node, s.Between):
            self.require(_is_tested(node.value))
            yield from self.compared(node.low, orders=True)
            yield from self.compared(node.high, orders=True)
        elif isinstance(node, s.In):
            self.require(_is_tested(node.value))
            yield from self.tests(node.tests)
        elif isinstance(node, s.Call):
            self.require(node.function == s.Name("not") and len(node.arguments) == 1)
            yield from self.condition(node.arguments[0])
        else:
            self.require(isinstance(node, s.Boolean | s.Null))

    def compared(self, node: s.Node, *, orders: bool) -> Iterator[Cut]:
        """A literal that the value is compared with."""
        text = self.text[node.start : node.end]
        value = value_of(node, self.text)
        self.require(value is not None or isinstance(node, s.Null))
        self.require(_is_plain(value))
        if self.kind == "text":
            self.require(not (orders and isinstance(value, str)))
            if isinstance(value, str):
                yield Cut(value, text)
            return
        axis = AXES[self.kind]
        is_of_kind = type(value) is axis.type
        # A moment without an offset comes neither before nor after one that has it.
        self.require(not is_of_kind or axis.of(value) is not None)
        if is_of_kind:
            yield Cut(value, text)

    def require(self, known: bool) -> None:
        if not known:
            raise _Unknown


def _is_tested(node: s.Node) -> bool:
    return node == s.Name(s.TESTED)


def _is_plain(value: Any) -> bool:
    """Whether comparing with it is comparing with one value, or never true."""
    scalars = (str, bool, type(None), *(axis.type for axis in AXES.values()))
    return type(value) in scalars
