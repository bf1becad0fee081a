"""What an expression of a pack sees of its case from where it stands, and never more than that.

An expression reads the fields of the places around it and of the case, the elements it works on,
its own step's fields, the results of steps by their names, `start`, `settings` and `case`. A step's
name means its newest completion that still counts; what has not happened is null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from tuoban.kernel import papers, settings, sight
from tuoban.kernel.commands import Sealed
from tuoban.kernel.computed import Derived, WithDerived, completed
from tuoban.kernel.definition import Call, Definition, Each, Field, Reaction, Repeat
from tuoban.kernel.expressions import MINOR_DIGITS, Expression, ExpressionError, Row
from tuoban.kernel.facts import known
from tuoban.kernel.money import decimals_of
from tuoban.kernel.sampling import SAMPLE, sampler
from tuoban.kernel.sight import OUTSIDE, Vantage
from tuoban.kernel.state import Completion, Entry, State

_FIXED = ("start", "settings", "case")


class Names(Mapping[str, Any]):
    """The names of one case, resolved when they are read.

    Moments are read as the wall of the case's unit shows them, so that `date(deliver.at)` is the
    date on which people saw it happen.

    Args:
        opened: personal values by their reference; an erased one reads as null.
        zone: the time zone of the case's unit.
        own: values that come before the case's: those being entered, or `now` and `today`.
        vantage: the place from which is read.
    """

    __slots__ = ("_definition", "_derived", "_opened", "_own", "_state", "_vantage", "_zone")

    def __init__(
        self,
        definition: Definition,
        state: State,
        opened: Mapping[str, Any],
        zone: tzinfo,
        own: Mapping[str, Any] | None = None,
        vantage: Vantage = OUTSIDE,
    ) -> None:
        self._definition = definition
        self._state = state
        self._opened = opened
        self._zone = zone
        self._own = own or {}
        self._vantage = vantage
        self._derived: Derived | None = None

    def __getitem__(self, name: str) -> Any:
        if name in self._definition.derived and not self._has_nearer(name):
            return self._open(self._computed()[name])
        if name in self._own:
            return self._read(name, self._own[name])
        definition = self._definition
        if definition.place_fields and (found := self._place_with(name)) is not None:
            given = self._state.places.get(found, {})
            return self._whole(self._place_field(found, name), _value(given, name))
        if definition.locals and (key := self._local(name)) is not None:
            return self._node(key)
        if name in definition.fields:
            return self._read(name, self._state.values.get(name))
        if name in definition.nodes:
            return self._node(name)
        if name in definition.papers:
            return self._paper(name)
        return self._fixed(name)

    def _read(self, name: str, value: Any) -> Any:
        """The value of a field; of one that names a customer or an asset, what is known of it."""
        if name not in self._definition.references:
            return self._open(value)
        facts = known(self._state, self._opened, value)
        if facts is None:
            return None
        return {each: self._open(fact) for each, fact in facts.items() if not each.startswith("#")}

    def _fixed(self, name: str) -> Any:
        if name == MINOR_DIGITS:
            return Decimal(decimals_of(self._definition.currency))
        if name == "start":
            return self._start()
        if name == "settings":
            return settings.offered(self._definition.settings, self._state.settings, self._open)
        if name == "case":
            return self._case()
        if name == SAMPLE:
            return sampler(self._state.number)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from self._definition.fields
        yield from self._definition.nodes
        yield from self._definition.papers
        yield from _FIXED

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _local(self, name: str) -> str | None:
        """The node that a name means inside the called process around the vantage."""
        for region in reversed(self._vantage.regions):
            owner = self._definition.regions[region].owner
            if owner is not None and name in self._definition.locals.get(owner, {}):
                return self._definition.locals[owner][name]
        return None

    def _place_with(self, name: str) -> int | None:
        """The nearest activation around the vantage that has a copy of the field."""
        definition, (ids, regions) = self._definition, (self._vantage.ids, self._vantage.regions)
        for activation, region in zip(reversed(ids), reversed(regions), strict=True):
            owner = definition.regions[region].owner
            if owner is not None and name in definition.place_fields.get(owner, {}):
                return activation
        return None

    def _has_nearer(self, name: str) -> bool:
        """Whether a place around the vantage has something of its own that is called so."""
        if self._definition.place_fields and self._place_with(name) is not None:
            return True
        return bool(self._definition.locals) and self._local(name) is not None

    def _place_field(self, activation: int, name: str) -> Field:
        region = self._vantage.regions[self._vantage.ids.index(activation)]
        owner = self._definition.regions[region].owner or ""
        return self._definition.place_fields[owner][name]

    def _computed(self) -> Derived:
        """What is computed, as the case's own fields see it, and each but once."""
        if self._derived is None:
            around = Names(self._definition, self._state, self._opened, self._zone, self._own)
            self._derived = Derived(self._definition, around, self._stored, self._zone)
            around._derived = self._derived
        return self._derived

    def _stored(self, name: str) -> Any:
        value = self._own[name] if name in self._own else self._state.values.get(name)
        return self._open(value)

    def _whole(self, field: Field | None, value: Any) -> Any:
        """The value of a place's field to be read, with what is computed in its rows."""
        opened = self._open(value)
        if field is None or not field.order:
            return opened
        return self._open(completed(field, opened, self, self._zone))

    def kept(self, path: tuple[str, ...]) -> Any:
        """What a name with the members read through it holds as it is kept: a personal value
        sealed."""
        kept = _Kept(
            self._definition, self._state, self._opened, self._zone, self._own, self._vantage
        )
        value: Any = kept[path[0]]
        for member in path[1:]:
            value = value[member] if value is not None else None
        return value

    def _open(self, value: Any) -> Any:
        return readable(value, self._opened, self._zone)

    def _node(self, key: str) -> Any:
        node = self._definition.nodes[key]
        if isinstance(node.construct, Repeat):
            return self._loop(key)
        if isinstance(node.construct, Each):
            return self._element(key)
        if isinstance(node.construct, Reaction):
            return self._reaction(key)
        if key in self._definition.place_fields and not isinstance(node.construct, Call):
            return self._place(key)
        newest = sight.newest(self._definition, self._state, key, self._vantage)
        plain = self._completion(newest) if newest is not None else {}
        plain["count"] = len(self._state.completions.get(key, ()))
        return _Done(plain, lambda: sight.counting(self._state, key), self._made(key), self._listed)

    def _made(self, key: str) -> Callable[[], Sequence[Completion]]:
        return lambda: self._state.completions.get(key, ())

    def _listed(self, made: Sequence[Completion]) -> list[Mapping[str, Any]]:
        return [self._completion(each) for each in made]

    def _completion(self, made: Completion) -> dict[str, Any]:
        """What one completion of a step, or of what the process did itself, gives to read."""
        own = self._definition.data_fields(made.node)
        data = {name: self._whole(own.get(name), value) for name, value in made.data.items()}
        if made.place:
            given = self._state.places.get(made.place, {})
            own = self._definition.place_fields.get(made.node, {})
            data |= {name: self._whole(each, _value(given, name)) for name, each in own.items()}
        elif not made.by and made.outcome is None:  # by the process itself
            return {**data, "at": self._open(made.at)}
        return {**data, "outcome": made.outcome, "at": self._open(made.at), "by": made.by}

    def _loop(self, key: str) -> Mapping[str, Any]:
        loop = sight.loop(self._definition, self._state, key, self._vantage)
        own = self._place(key) if key in self._definition.place_fields else {}
        if loop is None:
            return {**own, "round": 0, "exhausted": None}
        return {**own, "round": loop.rounds, "exhausted": loop.exhausted}

    def _element(self, key: str) -> Any:
        """The element that is being worked on around the vantage; null outside."""
        body = self._definition.nodes[key].regions[0]
        if body not in self._vantage.regions:
            return None
        depth = self._vantage.regions.index(body)
        here = self._vantage.ids[: depth + 1]
        found = sight.instances_below(self._state, body, here[:-1])
        number = next((each.element for each in found if each.scope == here), 0)
        values = sight.elements_of(self._state, key, here[:-1])
        return values[number - 1] if 0 < number <= len(values) else None

    def _reaction(self, key: str) -> Mapping[str, Any]:
        """A reaction: its newest occurrence, how many there were, and how many are running."""
        newest = sight.newest(self._definition, self._state, key, self._vantage)
        plain = self._completion(newest) if newest is not None else {}
        plain["count"] = len(self._state.completions.get(key, ()))
        plain["open"] = sight.running(self._definition, self._state, key, self._vantage)
        return _Done(plain, lambda: sight.counting(self._state, key), self._made(key), self._listed)

    def _place(self, key: str) -> Mapping[str, Any]:
        """The fields that a block declares, of its newest instance."""
        body = self._definition.nodes[key].regions[0]
        found = sight.instance(self._definition, self._state, body, self._vantage)
        given = self._state.places.get(found.id, {}) if found is not None else {}
        return {
            name: self._whole(field, _value(given, name))
            for name, field in self._definition.place_fields[key].items()
        }

    def _paper(self, name: str) -> Mapping[str, Any]:
        """What is there of a paper, over all rows that it is for, and whether it has gone back."""
        paper, moves = self._definition.papers[name], self._state.papers.get(name, ())
        made = paper.made_by is not None and sight.newest(
            self._definition, self._state, paper.made_by
        )
        there = papers.there(moves, whole_of(paper, self) if made else papers.NONE)
        came = [each.at for each in moves if each.counts and each.to is None]
        return {
            "received": bool(there),
            "originals": Decimal(there.originals),
            "copies": Decimal(there.copies),
            "at": self._open(came[-1]) if came else None,
            "returned": not papers.to_give_back(paper, moves) if paper.returned else None,
        }

    def _start(self) -> Mapping[str, Any]:
        state = self._state
        return {
            "request": state.request,
            "by": state.by or None,
            "at": self._open(state.started_at),
            "unit": state.unit,
            "channel": state.channel,
        }

    def _case(self) -> Mapping[str, Any]:
        state = self._state
        values = {name: self._read(name, value) for name, value in state.values.items()}
        priority = self._definition.case.priority
        plain = {
            **state.facts,
            **values,
            "number": state.number,
            "unit": state.unit,
            "priority": values.get(priority) if priority else None,
        }
        if not self._definition.derived:
            return plain
        kept = Names(self._definition, state, self._opened, self._zone)
        return WithDerived(plain, self._definition.derived, kept.__getitem__)


