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
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
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
    write = _WHOLE.get(type(value), _NOT_YET)
    return value if write is None else write(value)


def encode_lean(value: Any) -> Any:
    """The same without the fields of parts that hold their defaults: for what is read by the same
    program that wrote it, since a default may change. Raises as `encode`."""
    write = _LEAN.get(type(value), _NOT_YET_LEAN)
    return value if write is None else write(value)


def encode_after(value: Any, former: Any, written: Any) -> Any:
    """What `encode_lean` gives, taking over whatever of `written`, as which `former` was written,
    is the same in both: from one state to the next that is most of it."""
    if value is former:
        return written
    kind = type(value)
    if kind is not type(former):
        return encode_lean(value)
    if kind is dict:
        return _checked(
            {
                str(key): encode_after(each, *_at(former, written, key))
                for key, each in value.items()
            }
        )
    if kind is tuple:
        before = len(former)
        return [
            encode_after(each, former[place], written[place])
            if place < before
            else encode_lean(each)
            for place, each in enumerate(value)
        ]
    if kind is state.State:
        return _state_after(value, former, written)
    return encode_lean(value)


def _at(former: dict[Any, Any], written: dict[str, Any], key: Any) -> tuple[Any, Any]:
    """What stood there before, and how it was written; nothing is written as nothing."""
    return former.get(key), written.get(str(key))


def _state_after(value: state.State, former: state.State, written: dict[str, Any]) -> Any:
    plain, before = {"$": "State"}, former.__dict__
    for key, each in value.__dict__.items():
        if each is before[key]:
            if key in written:
                plain[key] = written[key]
        elif each != _STATE[key]:
            known = key in written
            plain[key] = (
                encode_after(each, before[key], written[key]) if known else encode_lean(each)
            )
    return plain


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


_Encode = Callable[[Any], Any]
_Writers = dict[type[Any], _Encode | None]
"""How values of a type are written; None: as they are."""


def _writers(encode: _Encode) -> _Writers:
    """For what stands by itself in JSON, and what is written with a mark."""
    return {
        **dict.fromkeys(_PLAIN),
        Decimal: lambda number: {"$n": str(number)},
        datetime: lambda moment: {"$t": moment.astimezone(UTC).isoformat()},
        date: lambda day: {"$d": day.isoformat()},
        time: lambda clock: {"$c": clock.isoformat()},
        timedelta: lambda length: {"$s": length.total_seconds()},
        Sealed: lambda sealed: {"$sealed": [sealed.ref, sealed.commitment]},
        Row: lambda row: {"$row": [row.key, _mapping(encode, row)]},
        Known: lambda known: {"$known": [known.ref, known.kind]},
        Filed: lambda file: {"$file": [file.ref, file.digest, file.name, file.size, file.type]},
    }


def _learn(writers: _Writers, encode: _Encode, value: Any, *, lean: bool) -> Any:
    """Write the first value of a type, and take in how that is done."""
    write = _writer_of(type(value), value, encode, lean=lean)
    writers[type(value)] = write
    return value if write is None else write(value)


def _writer_of(cls: type[Any], value: Any, encode: _Encode, *, lean: bool) -> _Encode | None:
    if isinstance(value, str | bool | int | float):
        return None
    if isinstance(value, Mapping):
        return partial(_mapping, encode)
    if isinstance(value, frozenset):
        return lambda found: [encode(each) for each in sorted(found)]
    if isinstance(value, list | tuple):
        return lambda found: [each if type(each) in _PLAIN else encode(each) for each in found]
    if _NAMED.get(cls.__name__) is cls:
        return _part_writer(cls, encode, lean=lean)
    raise TypeError(f"{cls.__name__} has no JSON form")


def _mapping(encode: _Encode, value: Mapping[Any, Any]) -> dict[str, Any]:
    return _checked(
        {str(key): each if type(each) in _PLAIN else encode(each) for key, each in value.items()}
    )


def _checked(plain: dict[str, Any]) -> dict[str, Any]:
    for key in plain:
        if key.startswith("$"):
            raise ValueError(f"a key must not begin with $: {key!r}")
    return plain


def _part_writer(cls: type[Any], encode: _Encode, *, lean: bool) -> _Encode:
    """How events and parts of states are written, field by field; `lean`: without defaults."""
    name = cls.__name__
    slots = _slots(cls) if lean else [(each.name, MISSING) for each in fields(cls)]

    def write(part: Any) -> dict[str, Any]:
        plain = {"$": name}
        for key, default in slots:
            value = getattr(part, key)
            if value is not default and value != default:
                plain[key] = value if type(value) in _PLAIN else encode(value)
        return plain

    return write


def _slots(cls: type[Any]) -> list[tuple[str, Any]]:
    """The fields of a part with their defaults."""
    return [
        (each.name, each.default_factory() if callable(each.default_factory) else each.default)
        for each in fields(cls)
    ]


_STATE = dict(_slots(state.State))


_WHOLE: _Writers = _writers(encode)
_LEAN: _Writers = _writers(encode_lean)
_NOT_YET: _Encode = lambda value: _learn(_WHOLE, encode, value, lean=False)  # noqa: E731
_NOT_YET_LEAN: _Encode = lambda value: _learn(_LEAN, encode_lean, value, lean=True)  # noqa: E731

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
