"""What follows an operand without a space: members, filters and calls."""

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.parsing.brackets import entry
from tuoban.kernel.expressions.parsing.parser import ACCESS, Infix, Parser
from tuoban.kernel.expressions.reader import MEMBER_PHRASES


def path(p: Parser, source: s.Node, start: int) -> s.Node:
    p.expect(".")
    phrase = p.names.match(p.tokens, p.at) or MEMBER_PHRASES.match(p.tokens, p.at)
    if p.token.kind != "word":
        raise p.unexpected("a name")
    name, count = phrase or (p.token.text, 1)
    p.at += count
    return s.Path(source, name, start=start, end=p.written_up_to)


def filter_(p: Parser, source: s.Node, start: int) -> s.Node:
    p.expect("[")
    condition = p.nested()
    p.expect("]")
    return s.Filter(source, condition, start=start, end=p.written_up_to)


def call(p: Parser, function: s.Node, start: int) -> s.Node:
    p.expect("(")
    arguments: list[s.Node] = []
    named = p.is_named()
    while not p.accept(")"):
        if named:
            taken = {one.key for one in arguments if isinstance(one, s.Entry)}
            arguments.append(entry(p, taken, allow_text=False))
        else:
            arguments.append(p.nested())
        if not p.sees(")"):
            p.expect(",", ")")
            if p.sees(")"):
                raise p.unexpected("an expression")
    return s.Call(function, tuple(arguments), start=start, end=p.written_up_to)


INFIX: dict[str, tuple[int, Infix]] = {
    ".": (ACCESS, path),
    "[": (ACCESS, filter_),
    "(": (ACCESS, call),
}
