"""What a case knows of the customers and assets that its fields name.

Such a field holds a reference alone (`asset-17`); names and telephone numbers stay in the file. The
facts that the pack reads come in with the surroundings and, as events, into the state, where every
expression reads them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tuoban.kernel.definition import Definition, Field, Text
from tuoban.kernel.expressions import Known, Row
from tuoban.kernel.refusals import Problem
from tuoban.kernel.rows import place_of
from tuoban.kernel.state import State
from tuoban.kernel.values import unknown_reference

CUSTOMER, ASSET = "customer", "asset"
REFERENCES = (CUSTOMER, ASSET)
"""The types of fields that hold references; `customer` is also the kind of every customer."""

LONGEST_NAME = 100
"""Characters of what tells one naming of somebody in a case from every other."""
_DIGITS = 12

KIND = "#kind"
"""The member of the facts in the surroundings that says of which kind something is; no fact can be
called so."""

NAME = "#name"
"""The member that says what an asset is called; the first fact of its kind is read from it."""

BUILT_IN: Mapping[str, Field] = {
    "cases": Field("cases", "integer", Text("此前工单数", "Cases before")),
    "last_at": Field("last_at", "datetime", Text("上次工单开始于", "Last case began")),
}
"""What is offered of everything: how many cases it had before this one, and when the newest of
them began."""


def fact_of(definition: Definition, field: Field, name: str) -> Field | None:
    """The fact called so of what the field names."""
    kind = definition.asset_kinds.get(field.kind)
    declared = kind.facts.get(name) if kind is not None else None
    return declared or BUILT_IN.get(name)


def part_of(definition: Definition, name: str) -> Field:
    """What stands as `{name}` in a text: a field of the case, or a fact of what a field names."""
    root, _, member = name.partition(".")
    field = definition.fields[root]
    fact = fact_of(definition, field, member) if member else field
    if fact is None:
        raise KeyError(name)
    return fact


def value_of(state: State, name: str, opened: Mapping[str, Any]) -> Any:
    """The same of its value, as far as it is known."""
    root, _, member = name.partition(".")
    value = state.values.get(root)
    return (known(state, opened, value) or {}).get(member) if member else value


class Held(NamedTuple):
    """A field that names somebody or something now.

    `name` tells it from every other copy of a field of the case: `vehicle`; `vehicle@3` of a place,
    by its activation; `vehicle#7` of a step, by its work item; of a row `lines[12].vehicle`, by its
    key, or its place where it has none.
    """

    name: str
    ref: str
    kind: str


def held(definition: Definition, state: State) -> Iterator[Held]:
    """The fields of the case, its places and what counts of its steps that name something now."""
    for name in definition.references:
        yield from _held_in(definition.fields[name], name, state.values.get(name))
    for owner, fields in definition.referring.items():
        for name, field in fields.items():
            for number, value in _copies(definition, state, owner, name):
                yield from _held_in(field, f"{name}{number}", value)


def _held_in(field: Field, name: str, value: Any) -> Iterator[Held]:
    for each in named_by(field, value):
        row = each.key or each.place
        called = _short(f"{name}[{row}].{each.of.name}") if row else name
        yield Held(called, each.ref, each.of.kind)


def _short(name: str) -> str:
    """The name, whose end is a digest of it where it is too long for the rows of a case."""
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:_DIGITS]
    return f"{name[: LONGEST_NAME - _DIGITS - 1]}~{digest}"


class Named(NamedTuple):
    """Somebody or something that a value names: by which field or column; in a list, the place of
    its row, from 1, and its key."""

    ref: str
    of: Field
    place: int = 0
    key: int = 0


def named_by(field: Field, value: Any) -> Iterator[Named]:
    """All that a value of the field names."""
    if field.kind and value is not None:
        yield Named(value, field)
    columns = [column for column in field.columns if column.kind]
    for place, row in enumerate(value or () if columns else (), start=1):
        for column in columns:
            if (ref := row.get(column.name)) is not None:
                yield Named(ref, column, place, row.key)


def not_on_file(field: Field, value: Any, known: Mapping[str, Any]) -> Iterator[Problem]:
    """That something which a value names is not on file, or of another kind, beside its entry.

    Args:
        known: what was looked up, by reference.
    """
    for each in named_by(field, value):
        if known.get(each.ref, {}).get(KIND) != each.of.kind:
            at = place_of(field, each.place, each.of) if each.place else field.name
            yield Problem(unknown_reference(each.of).code, at)


def unread(rows: Any) -> Any:
    """Rows as they are kept: whom or what they name by reference."""
    if not isinstance(rows, tuple):
        return rows
    return tuple(
        row.having({n: cell.ref if isinstance(cell, Known) else cell for n, cell in row.items()})
        if isinstance(row, Row)
        else row
        for row in rows
    )


def _copies(
    definition: Definition, state: State, owner: str, name: str
) -> Iterator[tuple[str, Any]]:
    """Every copy of a field of a step or block that counts, with what it holds."""
    for made in state.completions.get(owner, ()):
        if made.counts and name in made.data:
            yield f"#{made.item}", made.data[name]
    for region in definition.nodes[owner].regions:
        for each in state.instances.get(region, ()):
            entries = state.places.get(each.id, {}).get(name, ())
            if entries:
                yield f"@{each.id}", entries[-1].value


def read_of(definition: Definition, state: State) -> dict[str, frozenset[str]]:
    """By reference, the facts that the pack reads of it."""
    found: dict[str, frozenset[str]] = {}
    for each in held(definition, state):
        found[each.ref] = definition.reads.get(each.kind, frozenset())
    return found


def known(state: State, opened: Mapping[str, Any], ref: str | None) -> Mapping[str, Any] | None:
    """The facts of a reference to be read: those that the case has taken up, else those that the
    surroundings hold."""
    if ref is None:
        return None
    found = state.about.get(ref)
    return found if found is not None else opened.get(ref, {})
