"""`settings`: values that an organisation sets for itself, each with a default or required.

A setting is read before fields and steps, since expressions name it, and its options (`per`) when
those are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

from tuoban.kernel import values
from tuoban.kernel.clocks import as_value
from tuoban.kernel.definition import Field, Setting, Text
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.moments import read_amount
from tuoban.kernel.language.names import read_name, unknown
from tuoban.kernel.language.reading import Properties, as_boolean, as_mapping, as_text
from tuoban.kernel.language.tree import Mapping, Node, Pair, Scalar
from tuoban.kernel.language.types import read_type
from tuoban.kernel.language.workspace import Workspace

KEYS = ("type", "zh", "en", "default", "required", "per")
LATER_KEYS = ("of", "options", "rules", "min", "max", "unit")

Options = tuple[tuple[str, Text], ...]


def read_settings(node: Node | None, ws: Workspace) -> None:
    """Fill `ws.settings`."""
    mapping = as_mapping(node, ws.findings)
    for pair in mapping.pairs if mapping else ():
        if read_name(pair.key, ws.findings):
            ws.settings[pair.key.text] = _setting(pair, ws)


def read_options(node: Node | None, ws: Workspace) -> None:
    """Give the settings that have a value for each option of a choice their options and values."""
    for pair in node.pairs if isinstance(node, Mapping) else ():
        setting = ws.settings.get(pair.key.text)
        per = pair.value.pair("per") if isinstance(pair.value, Mapping) else None
        if setting is not None and per is not None and isinstance(per.value, Scalar):
            ws.settings[pair.key.text] = _with_options(setting, pair, per.value, ws)


def _setting(pair: Pair, ws: Workspace) -> Setting | None:
    mapping = as_mapping(pair.value, ws.findings)
    if mapping is None:
        return None
    properties = Properties(mapping, ws.findings, KEYS, LATER_KEYS)
    name = pair.key.text
    label = ws.labels.of_name(properties, name, pair.key)
    type_ = read_type(properties.need("type"), ws.findings)
    per = as_text(properties.get("per"), ws.findings, "@choice")
    if "per" not in properties:
        properties.forbid("required", beside="default")
    required = as_boolean(properties.get("required"), ws.findings)
    if not required and "default" not in properties:
        ws.findings.add(pair.key, "setting-without-default", name=name)
    if type_ in ("choice", "person"):
        ws.findings.add(properties.key("type"), "not-supported-yet", word=type_)
    if type_ in (None, "choice", "person") or ("per" in properties and per is None):
        return None
    if per is not None:
        return Setting(name, type_, label, {}, per.text.strip())
    written = as_text(properties.get("default"), ws.findings, "@value")
    value = (
        _value(Field(name, type_, label, decimals=ws.decimals), written, ws) if written else None
    )
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


# One value for each option.


def _with_options(setting: Setting, pair: Pair, per: Scalar, ws: Workspace) -> Setting | None:
    options = _options(setting.per, ws)
    if not options:
        ws.findings.add(per, "per-without-options", text=per.text)
        return None
    mapping = pair.value if isinstance(pair.value, Mapping) else Mapping(pair.value.place, ())
    default, required = mapping.pair("default"), mapping.pair("required")
    values = dict(_defaults(setting, options, default.value if default else None, ws))
    missing = [key for key, _ in options if key not in values]
    is_required = as_boolean(required.value if required else None, ws.findings)
    if default is not None and not is_required and missing:
        known = ", ".join(missing)
        ws.findings.add(default.key, "options-without-default", name=setting.name, known=known)
    return replace(setting, value=values, options=options)


def _defaults(
    setting: Setting, options: Options, node: Node | None, ws: Workspace
) -> Iterator[tuple[str, object]]:
    """The values by option; a lone value holds for every one."""
    field = Field(setting.name, setting.type, setting.label)
    if not isinstance(node, Mapping):
        written = as_text(node, ws.findings, "@value") if node is not None else None
        if written is not None:
            value = _value(field, written, ws)
            yield from ((key, value) for key, _ in options)
        return
    keys = [key for key, _ in options]
    for pair in node.pairs:
        written = as_text(pair.value, ws.findings, "@value")
        if pair.key.text not in keys:
            unknown(pair.key, ws.findings, "option-of-none", pair.key.text, keys)
        yield pair.key.text, _value(field, written, ws) if written is not None else None


def _options(path: str, ws: Workspace) -> Options:
    """The options of a choice: of a field, of a column of a record, of the outcome or a field of a
    step, or of what a table gives. Empty where there is no such choice."""
    root, _, member = path.partition(".")
    if not member:
        declared = ws.fields.get(root)
        return declared.options if declared is not None else ()
    record = ws.records.get(root)
    if record is not None and member in record.columns:
        return record.columns[member].options
    block = ws.blocks.get(root)
    if block is None:
        return ()
    if member in block.own:
        return block.own[member].options
    labels = dict(_outcomes(block, ws)) if member == "outcome" else {}
    shape = block.kind.offers(block, ws)
    members = shape.members if shape is not None else None
    keys = members[member].options if members is not None and member in members else ()
    return tuple((key, labels.get(key) or _label(block, member, key, ws)) for key in keys)


def _outcomes(block: Block, ws: Workspace) -> Iterator[tuple[str, Text]]:
    node = block.properties.get("outcomes")
    for pair in node.pairs if isinstance(node, Mapping) else ():
        value = pair.value
        if isinstance(value, Mapping):
            value = Mapping(
                value.place, tuple(p for p in value.pairs if p.key.text in ("zh", "en"))
            )
        if label := ws.labels.text(value):
            yield pair.key.text, label


def _label(block: Block, member: str, key: str, ws: Workspace) -> Text:
    """What the option of an output of a table is called."""
    value = block.value
    draft = ws.tables.get(value.text) if isinstance(value, Scalar) else None
    declared = draft.declared.get(member) if draft is not None else None
    options = dict(declared.options) if declared is not None else {}
    return options.get(key) or Text(key, key)
