"""Tests behind `in` and in cells, and the ranges that they share with expressions."""

from typing import cast

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.errors import ExpressionError
from tuoban.kernel.expressions.parsing.parser import SUM, Parser

RELATIONS = ("=", "!=", "<", "<=", ">", ">=")


def test(p: Parser) -> s.Node:
    start = p.token.start
    if not p.sees(*RELATIONS):
        return p.expression(SUM)
    operator = cast("s.Relation", p.expect(*RELATIONS))
    operand = p.expression(SUM)
    return s.Test(operator, operand, start=start, end=p.written_up_to)


def interval(p: Parser, low: s.Node, start: int, *, low_closed: bool) -> s.Node:
    before, p.in_interval_end = p.in_interval_end, True
    high = p.expression(SUM)
    p.in_interval_end = before
    if p.sees(","):
        raise ExpressionError("bare-range", low.start)
    closer = p.expect("]", ")", "[")
    end = p.written_up_to
    return s.Interval(low, high, low_closed, closer == "]", start=start, end=end)


def group(p: Parser) -> tuple[s.Node, ...]:
    """`(test, ...)`; a lone `(1..5)` is an open interval."""
    start = p.token.start
    p.expect("(")
    before, p.in_interval_end = p.in_interval_end, False
    found = [test(p)]
    if p.accept(".."):
        p.in_interval_end = before
        return (interval(p, found[0], start, low_closed=False),)
    while p.expect(",", ")") == ",":
        found.append(test(p))
        if p.sees(".."):
            raise ExpressionError("bare-range", p.token.start)
    p.in_interval_end = before
    return tuple(found)
