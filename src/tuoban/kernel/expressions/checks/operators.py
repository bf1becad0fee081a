"""Checks of operators, tests and `if`."""

from tuoban.kernel.expressions import shapes as h
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.checks.checker import Checker, Checks, Shaped
from tuoban.kernel.expressions.errors import ExpressionError, nearest
from tuoban.kernel.expressions.operators import KIND_ROWS, NEGATED, ORDERED
from tuoban.kernel.expressions.shapes import Shape
from tuoban.kernel.expressions.values import KIND_OF

_ORDERED = frozenset(KIND_OF[kind] for kind in ORDERED)
_NEGATED = frozenset(KIND_OF[kind] for kind in NEGATED)


def _negation(c: Checker, node: s.Negation) -> Shape:
    shape = c.shape(node.operand)
    c.require(node.operand, shape, set(_NEGATED))
    return shape


def _calculation(c: Checker, node: s.Calculation) -> Shape:
    left, right = c.shape(node.left), c.shape(node.right)
    rows = KIND_ROWS[node.operator]
    for operand, shape, column in ((node.left, left, 0), (node.right, right, 1)):
        c.require(operand, shape, {row[column] for row in rows})
        rows = (
            tuple(row for row in rows if not h.is_known(shape) or row[column] in h.kinds(shape))
            or rows
        )
    return h.common(h.NULL if not rows else Shape(row[2]) for row in rows)


def _comparison(c: Checker, node: s.Comparison) -> Shape:
    left = c.shape(node.left)
    option_meant(c, node.right, left)
    comparable(c, node.operator, (node.left, left), (node.right, c.shape(node.right)))
    return h.BOOLEAN


def comparable(c: Checker, operator: str, left: Shaped, right: Shaped) -> None:
    """Refuse two sides that can never be compared by `operator`."""
    if not c.strict:
        return
    if operator not in ("=", "!="):
        c.require(*left, set(_ORDERED))
        c.require(*right, set(_ORDERED))
    if h.is_known(left[1]) and h.is_known(right[1]):
        if {left[1].kind, right[1].kind} == {"date", "datetime"}:
            moment = left[0] if left[1].kind == "datetime" else right[0]
            raise ExpressionError("date-with-datetime", moment.start, text=c.source(moment))
        c.require(*right, set(h.kinds(left[1])))
    option(c, left, right)
    option(c, right, left)


def option_meant(c: Checker, node: s.Node, choice: Shape) -> None:
    """Refuse an option that is written without its quotes."""
    if not (c.strict and isinstance(node, s.Name) and node.name in choice.options):
        return
    if c.find(node.name)[0] is None:
        raise ExpressionError(
            "write-instead", node.start, found=node.name, instead=f'"{node.name}"'
        )


def option(c: Checker, choice: Shaped, literal: Shaped) -> None:
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


def _junction(c: Checker, node: s.Conjunction | s.Disjunction) -> Shape:
    for operand in node.operands:
        c.boolean(operand)
    return h.BOOLEAN


def _between(c: Checker, node: s.Between) -> Shape:
    value = (node.value, c.shape(node.value))
    for end in (node.low, node.high):
        comparable(c, "<=", value, (end, c.shape(end)))
    return h.BOOLEAN


def _in(c: Checker, node: s.In) -> Shape:
    _passes_tests(c, (node.value, c.shape(node.value)), node.tests)
    return h.BOOLEAN


def _unary_tests(c: Checker, node: s.UnaryTests) -> Shape:
    tested = s.Name(s.TESTED)
    value = (tested, c.shape(tested))
    plain = tuple(test for test in node.tests if not s.mentions(test, s.TESTED))
    for test in node.tests:
        if test not in plain:
            c.boolean(test)
    _passes_tests(c, value, plain)
    return h.BOOLEAN


def _passes_tests(c: Checker, value: Shaped, tests: tuple[s.Node, ...]) -> None:
    for test in tests:
        option_meant(c, test, value[1])
        if isinstance(test, s.Test):
            option_meant(c, test.operand, value[1])
            comparable(c, test.operator, value, (test.operand, c.shape(test.operand)))
            continue
        shape = c.shape(test)
        if isinstance(test, s.ListOf):
            for item in test.items:
                option(c, value, (item, h.ANY))
        elif isinstance(test, s.Interval):
            comparable(c, "<=", value, (test.low, shape.of or h.ANY))
        elif shape.kind not in ("list", "range"):
            comparable(c, "=", value, (test, shape))


def _test(c: Checker, node: s.Test) -> Shape:
    return h.range_of(c.shape(node.operand))


def _interval(c: Checker, node: s.Interval) -> Shape:
    low, high = c.shape(node.low), c.shape(node.high)
    comparable(c, "<=", (node.low, low), (node.high, high))
    return h.range_of(h.joined(low, high))


def _instance(c: Checker, node: s.InstanceOf) -> Shape:
    c.shape(node.value)
    return h.BOOLEAN


def _if(c: Checker, node: s.If) -> Shape:
    c.boolean(node.condition)
    return h.joined(c.shape(node.chosen), c.shape(node.otherwise))


CHECKS: Checks = {
    s.Negation: _negation,
    s.Calculation: _calculation,
    s.Comparison: _comparison,
    s.Conjunction: _junction,
    s.Disjunction: _junction,
    s.Between: _between,
    s.In: _in,
    s.UnaryTests: _unary_tests,
    s.Test: _test,
    s.Interval: _interval,
    s.InstanceOf: _instance,
    s.If: _if,
}
