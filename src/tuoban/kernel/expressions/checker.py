"""The checker: which names an expression reads, and what shape its result has.

With known names it also refuses what can never be right: names and members that do not exist,
options that a choice does not have, operands and arguments of a wrong kind. It never refuses
where a shape is not known, and never because of null.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tuoban.kernel.expressions import shapes as h
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.access import PROPERTIES
from tuoban.kernel.expressions.builtins import BUILTINS
from tuoban.kernel.expressions.errors import SEPARATOR, ExpressionError, nearest
from tuoban.kernel.expressions.operators import KIND_ROWS, NEGATED, ORDERED
from tuoban.kernel.expressions.shapes import Shape
from tuoban.kernel.expressions.signatures import Builtin, Parameter
from tuoban.kernel.expressions.steps.calls import CLOCKS
from tuoban.kernel.expressions.temporal import read_temporal
from tuoban.kernel.expressions.types import KINDS
from tuoban.kernel.expressions.values import KIND_OF, kind_of

_ORDERED = frozenset(KIND_OF[kind] for kind in ORDERED)
_NEGATED = frozenset(KIND_OF[kind] for kind in NEGATED)
_MEMBERS: dict[str, dict[str, Shape]] = {
    KIND_OF[kind]: {name: Shape(row[0]) for name, row in rows.items()}
    for kind, rows in PROPERTIES.items()
}


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker found out."""

    shape: Shape
    paths: frozenset[tuple[str, ...]]


def check(tree: s.Node, text: str, known: Mapping[str, Shape] | None) -> Report:
    """Names, paths and shape of a tree; raises `ExpressionError` where it can never be right.

    Without `known` nothing is refused.
    """
    checker = _Checker(text, known)
    shape = checker.shape(tree)
    return Report(shape, frozenset(checker.paths))


@dataclass(frozen=True, slots=True)
class _Local:
    name: str
    shape: Shape
    is_item: bool


class _Checker:
    def __init__(self, text: str, known: Mapping[str, Shape] | None) -> None:
        self.text = text
        self.known = known
        self.locals: list[_Local] = []
        self.paths: set[tuple[str, ...]] = set()

    @property
    def strict(self) -> bool:
        return self.known is not None

    def shape(self, node: s.Node) -> Shape:
        """The shape of `node`, after checking everything in it."""
        return _CHECKS[type(node)](self, node)

    @contextmanager
    def declared(self, *locals_: _Local) -> Iterator[None]:
        before = len(self.locals)
        self.locals.extend(locals_)
        yield
        del self.locals[before:]

    def source(self, node: s.Node) -> str:
        return self.text[node.start : node.end]

    # Names

    def find(self, name: str) -> tuple[Shape | None, bool]:
        """The shape of `name`, and whether it may be read from the context.

        None where nothing of that name is known.
        """
        uncertain = False
        for local in reversed(self.locals):
            if local.name == name:
                return local.shape, False
            if local.is_item:
                found = _member(local.shape, name)
                if found is not None and _surely_has(local.shape, name):
                    return found, False
                uncertain = uncertain or found is not None
        if self.known is None:
            return h.ANY, True
        if name in self.known:
            return h.ANY if uncertain else self.known[name], True
        return (h.ANY if uncertain else None), False

    def is_local(self, name: str) -> bool:
        """Whether `name` is declared in the expression, or may be a member of a filtered item."""
        return any(
            local.name == name or (local.is_item and _surely_has(local.shape, name))
            for local in self.locals
        )

    def names_in_sight(self) -> set[str]:
        names = set(self.known or ())
        for local in self.locals:
            names.add(local.name)
            if local.is_item and local.shape.members:
                names.update(local.shape.members)
        return names

    def unknown(self, node: s.Name, more: Mapping[str, Any] | None = None) -> ExpressionError:
        names = self.names_in_sight() | set(more or ())
        return ExpressionError(
            "unknown-name", node.start, name=node.name, nearest=nearest(node.name, names)
        )

    # Refusals

    def wrong_type(self, node: s.Node, found: str, expected: set[str]) -> ExpressionError:
        return ExpressionError(
            "wrong-type",
            node.start,
            text=self.source(node),
            found=found,
            expected=SEPARATOR.join(sorted(expected)),
        )

    def require(self, node: s.Node, shape: Shape, expected: set[str]) -> None:
        """Refuse `node` if its kind is known and none of the expected ones."""
        if self.strict and h.is_known(shape) and not h.kinds(shape) & expected:
            raise self.wrong_type(node, shape.kind, expected)

    def boolean(self, node: s.Node) -> None:
        self.require(node, self.shape(node), {"boolean"})


