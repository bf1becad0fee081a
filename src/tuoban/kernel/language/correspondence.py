"""`messages`: what cases and systems tell one another, declared first; and where one is waited for
(`message`, `matching`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tuoban.kernel.definition import Awaited, FormEntry, FormSection, MessageKind
from tuoban.kernel.expressions import Shape, context_of
from tuoban.kernel.language import fields
from tuoban.kernel.language.declared import Block, Declaration, MessageDraft
from tuoban.kernel.language.names import RESERVED, read_name, unknown
from tuoban.kernel.language.reading import Properties, as_items, as_mapping, as_text
from tuoban.kernel.language.scope import Scope, field_shapes, personal_paths
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.kernel.language.workspace import Workspace

MESSAGE, MATCHING, TAKE = "message", "matching", "take"
SAID = "message"
"""By which name `matching` reads what a message carries."""

KEYS = ("zh", "en", "fields")
FIELD_KEYS = (
    "type", "zh", "en", "required", "hint", "long", "min", "max", "unit", "options", "personal",
    "of", "kind",
)  # fmt: skip
OFFERED = ("at", "by", "count", "open", "all", "history", "outcome")
"""What the name of whatever takes a message gives to read beside its values."""


def read_messages(node: Node | None, ws: Workspace) -> None:
    """Fill `ws.messages`."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    for pair in mapping.pairs if mapping else ():
        if not read_name(pair.key, ws.findings):
            continue
        written = as_mapping(pair.value, ws.findings, "@message")
        if written is None:
            ws.messages[pair.key.text] = None
            continue
        properties = Properties(written, ws.findings, KEYS)
        ws.messages[pair.key.text] = MessageDraft(pair.key, properties, _fields(properties, ws))


def _fields(properties: Properties, ws: Workspace) -> dict[str, Declaration]:
    mapping = as_mapping(properties.get("fields"), ws.findings) if "fields" in properties else None
    declared = {}
    for pair in mapping.pairs if mapping else ():
        declaration = fields.declare(pair.key, pair.value, ws, FIELD_KEYS)
        if read_name(pair.key, ws.findings, (*RESERVED, *OFFERED)) and declaration is not None:
            declared[pair.key.text] = declaration
    return declared


def complete_messages(ws: Workspace) -> dict[str, MessageKind]:
    """The messages in full, once all names are known; warns of those that nothing uses."""
    kinds = {}
    for name, draft in ws.messages.items():
        if draft is None:
            continue
        label = ws.labels.of_name(draft.properties, name, draft.name)
        kinds[name] = MessageKind(name, label, fields.complete(draft.fields, ws.scope, ws))
    return kinds


def warn_unused_messages(ws: Workspace) -> None:
    for name, draft in ws.messages.items():
        if draft is not None and name not in ws.used_messages:
            ws.findings.warn(draft.name, "message-unused", name=name)


def find_message(node: Node | None, ws: Workspace) -> MessageDraft | None:
    """The message called so; reported if there is none."""
    name = as_text(node, ws.findings)
    if name is None:
        return None
    if name.text not in ws.messages:
        unknown(name, ws.findings, "unknown-message", name.text, ws.messages)
        return None
    ws.used_messages.add(name.text)
    return ws.messages[name.text]


def read_awaited(properties: Properties, scope: Scope, ws: Workspace) -> Awaited | None:
    """The message that is waited for, and when it is meant: `matching` reads the case by bare names
    from where it stands, and the message as `message.x`."""
    draft = find_message(properties.need(MESSAGE), ws)
    if draft is None:
        return None
    inside = knowing(scope, draft)
    matching = inside.condition(properties.get(MATCHING), ws.findings)
    if MATCHING in properties and matching is None:
        return None
    return Awaited(draft.name.text, matching)


def read_take(
    node: Node | None, draft: MessageDraft, known: Mapping[str, Declaration], ws: Workspace
) -> tuple[str, ...]:
    """The fields, of those that are known, that take what the message carries under the same
    names."""
    taken: list[str] = []
    for item in as_items(node, ws.findings) if node is not None else ():
        name = as_text(item, ws.findings, "@field-name")
        if name is None:
            continue
        if name.text not in draft.fields:
            unknown(name, ws.findings, "unknown-in-message", name.text, draft.fields)
        elif name.text not in known:
            unknown(name, ws.findings, "unknown-field", name.text, known)
        elif not _fits(draft.fields[name.text], known[name.text]):
            ws.findings.add(name, "take-unfit", name=name.text)
        else:
            taken.append(name.text)
    return tuple(dict.fromkeys(taken))


def _fits(said: Declaration, field: Declaration) -> bool:
    """Whether a field is of the type that a message carries, and as personal."""
    same = None in (said.type, field.type) or said.type == field.type
    rows = said.type != "list" or said.of is field.of or said.of == field.of
    return same and rows and not field.is_computed and said.is_personal == field.is_personal


def form_of(take: tuple[str, ...]) -> tuple[FormSection, ...]:
    """What is taken, as a form that the message fills in."""
    return (FormSection(None, tuple(FormEntry(each) for each in take)),) if take else ()


def knowing(scope: Scope, draft: MessageDraft) -> Scope:
    """The scope in which a message can be read by `message.x`."""
    more = {SAID: context_of(field_shapes(draft.fields))}
    known = {name: code for name, code in scope.not_here.items() if name != SAID}
    personal = scope.personal | personal_paths(draft.fields, SAID)
    return replace(scope.knowing(more), not_here=known, personal=personal)


def declare_values(block: Block, ws: Workspace) -> None:
    """Take up what the message carries that a construct takes, for its name to give to read."""
    written = block.properties.get(MESSAGE)
    draft = ws.messages.get(written.text) if isinstance(written, Scalar) else None
    if draft is not None:
        block.says = draft.fields


def value_shapes(block: Block) -> dict[str, Shape]:
    """What the message carries that a construct takes."""
    return field_shapes(block.says)
