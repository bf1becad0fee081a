"""Operators between two operands, and tests of one."""

from typing import cast

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.parsing.parser import (
    AND,
    INSTANCE,
    OR,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
    Infix,
    Parser,
)
from tuoban.kernel.expressions.parsing.tests import RELATIONS, group, test
from tuoban.kernel.expressions.types import parse_type

_ARITHMETIC = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER}


def relation(p: Parser, left: s.Node, start: int) -> s.Node:
    operator = p.token.text
    p.at += 1
    right = p.expression(RELATION + 1)
    return s.Comparison(cast("s.Relation", operator), left, right, start=start, end=p.written_up_to)


def between(p: Parser, value: s.Node, start: int) -> s.Node:
    p.expect("between")
    low = p.expression(SUM)
    p.expect("and")
    high = p.expression(SUM)
    return s.Between(value, low, high, start=start, end=p.written_up_to)


def membership(p: Parser, value: s.Node, start: int) -> s.Node:
    p.expect("in")
    tests = group(p) if p.sees("(") else (test(p),)
    return s.In(value, tests, start=start, end=p.written_up_to)


def calculation(p: Parser, left: s.Node, start: int) -> s.Node:
    operator = p.token.text
    p.at += 1
    right = p.expression(_ARITHMETIC[operator] + 1)
    return s.Calculation(
        cast("s.Arithmetic", operator), left, right, start=start, end=p.written_up_to
    )


def conjunction(p: Parser, left: s.Node, start: int) -> s.Node:
    operands = [left]
    while p.accept("and"):
        operands.append(p.expression(AND + 1))
    return s.Conjunction(tuple(operands), start=start, end=p.written_up_to)


def disjunction(p: Parser, left: s.Node, start: int) -> s.Node:
    operands = [left]
    while p.accept("or"):
        operands.append(p.expression(OR + 1))
    return s.Disjunction(tuple(operands), start=start, end=p.written_up_to)


def instance(p: Parser, value: s.Node, start: int) -> s.Node:
    p.expect("instance")
    p.expect("of")
    written = parse_type(p)
    return s.InstanceOf(value, written, start=start, end=p.written_up_to)


INFIX: dict[str, tuple[int, Infix]] = {
    "or": (OR, disjunction),
    "and": (AND, conjunction),
    **dict.fromkeys(RELATIONS, (RELATION, relation)),
    "between": (RELATION, between),
    "in": (RELATION, membership),
    **{operator: (power, calculation) for operator, power in _ARITHMETIC.items()},
    "instance": (INSTANCE, instance),
}
