"""`starts`: how a case of the pack begins."""

from __future__ import annotations

from tuoban.kernel.definition import Start
from tuoban.kernel.language.forms import FormReader
from tuoban.kernel.language.names import read_name
from tuoban.kernel.language.reading import (
    Properties,
    as_items,
    as_mapping,
    as_one_or_more,
    as_text,
)
from tuoban.kernel.language.tree import Mapping, Node, Scalar, Sequence
from tuoban.kernel.language.workspace import Workspace

KEYS = ("request", "zh", "en", "by", "form")
LATER_KEYS = ("message", "every", "each", "in", "matching", "take", "for", "when", "fields")


def request_names(node: Node | None) -> tuple[str, ...]:
    """The names of the requests, for expressions that name `start.request`."""
    items = node.items if isinstance(node, Sequence) else ()
    pairs = (item.pair("request") for item in items if isinstance(item, Mapping))
    return tuple(
        pair.value.text for pair in pairs if pair is not None and isinstance(pair.value, Scalar)
    )


def read_starts(node: Node | None, ws: Workspace) -> dict[str, Start]:
    """Every way to begin a case, by the name of its request."""
    starts: dict[str, Start] = {}
    first: dict[str, Scalar] = {}
    for item in as_items(node, ws.findings):
        mapping = as_mapping(item, ws.findings)
        if mapping is None:
            continue
        properties = Properties(mapping, ws.findings, KEYS, LATER_KEYS)
        later = any(mapping.pair(key) for key in ("message", "every"))
        name = as_text(properties.get("request") if later else properties.need("request"),
                       ws.findings)  # fmt: skip
        start = _start(properties, name, ws) if name else None
        if name is None or start is None:
            continue
        if name.text in first:
            line = str(first[name.text].place.line)
            ws.findings.add(name, "name-taken", name=name.text, line=line)
        first.setdefault(name.text, name)
        starts.setdefault(name.text, start)
    return starts


def _start(properties: Properties, name: Scalar, ws: Workspace) -> Start | None:
    fit = read_name(name, ws.findings)
    label = ws.labels.of_name(properties, name.text, name)
    by = tuple(
        role
        for each in as_one_or_more(properties.need("by"), ws.findings)
        if (role := ws.held_role(as_text(each, ws.findings))) is not None
    )
    reader = FormReader(ws.fields, ws)
    form = reader.read(properties.get("form"))
    ws.fill(reader.fills, None)
    return Start(name.text, label, by, form) if fit else None