def _member(shape: Shape, name: str) -> Shape | None:
    """The shape of a member; None where there surely is none."""
    if shape.kind == "list":
        element = _member(shape.of or h.ANY, name)
        return None if element is None else h.list_of(element)
    if shape.kind == "any":
        return h.ANY
    if shape.kind == "context":
        if shape.members is None:
            return h.ANY
        return shape.members.get(name, h.ANY if shape.is_open else None)
    if shape.kind == "duration":
        return h.NUMBER if any(name in _MEMBERS[kind] for kind in h.kinds(shape)) else None
    return _MEMBERS.get(shape.kind, {}).get(name)


def _surely_has(shape: Shape, name: str) -> bool:
    return shape.kind == "context" and shape.members is not None and name in shape.members


# Literals and names


def _name(c: _Checker, node: s.Name) -> Shape:
    shape, from_context = c.find(node.name)
    if from_context:
        c.paths.add((node.name,))
    if shape is None:
        raise c.unknown(node)
    return shape


def _dotted(node: s.Node) -> tuple[str, ...] | None:
    """`a.b.c` as names, None for a path over anything but a name."""
    names: list[str] = []
    while isinstance(node, s.Path):
        names.append(node.name)
        node = node.source
    return (node.name, *reversed(names)) if isinstance(node, s.Name) else None


def _path(c: _Checker, node: s.Path) -> Shape:
    dotted = _dotted(node)
    before = set(c.paths)
    source = c.shape(node.source)
    if dotted is not None and dotted[:-1] in c.paths:
        # The longest path stands for the shorter ones, unless they are read elsewhere, too.
        c.paths = before | {dotted}
    shape = _member(source, node.name)
    if shape is not None or not c.strict:
        return shape or h.ANY
    members = set(_member_names(source))
    raise ExpressionError(
        "unknown-member",
        node.end - len(node.name),
        name=node.name,
        of=c.source(node.source),
        nearest=nearest(node.name, members),
    )


def _member_names(shape: Shape) -> Iterator[str]:
    if shape.kind == "list" and shape.of is not None:
        yield from _member_names(shape.of)
    yield from shape.members or ()
    for kind in h.kinds(shape):
        yield from _MEMBERS.get(kind, ())


def _temporal(c: _Checker, node: s.Temporal) -> Shape:
    value = read_temporal(node.text)
    if value is None and c.strict:
        raise ExpressionError("bad-temporal", node.start, text=node.text)
    return Shape(kind_of(value))


# Operators


def _negation(c: _Checker, node: s.Negation) -> Shape:
    shape = c.shape(node.operand)
    c.require(node.operand, shape, set(_NEGATED))
    return shape


def _calculation(c: _Checker, node: s.Calculation) -> Shape:
    left, right = c.shape(node.left), c.shape(node.right)
    rows = KIND_ROWS[node.operator]
    for operand, shape, column in ((node.left, left, 0), (node.right, right, 1)):
        c.require(operand, shape, {row[column] for row in rows})
        rows = (
            tuple(row for row in rows if not h.is_known(shape) or row[column] in h.kinds(shape))
            or rows
        )
    return _common(h.NULL if not rows else Shape(row[2]) for row in rows)


def _common(shapes: Iterator[Shape]) -> Shape:
    result = next(shapes, h.ANY)
    for shape in shapes:
        result = h.joined(result, shape)
    return result


def _comparison(c: _Checker, node: s.Comparison) -> Shape:
    left, right = c.shape(node.left), c.shape(node.right)
    _comparable(c, node.operator, (node.left, left), (node.right, right))
    return h.BOOLEAN


_Shaped = tuple[s.Node, Shape]


def _comparable(c: _Checker, operator: str, left: _Shaped, right: _Shaped) -> None:
    """Refuse two sides that can never be compared by `operator`."""
    if not c.strict:
        return
    if operator not in ("=", "!="):
        c.require(*left, set(_ORDERED))
        c.require(*right, set(_ORDERED))
    if h.is_known(left[1]) and h.is_known(right[1]):
        c.require(*right, set(h.kinds(left[1])))
    _option(c, left, right)
    _option(c, right, left)


def _option(c: _Checker, choice: _Shaped, literal: _Shaped) -> None:
    """Refuse a literal that is none of the options of what it is compared with."""
    node, options = literal[0], choice[1].options
    if c.strict and options and isinstance(node, s.Text) and node.value not in options:
        raise ExpressionError(
            "unknown-option",
            node.start,
            of=c.source(choice[0]),
            value=node.value,
            nearest=nearest(node.value, options),
        )


