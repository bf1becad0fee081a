"""FEEL texts of the whole grammar, at random: every form, every function, every odd literal.

A `Writer` writes an expression that is likely of some kind, so that much of what it writes has
a value; now and then it writes one of any other kind. It takes its choices from outside.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.kernel.expressions.fuzz_words import (
    JUNK,
    LITERALS,
    MEMBERS,
    NAMES,
    NESTS,
    SPACES,
    TYPES,
)
from tuoban.kernel.expressions.builtins import BUILTINS
from tuoban.kernel.expressions.signatures import Builtin

T = TypeVar("T")

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|\w+|\s+|.', re.DOTALL)


class Writer:
    """Writes one text; `depth` is how many forms may still stand inside one another."""

    def __init__(self, choose: Callable[[Sequence[Any]], Any]) -> None:
        self._choose = choose

    def pick(self, options: Sequence[T]) -> T:
        chosen: T = self._choose(options)
        return chosen

    def one_in(self, chances: int) -> bool:
        return self.pick(range(chances)) == 0

    def some(self, write: Callable[[], str], least: int = 0, most: int = 3) -> str:
        amount = self.pick(range(least, most + 1))
        return ("," + self.space()).join([write() for _ in range(amount)])

    def space(self) -> str:
        return self.pick(SPACES)

    # Expressions of a kind

    def expression(self, kind: str, depth: int) -> str:
        """Most likely of `kind`, which is a key of `LITERALS`."""
        if self.one_in(8):
            kind = self.pick(sorted(LITERALS))
        if depth <= 0 or self.one_in(4):
            return self.leaf(kind)
        forms = FORMS.get(kind, []) + FORMS["any"]
        return self.pick(forms)(self, kind, depth - 1)

    def anything(self, depth: int) -> str:
        return self.expression(self.pick(sorted(LITERALS)), depth)

    def leaf(self, kind: str) -> str:
        return self.pick(LITERALS[kind] if self.one_in(2) else NAMES[kind])

    def operand(self, kind: str, depth: int) -> str:
        text = self.expression(kind, depth)
        return f"({text})" if self.one_in(2) else text

    def infix(self, kind: str, operators: Sequence[str], depth: int) -> str:
        parts = [self.operand(kind, depth), self.pick(operators), self.operand(kind, depth)]
        return parts[0] + self.space() + parts[1] + self.space() + parts[2]

    def name(self) -> str:
        return self.pick(["a", "b", "n", "i", "总额", "unit price", "item", "partial", "x 1"])

    def type(self, depth: int = 2) -> str:
        name = self.pick(TYPES)
        if depth == 0 or self.one_in(2):
            return name
        inner = self.type(depth - 1)
        return {
            "list": f"list<{inner}>",
            "range": f"range<{inner}>",
            "context": f"context<a: {inner}, unit price: {self.type(0)}>",
            "function": f"function<{inner}> -> {self.type(0)}",
        }.get(name, name)

    # Forms

    def arithmetic(self, kind: str, depth: int) -> str:
        if self.one_in(6):
            return "-" + self.operand(kind, depth)
        return self.infix(kind, ["+", "-", "*", "/", "**"], depth)

    def concatenation(self, kind: str, depth: int) -> str:
        return self.infix(kind, ["+"], depth)

    def shifted(self, kind: str, depth: int) -> str:
        length = self.operand(self.pick(["days", "months", "number"]), depth)
        return f"{self.operand(kind, depth)} {self.pick('+-*/')} {length}"

    def comparison(self, kind: str, depth: int) -> str:
        of = self.pick(sorted(LITERALS))
        return self.infix(of, ["=", "!=", "<", "<=", ">", ">="], depth)

    def junction(self, kind: str, depth: int) -> str:
        return self.infix("boolean", ["and", "or"], depth)

    def membership(self, kind: str, depth: int) -> str:
        of = self.pick(sorted(LITERALS))
        value = self.operand(of, depth)
        if self.one_in(3):
            return f"{value} between {self.operand(of, depth)} and {self.operand(of, depth)}"
        tests = self.some(lambda: self.test(of, depth), least=1)
        return f"{value} in ({tests})" if self.one_in(2) else f"{value} in {tests}"

    def test(self, kind: str, depth: int) -> str:
        if self.one_in(2):
            return f"{self.pick(['<', '<=', '>', '>=', '=', '!='])} {self.operand(kind, depth)}"
        return self.expression(self.pick([kind, "range", "list"]), depth)

    def instance(self, kind: str, depth: int) -> str:
        return f"{self.operand('any', depth)} instance of {self.type()}"

    def quantified(self, kind: str, depth: int) -> str:
        word = self.pick(["some", "every"])
        return f"{word} {self.iterations(depth)} satisfies {self.expression('boolean', depth)}"

    def loop(self, kind: str, depth: int) -> str:
        return f"for {self.iterations(depth)} return {self.anything(depth)}"

    def iterations(self, depth: int) -> str:
        return self.some(lambda: self.iteration(depth), least=1, most=2)

    def iteration(self, depth: int) -> str:
        if self.one_in(2):
            ends = [self.operand("number", depth) for _ in range(2)]
            return f"{self.name()} in {ends[0]}..{ends[1]}"
        return f"{self.name()} in {self.operand(self.pick(['list', 'range']), depth)}"

    def listed(self, kind: str, depth: int) -> str:
        of = self.pick(sorted(LITERALS))
        return f"[{self.some(lambda: self.expression(of, depth))}]"

    def context(self, kind: str, depth: int) -> str:
        return "{" + self.some(lambda: self.entry(depth)) + "}"

    def entry(self, depth: int) -> str:
        key = self.pick([*MEMBERS[:5], '"unit price"', r'"a\"b"', "in", "or else"])
        return f"{key}:{self.space()}{self.anything(depth)}"

    def interval(self, kind: str, depth: int) -> str:
        of = self.pick(["number", "text", "date", "datetime", "time", "days", "months", "any"])
        ends = [self.operand(of, depth) for _ in range(2)]
        return f"{self.pick('[(]')}{ends[0]}..{ends[1]}{self.pick('])[')}"

    def function(self, kind: str, depth: int) -> str:
        parameters = self.some(self.parameter)
        return f"function({parameters}) {self.anything(depth)}"

    def parameter(self) -> str:
        return self.name() + (f": {self.type()}" if self.one_in(3) else "")

    def builtin(self, kind: str, depth: int) -> str:
        rows = _RESULTS.get(kind, ()) if not self.one_in(4) else ()
        return self.call(self.pick(rows or _ROWS), depth)

    def call(self, row: Builtin, depth: int) -> str:
        """A call that fits the row, or nearly."""
        least = sum(not one.optional for one in row.parameters)
        amount = self.pick(range(least, len(row.parameters) + 1))
        amount += self.pick([0, 0, 0, 0, 0, 1, 2]) if row.parameters else self.one_in(9)
        places = [row.parameter(at) for at in range(amount)] if row.parameters else []
        written = []
        by_name = self.one_in(4)
        for parameter in places:
            value = self.expression(self.pick(sorted(parameter.kinds)), depth)
            written.append(f"{parameter.name}: {value}" if by_name else value)
        if written and self.one_in(3):
            written.append(written.pop(0))
        return f"{row.name}({', '.join(written)})"

    def called(self, kind: str, depth: int) -> str:
        """A call of a function that is a value."""
        arguments = self.some(lambda: self.anything(depth))
        return f"({self.expression('function', depth)})({arguments})"

    def condition(self, kind: str, depth: int) -> str:
        chosen, otherwise = self.expression(kind, depth), self.expression(kind, depth)
        return f"if {self.expression('boolean', depth)} then {chosen} else {otherwise}"

    def path(self, kind: str, depth: int) -> str:
        of = self.pick(["context", "list", "range", "date", "time", "datetime", "days", "months"])
        return f"{self.operand(of, depth)}.{self.pick(MEMBERS)}"

    def filter(self, kind: str, depth: int) -> str:
        inside = self.expression(self.pick(["boolean", "boolean", "number"]), depth)
        return f"{self.operand('list', depth)}[{inside}]"

    def wrapped(self, kind: str, depth: int) -> str:
        """The same value through brackets, a list, a context or a function."""
        text = self.expression(kind, depth)
        forms = [
            "({})",
            "[{}][1]",
            "{{a: {}}}.a",
            "(function(b) b)({})",
            "(for b in [{}] return b)[1]",
        ]
        return self.pick(forms).format(text)

    def nested(self, kind: str, depth: int) -> str:
        """Deeper than is allowed, or nearly."""
        before, after = self.pick(NESTS)
        times = self.pick([3, 30, 48, 97, 98, 99, 100, 101])
        return before * times + self.leaf(kind) + after * times

    # Whole texts

    def tests(self, depth: int) -> str:
        """The unary tests of a cell."""
        if self.one_in(12):
            return self.pick(["-", " - ", "not(-)", "--1"])
        kind = self.pick(sorted(LITERALS))
        tests = self.some(lambda: self.test(kind, depth), least=1)
        return f"not({tests})" if self.one_in(3) else tests

    def mutated(self, text: str) -> str:
        """`text` with a few pieces lost, repeated, swapped or replaced."""
        pieces = _PIECE.findall(text)
        for _ in range(self.pick(range(1, 4))):
            if not pieces:
                break
            at, other = self.pick(range(len(pieces))), self.pick(range(len(pieces)))
            change = self.pick(["lose", "repeat", "swap", "junk", "cut"])
            if change == "swap":
                pieces[at], pieces[other] = pieces[other], pieces[at]
            elif change == "cut":
                pieces[at] = pieces[at][:-1]
            else:
                pieces[at] = {"lose": "", "repeat": pieces[at] * 2, "junk": self.pick(JUNK)}[change]
        return "".join(pieces)


_ROWS = [row for rows in BUILTINS.values() for row in rows]
_RESULTS = {kind: [row for row in _ROWS if row.result.startswith(kind)] for kind in LITERALS}
Form = Callable[[Writer, str, int], str]
_TEMPORAL: list[Form] = [Writer.shifted]
FORMS: dict[str, list[Form]] = {
    "any": [
        *(Writer.builtin, Writer.builtin, Writer.builtin, Writer.condition, Writer.path),
        *(Writer.filter, Writer.wrapped, Writer.called),
    ],
    "number": [Writer.arithmetic, Writer.arithmetic, Writer.arithmetic],
    "text": [Writer.concatenation],
    "boolean": [
        *(Writer.comparison, Writer.comparison, Writer.junction, Writer.membership),
        *(Writer.instance, Writer.quantified),
    ],
    "date": _TEMPORAL,
    "time": _TEMPORAL,
    "datetime": _TEMPORAL,
    "days": [*_TEMPORAL, Writer.arithmetic],
    "months": [*_TEMPORAL, Writer.arithmetic],
    "list": [Writer.listed, Writer.loop, Writer.loop, Writer.filter],
    "context": [Writer.context, Writer.context],
    "range": [Writer.interval, Writer.interval],
    "function": [Writer.function, Writer.function],
    "null": [Writer.nested],
}


@st.composite
def writers(draw: Callable[[st.SearchStrategy[object]], object]) -> Writer:
    """A writer that takes its choices from Hypothesis."""
    return Writer(lambda options: draw(st.sampled_from(options)))
