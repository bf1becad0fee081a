"""The JSON text of values, events and states, written without the plain values in between.

What `codec.encode` gives stands in it, and so `codec.decode` reads it. There are two ways:
`canonical`, in which equal values have the same text, and `State`s without what is a default, with
mappings in their own order: for what is read by the same program that wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, fields
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring
from operator import itemgetter
from types import NoneType
from typing import Any

from tuoban.kernel.codec import encode, is_marked, is_part
from tuoban.kernel.state import NEW, State

_Write = Callable[[Any], str]


def canonical(value: Any) -> str:
    """The canonical text of a value.

    Raises:
        TypeError, ValueError: as `codec.encode`; also for a number that JSON does not have.
    """
    return _CANONICAL[type(value)](value)


class Written(str):
    """The text of a state, or of a mapping or tuple in it, which knows the texts of what that
    consists of, by key or place."""

    __slots__ = ("parts",)
    parts: Any

    @classmethod
    def of(cls, text: str, parts: Any) -> Written:
        made = cls(text)
        made.parts = parts
        return made


def state_text(state: State) -> Written:
    """The text of a state. Raises as `canonical`."""
    return state_text_after(state, NEW, Written.of("", {}))


def state_text_after(state: State, former: State, written: Written) -> Written:
    """The same of one that follows another, which was written so. What has not changed is taken
    over: from one state to the next that is most of it."""
    before, known, parts = former.__dict__, written.parts, {}
    for key, value in state.__dict__.items():
        if value is before[key]:
            if key in known:
                parts[key] = known[key]
        elif value != _DEFAULTS[key]:
            parts[key] = _after(value, before[key], known.get(key))
    return Written.of(f'{{"$":"State",{_members(parts)}}}' if parts else '{"$":"State"}', parts)


def _after(value: Any, former: Any, written: str | None) -> str:
    """Args: written: how `former` was written; None: there was nothing."""
    kind = type(value)
    if kind is dict:
        was, known = _consists(kind, former, written) or ({}, {})
        parts = {
            key: known[key]
            if key in known and each is was[key]
            else _after(each, was.get(key), known.get(key))
            for key, each in value.items()
        }
        return Written.of(f"{{{_members(parts)}}}", parts)
    if kind is tuple:
        was, known = _consists(kind, former, written) or ((), ())
        there = len(known)
        places = [
            known[place] if place < there and each is was[place] else _LEAN[type(each)](each)
            for place, each in enumerate(value)
        ]
        return Written.of(f"[{','.join(places)}]", places)
    return _LEAN[kind](value)


def _consists(kind: type[Any], former: Any, written: str | None) -> tuple[Any, Any] | None:
    """What stood there before, if it is of this kind, and how its parts were written."""
    return (
        (former, written.parts) if isinstance(written, Written) and kind is type(former) else None
    )


def _members(parts: Mapping[Any, str]) -> str:
    return ",".join([_key(str(key)) + text for key, text in parts.items()])


@lru_cache(maxsize=4096)
def _key(key: str) -> str:
    if key.startswith("$"):
        raise ValueError(f"a key must not begin with $: {key!r}")
    return f"{encode_basestring(key)}:"


class _Ways(dict[type[Any], _Write]):
    """How values of a type are written, which is found out with the first one."""

    def __init__(self, *, is_canonical: bool) -> None:
        super().__init__(_BY_THEMSELVES)
        self._is_canonical = is_canonical
        self._plain = json.JSONEncoder(
            ensure_ascii=False, allow_nan=False, sort_keys=is_canonical, separators=(",", ":")
        )

    def __missing__(self, kind: type[Any]) -> _Write:
        self[kind] = found = self._way_of(kind)
        return found

    def _way_of(self, kind: type[Any]) -> _Write:
        if is_part(kind):
            return self._part(kind)
        if not is_marked(kind):
            if issubclass(kind, Mapping):
                return self._mapping
            if issubclass(kind, (list, tuple)):
                return self._list
            if issubclass(kind, frozenset):
                return lambda found: self._list(sorted(found))
        return lambda value: self._plain.encode(encode(value))

    def _list(self, found: Collection[Any]) -> str:
        return f"[{','.join([self[type(each)](each) for each in found])}]" if found else "[]"

    def _mapping(self, found: Mapping[Any, Any]) -> str:
        if not found:
            return "{}"
        named = {str(key): each for key, each in found.items()}
        # No two have the same key, so that their values are never compared.
        in_order = sorted(named.items()) if self._is_canonical else named.items()
        members = [_key(key) + self[type(each)](each) for key, each in in_order]
        return f"{{{','.join(members)}}}"

    def _part(self, kind: type[Any]) -> _Write:
        """How events and parts of states are written, field by field."""
        head = f'{{"$":"{kind.__name__}"'
        slots = [(f",{_key(each.name)}", each.name, self._left_out(each)) for each in fields(kind)]
        if self._is_canonical:
            slots.sort(key=itemgetter(1))

        def write(part: Any) -> str:
            members = [
                label + self[type(value)](value)
                for label, name, default in slots
                if (value := getattr(part, name)) is not default and value != default
            ]
            return f"{head}{''.join(members)}}}"

        return write

    def _left_out(self, slot: Field[Any]) -> Any:
        """The value of a field that is not written: its default; canonical text has them all."""
        if self._is_canonical:
            return MISSING
        return slot.default_factory() if callable(slot.default_factory) else slot.default


def utc_text(moment: datetime) -> str:
    """An instant as it is written, in UTC."""
    return _text_in_utc(_in_utc(moment))


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


@lru_cache(maxsize=256)  # one moment stands in many places
def _text_in_utc(moment: datetime) -> str:
    return moment.isoformat()


def _moment(value: datetime) -> str:
    return _moment_in_utc(_in_utc(value))


@lru_cache(maxsize=256)
def _moment_in_utc(value: datetime) -> str:
    return f'{{"$t":"{utc_text(value)}"}}'


_BY_THEMSELVES: Mapping[type[Any], _Write] = {
    NoneType: {None: "null"}.__getitem__,
    bool: {True: "true", False: "false"}.__getitem__,
    int: int.__repr__,
    str: encode_basestring,
    datetime: _moment,
}
_CANONICAL, _LEAN = _Ways(is_canonical=True), _Ways(is_canonical=False)
_DEFAULTS = NEW.__dict__
