"""Types as `instance of` and function parameters name them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.errors import ExpressionError, nearest
from tuoban.kernel.expressions.limits import MAX_DEPTH, MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.phrases import TYPES, Phrases
from tuoban.kernel.expressions.values import Range, adopt, kind_of

if TYPE_CHECKING:
    from tuoban.kernel.expressions.parser import Parser

KINDS: dict[str, str] = {
    "Any": "any",
    "Null": "null",
    "number": "number",
    "string": "text",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "date and time": "datetime",
    "days and time duration": "days",
    "years and months duration": "months",
    "list": "list",
    "context": "context",
    "range": "range",
    "function": "function",
}
"""FEEL's name of a type to the kind of value it stands for."""

_PHRASES = Phrases(TYPES)


def parse_type(parser: "Parser") -> s.Type:
    """The type at the parser's position; raises `ExpressionError` code `unknown-type`."""
    parser.depth += 1
    token = parser.token
    if token.kind != "word":
        raise parser.unexpected("a type")
    name, count = _PHRASES.match(parser.tokens, parser.at) or (token.text, 1)
    if name not in KINDS:
        raise ExpressionError("unknown-type", token.start, name=name, nearest=nearest(name, KINDS))
    parser.at += count
    of: tuple[s.Type, ...] = ()
    keys: tuple[str, ...] = ()
    if name in _ARGUMENTS and parser.sees("<"):
        if parser.depth > MAX_DEPTH:
            raise ExpressionError("expression-too-deep", token.start, limit=str(MAX_DEPTH))
        of, keys = _ARGUMENTS[name](parser)
    parser.depth -= 1
    return s.Type(name, of, keys, start=token.start, end=parser.written_up_to)


_Arguments = tuple[tuple[s.Type, ...], tuple[str, ...]]


def _one(parser: "Parser") -> _Arguments:
    parser.expect("<")
    element = parse_type(parser)
    parser.expect(">")
    return (element,), ()


def _members(parser: "Parser") -> _Arguments:
    parser.expect("<")
    keys: list[str] = []
    types: list[s.Type] = []
    while not keys or parser.expect(",", ">") == ",":
        keys.append(parser.declared(":"))
        parser.expect(":")
        types.append(parse_type(parser))
    return tuple(types), tuple(keys)


def _function(parser: "Parser") -> _Arguments:
    parser.expect("<")
    types: list[s.Type] = []
    while not parser.accept(">"):
        types.append(parse_type(parser))
        if not parser.sees(">"):
            parser.expect(",", ">")
    parser.expect("->")
    types.append(parse_type(parser))
    return tuple(types), ()


_ARGUMENTS = {"list": _one, "range": _one, "context": _members, "function": _function}


def is_instance(value: Any, written: s.Type, meter: Meter, depth: int = 0) -> bool:
    """Whether `value` is of the type; null is of none but `Null`."""
    meter.charge(1)
    kind = KINDS[written.name]
    if kind == "any":
        return value is not None
    if kind_of(value) != kind:
        return False
    if depth > MAX_VALUE_DEPTH:
        meter.charge(meter.budget + 1)
    if not written.of or kind == "function":
        return True
    return all(
        is_instance(part, of, meter, depth + 1) for part, of in _parts(value, written, meter)
    )


def _parts(value: Any, written: s.Type, meter: Meter) -> list[tuple[Any, s.Type]]:
    """What must be of the types that `written` names."""
    if isinstance(value, Mapping):
        return [
            (adopt(value.get(key), meter), of)
            for key, of in zip(written.keys, written.of, strict=True)
        ]
    parts = [value.low, value.high] if isinstance(value, Range) else value
    return [(part, written.of[0]) for part in parts if part is not None or value is parts]
