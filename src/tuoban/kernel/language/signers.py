"""`signed-by`: who signs a step."""

from __future__ import annotations

from typing import get_args

from tuoban.kernel.definition import Mark, Performer, Signer
from tuoban.kernel.language import ways
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.order import may_precede
from tuoban.kernel.language.people import other_step, unit_key
from tuoban.kernel.language.places import scope_in
from tuoban.kernel.language.reading import Properties, as_one_or_more, as_text, as_word
from tuoban.kernel.language.roles import read_person
from tuoban.kernel.language.tree import Mapping, Node
from tuoban.kernel.language.workspace import Workspace

KEYS = ("role", "with", "in", "person", "same-as")
WHO = ("in", "person", "same-as")
"""Keys that say who of the organisation signs."""

MARKS: dict[str, Mark] = {each: each for each in get_args(Mark)}


def read_signers(block: Block, by: Performer, ws: Workspace) -> tuple[Signer, ...]:
    """A role, `{role, with, in, person, same-as}`, or a list of them; every role signs once. One
    that the case fills stands for its person."""
    node = block.properties.get("signed-by")
    signers: dict[str, Signer] = {}
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        properties = None
        name: Node | None = item
        if isinstance(item, Mapping):
            properties = Properties(item, ws.findings, KEYS)
            name = properties.need("role")
        scalar = as_text(name, ws.findings)
        role = ws.role(scalar)
        if scalar is not None and role in signers:
            ws.findings.add(scalar, "listed-twice", name=scalar.text)
        elif role is not None:
            signers[role] = _signer(role, properties, block, by, ws)
    return tuple(signers.values())


def _signer(
    role: str, properties: Properties | None, block: Block, by: Performer, ws: Workspace
) -> Signer:
    marks = _marks(properties, ws) if properties is not None else ("signature",)
    declared = ws.roles[role]
    if declared is not None and declared.is_outside:
        for key in WHO if properties is not None else ():
            if properties is not None and key in properties:
                ws.findings.add(properties.key(key), "signer-outside", key=key, role=role)
        return Signer(role, marks=marks)
    if role in ws.persons:
        for key in WHO if properties is not None else ():
            if properties is not None and key in properties:
                ws.findings.add(properties.key(key), "not-together", key=key, other="role")
        return Signer(role, Performer(person=ws.persons[role], excluded=by.excluded), marks)
    if properties is None:
        return Signer(role, Performer((role,), excluded=by.excluded), marks)
    properties.forbid("same-as", beside="person")
    same = as_text(properties.get("same-as"), ws.findings)
    same_as = other_step(same, block, ws)
    if same is not None and same_as is not None and not may_precede(same_as, block):
        ws.findings.add(same, "never-before", name=same.text, path=ways.to(block))
    scope = scope_in(block.body, ws).before(block)
    who = Performer(
        roles=(role,),
        same_as=same_as.key if same_as is not None else None,
        excluded=by.excluded,
        where=unit_key(properties.get("in"), block, ws),
        person=read_person(properties.get("person"), scope, ws),
    )
    return Signer(role, who, marks)


def _marks(properties: Properties, ws: Workspace) -> tuple[Mark, ...]:
    """What is given; a signature where nothing is said."""
    node = properties.get("with")
    found: dict[Mark, None] = {}
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        word = as_word(item, ws.findings, MARKS)
        if word is None:
            continue
        if MARKS[word] in found:
            ws.findings.add(item, "listed-twice", name=word)
        found[MARKS[word]] = None
    return tuple(found) or ("signature",)
