"""`settings`: values that an organisation sets for itself, each with a default or required."""

from __future__ import annotations

from datetime import UTC

from tuoban.kernel import values
from tuoban.kernel.clocks import as_value
from tuoban.kernel.definition import Field, Setting
from tuoban.kernel.language.moments import read_amount
from tuoban.kernel.language.names import read_name
from tuoban.kernel.language.reading import Properties, as_boolean, as_mapping, as_text
from tuoban.kernel.language.tree import Node, Pair, Scalar
from tuoban.kernel.language.types import read_type
from tuoban.kernel.language.workspace import Workspace

KEYS = ("type", "zh", "en", "default", "required")
LATER_KEYS = ("per", "of", "options", "rules", "min", "max", "unit")


def read_settings(node: Node | None, ws: Workspace) -> None:
    """Fill `ws.settings`."""
    mapping = as_mapping(node, ws.findings)
    for pair in mapping.pairs if mapping else ():
        if read_name(pair.key, ws.findings):
            ws.settings[pair.key.text] = _setting(pair, ws)


def _setting(pair: Pair, ws: Workspace) -> Setting | None:
    mapping = as_mapping(pair.value, ws.findings)
    if mapping is None:
        return None
    properties = Properties(mapping, ws.findings, KEYS, LATER_KEYS)
    name = pair.key.text
    label = ws.labels.of_name(properties, name, pair.key)
    type_ = read_type(properties.need("type"), ws.findings)
    properties.forbid("required", beside="default")
    required = as_boolean(properties.get("required"), ws.findings)
    if not required and "default" not in properties:
        ws.findings.add(pair.key, "setting-without-default", name=name)
    if type_ in ("choice", "person"):
        ws.findings.add(properties.key("type"), "not-supported-yet", word=type_)
    if type_ in (None, "choice", "person"):
        return None
    written = as_text(properties.get("default"), ws.findings, "@value")
    value = _value(Field(name, type_, label), written, ws) if written else None
    return Setting(name, type_, label, value)


def _value(field: Field, written: Scalar, ws: Workspace) -> object:
    """The default as a value; times without an offset are meant in UTC."""
    if field.type == "duration":
        length = read_amount(written, ws.findings)
        return as_value(length) if length is not None else None
    value, problem = values.parse(field, written.text, UTC)
    if problem is not None:
        ws.findings.add(written, "bad-value", text=written.text, expected=f"@{field.type}")
    return value
