"""`set`: a field gets a value (`to`), or several do (`set: {field: value}`)."""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Assign, Text
from tuoban.kernel.expressions import Expression
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
    before = ws.findings.count
    for name, node in _written(block, ws):
        declared = _declared(name, known, ws)
        if declared is not None:
            ws.writes.setdefault(block.key, {})[name.text] = name.place
            take_up_fills({name.text}, block, ws)
            value = _value(node, declared, block, ws)
            if value is not None:
                values.append((name.text, value))
    ws.has_gaps_in_forms |= ws.findings.count > before
    return Assign(tuple(values)) if values else None


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
        if not declared.is_personal:
            return declared
        ws.findings.add(name, "personal-set", name=name.text)
    elif "." in name.text:
        ws.findings.add(name, "not-supported-yet", word=f"{WORD}: {name.text}")
    else:
        unknown(name, ws.findings, "unknown-field", name.text, known)
    return None


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
