"""Plain JSON for values, events and states, and back.

What JSON has no form for is written as an object with one key that begins with `$`: `$n` a
decimal, `$t` an instant, `$d` a date, `$c` a time of
day, `$s` a duration in seconds, `$sealed` a personal value's
stand-in, `$row` a row of a list with its key, `$known` who or what is on file, with its kind
and without what is known of it, `$file` a file that was uploaded. Events and the parts of a state
carry their name under `$`. Lists come back as tuples.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, get_args

from tuoban.kernel import clocks, events, state
from tuoban.kernel.commands import Sealed
from tuoban.kernel.expressions import Filed, Known, Row
from tuoban.kernel.text import Text

_NAMED: dict[str, type[Any]] = {
    each.__name__: each for each in (*get_args(events.Event), *get_args(events.FormerEvent))
}
for _part in (
    state.State,
    state.Activation,
    state.At,
    state.Item,
    state.PaperMove,
    state.Attachment,
    state.Remark,
    state.Printed,
    state.Part,
    state.Opinion,
    state.Outside,
    state.Performed,
    state.Prepared,
    state.Signed,
    state.Signing,
    state.Waiting,
    state.Completion,
    state.Done,
    state.Entry,
    state.Instance,
    state.Listed,
    state.Loop,
    state.Clock,
    state.Fired,
    state.Timer,
    state.Taker,
    state.Received,
    state.Reentry,
    state.Suspension,
    state.Turn,
    state.Winding,
    *get_args(clocks.Entry),
    *get_args(clocks.Limit),
    clocks.Basis,
    clocks.Ledger,
    clocks.Length,
    Text,
):
    _NAMED[_part.__name__] = _part

# These mappings have whole numbers for keys, which JSON writes as text.
_NUMBERED = frozenset(
    {
        "activations",
        "left",
        "clocks",
        "files",
        "items",
        "performed",
        "places",
        "remarks",
        "waits",
        "windings",
    }
)
_SETS = frozenset({"sealed", "undone"})


def encode(value: Any) -> Any:
    """The plain JSON form of a value, an event or a state.

    Raises:
        TypeError: the value has no JSON form.
        ValueError: a mapping has a key that begins with `$`, which would read as a mark.
    """
    write = _WRITERS.get(type(value)) or _learn(type(value))
    return write(value)


def decode(plain: Any) -> Any:
    """What `encode` was given.

    Raises:
        ValueError: the JSON is not what `encode` writes, as after tampering.
    """
    try:
        return _decode(plain)
    except (TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not a value of the kernel: {error!r}") from error


def _decode(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple([each if type(each) in _PLAIN else _decode(each) for each in plain])
    if not isinstance(plain, dict):
        return plain
    if len(plain) == 1:
        mark, inner = next(iter(plain.items()))
        if mark in _MARKS:
            return _MARKS[mark](inner)
    found = {key: each if type(each) in _PLAIN else _decode(each) for key, each in plain.items()}
    return _named(found) if "$" in found else found


_PLAIN = frozenset({type(None), str, bool, int, float})


def _named(given: dict[str, Any]) -> Any:
    name = given.pop("$")
    cls = _NAMED.get(name)
    if cls is None:
        raise ValueError(f"unknown kind {name!r}")
    if cls is state.State:
        for key in _NUMBERED & given.keys():
            given[key] = {int(number): each for number, each in given[key].items()}
        for key in _SETS & given.keys():
            given[key] = frozenset(given[key])
    return cls(**given)


def is_marked(kind: type[Any]) -> bool:
    """Whether values of this type are written with a mark, whatever else they are."""
    return kind in _MARKED


def is_part(kind: type[Any]) -> bool:
    """Whether these are events, or parts of a state, which carry their name."""
    return _NAMED.get(kind.__name__) is kind


_Encode = Callable[[Any], Any]
_MARKED: Mapping[type[Any], _Encode] = {
    Decimal: lambda number: {"$n": str(number)},
    datetime: lambda moment: {"$t": moment.astimezone(UTC).isoformat()},
    date: lambda day: {"$d": day.isoformat()},
    time: lambda clock: {"$c": clock.isoformat()},
    timedelta: lambda length: {"$s": length.total_seconds()},
    Sealed: lambda sealed: {"$sealed": [sealed.ref, sealed.commitment]},
    Row: lambda row: {"$row": [row.key, _mapping(row)]},
    Known: lambda known: {"$known": [known.ref, known.kind]},
    Filed: lambda file: {"$file": [file.ref, file.digest, file.name, file.size, file.type]},
}


def _learn(kind: type[Any]) -> _Encode:
    """Take in how values of a type are written, when the first one comes."""
    _WRITERS[kind] = write = _writer_of(kind)
    return write


def _writer_of(kind: type[Any]) -> _Encode:
    if issubclass(kind, (str, bool, int, float)):
        return _as_it_is
    if issubclass(kind, Mapping):
        return _mapping
    if issubclass(kind, frozenset):
        return lambda found: [encode(each) for each in sorted(found)]
    if issubclass(kind, (list, tuple)):
        return lambda found: [each if type(each) in _PLAIN else encode(each) for each in found]
    if is_part(kind):
        return _part_writer(kind)
    raise TypeError(f"{kind.__name__} has no JSON form")


def _as_it_is(value: Any) -> Any:
    return value


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    plain = {
        str(key): each if type(each) in _PLAIN else encode(each) for key, each in value.items()
    }
    for key in plain:
        if key.startswith("$"):
            raise ValueError(f"a key must not begin with $: {key!r}")
    return plain


def _part_writer(kind: type[Any]) -> _Encode:
    """How events and parts of states are written, field by field."""
    name, keys = kind.__name__, [each.name for each in fields(kind)]

    def write(part: Any) -> dict[str, Any]:
        plain = {"$": name}
        for key in keys:
            value = getattr(part, key)
            plain[key] = value if type(value) in _PLAIN else encode(value)
        return plain

    return write


_WRITERS: dict[type[Any], _Encode] = {**dict.fromkeys(_PLAIN, _as_it_is), **_MARKED}

_MARKS: Mapping[str, Callable[[Any], Any]] = {
    "$n": Decimal,
    "$t": datetime.fromisoformat,
    "$d": date.fromisoformat,
    "$c": time.fromisoformat,
    "$s": lambda seconds: timedelta(seconds=seconds),
    "$sealed": lambda pair: Sealed(*pair),
    "$row": lambda pair: Row(pair[0], _decode(pair[1])),
    "$known": lambda pair: Known(pair[0], pair[1], {}),
    "$file": lambda parts: Filed(*parts),
}
