"""`settings`: values that an organisation sets for itself, each with a default or required.

A setting is read before fields and steps, since expressions name it, and its options (`per`) when
those are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from decimal import Decimal

from tuoban.kernel import values
from tuoban.kernel.clocks import as_value
from tuoban.kernel.definition import Field, Setting, Text
from tuoban.kernel.language import fields, setting_rules
from tuoban.kernel.language.declared import Block, Declaration
from tuoban.kernel.language.moments import read_amount
from tuoban.kernel.language.names import read_name, unknown
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import Properties, as_boolean, as_items, as_mapping, as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping, Node, Pair, Scalar, Sequence
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.settings import between

OWN_KEYS = ("default", "required", "per", "rules")
"""What is said of settings in ways of their own."""
KEYS = (
    "type", "zh", "en", *OWN_KEYS, "hint", "long", "min", "max", "unit", "options", "of",
)  # fmt: skip
FIELD_KEYS = tuple(key for key in KEYS if key not in OWN_KEYS)
NOT_SETTINGS = ("person", "unit")

Options = tuple[tuple[str, Text], ...]


def read_settings(node: Node | None, ws: Workspace) -> None:
    """Fill `ws.settings`."""
    mapping = as_mapping(node, ws.findings)
    for pair in mapping.pairs if mapping else ():
        if read_name(pair.key, ws.findings):
            ws.settings[pair.key.text] = _setting(pair, ws)


def read_options(node: Node | None, ws: Workspace) -> None:
    """Give the settings that have a value for each option of a choice their options and values,
    and all of them their rules, which may read the others."""
    written = node.pairs if isinstance(node, Mapping) else ()
    for pair in written:
        setting = ws.settings.get(pair.key.text)
        per = pair.value.pair("per") if isinstance(pair.value, Mapping) else None
        if setting is not None and per is not None and isinstance(per.value, Scalar):
            ws.settings[pair.key.text] = _with_options(setting, pair, per.value, ws)
    setting_rules.complete(written, ws)


def _setting(pair: Pair, ws: Workspace) -> Setting | None:
    mapping = as_mapping(pair.value, ws.findings)
    declaration = fields.declare(pair.key, pair.value, ws, KEYS) if mapping else None
    if mapping is None or declaration is None:
        return None
    properties = declaration.properties
    per = as_text(properties.get("per"), ws.findings, "@choice")
    if "per" not in properties:
        properties.forbid("required", beside="default")
    required = as_boolean(properties.get("required"), ws.findings)
    if not required and "default" not in properties:
        ws.findings.add(pair.key, "setting-without-default", name=pair.key.text)
    if declaration.type in NOT_SETTINGS or declaration.of in NOT_SETTINGS:
        at = properties.key("of" if declaration.type == "list" else "type")
        ws.findings.add(at, "type-not-here", type=str(declaration.of or declaration.type))
        return None
    field = _declared(declaration, mapping, ws)
    if field is None or ("per" in properties and per is None):
        return None
    if per is not None:
        return Setting(field, {}, per.text.strip())
    default = properties.get("default")
    return Setting(field, _value(field, default, ws) if default is not None else None)


def _declared(declaration: Declaration, mapping: Mapping, ws: Workspace) -> Field | None:
    """What is said of it as of a field."""
    said = Mapping(mapping.place, tuple(p for p in mapping.pairs if p.key.text in FIELD_KEYS))
    properties = Properties(said, Findings(ws.findings.file), FIELD_KEYS)
    read = fields.complete({"": replace(declaration, properties=properties)}, Scope(), ws)
    return next(iter(read.values()), None)


def _value(field: Field, node: Node, ws: Workspace) -> object:
    """The default as a value; times without an offset are meant in UTC. A list stands as one, or
    with commas between, as it is typed."""
    if field.type == "list":
        return _values(field, node, ws)
    written = as_text(node, ws.findings, "@value")
    return _single(field, written, ws) if written is not None else None


def _values(field: Field, node: Node, ws: Workspace) -> object:
    if isinstance(node, Scalar):
        node = Sequence(node.place, tuple(replace(node, text=t) for t in between(node.text)))
    before = ws.findings.count
    cells = (as_text(each, ws.findings, "@value") for each in as_items(node, ws.findings))
    found = tuple(_single(field.columns[0], each, ws) for each in cells if each is not None)
    low, high = field.minimum, field.maximum
    if (low is not None and len(found) < low) or (high is not None and len(found) > high):
        ws.findings.add(node, "default-out-of-bounds", text=", ".join(map(_text, found)))
    return found if ws.findings.count == before else None


def _text(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _single(field: Field, written: Scalar, ws: Workspace) -> object:
    if field.type == "duration":
        length = read_amount(written, ws.findings)
        return as_value(length) if length is not None else None
    value, problem = values.parse(field, written.text, UTC)
    keys = [key for key, _ in field.options]
    if problem is not None and problem.code in ("too-small", "too-large"):
        ws.findings.add(written, "default-out-of-bounds", text=written.text)
    elif problem is not None and field.type == "choice":
        ws.findings.add(
            written, "unknown-default", name=written.text, known=", ".join(keys),
            nearest=ws.findings.nearest(written.text, keys),
        )  # fmt: skip
    elif problem is not None:
        ws.findings.add(written, "bad-value", text=written.text, expected=f"@{field.type}")
    return value


# One value for each option.


def _with_options(setting: Setting, pair: Pair, per: Scalar, ws: Workspace) -> Setting | None:
    options = options_of(setting.per, ws)
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
    field = setting.field
    if not isinstance(node, Mapping):
        if node is not None and (value := _value(field, node, ws)) is not None:
            yield from ((key, value) for key, _ in options)
        return
    keys = [key for key, _ in options]
    for pair in node.pairs:
        if pair.key.text not in keys:
            unknown(pair.key, ws.findings, "option-of-none", pair.key.text, keys)
        yield pair.key.text, _value(field, pair.value, ws)


def options_of(path: str, ws: Workspace) -> Options:
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
