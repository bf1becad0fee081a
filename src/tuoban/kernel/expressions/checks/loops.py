"""Checks of `for`, `some` and `every`."""

from tuoban.kernel.expressions import shapes as h
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.checks.checker import Checker, Checks, Local
from tuoban.kernel.expressions.shapes import Shape

_COUNTED = {"number", "date"}


def _iterations(c: Checker, iterations: tuple[s.Iteration, ...]) -> None:
    """Declares the names of a loop; to be called within `declared`."""
    for iteration in iterations:
        source = c.shape(iteration.source)
        if iteration.stop is not None:
            stop = c.shape(iteration.stop)
            c.require(iteration.source, source, _COUNTED)
            c.require(iteration.stop, stop, {source.kind} if h.is_known(source) else _COUNTED)
            source = h.list_of(h.joined(source, stop))
        c.locals.append(Local(iteration.name, h.element_of(source), is_item=False))


def _for(c: Checker, node: s.For) -> Shape:
    with c.declared():
        _iterations(c, node.iterations)
        with c.declared(Local("partial", h.LIST, is_item=False)):
            return h.list_of(c.shape(node.result))


def _quantified(c: Checker, node: s.Quantified) -> Shape:
    with c.declared():
        _iterations(c, node.iterations)
        c.boolean(node.condition)
    return h.BOOLEAN


CHECKS: Checks = {
    s.For: _for,
    s.Quantified: _quantified,
}
