"""Forms: what a step asks for, and reading what was entered.

The same functions serve the page that shows a form and the decision that accepts it, so that a
field hidden on the screen is neither asked for nor taken.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field as slot
from datetime import tzinfo
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from tuoban.kernel.codec import encode
from tuoban.kernel.commands import Sealed
from tuoban.kernel.computed import completed, computed_value
from tuoban.kernel.definition import (
    Definition,
    Field,
    FormEntry,
    FormSection,
    Outcome,
    Rule,
    Text,
)
from tuoban.kernel.facts import not_on_file, unread
from tuoban.kernel.fitting import fitted
from tuoban.kernel.immutable import immutable
from tuoban.kernel.names import Names, holds, read
from tuoban.kernel.refusals import Problem
from tuoban.kernel.rows import Inside, absent, is_blank, numbered, place_of, read_value
from tuoban.kernel.sight import OUTSIDE, Vantage, last, vantage_of
from tuoban.kernel.state import ROOT, State


@immutable(frozen=True)
class Place:
    """Where a form stands: at a start (`node` is None) or at a step, on a case so far."""

    definition: Definition
    state: State
    node: str | None
    form: tuple[FormSection, ...]
    opened: Mapping[str, Any]
    zone: tzinfo
    now: Any
    activation: int = ROOT
    """Where the step stands."""
    people: frozenset[str] = frozenset()
    """Everybody who is active: whom a field may name."""
    units: Collection[str] = slot(default=frozenset(), kw_only=True)
    """Every unit: what a field may name."""

    @cached_property
    def vantage(self) -> Vantage:
        return vantage_of(self.state, self.activation) if self.activation else OUTSIDE

    def names(self, own: Mapping[str, Any]) -> Names:
        today = self.now.astimezone(self.zone).date()
        timed = {**own, "now": self.now, "today": today}
        names = self._names(timed)
        whole = {
            name: completed(field, names[name], names, self.zone)
            for name, field in self._lists_of_places(own)
        }
        order = self.definition.orders.get(self.node or "", ())
        if order:
            fields = self.definition.own_fields(self.node or "")
            cells = {**dict.fromkeys(fields), **timed, **whole}
            for name in order:
                cells[name] = computed_value(fields[name], self._names(cells), self.zone)
            return self._names(cells)
        return self._names({**timed, **whole}) if whole else names

    def _names(self, own: Mapping[str, Any]) -> Names:
        names = Names(self.definition, self.state, self.opened, self.zone, vantage=self.vantage)
        return names.with_own(own, self.node)

    def _lists_of_places(self, own: Mapping[str, Any]) -> Iterator[tuple[str, Field]]:
        """Entered lists in whose rows something is computed, beside those of the case."""
        for name in own:
            field = self.definition.field_at(self.node, name)
            if field is not None and field.order and name not in self.definition.derived:
                yield name, field

    def field(self, name: str) -> Field:
        found = self.definition.field_at(self.node, name)
        if found is None:
            raise KeyError(name)
        return found

    def is_own(self, name: str) -> bool:
        """Whether the field belongs to the step itself, not to the case."""
        return self.node is not None and name in self.definition.own_fields(self.node)

    def home(self, name: str) -> int:
        """The activation whose copy of a field the form shows and fills; 0: it is the case's."""
        block = self.definition.place_at(self.node, name) if self.node is not None else None
        if block is None:
            return ROOT
        vantage = self.vantage
        return vantage.ids[vantage.regions.index(self.definition.nodes[block].regions[0])]

    def value(self, name: str) -> Any:
        """What a field that is not the step's own has now."""
        home = self.home(name)
        if home == ROOT:
            return self.state.values.get(name)
        return self.state.at_place(home, name)


class Reading(NamedTuple):
    """What was entered, typed: all values, the problems, and the warnings beside fields."""

    values: Mapping[str, Any]
    problems: tuple[Problem, ...]
    warnings: tuple[tuple[str, Text], ...] = ()


NOTHING_ENTERED = Reading({}, ())


