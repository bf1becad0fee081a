"""The parser: tokens to a tree, by precedence (Pratt) for operators, by descent for the rest."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar, cast

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.errors import ExpressionError
from tuoban.kernel.expressions.limits import MAX_DEPTH, MAX_LENGTH
from tuoban.kernel.expressions.phrases import RESERVED, is_plain
from tuoban.kernel.expressions.reader import FUNCTION_PHRASES, MEMBER_PHRASES, Reader, too_deep
from tuoban.kernel.expressions.types import parse_type
from tuoban.kernel.expressions.values import NUMBERS

# How tightly operators bind; a higher number binds tighter. All are left-associative.
OR, AND, RELATION, SUM, PRODUCT, POWER, NEGATION, INSTANCE, ACCESS = range(1, 10)
_Tree = TypeVar("_Tree", bound=s.Node)
_RELATIONS = ("=", "!=", "<", "<=", ">", ">=")


def parse(text: str, names: Iterable[str] = (), types: Iterable[str] = ()) -> s.Node:
    """The tree of `text`; `names` are the known names, needed only where they contain spaces.

    `types` are the names of types that somebody else defines. Raises `ExpressionError` where
    the text is not a FEEL expression, is longer than `MAX_LENGTH` characters or nested deeper
    than `MAX_DEPTH` levels.
    """
    return _checked(_parser(text, names, types).whole())


def parse_tests(text: str, names: Iterable[str] = (), types: Iterable[str] = ()) -> s.UnaryTests:
    """The tree of unary tests, a cell of a decision table; raises `ExpressionError`."""
    return _checked(_parser(text, names, types).unary_tests())


def _parser(text: str, names: Iterable[str], types: Iterable[str]) -> "Parser":
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            "expression-too-long", MAX_LENGTH, length=str(len(text)), limit=str(MAX_LENGTH)
        )
    return Parser(text, names, types)


def _checked(node: _Tree) -> _Tree:
    if s.height(node) > MAX_DEPTH:
        raise too_deep(node.start)
    return node


class Parser(Reader):
    """One method for each form; `INFIX` and `PREFIX` say which one a token opens."""

    def __init__(self, text: str, names: Iterable[str], types: Iterable[str]) -> None:
        super().__init__(text, names, types)
        self.in_interval_end = False  # there, `[` closes an open interval: it is no filter

    # Expressions

    def whole(self) -> s.Node:
        if len(self.tokens) == 1:
            raise ExpressionError("expression-empty")
        node = self.expression()
        if self.sees(".."):
            raise ExpressionError("bare-range", self.token.start)
        if self.token.kind != "end":
            raise self.unexpected("the end")
        return node

    def unary_tests(self) -> s.UnaryTests:
        if len(self.tokens) == 1:
            raise ExpressionError("expression-empty")
        if self.sees("-") and len(self.tokens) == 2:
            self.at += 1
            return s.UnaryTests((), negated=False, start=0, end=self.written_up_to)
        if self.token.text == "not" and self.tokens[self.at + 1].text == "(":
            return self.begins_with_not()
        start = self.token.start
        tests = self.test_list()
        if self.token.kind != "end":
            raise self.unexpected(",", "the end")
        return s.UnaryTests(tests, negated=False, start=start, end=self.written_up_to)

    def begins_with_not(self) -> s.UnaryTests:
        """`not(a, b)`, or a condition such as `not(a) or b` that only begins like it."""
        try:
            return self.negated_tests()
        except ExpressionError as refused:
            failed = refused
            self.at = self.depth = 0
        try:
            whole = self.whole()
        except ExpressionError as refused:
            raise max(failed, refused, key=lambda one: one.position) from None
        return s.UnaryTests((whole,), negated=False, start=whole.start, end=whole.end)

    def negated_tests(self) -> s.UnaryTests:
        start = self.token.start
        self.at += 2
        tests = self.test_list()
        self.expect(",", ")")
        if self.token.kind != "end":
            raise self.unexpected("the end")
        return s.UnaryTests(tests, negated=True, start=start, end=self.written_up_to)

    def test_list(self) -> tuple[s.Node, ...]:
        tests = [self.unary_test()]
        while self.accept(","):
            tests.append(self.unary_test())
        return tuple(tests)

    def unary_test(self) -> s.Node:
        """A relation without its left side, or any expression, which may read `?`."""
        if self.sees(*_RELATIONS):
            return self.test()
        node = self.nested()
        if self.sees(".."):
            raise ExpressionError("bare-range", self.token.start)
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
        return INFIX.get(token.text)

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
        prefix = PREFIX.get(token.text)
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

    # Brackets

    def parenthesis(self) -> s.Node:
        start = self.token.start
        self.expect("(")
        if self.sees(*_RELATIONS):
            node = self.test()
            self.expect(")")
            return node
        node = self.nested()
        if self.accept(".."):
            return self.interval(node, start, low_closed=False)
        self.expect(")")
        return node

    def square(self) -> s.Node:
        start = self.token.start
        self.expect("[")
        items: list[s.Node] = []
        while not self.accept("]"):
            items.append(self.nested())
            if len(items) == 1 and self.accept(".."):
                return self.interval(items[0], start, low_closed=True)
            if not self.sees("]"):
                self.expect(",", "]")
                if self.sees("]"):
                    raise self.unexpected("an expression")
        return s.ListOf(tuple(items), start=start, end=self.written_up_to)

    def reversed_square(self) -> s.Node:
        start = self.token.start
        self.expect("]")
        low = self.nested()
        self.expect("..")
        return self.interval(low, start, low_closed=False)

    def interval(self, low: s.Node, start: int, *, low_closed: bool) -> s.Node:
        before, self.in_interval_end = self.in_interval_end, True
        high = self.expression(SUM)
        self.in_interval_end = before
        if self.sees(","):
            raise ExpressionError("bare-range", low.start)
        closer = self.expect("]", ")", "[")
        end = self.written_up_to
        return s.Interval(low, high, low_closed, closer == "]", start=start, end=end)

    def context(self) -> s.Node:
        start = self.token.start
        self.expect("{")
        entries: list[s.Entry] = []
        while not self.accept("}"):
            entries.append(self.entry({one.key for one in entries}, allow_text=True))
            if not self.sees("}"):
                self.expect(",", "}")
        return s.Context(tuple(entries), start=start, end=self.written_up_to)

    def entry(self, taken: set[str], *, allow_text: bool) -> s.Entry:
        token = self.token
        if allow_text and token.kind == "text":
            self.at += 1
            key = token.text
            if is_plain(key):
                self.names.add(key)
        else:
            key = self.declared(":")
        if key in taken:
            raise ExpressionError("repeated-name", token.start, name=key)
        self.expect(":")
        value = self.nested()
        return s.Entry(key, value, start=token.start, end=value.end)

    # Forms that open with a word

    def constant(self) -> s.Node:
        token = self.token
        self.at += 1
        if token.text == "null":
            return s.Null(start=token.start, end=token.end)
        return s.Boolean(token.text == "true", start=token.start, end=token.end)

    def negation(self) -> s.Node:
        start = self.token.start
        self.expect("-")
        return s.Negation(self.expression(NEGATION), start=start, end=self.written_up_to)

    def conditional(self) -> s.Node:
        start = self.token.start
        self.expect("if")
        condition = self.nested()
        self.expect("then")
        chosen = self.nested()
        self.expect("else")
        otherwise = self.expression()
        return s.If(condition, chosen, otherwise, start=start, end=self.written_up_to)

    def loop(self) -> s.Node:
        start = self.token.start
        self.expect("for")
        iterations = self.iterations("return")
        result = self.expression()
        return s.For(iterations, result, start=start, end=self.written_up_to)

    def quantified(self) -> s.Node:
        start = self.token.start
        word = cast("s.Quantifier", self.expect("some", "every"))
        iterations = self.iterations("satisfies")
        condition = self.expression()
        return s.Quantified(word, iterations, condition, start=start, end=self.written_up_to)

    def iterations(self, closer: str) -> tuple[s.Iteration, ...]:
        found: list[s.Iteration] = []
        while True:
            start = self.token.start
            name = self.declared("in")
            self.expect("in")
            source = self.nested()
            stop = self.nested() if self.accept("..") else None
            found.append(s.Iteration(name, source, stop, start=start, end=self.written_up_to))
            if self.expect(",", closer) == closer:
                return tuple(found)

    def function(self) -> s.Node:
        start = self.token.start
        self.expect("function")
        self.expect("(")
        parameters: list[s.Parameter] = []
        while not self.accept(")"):
            parameters.append(self.parameter({one.name for one in parameters}))
            if not self.sees(")"):
                self.expect(",", ")")
        body = self.expression()
        return s.Function(tuple(parameters), body, start=start, end=self.written_up_to)

    def parameter(self, taken: set[str]) -> s.Parameter:
        start = self.token.start
        name = self.declared(":", ",", ")")
        if name in taken:
            raise ExpressionError("repeated-name", start, name=name)
        written = parse_type(self) if self.accept(":") else None
        return s.Parameter(name, written, start=start, end=self.written_up_to)

    # Forms that follow an operand

    def calculation(self, left: s.Node, start: int) -> s.Node:
        operator = self.token.text
        self.at += 1
        right = self.expression(INFIX[operator][0] + 1)
        return s.Calculation(
            cast("s.Arithmetic", operator), left, right, start=start, end=self.written_up_to
        )

    def relation(self, left: s.Node, start: int) -> s.Node:
        operator = self.token.text
        self.at += 1
        right = self.expression(RELATION + 1)
        return s.Comparison(
            cast("s.Relation", operator), left, right, start=start, end=self.written_up_to
        )

    def conjunction(self, left: s.Node, start: int) -> s.Node:
        operands = [left]
        while self.accept("and"):
            operands.append(self.expression(AND + 1))
        return s.Conjunction(tuple(operands), start=start, end=self.written_up_to)

    def disjunction(self, left: s.Node, start: int) -> s.Node:
        operands = [left]
        while self.accept("or"):
            operands.append(self.expression(OR + 1))
        return s.Disjunction(tuple(operands), start=start, end=self.written_up_to)

    def between(self, value: s.Node, start: int) -> s.Node:
        self.expect("between")
        low = self.expression(SUM)
        self.expect("and")
        high = self.expression(SUM)
        return s.Between(value, low, high, start=start, end=self.written_up_to)

    def membership(self, value: s.Node, start: int) -> s.Node:
        self.expect("in")
        tests = self.tests() if self.sees("(") else (self.test(),)
        return s.In(value, tests, start=start, end=self.written_up_to)

    def tests(self) -> tuple[s.Node, ...]:
        """`(test, ...)`; a lone `(1..5)` is an open interval."""
        start = self.token.start
        self.expect("(")
        before, self.in_interval_end = self.in_interval_end, False
        found = [self.test()]
        if self.accept(".."):
            self.in_interval_end = before
            return (self.interval(found[0], start, low_closed=False),)
        while self.expect(",", ")") == ",":
            found.append(self.test())
            if self.sees(".."):
                raise ExpressionError("bare-range", self.token.start)
        self.in_interval_end = before
        return tuple(found)

    def test(self) -> s.Node:
        start = self.token.start
        if not self.sees(*_RELATIONS):
            return self.expression(SUM)
        operator = cast("s.Relation", self.expect(*_RELATIONS))
        operand = self.expression(SUM)
        return s.Test(operator, operand, start=start, end=self.written_up_to)

    def instance(self, value: s.Node, start: int) -> s.Node:
        self.expect("instance")
        self.expect("of")
        written = parse_type(self)
        return s.InstanceOf(value, written, start=start, end=self.written_up_to)

    def path(self, source: s.Node, start: int) -> s.Node:
        self.expect(".")
        phrase = self.names.match(self.tokens, self.at) or MEMBER_PHRASES.match(
            self.tokens, self.at
        )
        if self.token.kind != "word":
            raise self.unexpected("a name")
        name, count = phrase or (self.token.text, 1)
        self.at += count
        return s.Path(source, name, start=start, end=self.written_up_to)

    def filter(self, source: s.Node, start: int) -> s.Node:
        self.expect("[")
        condition = self.nested()
        self.expect("]")
        return s.Filter(source, condition, start=start, end=self.written_up_to)

    def call(self, function: s.Node, start: int) -> s.Node:
        self.expect("(")
        arguments: list[s.Node] = []
        named = self.is_named()
        while not self.accept(")"):
            if named:
                taken = {one.key for one in arguments if isinstance(one, s.Entry)}
                arguments.append(self.entry(taken, allow_text=False))
            else:
                arguments.append(self.nested())
            if not self.sees(")"):
                self.expect(",", ")")
                if self.sees(")"):
                    raise self.unexpected("an expression")
        return s.Call(function, tuple(arguments), start=start, end=self.written_up_to)


Infix = Callable[[Parser, s.Node, int], s.Node]

INFIX: dict[str, tuple[int, Infix]] = {
    "or": (OR, Parser.disjunction),
    "and": (AND, Parser.conjunction),
    **dict.fromkeys(_RELATIONS, (RELATION, Parser.relation)),
    "between": (RELATION, Parser.between),
    "in": (RELATION, Parser.membership),
    "+": (SUM, Parser.calculation),
    "-": (SUM, Parser.calculation),
    "*": (PRODUCT, Parser.calculation),
    "/": (PRODUCT, Parser.calculation),
    "**": (POWER, Parser.calculation),
    "instance": (INSTANCE, Parser.instance),
    ".": (ACCESS, Parser.path),
    "[": (ACCESS, Parser.filter),
    "(": (ACCESS, Parser.call),
}

PREFIX: dict[str, Callable[[Parser], s.Node]] = {
    "true": Parser.constant,
    "false": Parser.constant,
    "null": Parser.constant,
    "-": Parser.negation,
    "(": Parser.parenthesis,
    "[": Parser.square,
    "]": Parser.reversed_square,
    "{": Parser.context,
    "if": Parser.conditional,
    "for": Parser.loop,
    "some": Parser.quantified,
    "every": Parser.quantified,
    "function": Parser.function,
}
