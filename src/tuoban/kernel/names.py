"""What an expression of a pack sees of its case from where it stands, and never more than that.

An expression reads the fields of the places around it and of the case, the elements it works on,
its own step's fields, the results of steps by their names, `start`, `settings` and `case`. A step's
name means its newest completion that still counts; what has not happened is null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from tuoban.kernel import papers, settings, sight
from tuoban.kernel.computed import Derived, WithDerived, completed, computed_value, with_computed
from tuoban.kernel.definition import Definition, Field
from tuoban.kernel.expressions import MINOR_DIGITS, Expression, ExpressionError
from tuoban.kernel.listed import Listed
from tuoban.kernel.money import decimals_of
from tuoban.kernel.on_file import OnFile
from tuoban.kernel.readable import readable
from tuoban.kernel.sampling import SAMPLE, sampler
from tuoban.kernel.sight import OUTSIDE, Vantage
from tuoban.kernel.state import ROOT, Completion, Instance, State

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

    def seen_from(self, vantage: Vantage) -> Names:
        """The same names, read from another place."""
        return Names(self._definition, self._state, self._opened, self._zone, self._own, vantage)

    def __getitem__(self, name: str) -> Any:
        if name in self._definition.derived and not self._has_nearer(name):
            return self._open(self._computed()[name])
        if name in self._own:
            return self._open(self._own[name])
        definition = self._definition
        if definition.place_fields and (found := self._place_with(name)) is not None:
            field = self._place_field(found, name)
            if field.computed is not None:
                return self._open(computed_value(field, self, self._zone))
            return self._whole(field, self._state.at_place(found, name))
        if definition.locals and (key := self._local(name)) is not None:
            return self._paper(key) if key in definition.papers else self._node(key)
        if name in definition.fields:
            return self._read(definition.fields[name], self._state.values.get(name))
        if name in definition.nodes:
            return self._node(name)
        if name in definition.papers:
            return self._paper(name)
        return self._fixed(name)

    def _read(self, field: Field | None, value: Any) -> Any:
        """The value of a field; of a customer or an asset that it names, what is known."""
        if field is None or not field.refers:
            return self._open(value)
        return self._on_file.read(field, value)

    @property
    def _on_file(self) -> OnFile:
        return OnFile(self._state, self._opened, self._open)

    def said(self, fields: Mapping[str, Field | None], values: Mapping[str, Any]) -> dict[str, Any]:
        """What these fields hold, as expressions read it."""
        return {name: self._read(fields.get(name), value) for name, value in values.items()}

    def with_own(self, own: Mapping[str, Any], node: str | None = None) -> Names:
        """The same with values that come before the case's, as they are kept.

        Args:
            node: the step whose form asks for them; None: they are the case's.
        """
        definition = self._definition
        if definition.names_files:
            fields = {name: definition.field_at(node, name) for name in own}
            naming = {name for name, each in fields.items() if each and each.refers}
            own = {**own, **self.said(fields, {name: own[name] for name in naming})}
        return Names(definition, self._state, self._opened, self._zone, own, self._vantage)

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
        return self._read(self._definition.fields[name], value)

    def _whole(self, field: Field | None, value: Any) -> Any:
        """The value of a place's field to be read, with what is computed in its rows."""
        opened = self._read(field, value)
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
        read = _READ.get(self._definition.nodes[key].kind)
        return read(self, key) if read is not None else self._block(key)

    def _block(self, key: str) -> Mapping[str, Any]:
        """The fields that a block declares, of its newest instance; else what was done."""
        return self._place(key) if key in self._definition.place_fields else self._done(key)

    def _done(self, key: str) -> Mapping[str, Any]:
        """What was done at a step, or in a called process."""
        return self._history(key, self._papers_of(key))

    def _history(self, key: str, more: Mapping[str, Any]) -> Mapping[str, Any]:
        """The newest completion, with what more is read of it, and lists of all."""
        newest = sight.newest(self._definition, self._state, key, self._vantage)
        made = self._state.completions.get(key, ())
        plain = self._completion(newest) if newest is not None else {}
        plain |= {"count": len(made), **more}
        return Listed(plain, lambda: sight.counting(self._state, key), lambda: made, self._listed)

    def _listed(self, made: Sequence[Completion]) -> list[Mapping[str, Any]]:
        return [self._completion(each) for each in made]

    def _completion(self, made: Completion) -> dict[str, Any]:
        """What one completion of a step, or of what the process did itself, gives to read."""
        own = self._definition.data_fields(made.node)
        data = {name: self._whole(own.get(name), value) for name, value in made.data.items()}
        path = self._definition.paths[made.node]
        if made.place:
            at_place = self._state.at_place
            own = self._definition.place_fields.get(made.node, {})
            data |= {each: self._whole(own[each], at_place(made.place, each)) for each in own}
            body = self._definition.nodes[made.node].regions[0]
            inside = Vantage((*made.scope, made.place), (*path, body))
            data |= self._with_computed(made.node, own, data, inside)
        elif not made.by and made.outcome is None:  # by the process itself
            return {**data, "at": self._open(made.at)}
        else:
            data |= self._with_computed(made.node, own, data, Vantage(made.scope, path))
            if self._definition.nodes[made.node].construct.is_work:
                data = {"late": Decimal(made.late), **data}
        return {**data, "outcome": made.outcome, "at": self._open(made.at), "by": made.by}

    def _loop(self, key: str) -> Mapping[str, Any]:
        loop = sight.loop(self._definition, self._state, key, self._vantage)
        own = self._place(key) if key in self._definition.place_fields else {}
        if loop is None:
            return {**own, "round": 0, "exhausted": None}
        return {**own, "round": loop.rounds, "exhausted": loop.exhausted}

    def _element(self, key: str) -> Any:
        """The element that is being worked on around the vantage; outside, the fields of all."""
        body = self._definition.nodes[key].regions[0]
        if body not in self._vantage.regions:
            return {"all": self._elements(key, body)}
        depth = self._vantage.regions.index(body)
        here = self._vantage.ids[: depth + 1]
        found = sight.instances_below(self._state, body, here[:-1])
        number = next((each.element for each in found if each.scope == here), 0)
        values = sight.elements_of(self._state, key, here[:-1])
        return self._on_file.element(values[number - 1]) if 0 < number <= len(values) else None

    def _reaction(self, key: str) -> Mapping[str, Any]:
        """A reaction: its newest occurrence, how many there were, and how many are running."""
        running = sight.running(self._definition, self._state, key, self._vantage)
        return self._history(key, {"open": running})

    def _place(self, key: str) -> Mapping[str, Any]:
        """The fields that a block declares, of its newest instance."""
        body = self._definition.nodes[key].regions[0]
        return self._copy(key, sight.instance(self._definition, self._state, body, self._vantage))

    def _elements(self, key: str, body: str) -> list[Mapping[str, Any]]:
        """The fields that an `each` declares, for every element of its newest run, in order."""
        found = sight.elements_outside(self._definition, self._state, key, body, self._vantage)
        return [self._copy(key, each) for each in found if key in self._definition.place_fields]

    def _copy(self, key: str, found: Instance | None) -> Mapping[str, Any]:
        """What one instance of a block has of the fields that it declares."""
        place = found.id if found is not None else ROOT  # which has no fields of its own
        own = self._definition.place_fields[key]
        data = {each: self._whole(own[each], self._state.at_place(place, each)) for each in own}
        if found is None:
            return data
        path = self._definition.region_paths[self._definition.nodes[key].regions[0]]
        return data | self._with_computed(key, own, data, Vantage(found.scope, path))

    def _with_computed(
        self, owner: str, own: Mapping[str, Field], data: Mapping[str, Any], inside: Vantage
    ) -> dict[str, Any]:
        """The values of a step's or block's own fields with what is computed among them.

        Args:
            inside: the place from which that is read.
        """
        order = self._definition.orders.get(owner, ())
        if not order:
            return {}
        around = Names(self._definition, self._state, self._opened, self._zone, vantage=inside)
        kept = {name: value for name, value in data.items() if name in own}
        found = with_computed(order, own, kept, around, self._zone)
        return {name: self._open(found[name]) for name in order}

    def own_computed(self, made: Completion) -> Mapping[str, Any]:
        """What is computed of the fields that a completion of a step has for itself."""
        if made.node not in self._definition.orders:
            return {}
        own, path = self._definition.data_fields(made.node), self._definition.paths[made.node]
        data = {name: self._whole(own.get(name), value) for name, value in made.data.items()}
        return self._with_computed(made.node, own, data, Vantage(made.scope, path))

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

    def _papers_of(self, call: str) -> dict[str, Any]:
        """The papers of the process that a call runs."""
        inside = self._definition.locals.get(call, {}).items()
        return {name: self._paper(key) for name, key in inside if key in self._definition.papers}

    def _start(self) -> Mapping[str, Any]:
        state = self._state
        return {
            "request": state.request,
            "by": state.by or None,
            "at": self._open(state.started_at),
            "unit": state.asked_in or state.unit,
            "channel": state.channel,
        }

    def _case(self) -> Mapping[str, Any]:
        state = self._state
        fields = self._definition.fields
        values = {name: self._read(fields.get(name), each) for name, each in state.values.items()}
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


_READ: Mapping[str, Callable[[Names, str], Any]] = {
    "repeat": Names._loop,
    "each": Names._element,
    "reaction": Names._reaction,
    "call": Names._done,
    "aside": Names._done,
}
"""What is read by the name of a construct of this kind; by any other a block, or what was done."""


class _Kept(Names):
    """The same names with values as the state holds them."""

    __slots__ = ()

    def _open(self, value: Any) -> Any:
        return value


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
