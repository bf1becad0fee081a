"""Built-in functions on texts. Positions count characters from 1, from the end if negative."""

from decimal import Decimal

from tuoban.kernel.expressions.signatures import builtin


def _substring(text: str, position: Decimal, length: Decimal | None = None) -> str | None:
    start, count = int(position), len(text) if length is None else int(length)
    if start == 0 or abs(start) > len(text) or count < 1:
        return None
    begin = start - 1 if start > 0 else len(text) + start
    return text[begin : begin + count]


def _before(text: str, match: str) -> str:
    return text.partition(match)[0] if match and match in text else ""


def _after(text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


def _split(text: str, delimiter: str) -> list[str]:
    return text.split(delimiter) if delimiter else list(text)


def _join(texts: list[str | None], delimiter: str | None = None) -> str | None:
    present = [text for text in texts if text is not None]
    if not all(isinstance(text, str) for text in present):
        return None
    return (delimiter or "").join(present)


ROWS = (
    builtin("substring(string: text, start position: number, length?: number) -> text", _substring),
    builtin("string length(string: text) -> number", lambda text: Decimal(len(text))),
    builtin("upper case(string: text) -> text", str.upper),
    builtin("lower case(string: text) -> text", str.lower),
    builtin("substring before(string: text, match: text) -> text", _before),
    builtin("substring after(string: text, match: text) -> text", _after),
    builtin("contains(string: text, match: text) -> boolean", lambda text, part: part in text),
    builtin("starts with(string: text, match: text) -> boolean", str.startswith),
    builtin("ends with(string: text, match: text) -> boolean", str.endswith),
    builtin("split(string: text, delimiter: text) -> list<text>", _split),
    builtin("string join(list: list) -> text", _join),
    builtin("string join(list: list, delimiter: text?) -> text", _join),
)
