"""`kinds`: what assets and customers are of, with the facts that are kept of each.

An asset is called by the first fact of its kind. Customers have names and telephone numbers of
their own, which no expression reads.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import FieldType, Kind
from tuoban.kernel.facts import BUILT_IN, CUSTOMER
from tuoban.kernel.language import fields
from tuoban.kernel.language.declared import Declaration, Element, KindDraft, RecordDraft
from tuoban.kernel.language.names import RESERVED, read_name
from tuoban.kernel.language.reading import Properties, as_mapping
from tuoban.kernel.language.tree import Node, Pair
from tuoban.kernel.language.types import REFERENCES
from tuoban.kernel.language.workspace import Workspace

KEYS = ("zh", "en", "facts")
FACT_KEYS = ("type", "zh", "en", "hint", "long", "min", "max", "unit", "options", "of")
NOT_FACTS = ("person", "unit", *REFERENCES)


def name_kinds(node: Node | None, ws: Workspace) -> None:
    """Fill `ws.kinds` with the kinds that there are, whose facts are read when the records are
    known that facts are lists of: these may name kinds."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    for pair in mapping.pairs if mapping else ():
        given = as_mapping(pair.value, ws.findings)
        if read_name(pair.key, ws.findings) and given is not None:
            properties = Properties(given, ws.findings, KEYS)
            ws.kinds[pair.key.text] = KindDraft(pair.key, properties, {})


def read_facts(ws: Workspace) -> None:
    """Fill in the facts of every kind."""
    for name, draft in ws.kinds.items():
        _read_facts(draft, ws)
        if name != CUSTOMER:
            _check_name(draft, ws)


def _read_facts(draft: KindDraft, ws: Workspace) -> None:
    facts = as_mapping(draft.properties.need("facts"), ws.findings)
    if facts is not None and not facts.pairs:
        ws.findings.add(facts, "empty-list")
    for pair in facts.pairs if facts else ():
        declared = _fact(pair, ws)
        if read_name(pair.key, ws.findings, (*RESERVED, *BUILT_IN)) and declared is not None:
            draft.facts[pair.key.text] = declared


def _fact(pair: Pair, ws: Workspace) -> Declaration | None:
    declared = fields.declare(pair.key, pair.value, ws, FACT_KEYS)
    if declared is None:
        return None
    at = declared.properties.key("of" if declared.type == "list" else "type")
    unfit = [each for each in (declared.type, *_types_in(declared.of)) if each in NOT_FACTS]
    for type_ in dict.fromkeys(unfit):
        ws.findings.add(at, "type-not-of-fact", type=str(type_))
    return None if unfit else declared


def _types_in(of: Element | None) -> Iterator[FieldType | None]:
    """The types of what a list holds."""
    if isinstance(of, RecordDraft):
        yield from (column.type for column in of.columns.values())
    else:
        yield of


def _check_name(draft: KindDraft, ws: Workspace) -> None:
    """The first fact of an asset is what it is called by."""
    first = next(iter(draft.facts.values()), None)
    if first is not None and first.type not in ("text", None):
        ws.findings.add(first.name, "kind-without-name", name=first.name.text)


def complete_kinds(ws: Workspace) -> dict[str, Kind]:
    """The kinds in full."""
    return {
        name: Kind(
            name,
            ws.labels.of_name(draft.properties, name, draft.name),
            fields.complete(draft.facts, ws.scope, ws),
        )
        for name, draft in ws.kinds.items()
    }
