"""`set`: a field gets a value (`to`), or several do (`set: {field: value}`); also a fact about a
customer or an asset, `vehicle.next_service`."""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Assign, Text
from tuoban.kernel.expressions import Expression
from tuoban.kernel.facts import BUILT_IN, CUSTOMER
from tuoban.kernel.language.constructs.kind import Kind
from tuoban.kernel.language.constructs.step import take_up_fills
from tuoban.kernel.language.declared import Block, Declaration
from tuoban.kernel.language.defaults import read_value
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.places import known_fields, scope_in
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.scope import literal
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace

WORD, TO = "set", "to"


def _read(block: Block, ws: Workspace) -> Assign | None:
    known = known_fields(block, ws)
    values: list[tuple[str, Expression]] = []
    facts: list[tuple[str, str, Expression]] = []
    before = ws.findings.count
    for name, node in _written(block, ws):
        if "." in name.text:
            facts += _fact(name, node, block, ws)
            continue
        declared = _declared(name, known, ws)
        if declared is not None:
            ws.writes.setdefault(block.key, {})[name.text] = name.place
            take_up_fills({name.text}, block, ws)
            value = _value(node, declared, block, ws)
            if value is not None:
                values.append((name.text, value))
    ws.has_gaps_in_forms |= ws.findings.count > before
    return Assign(tuple(values), tuple(facts)) if values or facts else None


def _written(block: Block, ws: Workspace) -> Iterator[tuple[Scalar, Node | None]]:
    """The fields with what they are set to."""
    value, properties = block.value, block.properties
    if isinstance(value, Mapping):
        properties.forbid(TO, beside=WORD)
        if not value.pairs:
            ws.findings.add(value, "empty-list")
        for pair in value.pairs:
            yield pair.key, pair.value
        return
    name = as_text(value, ws.findings, "@field-name")
    if name is not None:
        yield name, properties.need(TO)


def _declared(name: Scalar, known: dict[str, Declaration], ws: Workspace) -> Declaration | None:
    if name.text in known:
        declared = known[name.text]
        if declared.kind:
            ws.findings.add(name, "reference-set", name=name.text)
            return None
        if not declared.is_personal:
            return declared
        ws.findings.add(name, "personal-set", name=name.text)
    else:
        unknown(name, ws.findings, "unknown-field", name.text, known)
    return None


def _fact(
    name: Scalar, node: Node | None, block: Block, ws: Workspace
) -> Iterator[tuple[str, str, Expression]]:
    """A fact of what a field names, `vehicle.next_service`, with what it is set to."""
    root, _, member = name.text.partition(".")
    declared = ws.fields.get(root)
    if declared is None or not declared.kind:
        named = [each for each, field in ws.fields.items() if field.kind]
        unknown(name, ws.findings, "unknown-field", root, named)
        return
    if declared.facts is None:
        return
    if member in BUILT_IN or (declared.kind != CUSTOMER and member == next(iter(declared.facts))):
        ws.findings.add(name, "fact-not-set", name=name.text)
    elif member not in declared.facts:
        unknown(name, ws.findings, "unknown-fact", member, declared.facts)
    else:
        ws.writes.setdefault(block.key, {})[name.text] = name.place
        value = _value(node, declared.facts[member], block, ws)
        if value is not None:
            yield root, member, value


def _value(
    node: Node | None, declared: Declaration, block: Block, ws: Workspace
) -> Expression | None:
    """What a field is set to, written like a default; `null` makes it empty."""
    scalar = as_text(node, ws.findings, "@value")
    if scalar is None:
        return None
    if scalar.text.strip() == "null":
        return literal("null")
    scope = scope_in(block.body, ws).timed().in_clear("personal-set")
    return read_value(scalar, declared, (None, None), scope, ws.findings)


KIND = Kind(
    word=WORD,
    label=Text("设定", "Set"),
    keys=(TO,),
    naming="unnamed",
    read=_read,
)
