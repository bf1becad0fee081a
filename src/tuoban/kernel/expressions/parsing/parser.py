"""Parsing by precedence (Pratt): what a token opens is looked up in the tables of the grammar."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.errors import ExpressionError
from tuoban.kernel.expressions.phrases import RESERVED
from tuoban.kernel.expressions.reader import FUNCTION_PHRASES, Reader
from tuoban.kernel.expressions.values import NUMBERS

# How tightly operators bind; a higher number binds tighter. All are left-associative.
OR, AND, RELATION, SUM, PRODUCT, POWER, NEGATION, INSTANCE, ACCESS = range(1, 10)

Prefix = Callable[["Parser"], s.Node]
"""Parses the form that the parser's token opens."""
Infix = Callable[["Parser", s.Node, int], s.Node]
"""Parses the form that follows the node, which began at that position."""


class Grammar(NamedTuple):
    """The forms by the token that opens them, or that follows an operand and binds so tightly."""

    prefix: Mapping[str, Prefix]
    infix: Mapping[str, tuple[int, Infix]]


class Parser(Reader):
    """The reader with what every form needs: expressions, operands and names."""

    def __init__(
        self, text: str, names: Iterable[str], types: Iterable[str], grammar: "Grammar"
    ) -> None:
        super().__init__(text, names, types)
        self.grammar = grammar
        self.in_interval_end = False  # there, `[` closes an open interval: it is no filter

    def whole(self) -> s.Node:
        if len(self.tokens) == 1:
            raise ExpressionError("expression-empty")
        node = self.expression()
        if self.sees(".."):
            raise ExpressionError("bare-range", self.token.start)
        if self.token.kind != "end":
            raise self.unexpected("the end")
        return node

    def expression(self, power: int = OR) -> s.Node:
        """An expression of operators that bind at least as tightly as `power`."""
        self.deeper()
        start = self.token.start
        node = self.operand()
        while (row := self.infix()) is not None and row[0] >= power:
            node = row[1](self, node, start)
        self.depth -= 1
        return node

    def infix(self) -> "tuple[int, Infix] | None":
        token = self.token
        if token.kind not in ("symbol", "word") or (token.text == "[" and self.in_interval_end):
            return None
        return self.grammar.infix.get(token.text)

    def nested(self) -> s.Node:
        """An expression inside brackets of its own."""
        before, self.in_interval_end = self.in_interval_end, False
        node = self.expression()
        self.in_interval_end = before
        return node

    def operand(self) -> s.Node:
        token = self.token
        if token.kind == "number":
            return self.number()
        if token.kind == "text":
            self.at += 1
            return s.Text(token.text, start=token.start, end=token.end)
        if token.kind == "temporal":
            self.at += 1
            return s.Temporal(token.text, start=token.start, end=token.end)
        prefix = self.grammar.prefix.get(token.text)
        if prefix is not None:
            return prefix(self)
        if token.kind == "word" and token.text not in RESERVED:
            return self.name()
        raise self.unexpected("an expression")

    def number(self) -> s.Node:
        token = self.token
        value = NUMBERS.create_decimal(token.text)
        if not value.is_finite():
            raise ExpressionError("bad-number", token.start, number=token.text)
        self.at += 1
        return s.Number(Decimal(value), start=token.start, end=token.end)

    def name(self) -> s.Node:
        token = self.token
        phrase = self.names.match(self.tokens, self.at) or FUNCTION_PHRASES.match(
            self.tokens, self.at, before="("
        )
        text, count = phrase or (token.text, 1)
        self.at += count
        return s.Name(text, start=token.start, end=self.written_up_to)
