"""Unary tests: a whole cell of a decision table."""

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.errors import ExpressionError
from tuoban.kernel.expressions.parsing.parser import Parser
from tuoban.kernel.expressions.parsing.tests import RELATIONS, test


def unary_tests(p: Parser) -> s.UnaryTests:
    if len(p.tokens) == 1:
        raise ExpressionError("expression-empty")
    if p.sees("-") and len(p.tokens) == 2:
        p.at += 1
        return s.UnaryTests((), negated=False, start=0, end=p.written_up_to)
    if p.token.text == "not" and p.tokens[p.at + 1].text == "(":
        return begins_with_not(p)
    return plain_tests(p)


def begins_with_not(p: Parser) -> s.UnaryTests:
    """`not(a, b)`, or a condition such as `not(a) or b` that only begins like it."""
    try:
        return negated_tests(p)
    except ExpressionError as refused:
        failed = refused
        p.at = p.depth = 0
    try:
        return plain_tests(p)
    except ExpressionError as refused:
        raise max(failed, refused, key=lambda one: one.position) from None


def plain_tests(p: Parser) -> s.UnaryTests:
    start = p.token.start
    tests = test_list(p)
    if p.token.kind != "end":
        raise p.unexpected(",", "the end")
    return s.UnaryTests(tests, negated=False, start=start, end=p.written_up_to)


def negated_tests(p: Parser) -> s.UnaryTests:
    start = p.token.start
    p.at += 2
    tests = test_list(p)
    p.expect(",", ")")
    if p.token.kind != "end":
        raise p.unexpected("the end")
    return s.UnaryTests(tests, negated=True, start=start, end=p.written_up_to)


def test_list(p: Parser) -> tuple[s.Node, ...]:
    tests = [unary_test(p)]
    while p.accept(","):
        tests.append(unary_test(p))
    return tuple(tests)


def unary_test(p: Parser) -> s.Node:
    """A relation without its left side, or any expression, which may read `?`."""
    if p.sees(*RELATIONS):
        return test(p)
    node = p.nested()
    if p.sees(".."):
        raise ExpressionError("bare-range", p.token.start)
    return node
