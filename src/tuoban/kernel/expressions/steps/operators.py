"""Steps for operators, tests and `if`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.operators import (
    OF_NUMBERS,
    PLAINLY,
    PLAINLY_ORDERED,
    calculator,
    compare,
    equal,
    negate,
    passes,
)
from tuoban.kernel.expressions.scope import Forms, Frame, Scope, Step
from tuoban.kernel.expressions.types import is_instance
from tuoban.kernel.expressions.values import Range

Relation = Callable[[Any, Any, Frame], bool | None]


def _negation(node: s.Negation, scope: Scope) -> Step:
    operand = scope.step(node.operand)
    return lambda frame: negate(operand(frame))


def _calculation(node: s.Calculation, scope: Scope) -> Step:
    left, right = scope.step(node.left), scope.step(node.right)
    calculate, of_numbers = calculator(node.operator), OF_NUMBERS[node.operator]

    def step(frame: Frame) -> Any:
        first, second = left(frame), right(frame)
        if type(first) is Decimal and type(second) is Decimal:
            result = of_numbers(first, second)
            return result if result.is_finite() else None
        return calculate(first, second, frame.meter)

    return step


def _comparison(node: s.Comparison, scope: Scope) -> Step:
    left, right = scope.step(node.left), scope.step(node.right)
    relation, holds = _relation(node.operator), PLAINLY[node.operator]
    if isinstance(node.right, s.Number | s.Text) and scope.around is None:
        return _with_literal(left, node.right.value, relation, holds)

    def step(frame: Frame) -> bool | None:
        first, second = left(frame), right(frame)
        kind = type(first)
        if kind is type(second) and kind in PLAINLY_ORDERED:
            plainly: bool = holds(first, second)
            return plainly
        return relation(first, second, frame)

    return step


def _with_literal(
    left: Step, expected: Decimal | str, relation: Relation, holds: Callable[[Any, Any], bool]
) -> Step:
    """The most frequent condition of all: something compared with a number or text."""
    kind = type(expected)

    def step(frame: Frame) -> bool | None:
        found = left(frame)
        if type(found) is kind:
            plainly: bool = holds(found, expected)
            return plainly
        return relation(found, expected, frame)

    return step


def _relation(operator: s.Relation) -> Relation:
    if operator == "=":
        return lambda left, right, frame: equal(left, right, frame.meter)
    if operator == "!=":

        def differ(left: Any, right: Any, frame: Frame) -> bool | None:
            same = equal(left, right, frame.meter)
            return None if same is None else not same

        return differ
    holds = PLAINLY[operator]

    def ordered(left: Any, right: Any, frame: Frame) -> bool | None:
        order = compare(left, right)
        return None if order is None else holds(order, 0)

    return ordered


def _conjunction(node: s.Conjunction, scope: Scope) -> Step:
    return _junction(node.operands, scope, decisive=False)


def _disjunction(node: s.Disjunction, scope: Scope) -> Step:
    return _junction(node.operands, scope, decisive=True)


def _junction(operands: tuple[s.Node, ...], scope: Scope, *, decisive: bool) -> Step:
    """`and`, `or`: one decisive operand settles it; else null if any is neither true nor false."""
    steps = tuple(scope.step(operand) for operand in operands)
    neutral = not decisive

    def step(frame: Frame) -> bool | None:
        result: bool | None = neutral
        for operand in steps:
            value = operand(frame)
            if value is decisive:
                return not neutral
            if value is not neutral:
                result = None
        return result

    return step


def _between(node: s.Between, scope: Scope) -> Step:
    value = scope.step(node.value)
    low, high = scope.step(node.low), scope.step(node.high)

    def step(frame: Frame) -> bool | None:
        found = value(frame)
        first, second = compare(found, low(frame)), compare(found, high(frame))
        if first is None or second is None:
            return None
        return first >= 0 and second <= 0

    return step


def _in(node: s.In, scope: Scope) -> Step:
    value = scope.step(node.value)
    tests = tuple(_single_test(test, scope) for test in node.tests)

    def step(frame: Frame) -> bool | None:
        return _first_passed(tests, value(frame), frame)

    return step


def _first_passed(
    tests: tuple[Callable[[Any, Frame], bool | None], ...], value: Any, frame: Frame
) -> bool | None:
    result: bool | None = False
    for test in tests:
        outcome = test(value, frame)
        if outcome is True:
            return True
        if outcome is None:
            result = None
    return result


def _single_test(node: s.Node, scope: Scope) -> Callable[[Any, Frame], bool | None]:
    if isinstance(node, s.Test):
        relation, operand = _relation(node.operator), scope.step(node.operand)
        return lambda value, frame: relation(value, operand(frame), frame)
    expected = scope.step(node)
    if isinstance(node, s.Interval):

        def lies_within(value: Any, frame: Frame) -> bool | None:
            interval = expected(frame)
            return None if interval is None else passes(value, interval, frame.meter)

        return lies_within
    return lambda value, frame: passes(value, expected(frame), frame.meter)


def _unary_tests(node: s.UnaryTests, scope: Scope) -> Step:
    """Whether the value in question passes one of the tests, or, negated, none of them."""
    tested = scope.step(s.Name(s.TESTED))
    tests = tuple(_unary_test(test, scope) for test in node.tests)
    if not tests:
        return lambda frame: True
    negated = node.negated

    def step(frame: Frame) -> bool | None:
        outcome = _first_passed(tests, tested(frame), frame)
        return outcome if outcome is None else outcome is not negated

    return step


def _unary_test(node: s.Node, scope: Scope) -> Callable[[Any, Frame], bool | None]:
    """A test that reads `?` says itself whether it holds."""
    if not s.mentions(node, s.TESTED):
        return _single_test(node, scope)
    condition = scope.step(node)

    def holds(value: Any, frame: Frame) -> bool | None:
        outcome = condition(frame)
        return outcome if type(outcome) is bool else None

    return holds


def _test(node: s.Test, scope: Scope) -> Step:
    operand, operator = scope.step(node.operand), node.operator
    closed = "=" in operator

    def step(frame: Frame) -> Range | None:
        end = operand(frame)
        if operator == "!=" or compare(end, end) is None:
            return None
        low = None if "<" in operator else end
        high = None if ">" in operator else end
        return Range(low, high, closed and low is not None, closed and high is not None)

    return step


def _interval(node: s.Interval, scope: Scope) -> Step:
    low, high = scope.step(node.low), scope.step(node.high)
    low_closed, high_closed = node.low_closed, node.high_closed

    def step(frame: Frame) -> Range | None:
        first, last = low(frame), high(frame)
        if compare(first, last) is None:
            return None
        return Range(first, last, low_closed, high_closed)

    return step


def _instance(node: s.InstanceOf, scope: Scope) -> Step:
    value, written, types = scope.step(node.value), node.type, scope.types
    return lambda frame: is_instance(value(frame), written, frame.meter, types)


def _if(node: s.If, scope: Scope) -> Step:
    condition = scope.step(node.condition)
    chosen, otherwise = scope.step(node.chosen), scope.step(node.otherwise)
    return lambda frame: chosen(frame) if condition(frame) is True else otherwise(frame)


FORMS: Forms = {
    s.Negation: _negation,
    s.Calculation: _calculation,
    s.Comparison: _comparison,
    s.Conjunction: _conjunction,
    s.Disjunction: _disjunction,
    s.Between: _between,
    s.In: _in,
    s.UnaryTests: _unary_tests,
    s.Test: _test,
    s.Interval: _interval,
    s.InstanceOf: _instance,
    s.If: _if,
}
