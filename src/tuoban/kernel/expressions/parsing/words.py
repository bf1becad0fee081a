"""Forms that open with a word or a sign."""

from typing import cast

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.errors import ExpressionError
from tuoban.kernel.expressions.parsing.parser import NEGATION, Parser, Prefix
from tuoban.kernel.expressions.types import parse_type


def constant(p: Parser) -> s.Node:
    token = p.token
    p.at += 1
    if token.text == "null":
        return s.Null(start=token.start, end=token.end)
    return s.Boolean(token.text == "true", start=token.start, end=token.end)


def negation(p: Parser) -> s.Node:
    start = p.token.start
    p.expect("-")
    return s.Negation(p.expression(NEGATION), start=start, end=p.written_up_to)


def conditional(p: Parser) -> s.Node:
    start = p.token.start
    p.expect("if")
    condition = p.nested()
    p.expect("then")
    chosen = p.nested()
    p.expect("else")
    otherwise = p.expression()
    return s.If(condition, chosen, otherwise, start=start, end=p.written_up_to)


def loop(p: Parser) -> s.Node:
    start = p.token.start
    p.expect("for")
    found = iterations(p, "return")
    result = p.expression()
    return s.For(found, result, start=start, end=p.written_up_to)


def quantified(p: Parser) -> s.Node:
    start = p.token.start
    word = cast("s.Quantifier", p.expect("some", "every"))
    found = iterations(p, "satisfies")
    condition = p.expression()
    return s.Quantified(word, found, condition, start=start, end=p.written_up_to)


def iterations(p: Parser, closer: str) -> tuple[s.Iteration, ...]:
    found: list[s.Iteration] = []
    while True:
        start = p.token.start
        name = p.declared("in")
        p.expect("in")
        source = p.nested()
        stop = p.nested() if p.accept("..") else None
        found.append(s.Iteration(name, source, stop, start=start, end=p.written_up_to))
        if p.expect(",", closer) == closer:
            return tuple(found)


def function(p: Parser) -> s.Node:
    start = p.token.start
    p.expect("function")
    p.expect("(")
    parameters: list[s.Parameter] = []
    while not p.accept(")"):
        parameters.append(parameter(p, {one.name for one in parameters}))
        if not p.sees(")"):
            p.expect(",", ")")
    body = p.expression()
    return s.Function(tuple(parameters), body, start=start, end=p.written_up_to)


def parameter(p: Parser, taken: set[str]) -> s.Parameter:
    start = p.token.start
    name = p.declared(":", ",", ")")
    if name in taken:
        raise ExpressionError("repeated-name", start, name=name)
    written = parse_type(p) if p.accept(":") else None
    return s.Parameter(name, written, start=start, end=p.written_up_to)


PREFIX: dict[str, Prefix] = {
    "true": constant,
    "false": constant,
    "null": constant,
    "-": negation,
    "if": conditional,
    "for": loop,
    "some": quantified,
    "every": quantified,
    "function": function,
}
