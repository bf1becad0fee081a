"""What an expression of a pack sees of its case, and never more than that.

An expression reads the case's fields, its own step's, the results of steps by their names,
`start`, `settings` and `case`. A step's name means its newest completion that still counts; what
has not happened is null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Decide, Definition, Repeat
from tuoban.kernel.expressions import Expression, ExpressionError
from tuoban.kernel.state import State

_FIXED = ("start", "settings", "case")


class Names(Mapping[str, Any]):
    """The names of one case, resolved when they are read.

    Moments are read as the wall of the case's unit shows them, so that `date(deliver.at)` is the
    date on which people saw it happen.

    Args:
        opened: personal values by their reference; an erased one reads as null.
        zone: the time zone of the case's unit.
        own: values that come before the case's: those being entered, or `now` and `today`.
    """

    __slots__ = ("_definition", "_opened", "_own", "_state", "_zone")

    def __init__(
        self,
        definition: Definition,
        state: State,
        opened: Mapping[str, Any],
        zone: tzinfo,
        own: Mapping[str, Any] | None = None,
    ) -> None:
        self._definition = definition
        self._state = state
        self._opened = opened
        self._zone = zone
        self._own = own or {}

    def __getitem__(self, name: str) -> Any:
        if name in self._own:
            return self._open(self._own[name])
        if name in self._definition.fields:
            return self._open(self._state.values.get(name))
        if name in self._definition.nodes:
            return self._node(name)
        if name == "start":
            return self._start()
        if name == "settings":
            return {name: self._open(value) for name, value in self._state.settings.items()}
        if name == "case":
            return self._case()
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from self._definition.fields
        yield from self._definition.nodes
        yield from _FIXED

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _open(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            value = self._opened.get(value.ref)
        return value.astimezone(self._zone) if isinstance(value, datetime) else value

    def _node(self, key: str) -> Mapping[str, Any]:
        if isinstance(self._definition.nodes[key].construct, Repeat):
            return self._loop(key)
        newest = self._state.newest(key)
        count = len(self._state.completions.get(key, ()))
        if newest is None:
            return {"count": count}
        data = {name: self._open(value) for name, value in newest.data.items()}
        if isinstance(self._definition.nodes[key].construct, Decide):
            return {**data, "at": self._open(newest.at), "count": count}
        return {
            **data,
            "outcome": newest.outcome,
            "at": self._open(newest.at),
            "by": newest.by,
            "count": count,
        }

    def _loop(self, key: str) -> Mapping[str, Any]:
        mark = self._state.loops.get(key)
        exhausted = mark.exhausted if mark is not None else None
        return {"round": self._state.rounds.get(key, 0), "exhausted": exhausted}

    def _start(self) -> Mapping[str, Any]:
        state = self._state
        return {
            "request": state.request,
            "by": state.by,
            "at": self._open(state.started_at),
            "unit": state.unit,
            "channel": state.channel,
        }

    def _case(self) -> Mapping[str, Any]:
        state = self._state
        values = {name: self._open(value) for name, value in state.values.items()}
        priority = self._definition.case.priority
        return {
            **values,
            "number": state.number,
            "unit": state.unit,
            "priority": values.get(priority) if priority else None,
        }


def read(expression: Expression, names: Mapping[str, Any]) -> Any:
    """The value of an expression; null where it exceeds its budget, as after any other error."""
    try:
        return expression(names)
    except ExpressionError:
        return None


def holds(condition: Expression, names: Mapping[str, Any]) -> bool | None:
    """Whether a condition is true; None when it cannot be told."""
    value = read(condition, names)
    return value if isinstance(value, bool) else None
