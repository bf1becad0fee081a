"""`set`: a field gets a value (`to`), or several do (`set: {field: value}`); also a fact about a
customer or an asset, `vehicle.next_service`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tuoban.kernel.definition import Assign, FactSet, Text
from tuoban.kernel.expressions import Expression
from tuoban.kernel.facts import BUILT_IN, CUSTOMER
from tuoban.kernel.language.constructs.kind import Kind, in_no_time
from tuoban.kernel.language.constructs.step import take_up_fills
from tuoban.kernel.language.declared import Block, Declaration
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.places import known_fields, scope_in
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.scope import literal
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.language.written import read_written

WORD, TO = "set", "to"


def _read(block: Block, ws: Workspace) -> Assign | None:
    known = known_fields(block, ws)
    values: list[tuple[str, Expression]] = []
    facts: list[FactSet] = []
    before = ws.findings.count
    for name, node in _written(block, ws):
        if "." in name.text:
            fact = _fact(name, node, block, ws)
            facts += [fact] if fact is not None else []
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
        code = _not_set(declared)
        if not code:
            return declared
        ws.findings.add(name, code, name=name.text)
    else:
        unknown(name, ws.findings, "unknown-field", name.text, known)
    return None


def _not_set(declared: Declaration) -> str:
    """Why a field is nothing that `set` gives a value; empty if it is."""
    if declared.is_computed:
        return "computed-not-here"
    return "personal-set" if declared.is_personal else ""


def _fact(name: Scalar, node: Node | None, block: Block, ws: Workspace) -> FactSet | None:
    """A fact of whom or what the rest of the name gives, `vehicle.next_service`, with what it is
    set to."""
    of, _, member = name.text.rpartition(".")
    scope = replace(scope_in(block.body, ws), paths=set())  # nothing is read of it
    subject = scope.expression(replace(name, text=of), ws.findings)
    if subject is None:
        return None
    kind = subject.shape.about
    if not kind:
        if subject.shape.kind != "any":
            ws.findings.add(name, "nothing-on-file", name=of)
        return None
    facts = ws.kinds[kind].facts if kind in ws.kinds else {}
    if member in BUILT_IN or (kind != CUSTOMER and member == next(iter(facts), None)):
        ws.findings.add(name, "fact-not-set", name=name.text)
        return None
    if member not in facts:
        unknown(name, ws.findings, "unknown-fact", member, facts)
        return None
    ws.writes.setdefault(block.key, {})[name.text] = name.place
    value = _value(node, facts[member], block, ws)
    return FactSet(subject, kind, member, value) if value is not None else None


def _value(
    node: Node | None, declared: Declaration, block: Block, ws: Workspace
) -> Expression | None:
    """What a field is set to, written like a default; `null` makes it empty."""
    if isinstance(node, Scalar) and node.text.strip() == "null":
        return literal("null")
    scope = scope_in(block.body, ws).timed().in_clear("personal-set")
    return read_written(node, declared, scope, ws.findings)


KIND = Kind(
    word=WORD,
    label=Text("设定", "Set"),
    keys=(TO,),
    naming="unnamed",
    read=_read,
    instant=in_no_time,
)
