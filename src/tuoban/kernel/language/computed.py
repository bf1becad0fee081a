"""`is`: what computes a field; and the order in which fields are computed, if there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from tuoban.kernel.definition import Field, FieldType
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.declared import Declaration
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import Properties, as_text
from tuoban.kernel.language.scope import Scope

KEY = "is"
NOT_BESIDE = ("required", "default", "min", "max", "rules", "personal")
"""What is said of values that somebody enters."""

_WANTED: Mapping[FieldType, str] = {
    **dict.fromkeys(("integer", "number", "percent", "money"), "number"),
    **dict.fromkeys(("text", "phone", "choice"), "text"),
    **dict.fromkeys(("date", "datetime"), "moment"),
    "boolean": "boolean",
    "time": "time",
    "unit": "unit",
    "duration": "duration",
}


def check_keys(properties: Properties, type_: FieldType, findings: Findings) -> None:
    """Report what cannot be said of a computed field."""
    if type_ == "list":
        findings.add(properties.key(KEY), "key-not-for-list", key=KEY)
    for key in NOT_BESIDE:
        if key in properties:
            findings.add(properties.key(key), "key-beside-is", key=key)


def read_computed(declaration: Declaration, scope: Scope, findings: Findings) -> Expression | None:
    """The expression that a field always is; None if somebody enters it."""
    if declaration.type is None or declaration.type not in _WANTED:
        return None
    scalar = as_text(declaration.properties.get(KEY), findings, "@value")
    if scalar is None:
        return None
    known = {name: shape for name, shape in scope.known.items() if name != "case"}
    not_here = {**scope.not_here, "case": "no-case-in-computed"}
    inside = replace(scope, known=known, not_here=not_here).in_clear("personal-computed")
    return inside.read(scalar, findings, _WANTED[declaration.type])


def order_of(
    fields: Iterable[Field], declared: Mapping[str, Declaration], findings: Findings
) -> tuple[str, ...]:
    """The names of the computed ones among the fields, those first that others need.

    What is computed in a circle is reported and left out.
    """
    needed = {each.name: _names_in(each) for each in fields if _is_derived(each)}
    graph = {name: names & needed.keys() for name, names in needed.items()}
    while True:
        try:
            return tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            circle: list[str] = list(reversed(error.args[1]))
            _report(circle, declared, findings)
            graph = {
                name: needs - set(circle) for name, needs in graph.items() if name not in circle
            }


def derived(
    fields: Mapping[str, Field], declared: Mapping[str, Declaration], findings: Findings
) -> dict[str, tuple[str, ...]]:
    """Every field of the case that is computed, or a list in whose rows something is, with those
    that it needs before it."""
    found: dict[str, tuple[str, ...]] = {}
    for name in order_of(fields.values(), declared, findings):
        before = (found[each] for each in _names_in(fields[name]) if each in found)
        found[name] = (*dict.fromkeys(each for chain in before for each in chain), name)
    return found


def _is_derived(field: Field) -> bool:
    return field.computed is not None or bool(field.order)


def _names_in(field: Field) -> set[str]:
    """What it is computed from, outside its own rows."""
    if field.computed is not None:
        return set(field.computed.names)
    columns = {column.name for column in field.columns}
    return {name for each in _computed_in(field) for name in each.names} - columns


def _computed_in(field: Field) -> Iterator[Expression]:
    for column in field.columns:
        if column.computed is not None:
            yield column.computed


def _report(circle: list[str], declared: Mapping[str, Declaration], findings: Findings) -> None:
    """Report a circle where its first computed field stands on the page."""
    ring = circle[:-1]
    computed = [name for name in ring if KEY in declared[name].properties]
    first = min(computed or ring, key=lambda name: declared[name].name.place)
    at = ring.index(first)
    chain = " → ".join((*ring[at:], *ring[:at], first))
    properties = declared[first].properties
    place = properties.key(KEY) if KEY in properties else declared[first].name
    findings.add(place, "computed-in-circle", chain=chain)
