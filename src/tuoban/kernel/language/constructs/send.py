"""`send`: a message goes to other cases, or to a system (`to`), with values (`with`)."""

from __future__ import annotations

from tuoban.kernel.definition import Send, Text
from tuoban.kernel.expressions import Expression
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.language.constructs.kind import Kind, in_no_time
from tuoban.kernel.language.correspondence import find_message
from tuoban.kernel.language.declared import Block, Declaration, MessageDraft
from tuoban.kernel.language.defaults import read_value
from tuoban.kernel.language.names import SLUG, read_name, unknown
from tuoban.kernel.language.places import scope_in
from tuoban.kernel.language.reading import Properties, as_mapping, as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping, Node, Pair, Scalar
from tuoban.kernel.language.workspace import Workspace

WORD, TO, WITH, SYSTEM = "send", "to", "with", "system"


def _read(block: Block, ws: Workspace) -> Send | None:
    draft = find_message(block.value, ws)
    process, system = _addressee(block.properties.get(TO), ws)
    if draft is None:
        return None
    values = _values(block, draft, ws)
    return Send(draft.name.text, values, process, system)


def _addressee(node: Node | None, ws: Workspace) -> tuple[str, str]:
    """The process whose cases alone it may reach, or the system that fetches it."""
    if isinstance(node, Mapping):
        name = as_text(Properties(node, ws.findings, (SYSTEM,)).need(SYSTEM), ws.findings)
        return "", name.text if name is not None and read_name(name, ws.findings) else ""
    slug = as_text(node, ws.findings, "@addressee") if node is not None else None
    if slug is not None and not SLUG.fullmatch(slug.text):
        ws.findings.add(slug, "bad-addressee", text=slug.text)
        return "", ""
    return (slug.text if slug is not None else ""), ""


def _values(block: Block, draft: MessageDraft, ws: Workspace) -> tuple[tuple[str, Expression], ...]:
    """What it carries; what it must carry has to be there."""
    node = block.properties.get(WITH)
    mapping = as_mapping(node, ws.findings) if node is not None else None
    scope = scope_in(block.body, ws).timed()
    values: dict[str, Expression] = {}
    given: set[str] = set()
    for pair in mapping.pairs if mapping else ():
        given.add(pair.key.text)
        declared = draft.fields.get(pair.key.text)
        if declared is None:
            unknown(pair.key, ws.findings, "unknown-in-message", pair.key.text, draft.fields)
            continue
        value = _value(pair, declared, scope, ws)
        if value is not None:
            values[pair.key.text] = value
    for name, declared in draft.fields.items():
        required = declared.properties.get("required")
        is_required = isinstance(required, Scalar) and required.text == "true"
        if is_required and name not in given and (node is None or mapping is not None):
            ws.findings.add(block.place, "message-lacks", name=name, message=draft.name.text)
    return tuple(values.items())


def _value(pair: Pair, declared: Declaration, scope: Scope, ws: Workspace) -> Expression | None:
    """What a field of the message gets. A personal one is handed on as it is, sealed, so that it
    can only be named."""
    written = as_text(pair.value, ws.findings, "@value")
    if written is None:
        return None
    if declared.is_personal:
        return _named(written, scope, ws)
    clear = scope.in_clear("personal-sent")
    if declared.type != "list":
        return read_value(written, declared, (None, None), clear, ws.findings)
    return clear.read(written, ws.findings, "list")


def _named(written: Scalar, scope: Scope, ws: Workspace) -> Expression | None:
    found = scope.expression(written, ws.findings)
    if found is None:
        return None
    if not _is_path(found.tree) or len(found.paths) != 1:
        ws.findings.add(written, "personal-calculated", name=written.text)
        return None
    if not scope.is_personal(next(iter(found.paths))):
        ws.findings.add(written, "not-personal-sent", name=written.text)
        return None
    return found


def _is_path(tree: s.Node) -> bool:
    return isinstance(tree, s.Name) or (isinstance(tree, s.Path) and _is_path(tree.source))


KIND = Kind(
    word=WORD,
    label=Text("发送消息", "Send a message"),
    keys=(TO, WITH),
    naming="unnamed",
    read=_read,
    instant=in_no_time,
)
