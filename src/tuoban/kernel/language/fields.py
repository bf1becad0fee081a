"""`fields`: first declared, so that expressions may name them, then read in full."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from tuoban.kernel.definition import Field, FieldType, Rule, Text
from tuoban.kernel.language.declared import Declaration
from tuoban.kernel.language.defaults import read_default
from tuoban.kernel.language.names import read_option
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import (
    Properties,
    as_boolean,
    as_items,
    as_mapping,
    as_number,
    as_text,
)
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping as Keys
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.kernel.language.types import TYPES, read_type
from tuoban.kernel.language.workspace import Workspace

COMMON_KEYS = ("type", "zh", "en", "required", "default", "show-when", "rules", "hint")
TYPE_KEYS: dict[str, tuple[FieldType, ...]] = {
    "long": ("text",),
    "min": ("integer", "number", "money"),
    "max": ("integer", "number", "money"),
    "unit": ("integer", "number"),
    "options": ("choice",),
    "personal": tuple(each for each in TYPES.values() if each != "person"),
}
"""Keys that only some types take."""
LATER_KEYS = ("is", "of", "kind", "per", "covers")


def declare(
    name: Scalar, node: Node, ws: Workspace, keys: Collection[str] = (*COMMON_KEYS, *TYPE_KEYS)
) -> Declaration | None:
    """A field's name, type and options; None if nothing can be made of it.

    Args:
        keys: what may be said of it.
    """
    mapping = as_mapping(node, ws.findings, "@field")
    if mapping is None:
        return None
    properties = Properties(mapping, ws.findings, keys, LATER_KEYS)
    type_ = read_type(properties.need("type"), ws.findings)
    if type_ is not None:
        for key, types in TYPE_KEYS.items():
            if key in properties and type_ not in types:
                ws.findings.add(
                    properties.key(key), "key-not-for-type", key=key, type=type_,
                    known=", ".join(types),
                )  # fmt: skip
    options: tuple[tuple[str, Text], ...] = ()
    if type_ == "choice":
        options = tuple(_options(as_mapping(properties.need("options"), ws.findings), ws))
    return Declaration(name, properties, type_, options)


def complete(declared: Mapping[str, Declaration], scope: Scope, ws: Workspace) -> dict[str, Field]:
    """The fields in full. `scope` knows their names too: a rule speaks of the new value by it."""
    timed = scope.timed()
    read = (_complete(each, scope, timed, ws) for each in declared.values())
    return {each.name: each for each in read if each is not None}


def _complete(declaration: Declaration, scope: Scope, timed: Scope, ws: Workspace) -> Field | None:
    properties, type_, findings = declaration.properties, declaration.type, ws.findings
    name = declaration.name.text
    label = ws.labels.of_name(properties, name, declaration.name)
    low, high = _bounds(declaration, ws)
    personal = as_boolean(properties.get("personal"), findings)
    default_scope = timed if personal else timed.in_clear("personal-default")
    default = read_default(declaration, (low, high), default_scope, findings)
    unit = as_text(properties.get("unit"), findings)
    show_when = scope.condition(properties.get("show-when"), findings)
    rules = tuple(_rules(properties.get("rules"), timed, ws))
    hint = ws.labels.text(properties.get("hint"))
    required = as_boolean(properties.get("required"), findings)
    long = as_boolean(properties.get("long"), findings)
    if type_ is None:
        return None
    return Field(
        name=name,
        type=type_,
        label=label,
        required=required,
        personal=personal,
        long=long,
        unit=unit.text if unit else "",
        minimum=low,
        maximum=high,
        options=declaration.options,
        default=default,
        show_when=show_when,
        rules=rules,
        hint=hint,
    )


def warn_never_asked(
    declared: Mapping[str, Declaration], filled: Collection[str], findings: Findings
) -> None:
    """Warn of fields that no form gives a value; without one their default means nothing."""
    for name, declaration in declared.items():
        if name not in filled:
            findings.warn(declaration.name, "field-never-asked", name=name)


def _options(mapping: Keys | None, ws: Workspace) -> Iterator[tuple[str, Text]]:
    if mapping is not None and not mapping.pairs:
        ws.findings.add(mapping, "empty-list")
    for pair in mapping.pairs if mapping else ():
        label = ws.labels.text(pair.value)
        if read_option(pair.key, ws.findings):
            yield pair.key.text, label or Text(pair.key.text, pair.key.text)


def _bounds(declaration: Declaration, ws: Workspace) -> tuple[Decimal | None, Decimal | None]:
    properties = declaration.properties
    if declaration.type not in TYPE_KEYS["min"]:
        return None, None
    low, high = (as_number(properties.get(key), ws.findings) for key in ("min", "max"))
    for key, bound in (("min", low), ("max", high)):
        if bound is not None and declaration.type == "integer" and bound != int(bound):
            ws.findings.add(properties.get(key) or properties.place, "bound-not-whole", key=key)
    if low is not None and high is not None and low > high:
        ws.findings.add(properties.key("min"), "bounds-crossed", min=f"{low:f}", max=f"{high:f}")
    return low, high


def _rules(node: Node | None, scope: Scope, ws: Workspace) -> Iterator[Rule]:
    for item in as_items(node, ws.findings) if node is not None else ():
        mapping = as_mapping(item, ws.findings)
        if mapping is None:
            continue
        properties = Properties(mapping, ws.findings, ("that", "else", "warn"))
        properties.forbid("warn", beside="else")
        that = scope.condition(properties.need("that"), ws.findings)
        warns = "warn" in properties
        otherwise = ws.labels.text(properties.get("warn") if warns else properties.need("else"))
        if that is not None and otherwise is not None:
            yield Rule(that, otherwise, warns)