def entries(place: Place) -> Iterable[FormEntry]:
    """All entries of the form, whether shown now or not."""
    for section in place.form:
        yield from section.entries


def is_shown(place: Place, entry: FormEntry, entered: Mapping[str, Any]) -> bool:
    """Whether the entry is shown, given what has been entered so far."""
    condition = place.field(entry.field).show_when
    return condition is None or holds(condition, place.names(entered)) is True


NOTHING_ABOVE: Mapping[str, Any] = MappingProxyType({})


def prefilled(place: Place, name: str, above: Mapping[str, Any] = NOTHING_ABOVE) -> Any:
    """What an entry shows before anybody types: the case's value, else what was entered here before
    work was sent back, else the field's default.

    Args:
        above: what is entered above it on the same form, which its default sees.
    """
    field = place.field(name)
    if field.computed is not None:
        return place.names(above)[name]
    known = _standing(place, name)
    return known if known is not None else _default(place, field, above)


def follows(place: Place, name: str, above: Collection[str]) -> bool:
    """Whether an entry shows a default before anybody types that follows from what is entered above
    it, or from what is computed from that."""
    default = place.field(name).default
    if default is None or _standing(place, name) is not None:
        return False
    computed = (*place.definition.derived, *place.definition.orders.get(place.node or "", ()))
    return not default.names.isdisjoint((*above, *computed))


def _standing(place: Place, name: str) -> Any:
    """What an entry shows that its field's default does not give."""
    if not place.is_own(name) and (known := place.value(name)) is not None:
        return known
    return _draft(place).get(name)


def _default(place: Place, field: Field, above: Mapping[str, Any]) -> Any:
    if field.default is None:
        return None
    kept, _ = fitted(field, read(field.default, place.names(above)), place.zone)
    value, _ = read_value(field, kept, place.zone)  # as if it were typed
    return value


def _draft(place: Place) -> Mapping[str, Any]:
    """What was entered at the step before work was sent back to it."""
    if place.node is None or place.node not in place.state.completions:
        return {}
    made = last(place.definition, place.state, place.node, place.vantage)
    return made.draft if made is not None else {}


def rows_now(place: Place, name: str) -> Any:
    """What a list held last, whose rows an entry goes on with."""
    if not place.is_own(name):
        return _standing(place, name)
    made = last(place.definition, place.state, place.node or "", place.vantage)
    return made.data.get(name) if made is not None else None


def read_form(place: Place, data: Mapping[str, Any], outcome: Outcome | None = None) -> Reading:
    """Read what was entered into a form.

    Entries are read in the order of the form. A hidden one is neither asked for nor taken and means
    nothing from then on; a read-only one keeps its value; one left out keeps what stands there
    already, or takes its default, which sees what is entered above it. All problems are found in
    one go.
    """
    if not place.form and not data:
        return NOTHING_ENTERED
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    known = {entry.field: entry for entry in entries(place)}
    for name in data:
        if name not in known:
            problems.append(Problem("unknown-field", name, {"field": name}))
    shown: list[FormEntry] = []
    for entry in known.values():
        if is_shown(place, entry, values):
            shown.append(entry)
            _read_entry(place, entry, data, values, problems)
        elif not entry.read_only:
            values[entry.field] = None
    values = numbered(values, place.state.last_row)
    broken = {problem.place.partition("[")[0] for problem in problems}
    for entry in shown:
        if entry.field not in broken and _is_missing(place, entry, values, outcome):
            label = place.field(entry.field).label
            problems.append(Problem("required", entry.field, {"label": label}))
    warnings = _judge_rules(place, shown, values, problems)
    return Reading(values, tuple(problems), tuple(warnings))