def _junction(c: _Checker, node: s.Conjunction | s.Disjunction) -> Shape:
    for operand in node.operands:
        c.boolean(operand)
    return h.BOOLEAN


def _between(c: _Checker, node: s.Between) -> Shape:
    value = (node.value, c.shape(node.value))
    for end in (node.low, node.high):
        _comparable(c, "<=", value, (end, c.shape(end)))
    return h.BOOLEAN


def _in(c: _Checker, node: s.In) -> Shape:
    value = (node.value, c.shape(node.value))
    for test in node.tests:
        if isinstance(test, s.Test):
            _comparable(c, test.operator, value, (test.operand, c.shape(test.operand)))
            continue
        shape = c.shape(test)
        if isinstance(test, s.ListOf):
            for item in test.items:
                _option(c, value, (item, h.ANY))
        elif isinstance(test, s.Interval):
            _comparable(c, "<=", value, (test.low, shape.of or h.ANY))
        elif shape.kind not in ("list", "range"):
            _comparable(c, "=", value, (test, shape))
    return h.BOOLEAN


def _test(c: _Checker, node: s.Test) -> Shape:
    return h.range_of(c.shape(node.operand))


def _interval(c: _Checker, node: s.Interval) -> Shape:
    low, high = c.shape(node.low), c.shape(node.high)
    _comparable(c, "<=", (node.low, low), (node.high, high))
    return h.range_of(h.joined(low, high))


def _instance(c: _Checker, node: s.InstanceOf) -> Shape:
    c.shape(node.value)
    return h.BOOLEAN


def _if(c: _Checker, node: s.If) -> Shape:
    c.boolean(node.condition)
    return h.joined(c.shape(node.chosen), c.shape(node.otherwise))


# Collections, loops and functions


def _list(c: _Checker, node: s.ListOf) -> Shape:
    return h.list_of(_common(iter([c.shape(item) for item in node.items])))


def _context(c: _Checker, node: s.Context) -> Shape:
    members: dict[str, Shape] = {}
    with c.declared():
        for entry in node.entries:
            members[entry.key] = c.shape(entry.value)
            c.locals.append(_Local(entry.key, members[entry.key], is_item=False))
    return h.context_of(members)


def _element(shape: Shape) -> Shape:
    """The shape of what a loop or filter over `shape` sees."""
    if shape.kind in ("list", "range"):
        return shape.of or h.ANY
    return h.ANY if shape.kind == "any" else shape


def _filter(c: _Checker, node: s.Filter) -> Shape:
    source = c.shape(node.source)
    element = _element(source)
    with c.declared(_Local("item", element, is_item=True)):
        condition = c.shape(node.condition)
    c.require(node.condition, condition, {"boolean", "number"})
    if condition.kind == "number":
        return element
    return h.list_of(element) if condition.kind == "boolean" else h.ANY


def _iterations(c: _Checker, iterations: tuple[s.Iteration, ...]) -> None:
    """Declares the names of a loop; to be called within `declared`."""
    for iteration in iterations:
        source = c.shape(iteration.source)
        if iteration.stop is not None:
            c.require(iteration.source, source, {"number"})
            c.require(iteration.stop, c.shape(iteration.stop), {"number"})
            source = h.list_of(h.NUMBER)
        c.locals.append(_Local(iteration.name, _element(source), is_item=False))


def _for(c: _Checker, node: s.For) -> Shape:
    with c.declared():
        _iterations(c, node.iterations)
        with c.declared(_Local("partial", h.LIST, is_item=False)):
            return h.list_of(c.shape(node.result))


def _quantified(c: _Checker, node: s.Quantified) -> Shape:
    with c.declared():
        _iterations(c, node.iterations)
        c.boolean(node.condition)
    return h.BOOLEAN


def _function(c: _Checker, node: s.Function) -> Shape:
    parameters = [
        _Local(one.name, _written(one.type) if one.type else h.ANY, is_item=False)
        for one in node.parameters
    ]
    with c.declared(*parameters):
        return h.function_to(c.shape(node.body))


def _written(node: s.Type) -> Shape:
    return Shape(KINDS[node.name])


# Calls


def _call(c: _Checker, node: s.Call) -> Shape:
    function = node.function
    if isinstance(function, s.Name) and not c.is_local(function.name):
        name = function.name
        if name in BUILTINS:
            return _call_builtin(c, node, BUILTINS[name])
        if name not in CLOCKS and c.find(name)[0] is None:
            raise c.unknown(function, BUILTINS)
        if name in CLOCKS and not node.arguments:
            return c.shape(function)
    shape = c.shape(function)
    for argument in node.arguments:
        c.shape(argument.value if isinstance(argument, s.Entry) else argument)
    c.require(function, shape, {"function"})
    return shape.of or h.ANY if shape.kind == "function" else h.ANY


