"""Steps for calls of built-in functions and of functions that are values."""

from collections.abc import Callable, Sequence
from typing import Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.builtins import BUILTINS
from tuoban.kernel.expressions.errors import BudgetExceeded
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.scope import Forms, Frame, Scope, Step
from tuoban.kernel.expressions.signatures import Builtin
from tuoban.kernel.expressions.types import is_instance
from tuoban.kernel.expressions.values import Function, adopt, weight

MINOR_DIGITS = "¤"
"""How a caller says in the context to how many decimals its money is kept; no name is spelt so."""

CLOCKS = frozenset({"now", "today"})
"""Functions of the standard that read the context: the caller says what time it is."""


def _call(node: s.Call, scope: Scope) -> Step:
    if isinstance(node.function, s.Name):
        name = node.function.name
        if scope.find(name)[1] is None:
            if name in BUILTINS:
                return _call_builtin(BUILTINS[name], node.arguments, scope)
            if name in CLOCKS and not node.arguments:
                return scope.step(node.function)
    return _call_value(node, scope)


def _call_builtin(rows: Sequence[Builtin], arguments: tuple[s.Node, ...], scope: Scope) -> Step:
    values, names = _arguments(arguments, scope)
    if names is None:
        candidates: list[tuple[Builtin, tuple[int, ...] | None]] = [
            (row, None) for row in rows if row.takes(len(values))
        ]
    else:
        orders = [(row, row.order(names)) for row in rows]
        candidates = [(row, order) for row, order in orders if order is not None]

    def call(given: list[Any], meter: Meter) -> Any:
        for exactly in (True, False):
            for row, order in candidates:
                ordered = given if order is None else [given[at] for at in order]
                fitted = row.fit(ordered, meter, exactly=exactly)
                if fitted is not None:
                    return _apply(row, fitted, meter)
        return None

    if scope.around is None and all(isinstance(one, _LITERALS) for one in arguments):
        folded = _folded(call, values)
        if folded is not None:
            return lambda frame: folded
    if rows[0].name == "split" and len(values) == 2 and names is None:
        return _in_minor_units(call, values)
    return lambda frame: call([value(frame) for value in values], frame.meter)


def _in_minor_units(call: Callable[[list[Any], Meter], Any], values: tuple[Step, ...]) -> Step:
    """A call that gives amounts in the minor units of the caller's money, if it says which."""

    def step(frame: Frame) -> Any:
        given = [value(frame) for value in values]
        digits = frame.context.get(MINOR_DIGITS) if type(given[1]) is list else None
        return call(given if digits is None else [*given, digits], frame.meter)

    return step


_LITERALS = (s.Number, s.Text, s.Boolean, s.Temporal)
_FOLDING = 100


def _folded(call: Callable[[list[Any], Meter], Any], values: tuple[Step, ...]) -> Any:
    """What a call with literals always gives, `date("2026-03-01")`; None where it takes long."""
    frame = Frame({}, [], Meter(_FOLDING))
    try:
        return call([value(frame) for value in values], frame.meter)
    except BudgetExceeded:
        return None


def _arguments(
    arguments: tuple[s.Node, ...], scope: Scope
) -> tuple[tuple[Step, ...], tuple[str, ...] | None]:
    """The steps of the arguments, and their names if they are given by name."""
    entries = [one for one in arguments if isinstance(one, s.Entry)]
    if entries:
        return tuple(scope.step(one.value) for one in entries), tuple(one.key for one in entries)
    return tuple(scope.step(one) for one in arguments), None


def _apply(row: Builtin, values: list[Any], meter: Meter) -> Any:
    result = row.function(meter, *values) if row.metered else row.function(*values)
    meter.charge(weight(result))
    return result


def _call_value(node: s.Call, scope: Scope) -> Step:
    function = scope.step(node.function)
    values, names = _arguments(node.arguments, scope)

    def step(frame: Frame) -> Any:
        called = function(frame)
        if type(called) is not Function or len(values) != len(called.parameters):
            return None
        given = [value(frame) for value in values]
        if names is not None:
            if set(names) != set(called.parameters):
                return None
            given = [given[names.index(name)] for name in called.parameters]
        return adopt(called.call(*given), frame.meter)

    return step


def _function(node: s.Function, scope: Scope) -> Step:
    parameters = tuple(one.name for one in node.parameters)
    types = tuple(one.type for one in node.parameters)
    named = scope.types
    slots: list[int] = []
    for name in parameters:
        scope, slot = scope.declare(name)
        slots.append(slot)
    body = scope.step(node.body)
    cost, depth = s.size(node.body), s.height(node.body)

    def step(frame: Frame) -> Function:
        captured = tuple(frame.slots)

        def call(*values: Any) -> Any:
            meter = frame.meter
            meter.charge(cost)
            inside = Frame(frame.context, list(captured), meter)
            for slot, value, written in zip(slots, values, types, strict=True):
                if written is not None and not is_instance(value, written, meter, named):
                    return None
                inside.slots[slot] = value
            meter.enter(depth)
            result = body(inside)
            meter.leave(depth)
            return result

        return Function(parameters, call)

    return step


FORMS: Forms = {s.Call: _call, s.Function: _function}