def _read_entry(
    place: Place,
    entry: FormEntry,
    data: Mapping[str, Any],
    values: dict[str, Any],
    problems: list[Problem],
) -> None:
    name = entry.field
    field = place.field(name)
    if field.computed is not None:
        if not is_blank(data.get(name)):
            problems.append(Problem("read-only", name, {"label": field.label}))
        return
    current = prefilled(place, name, values)
    if field.personal and not isinstance(current, Sealed):
        # A default could only be a value in clear, which no event may hold.
        current = None
    if entry.read_only or name not in data:
        if entry.read_only and name in data and not _unchanged(place, field, data[name], current):
            problems.append(Problem("read-only", name, {"label": field.label}))
        values[name] = current
        return
    raw = data[name]
    if isinstance(raw, Sealed):
        values[name] = raw
        return
    rows = rows_now(place, name) if field.type == "list" else None
    value, found = read_value(field, raw, place.zone, rows)
    if found:
        problems.extend(found)
    elif value not in (None, current) and (unknown := _unknown(place, field, value, rows)):
        problems.extend(unknown)
    elif field.personal and value not in (None, ()):
        problems.append(Problem("not-sealed", name, {"label": field.label}))
    else:
        values[name] = value


def _unknown(place: Place, field: Field, value: Any, rows: Any) -> tuple[Problem, ...]:
    """That nobody is called so, no unit, or nothing of the field's kind."""
    strange = tuple(not_on_file(field, value, place.opened))
    return strange or tuple(absent(field, value, place.people, place.units, rows))


def _unchanged(place: Place, field: Field, raw: Any, current: Any) -> bool:
    if isinstance(raw, Sealed) or isinstance(current, Sealed):
        return bool(raw == current)
    value, found = read_value(field, raw, place.zone, current)
    return not found and (value is None or bool(value == current))


def _is_missing(
    place: Place, entry: FormEntry, values: Mapping[str, Any], outcome: Outcome | None
) -> bool:
    needed = entry.required or place.field(entry.field).required
    if outcome is not None and outcome.unsigned:
        needed = False
    if outcome is not None and entry.field in outcome.requires:
        needed = True
    return needed and not entry.read_only and values.get(entry.field) in (None, ())


def _is_new(place: Place, name: str, value: Any) -> bool:
    """Whether a value was entered now; one that the case has already was judged when it came."""
    return value is not None and (place.is_own(name) or value != place.value(name))


def _judge_rules(
    place: Place,
    shown: list[FormEntry],
    values: Mapping[str, Any],
    problems: list[Problem],
) -> list[tuple[str, Text]]:
    ruled = [each for each in shown if not each.read_only and place.field(each.field).is_ruled]
    if not ruled:
        return []
    names = place.names(values)
    warnings: list[tuple[str, Text]] = []
    for entry in ruled:
        if not _is_new(place, entry.field, values.get(entry.field)):
            continue
        for at, rule in broken(place.field(entry.field), names):
            if rule.warns:
                warnings.append((at, rule.otherwise))
            else:
                problems.append(Problem("rule", at, {"text": rule.otherwise}))
    return warnings


def broken(field: Field, names: Names) -> Iterator[tuple[str, Rule]]:
    """The rules that a field, and each row of a list, does not satisfy, with their places."""
    for rule in field.rules:
        if holds(rule.that, names) is False:
            yield field.name, rule
    ruled = [column for column in field.columns if column.rules]
    for number, row in enumerate(names[field.name], start=1) if ruled else ():
        inside = Inside(row, names)
        for column in ruled:
            if row[column.name] is None:
                continue
            for rule in column.rules:
                if holds(rule.that, inside) is False:
                    yield place_of(field, number, column), rule


def value_shown(place: Place, name: str, values: Mapping[str, Any]) -> Any:
    """What an entry shows of the values entered so far, with all that is computed from them."""
    field = place.field(name)
    is_derived = field.computed is not None or field.order
    return unread(place.names(values)[name]) if is_derived else values.get(name)


def shown_digest(place: Place, values: Mapping[str, Any], checked: Iterable[str]) -> str:
    """The digest of what a signer was shown: the texts, the values and the ticked lines."""
    shown = {
        "step": place.node,
        "fields": {
            entry.field: [
                place.field(entry.field).label.zh,
                encode(value_shown(place, entry.field, values)),
            ]
            for entry in entries(place)
        },
        "checked": sorted(checked),
    }
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