def _call_builtin(c: _Checker, node: s.Call, rows: tuple[Builtin, ...]) -> Shape:
    entries = [one for one in node.arguments if isinstance(one, s.Entry)]
    values = [one.value for one in entries] if entries else list(node.arguments)
    shaped = [(value, c.shape(value)) for value in values]
    names = [entry.key for entry in entries]
    calls = [(row, order) for row in rows if (order := _order(row, names, len(values))) is not None]
    if not calls:
        if c.strict:
            raise _wrong_call(node, rows, names)
        return h.ANY
    fitting = [(row, order) for row, order in calls if _misfit(row, order, shaped) is None]
    if not fitting and c.strict:
        position, expected = _misfit(*calls[0], shaped) or (0, set())
        raise c.wrong_type(*_found(shaped[position]), expected)
    return _common(_results(fitting, [shape for _, shape in shaped]))


def _results(calls: list[tuple[Builtin, tuple[int, ...]]], shapes: list[Shape]) -> Iterator[Shape]:
    """What the rows that may be called give, up to the first that surely is."""
    for row, order in calls:
        arguments = [shapes[at] for at in order]
        yield _result(row, arguments)
        if all(
            h.is_known(shape) and h.kinds(shape) <= row.parameter(place).kinds
            for place, shape in enumerate(arguments)
        ):
            return


def _order(row: Builtin, names: list[str], count: int) -> tuple[int, ...] | None:
    if names:
        return row.order(names)
    return tuple(range(count)) if row.takes(count) else None


def _found(shaped: _Shaped) -> tuple[s.Node, str]:
    return shaped[0], shaped[1].kind


def _wrong_call(node: s.Call, rows: tuple[Builtin, ...], names: list[str]) -> ExpressionError:
    known = {parameter.name for row in rows for parameter in row.parameters}
    for name in names:
        if name not in known:
            return ExpressionError(
                "unknown-parameter",
                node.start,
                function=rows[0].name,
                name=name,
                nearest=nearest(name, known),
            )
    written = SEPARATOR.join(row.signature.partition(" -> ")[0] for row in rows)
    return ExpressionError("wrong-arguments", node.start, function=rows[0].name, expected=written)


def _misfit(
    row: Builtin, order: tuple[int, ...], shaped: list[_Shaped]
) -> tuple[int, set[str]] | None:
    """The first argument that the row can never take, and the kinds that it does take there."""
    for place, at in enumerate(order):
        parameter = row.parameter(place)
        if not _can_take(parameter, shaped[at][1]):
            expected = {parameter.element} if parameter.element else set(parameter.kinds)
            return at, expected - {"null"}
    return None


def _can_take(parameter: Parameter, shape: Shape) -> bool:
    """Whether a value of that shape may fit, the implicit conversions included."""
    if not h.is_known(shape) or "any" in parameter.kinds:
        return True
    if shape.kind == "date" and "datetime" in parameter.kinds:
        return True
    wanted = {parameter.element} if parameter.element else parameter.kinds
    if "list" in parameter.kinds and parameter.element is None:
        return True
    element = shape.of or h.ANY if shape.kind == "list" else shape
    return not h.is_known(element) or bool(h.kinds(element) & wanted)


def _result(row: Builtin, arguments: list[Shape]) -> Shape:
    first = arguments[0] if arguments else h.ANY
    if row.result == "same":
        return first
    if row.result == "element":
        return _element(first)
    kind, _, element = row.result.rstrip(">").partition("<")
    return h.list_of(Shape(element or "any")) if kind == "list" else Shape(kind)


_Check = Callable[[_Checker, Any], Shape]

_CHECKS: dict[type[s.Node], _Check] = {
    s.Number: lambda c, node: h.NUMBER,
    s.Text: lambda c, node: h.TEXT,
    s.Boolean: lambda c, node: h.BOOLEAN,
    s.Null: lambda c, node: h.NULL,
    s.Temporal: _temporal,
    s.Name: _name,
    s.Negation: _negation,
    s.Calculation: _calculation,
    s.Comparison: _comparison,
    s.Conjunction: _junction,
    s.Disjunction: _junction,
    s.Between: _between,
    s.In: _in,
    s.Test: _test,
    s.Interval: _interval,
    s.InstanceOf: _instance,
    s.If: _if,
    s.ListOf: _list,
    s.Context: _context,
    s.Path: _path,
    s.Filter: _filter,
    s.For: _for,
    s.Quantified: _quantified,
    s.Function: _function,
    s.Call: _call,
}
