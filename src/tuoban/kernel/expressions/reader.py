"""Walking over the tokens of one expression: what comes next, and what should have come."""

from collections.abc import Iterable

from tuoban.kernel.expressions.builtins import BUILTINS
from tuoban.kernel.expressions.errors import SEPARATOR, ExpressionError
from tuoban.kernel.expressions.lexer import Token, tokenize
from tuoban.kernel.expressions.limits import MAX_DEPTH
from tuoban.kernel.expressions.phrases import (
    CONNECTIVES,
    MEMBERS,
    NAME_SIGNS,
    RESERVED,
    UNITS,
    Phrases,
    is_plain,
)

FUNCTION_PHRASES = Phrases(BUILTINS)
MEMBER_PHRASES = Phrases(MEMBERS)


class Reader:
    """The tokens of a text, the place in them, and the names known so far."""

    def __init__(
        self, text: str, names: Iterable[str] = (), type_names: Iterable[str] = ()
    ) -> None:
        self.tokens = tokenize(text)
        self.at = 0
        self.depth = 0
        self.names = Phrases(names)
        self.type_names = frozenset(type_names)
        self.types = Phrases(self.type_names)

    def deeper(self) -> None:
        """Go one level deeper; raises `ExpressionError` when that is too deep."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise too_deep(self.token.start)

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    @property
    def written_up_to(self) -> int:
        return self.tokens[self.at - 1].end

    def sees(self, *texts: str) -> bool:
        token = self.token
        return token.text in texts and token.kind in ("symbol", "word")

    def accept(self, text: str) -> bool:
        if self.sees(text):
            self.at += 1
            return True
        return False

    def expect(self, *texts: str) -> str:
        if not self.sees(*texts):
            raise self.unexpected(*texts)
        self.at += 1
        return self.tokens[self.at - 1].text

    def unexpected(self, *alternatives: str) -> ExpressionError:
        token, expected = self.token, SEPARATOR.join(alternatives)
        meant = self._meant()
        if meant is not None:
            return meant
        if token.kind == "end":
            return ExpressionError("unexpected-end", token.start, expected=expected)
        return ExpressionError("unexpected-token", token.start, found=token.text, expected=expected)

    def _meant(self) -> ExpressionError | None:
        """What somebody writes by habit at the place where something unexpected stands."""
        token, before = self.token, self.tokens[self.at - 1] if self.at else None
        if token.text == "'" and token.kind == "symbol":  # it may stand in names alone
            return ExpressionError("write-instead", token.start, found="'", instead='"')
        if token.kind != "word":
            return None
        if before is not None and before.kind == "number" and token.text in UNITS:
            found = f"{before.text} {token.text}"
            instead = f'duration("{UNITS[token.text].format(before.text)}")'
            return ExpressionError("write-instead", before.start, found=found, instead=instead)
        if token.text not in CONNECTIVES:
            return None
        instead = CONNECTIVES[token.text]
        return ExpressionError("write-instead", token.start, found=token.text, instead=instead)

    def declared(self, *closers: str) -> str:
        """A name being declared: all up to one of `closers`, which is not taken.

        Words and numbers, and between them also the signs that the standard allows in names.
        """
        name = ""
        while not (name and self.sees(*closers)):
            if not self._continues(name):
                raise self.unexpected(*(closers if name else ("a name",)))
            apart = name and self.token.start > self.written_up_to
            name += (" " if apart else "") + self.token.text
            self.at += 1
        self.names.add(name)
        return name

    def _continues(self, name: str) -> bool:
        """Whether the next token goes on with the name; a reserved word only stands alone."""
        token = self.token
        if not name:
            return token.kind == "word" and is_plain(token.text)
        if name in RESERVED or token.text in RESERVED:
            return False
        return token.kind in ("word", "number") or token.text in NAME_SIGNS

    def is_named(self) -> bool:
        """Whether words followed by a colon come next."""
        at = self.at
        while self.tokens[at].kind == "word":
            at += 1
        return at > self.at and self.tokens[at].text == ":" and self.tokens[at].kind == "symbol"


def too_deep(position: int) -> ExpressionError:
    return ExpressionError("expression-too-deep", position, limit=str(MAX_DEPTH))