class _Kept(Names):
    """The same names with values as the state holds them."""

    __slots__ = ()

    def _open(self, value: Any) -> Any:
        return value


_Made = Callable[[], Sequence[Completion]]


class _Done(Mapping[str, Any]):
    """What a step's name gives to read. The lists of its completions are made only when they are
    read, so that a name costs the same however often the step was done."""

    __slots__ = ("_lists", "_plain", "_read")

    def __init__(
        self,
        plain: Mapping[str, Any],
        counting: _Made,
        made: _Made,
        read: Callable[[Sequence[Completion]], list[Mapping[str, Any]]],
    ) -> None:
        self._plain = plain
        self._lists: Mapping[str, _Made] = {"all": counting, "history": made}
        self._read = read

    def __getitem__(self, name: str) -> Any:
        if name in self._lists:
            return self._read(self._lists[name]())
        return self._plain[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._plain
        yield from self._lists

    def __len__(self) -> int:
        return len(self._plain) + len(self._lists)


def readable(value: Any, opened: Mapping[str, Any], zone: tzinfo) -> Any:
    """A kept value as expressions read it: opened where it is personal, moments as the wall in
    `zone` shows them."""
    if isinstance(value, Sealed):
        value = opened.get(value.ref)
    if isinstance(value, tuple):
        return tuple(readable(each, opened, zone) for each in value)
    if isinstance(value, Row):
        return Row(value.key, {name: readable(cell, opened, zone) for name, cell in value.items()})
    return value.astimezone(zone) if isinstance(value, datetime) else value


def _value(given: Mapping[str, tuple[Entry, ...]], name: str) -> Any:
    """What a field has by its entries."""
    entries = given.get(name, ())
    return entries[-1].value if entries else None


def read(expression: Expression, names: Mapping[str, Any]) -> Any:
    """The value of an expression; null where it exceeds its budget, as after any other error."""
    try:
        return expression(names)
    except ExpressionError:
        return None


def whole_of(paper: papers.Paper, names: Mapping[str, Any]) -> papers.Sheets:
    """How much of a paper is asked for; one where it cannot be told."""

    def count(amount: papers.Amount) -> int:
        if isinstance(amount, Expression):
            value = read(amount, names)
            amount = int(value) if isinstance(value, Decimal) else 1
        return min(papers.MOST, max(0, amount))

    return papers.Sheets(count(paper.originals), count(paper.copies))


def holds(condition: Expression, names: Mapping[str, Any]) -> bool | None:
    """Whether a condition is true; None when it cannot be told."""
    value = read(condition, names)
    return value if isinstance(value, bool) else None
