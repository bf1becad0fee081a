"""`by`, `transfer-to` and `signed-by`: who does a step, who may be handed it, who signs it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as AnyMapping
from typing import get_args

from tuoban.kernel import definition
from tuoban.kernel.definition import Agreement, Performer, Pick, Receivers, Region
from tuoban.kernel.definition.namers import namers_of
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language import ways
from tuoban.kernel.language.declared import Block, Gate
from tuoban.kernel.language.order import may_be_undone, may_precede
from tuoban.kernel.language.places import scope_in
from tuoban.kernel.language.reading import (
    Properties,
    as_boolean,
    as_one_or_more,
    as_text,
    as_word,
)
from tuoban.kernel.language.roles import read_person, read_skills, read_unit
from tuoban.kernel.language.tree import Mapping, Node, Place, Scalar
from tuoban.kernel.language.workspace import NO_TERMS, Terms, Workspace

KEYS = ("role", "person", "same-as", "not", "in", "skills", "pick", "agree", "one-by-one")


def read_performer(block: Block, ws: Workspace) -> Performer:
    """A role, a list of them, or `{role, person, same-as, not, in}` with one of the first three at
    least. A role that is filled per case stands for its person."""
    node = block.properties.need("by")
    if not isinstance(node, Mapping):
        roles, person = _filled(node, ws)
        terms = _terms(node, roles, ws)
        return Performer(
            roles,
            person=person,
            where=terms.where,
            skills=terms.skills,
            is_outside=_are_outside(roles, ws),
        )
    properties = Properties(node, ws.findings, KEYS)
    _check_keys(properties)
    roles, filling = _filled(properties.get("role"), ws)
    if filling is not None:
        for key in ("person", "same-as", "in", "skills", "pick", "agree", "one-by-one"):
            properties.forbid(key, beside="role")
    person = read_person(properties.get("person"), scope_in(block.body, ws).before(block), ws)
    same = as_text(properties.get("same-as"), ws.findings)
    same_as = other_step(same, block, ws)
    if same is not None and same_as is not None:
        _check_same(same, same_as, block, is_alone="role" not in properties, ws=ws)
    terms = _terms(properties.get("role"), roles, ws, properties)
    where = unit_key(properties.get("in"), block, ws) or terms.where
    skills = tuple(read_skills(properties.get("skills"), ws)) or terms.skills
    return Performer(
        roles=roles,
        same_as=same_as.key if same_as else None,
        excluded=tuple(_excluded(properties.get("not"), same_as, block, ws)),
        where=where,
        person=person or filling,
        skills=skills,
        pick=_pick(properties.get("pick"), block, ws),
        agree=_agreement(properties.get("agree"), ws),
        in_turn=as_boolean(properties.get("one-by-one"), ws.findings),
        is_outside=_are_outside(roles, ws),
    )


def _are_outside(roles: Sequence[str], ws: Workspace) -> bool:
    declared = [ws.roles[role] for role in roles]
    return bool(declared) and all(each is not None and each.is_outside for each in declared)


def _terms(
    node: Node | None, roles: Sequence[str], ws: Workspace, properties: Properties | None = None
) -> Terms:
    """What is said of the role for every step; reported where other roles stand beside it, unless
    the step says that itself."""
    said = properties.mapping if properties is not None else None
    for role in roles:
        terms = ws.terms.get(role, NO_TERMS)
        where = terms.in_unit and not (said and said.pair("in"))
        skills = terms.skills and not (said and said.pair("skills"))
        if node is not None and len(roles) > 1 and (where or skills):
            ws.findings.add(node, "role-not-alone", name=role)
            return NO_TERMS
    return ws.terms.get(roles[0], NO_TERMS) if roles else NO_TERMS


def _check_keys(properties: Properties) -> None:
    """Report which keys of `by` are missing, or exclude one another."""
    if not ("same-as" in properties or "person" in properties) or "in" in properties:
        properties.need("role")
    properties.forbid("same-as", beside="person")
    for key in ("same-as", "person"):
        properties.forbid("agree", beside=key)
    properties.forbid("pick", beside="agree")
    if "one-by-one" in properties:
        properties.need("agree")
    if ("pick" in properties or "skills" in properties) and "role" not in properties:
        properties.need("role")


def _check_same(name: Scalar, done: Block, block: Block, *, is_alone: bool, ws: Workspace) -> None:
    """Report where it cannot be told who did the step that is named, or perhaps nobody did."""
    if not may_precede(done, block):
        ws.findings.add(name, "never-before", name=name.text, path=ways.to(block))
    elif (around := _each_apart(done, block)) is not None:
        ws.findings.add(name, "several-same", name=name.text, each=around.key)
    elif is_alone and may_be_undone(done, block):
        ws.findings.warn(name, "nobody-to-take", name=name.text, path=ways.to(block))


def _each_apart(done: Block, block: Block) -> Block | None:
    """An `each` around what was done that the step does not stand in: many did it."""
    shared = set(map(id, block.around()))
    apart = (each for each in done.around() if each.kind.per_element and id(each) not in shared)
    return next(apart, None)


_COUNT = re.compile(r"([1-9][0-9]{0,3})(\s*%)?")
_WHOLE = 100


PICKS: dict[str, Pick] = {each: each for each in get_args(Pick)}


def _pick(node: Node | None, block: Block, ws: Workspace) -> Pick:
    """How one of those who may do it is found; they choose for themselves unless it is said."""
    pick = PICKS.get(as_word(node, ws.findings, PICKS) or "", "pool")
    if pick == "named" and node is not None:
        ws.named[block.key] = node.place
    return pick


def check_named(
    nodes: AnyMapping[str, definition.Node], regions: AnyMapping[str, Region], ws: Workspace
) -> None:
    """Report every step whose performer nobody could name, since no step stands before it."""
    for key, place in ws.named.items():
        if not namers_of(nodes, regions, key):
            ws.findings.add(place, "nobody-names")


def _agreement(node: Node | None, ws: Workspace) -> Agreement | None:
    """`all`, `any`, `2` or `60 %`."""
    scalar = as_text(node, ws.findings)
    if scalar is None:
        return None
    if scalar.text == "all":
        return Agreement("all")
    if scalar.text == "any":
        return Agreement("any")
    match = _COUNT.fullmatch(scalar.text)
    if match is None or (match[2] and int(match[1]) > _WHOLE):
        ws.findings.add(scalar, "bad-agreement", text=scalar.text)
        return None
    return Agreement("percent" if match[2] else "number", int(match[1]))


def check_joint(by: Performer, block: Block, writes: Iterable[Place], ws: Workspace) -> None:
    """Report what cannot stand at a step that several people do together: fields outside of it,
    which each of them would overwrite, and signatures, which each of them would ask for again."""
    if by.agree is None:
        return
    for place in writes:
        ws.findings.add(place, "joint-writes")
    if "signed-by" in block.properties:
        key = block.properties.key("signed-by")
        ws.findings.add(key, "not-together", key="signed-by", other="agree")


NOBODY = "nobody"


def read_receivers(block: Block, ws: Workspace) -> Receivers | None:
    """`nobody`, a role, a list of them, or `{role, in}`; None where nothing is written."""
    node = block.properties.get("transfer-to")
    if node is None:
        return None
    if isinstance(node, Scalar) and node.text == NOBODY and NOBODY not in ws.roles:
        return Receivers()
    if not isinstance(node, Mapping):
        return Receivers(tuple(_roles(node, ws)))
    properties = Properties(node, ws.findings, ("role", "in"))
    roles = tuple(_roles(properties.need("role"), ws))
    return Receivers(roles, unit_key(properties.get("in"), block, ws))


def _filled(node: Node | None, ws: Workspace) -> tuple[tuple[str, ...], Expression | None]:
    """The roles that people hold; or what names the person, for a role that the case fills."""
    if isinstance(node, Scalar) and node.text in ws.persons:
        ws.role(node)
        return (), ws.persons[node.text]
    return tuple(_roles(node, ws)), None


def unit_key(node: Node | None, block: Block, ws: Workspace) -> Expression | None:
    """An expression that gives a unit's key. It is kept in the clear, with the work's pools."""
    return read_unit(node, scope_in(block.body, ws).before(block), ws)


def _excluded(
    node: Node | None, same_as: Block | None, block: Block, ws: Workspace
) -> Iterator[str]:
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        name = as_text(item, ws.findings)
        step = other_step(name, block, ws)
        if name is None or step is None:
            continue
        if step is same_as:
            ws.findings.add(name, "same-as-excluded", name=name.text)
        ws.barred.append(Gate(block, step, name.place))
        yield step.key


def read_roles(node: Node | None, ws: Workspace) -> tuple[str, ...]:
    """A role or a list of them, any of which will do."""
    return tuple(_roles(node, ws))


def read_pressers(node: Node | None, ws: Workspace) -> tuple[tuple[str, ...], Expression | None]:
    """The roles whose button something is; and, for a role that the case fills, what names the
    person who alone may press it."""
    held, person = _filled(node, ws)
    if isinstance(node, Scalar) and node.text in ws.persons:
        return (node.text,), person
    return held, None


def _roles(node: Node | None, ws: Workspace) -> Iterator[str]:
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        role = ws.held_role(as_text(item, ws.findings))
        if role is not None:
            yield role


def other_step(name: Scalar | None, block: Block, ws: Workspace) -> Block | None:
    step = ws.step(name, block)
    if name is not None and step is block:
        ws.findings.add(name, "names-itself", name=name.text)
        return None
    return step
