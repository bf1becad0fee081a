"""`roles`: who takes part, as a label or with who records for them."""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Role, Text
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.limits import PERFORMER
from tuoban.kernel.language.names import FEEL_WORDS, read_name
from tuoban.kernel.language.reading import Properties, as_mapping, as_one_or_more, as_text
from tuoban.kernel.language.scope import Path, Scope
from tuoban.kernel.language.tables.domains import plain_path
from tuoban.kernel.language.tree import Mapping, Node, Pair
from tuoban.kernel.language.workspace import Workspace

KEYS = ("zh", "en", "recorded-by", "person", "excludes")
LATER_KEYS = ("in", "skills")


def read_roles(node: Node | None, ws: Workspace) -> None:
    """Fill `ws.roles`: first with every name, since roles may name one another."""
    mapping = as_mapping(node, ws.findings)
    pairs = [
        pair
        for pair in (mapping.pairs if mapping else ())
        if read_name(pair.key, ws.findings, (*FEEL_WORDS, PERFORMER))
    ]
    ws.roles.update((pair.key.text, None) for pair in pairs)
    ws.persons.update((pair.key.text, None) for pair in pairs if _person(pair) is not None)
    for pair in pairs:
        ws.roles[pair.key.text] = _role(pair, ws)


def _person(pair: Pair) -> Node | None:
    person = pair.value.pair("person") if isinstance(pair.value, Mapping) else None
    return person.value if person is not None else None


def read_persons(node: Node | None, ws: Workspace) -> None:
    """Fill `ws.persons`, once what expressions may name is known."""
    for pair in node.pairs if isinstance(node, Mapping) else ():
        if pair.key.text in ws.persons:
            ws.persons[pair.key.text] = read_person(_person(pair), ws.scope, ws)


def read_person(node: Node | None, scope: Scope, ws: Workspace) -> Expression | None:
    """An expression that names a person, whose id is kept in the clear with the work."""
    scalar = as_text(node, ws.findings)
    if scalar is None:
        return None
    expression = scope.in_clear("personal-person").read(scalar, ws.findings, "person")
    path = plain_path(expression) if expression is not None else None
    if path is not None and not _may_name(path, ws):
        ws.findings.add(scalar, "not-a-person", name=scalar.text)
        return None
    return expression


def _may_name(path: Path, ws: Workspace) -> bool:
    """Whether a name can lead to a person: what is typed into a text is nobody's id."""
    *owner, name = path
    block = ws.blocks.get(owner[0]) if owner else None
    declared = block.own.get(name) if block is not None else ws.fields.get(name)
    return declared is None or declared.type in (None, "person")


def _role(pair: Pair, ws: Workspace) -> Role | None:
    name = pair.key.text
    if not isinstance(pair.value, Mapping):
        return Role(name, ws.labels.text(pair.value) or Text(name, name))
    properties = Properties(pair.value, ws.findings, KEYS, LATER_KEYS)
    label = ws.labels.of_name(properties, name, pair.key)
    properties.forbid("person", beside="recorded-by")
    recorder = as_text(properties.get("recorded-by"), ws.findings)
    if recorder is not None and recorder.text == name:
        ws.findings.add(recorder, "names-itself", name=name)
    recorded_by = ws.held_role(recorder)
    if "recorded-by" in properties and recorded_by is None:
        return None
    for key in ("person", "recorded-by"):
        properties.forbid("excludes", beside=key)
    return Role(name, label, recorded_by, tuple(_excluded(properties.get("excludes"), name, ws)))


def _excluded(node: Node | None, name: str, ws: Workspace) -> Iterator[str]:
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        other = as_text(item, ws.findings)
        if other is not None and other.text == name:
            ws.findings.add(other, "names-itself", name=name)
        elif (role := ws.held_role(other)) is not None:
            yield role


def warn_unused_roles(node: Node | None, ws: Workspace) -> None:
    """Warn of every role that nothing in the pack names."""
    for pair in node.pairs if isinstance(node, Mapping) else ():
        if pair.key.text in ws.roles and pair.key.text not in ws.used_roles:
            ws.findings.warn(pair.key, "role-unused", name=pair.key.text)
