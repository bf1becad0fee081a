"""Cells that say what they give without reading anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tuoban.kernel.expressions import ExpressionError, compile_expression
from tuoban.kernel.expressions import syntax as s

_NOTHING: Mapping[str, object] = MappingProxyType({})


def constant(text: str) -> object:
    """The value of an expression that reads nothing; None if it reads something, or is null."""
    try:
        return compile_expression(text, {})(_NOTHING)
    except ExpressionError:
        return None


def value_of(node: s.Node, text: str) -> object:
    """The same for a part of the expression `text`."""
    if isinstance(node, s.Text | s.Number):
        return node.value
    return constant(text[node.start : node.end])


def results(node: s.Node) -> Iterator[s.Node]:
    """The parts of an expression that may be its value: what its conditions choose among."""
    while isinstance(node, s.If):
        yield from results(node.chosen)
        node = node.otherwise
    yield node
