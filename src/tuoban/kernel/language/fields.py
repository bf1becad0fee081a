"""`fields`: first declared, so that expressions may name them, then read in full."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from tuoban.kernel.definition import Field, FieldType, Rule, Text
from tuoban.kernel.language import computed, lists, references, uploads
from tuoban.kernel.language.declared import Declaration, Element
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
from tuoban.kernel.language.types import (
    ELEMENT_TYPES,
    FILES,
    LISTED_TYPES,
    NUMERIC,
    PLAIN_TYPES,
    REFERENCES,
    SINGLE_TYPES,
    STORED_TYPES,
    TYPES,
    read_type,
)
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.language.written import read_written

COMMON_KEYS = ("type", "zh", "en", "required", "default", "show-when", "rules", "hint")
TYPE_KEYS: dict[str, tuple[FieldType, ...]] = {
    "long": ("text",),
    "min": (*NUMERIC, "list"),
    "max": (*NUMERIC, "list"),
    "unit": ("integer", "number"),
    "options": ("choice", "list"),
    "personal": tuple(v for v in TYPES.values() if v not in ("person", "unit", *REFERENCES)),
    "of": ("list",),
    "kind": ("asset",),
    "accept": (*FILES, "list"),
    "max-size": (*FILES, "list"),
}
"""Keys that only some types take."""
CASE_KEYS = (*COMMON_KEYS, *TYPE_KEYS, computed.KEY)
"""What may be said of the fields of the case, and of those of steps and blocks."""
NOT_OF_LISTS = ("personal",)
NOT_OF_FILES = ("default", computed.KEY)
NOT_OF_REFERENCES = (computed.KEY,)


def declare(
    name: Scalar,
    node: Node,
    ws: Workspace,
    keys: Collection[str] = CASE_KEYS,
    types: Mapping[str, FieldType] | None = None,
) -> Declaration | None:
    """A field's name, type and options; None if nothing can be made of it.

    Args:
        keys: what may be said of it.
        types: which it may have; those of a step or block, or single values where no list can be.
    """
    mapping = as_mapping(node, ws.findings, "@field")
    if mapping is None:
        return None
    properties = Properties(mapping, ws.findings, keys)
    type_ = read_type(properties.need("type"), ws.findings, types or _types(keys))
    elements = ELEMENT_TYPES if _takes_files(keys) else PLAIN_TYPES
    of = lists.read_element(properties, ws, elements) if type_ == "list" else None
    if type_ is not None:
        _check_keys(properties, type_, of, keys, ws)
    options: tuple[tuple[str, Text], ...] = ()
    if type_ == "choice" or of == "choice":
        options = tuple(_options(as_mapping(properties.need("options"), ws.findings), ws))
    elif type_ == "list" and "options" in properties:
        lists.refuse_options(properties, ws)
    kind, facts = ("", None)
    if type_ in REFERENCES:
        kind, facts = references.kind_of(type_, properties, ws)
    return Declaration(name, properties, type_, options, of, kind, facts)


def _types(keys: Collection[str]) -> Mapping[str, FieldType]:
    """Which types a field may have of which these keys may be said: what cannot say of which kind
    it is names no customer or asset, and what cannot say what it accepts holds no file."""
    if "of" not in keys:
        return SINGLE_TYPES if "kind" in keys else PLAIN_TYPES
    if _takes_files(keys):
        return TYPES
    return STORED_TYPES if "kind" in keys else LISTED_TYPES


def _takes_files(keys: Collection[str]) -> bool:
    return "accept" in keys


def _check_keys(
    properties: Properties,
    type_: FieldType,
    of: Element | None,
    keys: Collection[str],
    ws: Workspace,
) -> None:
    """Report what cannot be said of a field of this type."""
    for key, types in TYPE_KEYS.items():
        if key in properties and type_ not in types:
            known = ", ".join(each for each in types if each != "list" or "of" in keys)
            ws.findings.add(
                properties.key(key), "key-not-for-type", key=key, type=type_, known=known
            )
    if computed.KEY in properties:
        computed.check_keys(properties, type_, ws.findings)
    holds_files = type_ in FILES or of in FILES
    for key in (*NOT_OF_LISTS, *uploads.KEYS) if type_ == "list" and not holds_files else ():
        if key in properties:
            ws.findings.add(properties.key(key), "key-not-for-list", key=key)
    for key in NOT_OF_FILES if holds_files else ():
        if key in properties:
            ws.findings.add(properties.key(key), "key-not-for-file", key=key)
    for key in NOT_OF_REFERENCES if type_ in REFERENCES else ():
        if key in properties:
            ws.findings.add(properties.key(key), "key-not-for-reference", key=key, type=type_)


def complete(
    declared: Mapping[str, Declaration],
    scope: Scope,
    ws: Workspace,
    computing: Scope | None = None,
) -> dict[str, Field]:
    """The fields in full. `scope` knows their names too: a rule speaks of the new value by it.

    Args:
        computing: what is known where a field is computed, if that is not the same.
    """
    timed = scope.timed()
    read = (_complete(each, scope, timed, ws, computing) for each in declared.values())
    return {each.name: each for each in read if each is not None}


def _complete(
    declaration: Declaration, scope: Scope, timed: Scope, ws: Workspace, computing: Scope | None
) -> Field | None:
    properties, type_, findings = declaration.properties, declaration.type, ws.findings
    name = declaration.name.text
    label = ws.labels.of_name(properties, name, declaration.name)
    low, high = _bounds(declaration, ws)
    personal = as_boolean(properties.get("personal"), findings)
    default_scope = timed if personal else timed.in_clear("personal-default")
    default = read_written(
        properties.get("default"), declaration, default_scope, findings, (low, high)
    )
    unit = as_text(properties.get("unit"), findings)
    show_when = scope.condition(properties.get("show-when"), findings)
    rules = tuple(_rules(properties.get("rules"), timed, ws))
    hint = ws.labels.text(properties.get("hint"))
    required = as_boolean(properties.get("required"), findings)
    long = as_boolean(properties.get("long"), findings)
    columns, order = lists.columns(declaration, label, ws.decimals, findings)
    accept, most = uploads.read_limits(properties, type_, findings) if type_ in FILES else ((), 0)
    is_ = computed.read_computed(declaration, computing or scope, findings)
    if type_ is None or (type_ == "list" and not columns):
        return None
    return Field(
        name=name,
        type=type_,
        label=label,
        required=required or (type_ == "list" and low is not None),
        personal=personal,
        long=long,
        unit=unit.text if unit else "",
        minimum=low,
        maximum=high,
        options=declaration.options if type_ != "list" else (),
        default=default,
        show_when=show_when,
        rules=rules,
        hint=hint,
        columns=columns,
        order=order,
        computed=is_,
        decimals=ws.decimals,
        kind=declaration.kind,
        accept=accept,
        max_size=most,
    )


def warn_never_asked(
    declared: Mapping[str, Declaration], filled: Collection[str], findings: Findings
) -> None:
    """Warn of fields that no form gives a value; without one their default means nothing."""
    for name, declaration in declared.items():
        if name not in filled and not declaration.is_computed:
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
    if declaration.type == "list":
        return lists.bounds(properties, ws.findings)
    low, high = (as_number(properties.get(key), ws.findings) for key in ("min", "max"))
    for key, bound in (("min", low), ("max", high)):
        if bound is not None and declaration.type == "integer" and bound != int(bound):
            ws.findings.add(properties.get(key) or properties.place, "bound-not-whole", key=key)
    if low is not None and high is not None and low > high:
        ws.findings.add(properties.key("min"), "bounds-crossed", min=f"{low:f}", max=f"{high:f}")
    return low, high


def _rules(node: Node | None, scope: Scope, ws: Workspace) -> Iterator[Rule]:
    for item in as_items(node, ws.findings) if node is not None else ():
        mapping = as_mapping(item, ws.findings, "@rule")
        if mapping is None:
            continue
        properties = Properties(mapping, ws.findings, ("that", "else", "warn"))
        properties.forbid("warn", beside="else")
        that = scope.condition(properties.need("that"), ws.findings)
        warns = "warn" in properties
        otherwise = ws.labels.text(properties.get("warn") if warns else properties.need("else"))
        if that is not None and otherwise is not None:
            yield Rule(that, otherwise, warns)
