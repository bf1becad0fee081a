"""`roles`: who takes part, as a label or with who records for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tuoban.kernel.definition import Role, Text
from tuoban.kernel.expressions import Expression
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.language.lateness import PERFORMER
from tuoban.kernel.language.names import FEEL_WORDS, read_name
from tuoban.kernel.language.reading import Properties, as_mapping, as_one_or_more, as_text
from tuoban.kernel.language.scope import Path, Scope
from tuoban.kernel.language.tables.domains import plain_path
from tuoban.kernel.language.tree import Mapping, Node, Pair, Scalar, Sequence
from tuoban.kernel.language.workspace import Terms, Workspace
from tuoban.kernel.units import PARAMETERS, SHAPES

CUSTOMER = Text("客户", "Customer")
CUSTOMERS = ("customer", "客户")
"""How the one for whom all is done may be called without being declared."""

KEYS = ("zh", "en", "recorded-by", "person", "excludes", "in", "skills")


def read_roles(node: Node | None, starts: Node | None, ws: Workspace) -> None:
    """Fill `ws.roles`: first with every name, since roles may name one another.

    Args:
        starts: who may ask for a case, and so records what an undeclared customer does.
    """
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
    recorders = tuple(dict.fromkeys(_asking(starts, ws)))
    ws.implied = {
        name: Role(name, CUSTOMER, recorders) if recorders else None
        for name in CUSTOMERS
        if name not in ws.roles
    }


def _asking(starts: Node | None, ws: Workspace) -> Iterator[str]:
    """The roles of the organisation whose holders may ask for a case."""
    for start in starts.items if isinstance(starts, Sequence) else ():
        by = start.pair("by") if isinstance(start, Mapping) else None
        named = by.value if by is not None else None
        for each in named.items if isinstance(named, Sequence) else (named,):
            role = ws.roles.get(each.text) if isinstance(each, Scalar) else None
            if role is not None and not role.is_outside and role.key not in ws.persons:
                yield role.key


def _person(pair: Pair) -> Node | None:
    person = pair.value.pair("person") if isinstance(pair.value, Mapping) else None
    return person.value if person is not None else None


def complete_roles(node: Node | None, ws: Workspace) -> None:
    """Read who fills roles and in which units they count, once what expressions may name is
    known."""
    for pair in node.pairs if isinstance(node, Mapping) else ():
        where = pair.value.pair("in") if isinstance(pair.value, Mapping) else None
        if where is not None and pair.key.text in ws.terms:
            read = read_unit(where.value, ws.scope, ws)
            ws.terms[pair.key.text] = replace(ws.terms[pair.key.text], where=read)
        if pair.key.text in ws.persons:
            _complete_person(pair, ws)


def _complete_person(pair: Pair, ws: Workspace) -> None:
    key = pair.key.text
    ws.persons[key] = person = read_person(_person(pair), ws.scope, ws)
    role = ws.roles[key]
    if role is not None:
        ws.roles[key] = replace(role, person=person)


def read_unit(node: Node | None, scope: Scope, ws: Workspace) -> Expression | None:
    """An expression that gives a unit's key, which is kept in the clear, with the work's pools."""
    scalar = as_text(node, ws.findings)
    if scalar is None:
        return None
    known = scope.knowing(SHAPES).in_clear("personal-unit")
    expression = known.read(scalar, ws.findings, "unit")
    for call in _calls(expression.tree) if expression is not None else ():
        name = call.function.name if isinstance(call.function, s.Name) else ""
        given = PARAMETERS.get(name)
        if given is not None and len(call.arguments) != len(given):
            written = f"{name}({', '.join(given)})"
            at = scalar.at(call.start)
            ws.findings.add(at, "wrong-arguments", function=name, expected=written)
    return expression


def _calls(tree: s.Node) -> Iterator[s.Call]:
    if isinstance(tree, s.Call):
        yield tree
    for each in s.children(tree):
        yield from _calls(each)


def read_skills(node: Node | None, ws: Workspace) -> Iterator[str]:
    """Names of skills; the organisation says who has them."""
    seen: set[str] = set()
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        name = as_text(item, ws.findings)
        if name is None or not read_name(name, ws.findings):
            continue
        if name.text in seen:
            ws.findings.add(name, "listed-twice", name=name.text)
        seen.add(name.text)
        yield name.text


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


def inside_role(name: Scalar | None, ws: Workspace) -> str | None:
    """A role that people of the organisation hold, who can be told."""
    role = ws.held_role(name)
    declared = ws.roles[role] if role is not None else None
    if name is not None and declared is not None and declared.is_outside:
        facts = {"name": declared.key, "role": ", ".join(declared.recorded_by)}
        ws.findings.add(name, "no-inbox", **facts)
    return role


def _role(pair: Pair, ws: Workspace) -> Role | None:
    name = pair.key.text
    if not isinstance(pair.value, Mapping):
        return Role(name, ws.labels.text(pair.value) or Text(name, name))
    properties = Properties(pair.value, ws.findings, KEYS)
    label = ws.labels.of_name(properties, name, pair.key)
    properties.forbid("person", beside="recorded-by")
    recorded_by = tuple(_others(properties.get("recorded-by"), name, ws))
    if "recorded-by" in properties and not recorded_by:
        return None
    for key in ("person", "recorded-by"):
        for own in ("excludes", "in", "skills"):
            properties.forbid(own, beside=key)
    skills = tuple(read_skills(properties.get("skills"), ws))
    ws.terms[name] = Terms("in" in properties, None, skills)
    return Role(name, label, recorded_by, tuple(_others(properties.get("excludes"), name, ws)))


def _others(node: Node | None, name: str, ws: Workspace) -> Iterator[str]:
    """The roles that are named beside a role, each another."""
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
