"""Types as `instance of` and function parameters name them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.errors import ExpressionError, nearest
from tuoban.kernel.expressions.limits import MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.phrases import TYPES, Phrases
from tuoban.kernel.expressions.reader import Reader
from tuoban.kernel.expressions.shapes import Shape
from tuoban.kernel.expressions.values import Range, adopt, kind_of

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


@dataclass(frozen=True, slots=True)
class NamedType:
    """A type that somebody else defines, such as an item definition of a DMN model.

    `contains` tells whether an adopted value that is not null is of the type; `shape` is what
    the checker may rely on.
    """

    shape: Shape
    contains: Callable[[Any, Meter], bool]


NamedTypes = Mapping[str, NamedType]
NO_TYPES: NamedTypes = MappingProxyType({})


def parse_type(reader: Reader) -> s.Type:
    """The type at the reader's place; raises `ExpressionError` code `unknown-type`."""
    reader.deeper()
    token = reader.token
    if token.kind != "word":
        raise reader.unexpected("a type")
    name, count = (
        reader.types.match(reader.tokens, reader.at)
        or _PHRASES.match(reader.tokens, reader.at)
        or (token.text, 1)
    )
    if name not in KINDS and name not in reader.type_names:
        known = [*KINDS, *reader.type_names]
        raise ExpressionError("unknown-type", token.start, name=name, nearest=nearest(name, known))
    reader.at += count
    of: tuple[s.Type, ...] = ()
    keys: tuple[str, ...] = ()
    if name in _ARGUMENTS and reader.sees("<", "<>"):
        of, keys = _ARGUMENTS[name](reader)
    reader.depth -= 1
    return s.Type(name, of, keys, start=token.start, end=reader.written_up_to)


_Arguments = tuple[tuple[s.Type, ...], tuple[str, ...]]


def _one(reader: Reader) -> _Arguments:
    reader.expect("<")
    element = parse_type(reader)
    reader.expect(">")
    return (element,), ()


def _members(reader: Reader) -> _Arguments:
    reader.expect("<")
    keys: list[str] = []
    types: list[s.Type] = []
    while not keys or reader.expect(",", ">") == ",":
        keys.append(reader.declared(":"))
        reader.expect(":")
        types.append(parse_type(reader))
    return tuple(types), tuple(keys)


def _function(reader: Reader) -> _Arguments:
    types: list[s.Type] = []
    empty = reader.expect("<", "<>") == "<>"
    while not (empty or reader.accept(">")):
        types.append(parse_type(reader))
        if not reader.sees(">"):
            reader.expect(",", ">")
    reader.expect("->")
    types.append(parse_type(reader))
    return tuple(types), ()


_ARGUMENTS = {"list": _one, "range": _one, "context": _members, "function": _function}


def is_instance(
    value: Any, written: s.Type, meter: Meter, types: NamedTypes, depth: int = 0
) -> bool:
    """Whether `value` is of the type; null is of none but `Null`."""
    meter.charge(1)
    if written.name in types:
        return value is not None and types[written.name].contains(value, meter)
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
        is_instance(part, of, meter, types, depth + 1) for part, of in _parts(value, written, meter)
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
