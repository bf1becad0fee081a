"""What a case knows of the customers and assets that its fields name.

Such a field holds a reference alone (`asset-17`); names and telephone numbers stay in the file. The
facts that the pack reads come in with the surroundings and, as events, into the state, where every
expression reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tuoban.kernel.definition import Definition, Field, Text
from tuoban.kernel.state import State

CUSTOMER, ASSET = "customer", "asset"
REFERENCES = (CUSTOMER, ASSET)
"""The types of fields that hold references; `customer` is also the kind of every customer."""

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


def held(definition: Definition, state: State) -> Iterator[tuple[str, str]]:
    """The fields that name something now, with their references."""
    for name in definition.references:
        value = state.values.get(name)
        if value is not None:
            yield name, value


def read_of(definition: Definition, state: State) -> dict[str, frozenset[str]]:
    """By reference, the facts that the pack reads of it."""
    found: dict[str, frozenset[str]] = {}
    for name, ref in held(definition, state):
        found[ref] = found.get(ref, frozenset()) | definition.reads.get(name, frozenset())
    return found


def known(state: State, opened: Mapping[str, Any], ref: str | None) -> Mapping[str, Any] | None:
    """The facts of a reference to be read: those that the case has taken up, else those that the
    surroundings hold."""
    if ref is None:
        return None
    found = state.about.get(ref)
    return found if found is not None else opened.get(ref, {})
