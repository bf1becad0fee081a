"""What stands in brackets: ranges, lists, contexts, and expressions that are only grouped."""

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.errors import ExpressionError
from tuoban.kernel.expressions.parsing.parser import Parser, Prefix
from tuoban.kernel.expressions.parsing.tests import RELATIONS, interval, test
from tuoban.kernel.expressions.phrases import is_plain


def parenthesis(p: Parser) -> s.Node:
    start = p.token.start
    p.expect("(")
    if p.sees(*RELATIONS):
        node = test(p)
        p.expect(")")
        return node
    node = p.nested()
    if p.accept(".."):
        return interval(p, node, start, low_closed=False)
    p.expect(")")
    return node


def square(p: Parser) -> s.Node:
    start = p.token.start
    p.expect("[")
    items: list[s.Node] = []
    while not p.accept("]"):
        items.append(p.nested())
        if len(items) == 1 and p.accept(".."):
            return interval(p, items[0], start, low_closed=True)
        if not p.sees("]"):
            p.expect(",", "]")
            if p.sees("]"):
                raise p.unexpected("an expression")
    return s.ListOf(tuple(items), start=start, end=p.written_up_to)


def reversed_square(p: Parser) -> s.Node:
    start = p.token.start
    p.expect("]")
    low = p.nested()
    p.expect("..")
    return interval(p, low, start, low_closed=False)


def context(p: Parser) -> s.Node:
    start = p.token.start
    p.expect("{")
    entries: list[s.Entry] = []
    while not p.accept("}"):
        entries.append(entry(p, {one.key for one in entries}, allow_text=True))
        if not p.sees("}"):
            p.expect(",", "}")
    return s.Context(tuple(entries), start=start, end=p.written_up_to)


def entry(p: Parser, taken: set[str], *, allow_text: bool) -> s.Entry:
    token = p.token
    if allow_text and token.kind == "text":
        p.at += 1
        key = token.text
        if is_plain(key):
            p.names.add(key)
    else:
        key = p.declared(":")
    if key in taken:
        raise ExpressionError("repeated-name", token.start, name=key)
    p.expect(":")
    value = p.nested()
    return s.Entry(key, value, start=token.start, end=value.end)


PREFIX: dict[str, Prefix] = {
    "(": parenthesis,
    "[": square,
    "]": reversed_square,
    "{": context,
}
