"""Checks of literals, names, lists, contexts, paths and filters."""

from collections.abc import Iterator

from tuoban.kernel.expressions import shapes as h
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.checks.checker import MEMBERS, Checker, Checks, Local, member_shape
from tuoban.kernel.expressions.errors import LIKE, ExpressionError, nearest
from tuoban.kernel.expressions.shapes import Shape
from tuoban.kernel.expressions.temporal import read_temporal
from tuoban.kernel.expressions.values import kind_of


def _name(c: Checker, node: s.Name) -> Shape:
    shape, from_context = c.find(node.name)
    if from_context:
        c.paths.add((node.name,))
    if shape is None:
        raise c.unknown(node)
    return shape


def _path(c: Checker, node: s.Path) -> Shape:
    dotted = s.path_of(node)
    before = set(c.paths)
    source = c.shape(node.source)
    if dotted is not None and dotted[:-1] in c.paths:
        # The longest path stands for the shorter ones, unless they are read elsewhere, too.
        c.paths = before | {dotted}
    shape = member_shape(source, node.name)
    if shape is not None or not c.strict:
        return shape or h.ANY
    members = set(_member_names(source))
    raise ExpressionError(
        "unknown-member",
        node.end - len(node.name),
        name=node.name,
        of=c.source(node.source),
        nearest=nearest(node.name, members, LIKE),
    )


def _member_names(shape: Shape) -> Iterator[str]:
    if shape.kind == "list" and shape.of is not None:
        yield from _member_names(shape.of)
    yield from shape.members or ()
    for kind in h.kinds(shape):
        yield from MEMBERS.get(kind, ())


def _temporal(c: Checker, node: s.Temporal) -> Shape:
    value = read_temporal(node.text)
    if value is None and c.strict:
        raise ExpressionError("bad-temporal", node.start, text=node.text)
    return Shape(kind_of(value))


def _list(c: Checker, node: s.ListOf) -> Shape:
    return h.list_of(h.common(iter([c.shape(item) for item in node.items])))


def _context(c: Checker, node: s.Context) -> Shape:
    members: dict[str, Shape] = {}
    with c.declared():
        for entry in node.entries:
            members[entry.key] = c.shape(entry.value)
            c.locals.append(Local(entry.key, members[entry.key], is_item=False))
    return h.context_of(members)


def _filter(c: Checker, node: s.Filter) -> Shape:
    source = c.shape(node.source)
    element = source if source.kind == "range" else h.element_of(source)
    with c.declared(Local("item", element, is_item=True)):
        condition = c.shape(node.condition)
    c.require(node.condition, condition, {"boolean", "number"})
    if condition.kind == "number":
        return element
    return h.list_of(element) if condition.kind == "boolean" else h.ANY


CHECKS: Checks = {
    s.Number: lambda c, node: h.NUMBER,
    s.Text: lambda c, node: h.TEXT,
    s.Boolean: lambda c, node: h.BOOLEAN,
    s.Null: lambda c, node: h.NULL,
    s.Temporal: _temporal,
    s.Name: _name,
    s.ListOf: _list,
    s.Context: _context,
    s.Path: _path,
    s.Filter: _filter,
}
