"""`records`: named kinds of rows, declared first so that lists may be made of them."""

from __future__ import annotations

from tuoban.kernel.language import computed, fields
from tuoban.kernel.language.declared import Declaration, RecordDraft
from tuoban.kernel.language.names import RESERVED, read_name
from tuoban.kernel.language.reading import as_mapping
from tuoban.kernel.language.tree import Node, Pair
from tuoban.kernel.language.types import PLAIN_TYPES
from tuoban.kernel.language.workspace import Workspace

COLUMN_KEYS = (
    "type", "zh", "en", "is", "required", "rules", "hint", "long", "min", "max", "unit", "options",
    "kind",
)  # fmt: skip
_REFUSED = ("default", "show-when")
_TAKEN = RESERVED - {"item"}
"""What no column may be called: `item` is free, since a filter sees the members of a row first."""


def read_records(node: Node | None, ws: Workspace) -> None:
    """Fill `ws.records`."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    for pair in mapping.pairs if mapping else ():
        if read_name(pair.key, ws.findings, (*RESERVED, *PLAIN_TYPES)):
            ws.records[pair.key.text] = RecordDraft(pair.key, _columns(pair.value, ws))


def complete_records(ws: Workspace) -> None:
    """Read the fields of every record in full, once all names are known."""
    for record in ws.records.values():
        inside = ws.scope.inside_row(record.columns)
        record.fields = tuple(fields.complete(record.columns, inside, ws).values())
        record.order = computed.order_of(record.fields, record.columns, ws.findings)


def warn_unused_records(ws: Workspace) -> None:
    """Warn of every record that no list is made of."""
    for name, record in ws.records.items():
        if not record.is_used:
            ws.findings.warn(record.name, "record-unused", name=name)


def _columns(node: Node, ws: Workspace) -> dict[str, Declaration]:
    mapping = as_mapping(node, ws.findings)
    if mapping is not None and not mapping.pairs:
        ws.findings.add(mapping, "empty-list")
    declared = {}
    for pair in mapping.pairs if mapping else ():
        declaration = _column(pair, ws)
        if read_name(pair.key, ws.findings, _TAKEN) and declaration is not None:
            declared[pair.key.text] = declaration
    return declared


def _column(pair: Pair, ws: Workspace) -> Declaration | None:
    mapping = as_mapping(pair.value, ws.findings, "@field")
    if mapping is None:
        return None
    type_ = mapping.pair("type")
    if type_ is not None and getattr(type_.value, "text", "") == "list":
        ws.findings.add(type_.value, "list-in-record")
        return None
    for key in _REFUSED:
        if (found := mapping.pair(key)) is not None:
            ws.findings.add(found.key, "key-not-in-record", key=key)
    if (personal := mapping.pair("personal")) is not None:
        ws.findings.add(personal.key, "personal-in-record")
    return fields.declare(pair.key, pair.value, ws, (*COLUMN_KEYS, *_REFUSED, "personal"))
