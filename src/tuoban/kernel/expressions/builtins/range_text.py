"""Reading a range from a text, as the function `range` does: its ends are constants."""

from collections.abc import Sequence
from typing import Any

from tuoban.kernel.expressions.builtins import temporal
from tuoban.kernel.expressions.errors import ExpressionError
from tuoban.kernel.expressions.lexer import Token, tokenize
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.operators import compare
from tuoban.kernel.expressions.temporal import read_temporal
from tuoban.kernel.expressions.values import NUMBERS, Range, number

_CONSTRUCTORS = {
    name: tuple(row for row in temporal.ROWS if row.name == name)
    for name in ("date", "time", "date and time", "duration")
}


def read_range(meter: Meter, text: str) -> Range | None:
    """`[1..3)` and its like; None for anything else, and where the ends are the wrong way round.

    An end may be missing where the bracket is open: `(..3]`.
    """
    meter.charge(len(text))
    try:
        tokens = tokenize(text)
    except ExpressionError:
        return None
    try:
        return _Reader(tokens, meter).range()
    except _NotARange:
        return None


class _NotARange(Exception):
    pass


class _Reader:
    """Goes through the tokens; raises `_NotARange` where something else is due."""

    def __init__(self, tokens: Sequence[Token], meter: Meter) -> None:
        self.tokens = tokens
        self.meter = meter
        self.at = 0

    def range(self) -> Range:
        opening = self.expect("[", "(", "]")
        low = None if opening != "[" and self.sees("..") else self.end()
        self.expect("..")
        high = None if self.sees(")", "[") else self.end()
        closing = self.expect("]", ")", "[")
        if self.tokens[self.at].kind != "end" or not _in_order(low, high):
            raise _NotARange
        return Range(low, high, opening == "[", closing == "]")

    def end(self) -> Any:
        """A number, a text, a temporal literal, or a constructor called with such."""
        value = self.constructed() if self.tokens[self.at].kind == "word" else self.literal()
        if value is None:
            raise _NotARange
        return value

    def constructed(self) -> Any:
        words = [self.next().text]
        while self.tokens[self.at].kind == "word":
            words.append(self.next().text)
        self.expect("(")
        given = [self.literal()]
        while self.expect(",", ")") == ",":
            given.append(self.literal())
        for row in _CONSTRUCTORS.get(" ".join(words), ()):
            values = row.fit(given, self.meter, exactly=True) if row.takes(len(given)) else None
            if values is not None:
                return row.function(*values)
        raise _NotARange

    def literal(self) -> Any:
        is_negative = self.sees("-")
        token = self.tokens[self.at + is_negative]
        self.at += 1 + is_negative
        if token.kind == "number":
            return number(NUMBERS.create_decimal(f"-{token.text}" if is_negative else token.text))
        if is_negative or token.kind not in ("text", "temporal"):
            raise _NotARange
        return token.text if token.kind == "text" else read_temporal(token.text)

    def sees(self, *symbols: str) -> bool:
        token = self.tokens[self.at]
        return token.kind == "symbol" and token.text in symbols

    def expect(self, *symbols: str) -> str:
        if not self.sees(*symbols):
            raise _NotARange
        return self.next().text

    def next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]


def _in_order(low: Any, high: Any) -> bool:
    """Whether the ends make a range; one of them may be missing."""
    if low is None or high is None:
        return low is not high
    order = compare(low, high)
    return order is not None and order <= 0
