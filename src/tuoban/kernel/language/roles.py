"""`roles`: who takes part, as a label or with who records for them."""

from __future__ import annotations

from tuoban.kernel.definition import Role, Text
from tuoban.kernel.language.limits import PERFORMER
from tuoban.kernel.language.names import FEEL_WORDS, read_name
from tuoban.kernel.language.reading import Properties, as_mapping, as_text
from tuoban.kernel.language.tree import Mapping, Node, Pair
from tuoban.kernel.language.workspace import Workspace

KEYS = ("zh", "en", "recorded-by")
LATER_KEYS = ("person", "in", "skills", "excludes")


def read_roles(node: Node | None, ws: Workspace) -> None:
    """Fill `ws.roles`: first with every name, since roles may name one another."""
    mapping = as_mapping(node, ws.findings)
    pairs = [
        pair
        for pair in (mapping.pairs if mapping else ())
        if read_name(pair.key, ws.findings, (*FEEL_WORDS, PERFORMER))
    ]
    ws.roles.update((pair.key.text, None) for pair in pairs)
    for pair in pairs:
        ws.roles[pair.key.text] = _role(pair, ws)


def _role(pair: Pair, ws: Workspace) -> Role | None:
    name = pair.key.text
    if not isinstance(pair.value, Mapping):
        return Role(name, ws.labels.text(pair.value) or Text(name, name))
    properties = Properties(pair.value, ws.findings, KEYS, LATER_KEYS)
    label = ws.labels.of_name(properties, name, pair.key)
    recorder = as_text(properties.get("recorded-by"), ws.findings)
    if recorder is not None and recorder.text == name:
        ws.findings.add(recorder, "names-itself", name=name)
    recorded_by = ws.role(recorder)
    if "recorded-by" in properties and recorded_by is None:
        return None
    return Role(name, label, recorded_by)


def warn_unused_roles(node: Node | None, ws: Workspace) -> None:
    """Warn of every role that nothing in the pack names."""
    for pair in node.pairs if isinstance(node, Mapping) else ():
        if pair.key.text in ws.roles and pair.key.text not in ws.used_roles:
            ws.findings.warn(pair.key, "role-unused", name=pair.key.text)
