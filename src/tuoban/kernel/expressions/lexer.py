"""The words of an expression: text to tokens, each with its position."""

import re
from typing import Literal, NamedTuple
from unicodedata import normalize

from tuoban.kernel.expressions.errors import ExpressionError

Kind = Literal["number", "text", "temporal", "word", "symbol", "end"]


class Token(NamedTuple):
    """A word of the expression; `text` is as written, for a string its content."""

    kind: Kind
    text: str
    start: int
    end: int


WORD = r"(?:[^\W\d]|[\U00010000-\U000EFFFF])(?:\w|[\U00010000-\U000EFFFF])*"
"""Letters of any script, digits and underscores; no digit first.

Beyond the basic plane everything is a letter (DMN 1.5, 10.3.1.2, rule 28): rare Chinese characters
and emoji, also those that this Python's tables do not know yet.
"""

_TOKEN = re.compile(
    rf"""
    (?P<space>   [\s\ufeff]+ | //[^\n]* | /\*.*?\*/ )
  | (?P<number>  (?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+(?!\w))? )
  | (?P<temporal>@\s*"(?:[^"\\]|\\.)*" )
  | (?P<text>    "(?:[^"\\]|\\.)*" )
  | (?P<word>    {WORD} | \? )
  | (?P<foreign> == | =< | => | <>(?!\s*->) | && | \|\| | ![^=] | !$ | [≤≥≠×÷“”‘’、。] )
  | (?P<symbol>  \*\* | \.\. | <= | >= | != | -> | <> | /(?!\*) | [-+*=<>()\[\]{{}},:.'] )
    """,
    re.VERBOSE | re.DOTALL,
)

# What authors write by habit or by a Chinese keyboard, and what is meant.
_FOREIGN = {
    "==": "=", "=<": "<=", "=>": ">=", "<>": "!=", "&&": "and", "||": "or", "!": "not(...)",
    "≤": "<=", "≥": ">=",
    "≠": "!=", "×": "*", "÷": "/", "“": '"', "”": '"', "‘": '"', "’": '"',
    "、": ",", "。": ".",
}  # fmt: skip

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONE = re.compile("[\ud800-\udfff]")


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, closed by one of kind "end"; raises `ExpressionError`."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unreadable(text, position)
        kind = match.lastgroup
        found, end = match.group(), match.end()
        if kind == "foreign":
            raise _foreign(found, position)
        if kind in ("text", "temporal"):
            content = _unescape(found[found.index('"') + 1 : -1], position)
            tokens.append(Token("text" if kind == "text" else "temporal", content, position, end))
        elif kind == "number":
            if text[end : end + 1].isalnum():
                raise ExpressionError("bad-number", position, number=found + text[end])
            tokens.append(Token("number", found, position, end))
        elif kind == "word":
            tokens.append(Token("word", found, position, end))
        elif kind == "symbol":
            tokens.append(Token("symbol", found, position, end))
        position = end
    tokens.append(Token("end", "", position, position))
    return tokens


def _foreign(found: str, position: int) -> ExpressionError:
    written = "!" if found.startswith("!") else found
    return ExpressionError("write-instead", position, found=written, instead=_FOREIGN[written])


def _unreadable(text: str, position: int) -> ExpressionError:
    character = text[position]
    if character == '"' or text.startswith('@"', position):
        return ExpressionError("unclosed-text", position)
    if text.startswith("/*", position):
        return ExpressionError("unclosed-comment", position)
    half_width = normalize("NFKC", character)
    if half_width != character and half_width.isascii():
        return ExpressionError("write-instead", position, found=character, instead=half_width)
    return ExpressionError("unexpected-character", position, character=character)


def _unescape(content: str, position: int) -> str:
    if "\\" in content:
        content = _ESCAPE.sub(lambda match: _escaped(match, position), content)
        content = _PAIR.sub(
            lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), content
        )
    lone = _LONE.search(content)
    if lone is not None:
        escape = f"\\u{ord(lone.group()):04X}"
        raise ExpressionError("bad-escape", position, escape=escape)
    return content


def _escaped(match: re.Match[str], position: int) -> str:
    short, long, plain = match.groups()
    if plain is not None:
        # An unknown escape stays as it is, so that patterns such as "\d" need no doubling.
        return _PLAIN_ESCAPES.get(plain, match.group())
    code = int(short or long, 16)
    if code > 0x10FFFF:
        raise ExpressionError("bad-escape", position, escape=match.group())
    return chr(code)
