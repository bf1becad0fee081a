"""Checks of functions and their calls."""

from collections.abc import Iterator

from tuoban.kernel.expressions import shapes as h
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.builtins import BUILTINS
from tuoban.kernel.expressions.checks.checker import Checker, Checks, Local, Shaped
from tuoban.kernel.expressions.checks.operators import option
from tuoban.kernel.expressions.errors import SEPARATOR, ExpressionError, nearest
from tuoban.kernel.expressions.shapes import Shape
from tuoban.kernel.expressions.signatures import Builtin, Parameter
from tuoban.kernel.expressions.steps.calls import CLOCKS
from tuoban.kernel.expressions.types import KINDS


def _function(c: Checker, node: s.Function) -> Shape:
    parameters = [
        Local(one.name, _written(one.type) if one.type else h.ANY, is_item=False)
        for one in node.parameters
    ]
    with c.declared(*parameters):
        return h.function_to(c.shape(node.body))


def _written(node: s.Type) -> Shape:
    return Shape(KINDS[node.name])


def _call(c: Checker, node: s.Call) -> Shape:
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
    values = [one.value if isinstance(one, s.Entry) else one for one in node.arguments]
    given = [(value, c.shape(value)) for value in values]
    c.require(function, shape, {"function"})
    if shape.options:
        _check_option(c, (function, shape), given)
    return shape.of or h.ANY if shape.kind == "function" else h.ANY


def _check_option(c: Checker, function: Shaped, given: list[Shaped]) -> None:
    """Hold the argument of a function of a choice against its options."""
    if len(given) != 1:
        if c.strict:
            name = c.source(function[0])
            facts = {"function": name, "expected": f"{name}(...)"}
            raise ExpressionError("wrong-arguments", function[0].start, **facts)
        return
    argument, shape = given[0]
    c.require(argument, shape, {"text"})
    option(c, function, given[0])
    for each in shape.options:
        if c.strict and each not in function[1].options:
            raise ExpressionError(
                "unknown-option",
                argument.start,
                of=c.source(function[0]),
                value=each,
                nearest=nearest(each, function[1].options),
            )


def _call_builtin(c: Checker, node: s.Call, rows: tuple[Builtin, ...]) -> Shape:
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
    return h.common(_results(fitting, [shape for _, shape in shaped]))


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


def _found(shaped: Shaped) -> tuple[s.Node, str]:
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
    row: Builtin, order: tuple[int, ...], shaped: list[Shaped]
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
        return _coerced(row.parameters[0], first)
    if row.result == "element":
        return h.element_of(first)
    kind, _, element = row.result.rstrip(">").partition("<")
    return h.list_of(Shape(element or "any")) if kind == "list" else Shape(kind)


def _coerced(parameter: Parameter, shape: Shape) -> Shape:
    """The shape of an argument after the implicit conversions: a single value stands for a list of
    one, a list of one for its element."""
    if "any" in parameter.kinds or not h.is_known(shape):
        return shape
    if parameter.kinds == {"list"} and shape.kind != "list":
        return h.list_of(shape)
    if "list" not in parameter.kinds and shape.kind == "list":
        return h.element_of(shape)
    return shape


CHECKS: Checks = {
    s.Function: _function,
    s.Call: _call,
}
