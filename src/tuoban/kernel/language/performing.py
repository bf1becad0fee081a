"""Performers that nobody can be, as far as a pack tells by itself.

Who is named by a rule (`same-as`, `person`, a role that the case fills) may surely be nobody, or
surely be kept from it. The step then falls to the role beside the rule, else to the head of the
unit, which is allowed and hardly meant.
"""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Node, Performer, Step
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.tables.domains import plain_path
from tuoban.kernel.language.waiting import is_empty_before
from tuoban.kernel.language.workspace import Workspace

_Nodes = Mapping[str, Node]


def warn_of_performers(root: Body, nodes: _Nodes, ws: Workspace) -> None:
    """Warn of every step and signature whose performer is named in vain."""
    for block in root.walk():
        node = nodes.get(block.key)
        if node is None or not isinstance(node.construct, Step):
            continue
        step = node.construct
        _warn_if_empty(block, "by", step.by, ws)
        _warn_if_barred(block, step.by, nodes, ws)
        for signer in step.inside_signers:
            if signer.by is not None:
                _warn_if_empty(block, "signed-by", signer.by, ws)
        _warn_if_twice(block, step, nodes, ws)


def _warn_if_empty(block: Block, key: str, by: Performer, ws: Workspace) -> None:
    """A field names the person, and nothing can have entered it before."""
    path = plain_path(by.person) if by.person is not None else None
    if path is None or ws.has_gaps_in_forms:
        return
    name = path[-1] if path[:-1] in ((), ("case",)) else ""
    if name in ws.fields and is_empty_before(block, ws, name):
        place = block.properties.key(key)
        ws.findings.warn(place, "person-never-named", name=block.known_as, field=name)


def _warn_if_barred(block: Block, by: Performer, nodes: _Nodes, ws: Workspace) -> None:
    """Whoever is named has surely done what `not` names."""
    if by.person is None and by.same_as is None:
        return
    own = _person_of(block.key, nodes)
    for other in by.excluded:
        if other != by.same_as and _person_of(other, nodes) == own:
            place = block.properties.key("by")
            ws.findings.warn(place, "named-and-barred", name=block.known_as, other=other)


def _warn_if_twice(block: Block, step: Step, nodes: _Nodes, ws: Workspace) -> None:
    """Whoever is named to sign surely does the step, or signs it as something else too."""
    people = {_person_of(block.key, nodes)}
    for signer in step.inside_signers:
        by = signer.by
        if by is None or (by.person is None and by.same_as is None):
            continue
        who = _person(by, signer.role, nodes)
        if who in people:
            place = block.properties.key("signed-by")
            ws.findings.warn(place, "named-twice", name=block.known_as, role=signer.role)
        people.add(who)


_Person = tuple[str, str]
"""Who it is, as far as a pack tells: whoever did a step, or whom an expression names."""


def _person_of(step: str, nodes: _Nodes) -> _Person:
    """Who does a step: two that give the same are done by the same person."""
    return _person(nodes[step].step.by, step, nodes)


def _person(by: Performer, key: str, nodes: _Nodes) -> _Person:
    seen = {key}
    while by.same_as is not None and by.same_as not in seen:
        key = by.same_as
        seen.add(key)
        by = nodes[key].step.by
    if by.person is not None:
        return "named", by.person.text.strip()
    return "step", key
