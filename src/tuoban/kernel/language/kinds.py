"""`kinds`: what assets and customers are of, with the facts that are kept of each.

An asset is called by the first fact of its kind. Customers have names and telephone numbers of
their own, which no expression reads.
"""

from __future__ import annotations

from tuoban.kernel.definition import Kind
from tuoban.kernel.facts import BUILT_IN, CUSTOMER
from tuoban.kernel.language import fields
from tuoban.kernel.language.declared import Declaration, KindDraft
from tuoban.kernel.language.names import RESERVED, read_name
from tuoban.kernel.language.reading import Properties, as_mapping
from tuoban.kernel.language.tree import Node, Pair
from tuoban.kernel.language.workspace import Workspace

KEYS = ("zh", "en", "facts")
FACT_KEYS = ("type", "zh", "en", "hint", "long", "min", "max", "unit", "options")
NOT_FACTS = ("person",)


def read_kinds(node: Node | None, ws: Workspace) -> None:
    """Fill `ws.kinds`."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    for pair in mapping.pairs if mapping else ():
        given = as_mapping(pair.value, ws.findings)
        if read_name(pair.key, ws.findings) and given is not None:
            properties = Properties(given, ws.findings, KEYS)
            draft = KindDraft(pair.key, properties, _facts(properties, ws))
            ws.kinds[pair.key.text] = draft
            if pair.key.text != CUSTOMER:
                _check_name(draft, ws)


def _facts(properties: Properties, ws: Workspace) -> dict[str, Declaration]:
    facts = as_mapping(properties.need("facts"), ws.findings)
    if facts is not None and not facts.pairs:
        ws.findings.add(facts, "empty-list")
    found: dict[str, Declaration] = {}
    for pair in facts.pairs if facts else ():
        declared = _fact(pair, ws)
        if read_name(pair.key, ws.findings, (*RESERVED, *BUILT_IN)) and declared is not None:
            found[pair.key.text] = declared
    return found


def _fact(pair: Pair, ws: Workspace) -> Declaration | None:
    declared = fields.declare(pair.key, pair.value, ws, FACT_KEYS)
    if declared is not None and declared.type in NOT_FACTS:
        ws.findings.add(
            declared.properties.key("type"), "type-not-of-fact", type=str(declared.type)
        )
    return declared


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
