"""Names of several words: `date and time`, `string length`, or a field called `total price`.

FEEL allows spaces and operators inside names, so only a table of the names in use can tell
where such a name ends. The longest one that fits is taken.
"""

import re
from bisect import insort
from collections.abc import Iterable, Sequence

from tuoban.kernel.expressions.lexer import WORD, Token, tokenize

MEMBERS = frozenset({"time offset", "start included", "end included"})
TYPES = frozenset({"date and time", "days and time duration", "years and months duration"})


CONNECTIVES = {
    "或": "or", "或者": "or", "且": "and", "并且": "and", "而且": "and", "非": "not(...)",
    "OR": "or", "AND": "and", "NOT": "not(...)",
}  # fmt: skip
CONSTANTS = {
    "是": "true", "真": "true", "yes": "true", "True": "true", "TRUE": "true",
    "否": "false", "假": "false", "no": "false", "False": "false", "FALSE": "false",
    "空": "null", "无": "null", "None": "null", "NULL": "null",
}  # fmt: skip
UNITS = {
    **dict.fromkeys(("second", "seconds", "秒"), "PT{}S"),
    **dict.fromkeys(("minute", "minutes", "分钟"), "PT{}M"),
    **dict.fromkeys(("hour", "hours", "小时"), "PT{}H"),
    **dict.fromkeys(("day", "days", "天", "日"), "P{}D"),
    **dict.fromkeys(("month", "months", "个月"), "P{}M"),
    **dict.fromkeys(("year", "years", "年"), "P{}Y"),
}
"""What authors write by habit, and what is meant."""

RESERVED = frozenset(
    {"and", "or", "between", "in", "if", "then", "else", "for", "return", "some", "every"}
    | {"satisfies", "instance", "function", "true", "false", "null"}
)
"""Words that are no names, except behind a point or alone before a colon."""

NAME_SIGNS = frozenset("+-*/.'")
"""Signs that may stand inside a name (DMN 1.5, 10.3.1.2, rule 30)."""

_PLAIN_NAME = re.compile(rf"{WORD}(?: (?:{WORD}|[0-9]+))*")


def is_plain(name: str) -> bool:
    """Whether `name` can be declared without quotes: words and numbers, single spaces between."""
    words = name.split(" ")
    return bool(_PLAIN_NAME.fullmatch(name)) and (len(words) == 1 or RESERVED.isdisjoint(words))


class Phrases:
    """The known names of more than one word, found by their first word."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Make `name` known; a name of a single word needs no entry and is passed over."""
        if name.isidentifier():
            return
        words = tuple(token.text for token in tokenize(name)[:-1])
        if len(words) > 1:
            rows = self._by_first.setdefault(words[0], [])
            insort(rows, (words, name), key=lambda row: -len(row[0]))

    def match(self, tokens: Sequence[Token], at: int, before: str = "") -> tuple[str, int] | None:
        """The longest name that starts at token `at`, and how many tokens it takes.

        With `before`, only a name followed by that symbol counts.
        """
        for words, name in self._by_first.get(tokens[at].text, ()):
            after = at + len(words)
            if all(
                token.text == word and token.kind in ("word", "symbol", "number")
                for token, word in zip(tokens[at:after], words, strict=False)
            ) and (len(tokens) > after and before in ("", tokens[after].text)):
                return name, len(words)
        return None
