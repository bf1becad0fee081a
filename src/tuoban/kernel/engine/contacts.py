"""`contact`: outsiders reach the people of a block only through the holders of one role.

Inside are those who do, did or may do something of the block, who hold the role itself, and who
answer for the case. Everybody else stands outside.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Definition, Node, Step
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.state import State
from tuoban.kernel.surroundings import Directory


def between(
    definition: Definition, state: State, directory: Directory, node: str, person: str
) -> Node | None:
    """The block whose contact stands between somebody and whoever works at a node: the nearest one
    around it that has any; None: they reach them themselves."""
    block = _nearest(definition, node)
    if block is None or not _is_of_people(definition, definition.nodes[node]):
        return None
    return None if _is_inside(definition, state, directory, block, person) else block


def holders(
    definition: Definition, state: State, directory: Directory, block: Node
) -> frozenset[str]:
    """Who is turned to about a block: whoever holds its contact's role in the nearest unit, from
    the case's upwards; where nobody does, the head."""
    unit = directory.nearest((block.contact,), state.unit)
    if unit is not None:
        return directory.all_holding((block.contact,), unit)
    head = directory.head(state.unit)
    return frozenset() if head is None else frozenset({head})


def is_contact(definition: Definition, state: State, directory: Directory, person: str) -> bool:
    """Whether somebody is turned to about something that is open."""
    around = (_nearest(definition, item.node) for item in state.items.values())
    blocks = {block.key: block for block in around if block is not None}
    return any(person in holders(definition, state, directory, block) for block in blocks.values())


def _nearest(definition: Definition, node: str) -> Node | None:
    for region in reversed(definition.paths[node]):
        owner = definition.regions[region].owner
        if owner is not None and definition.nodes[owner].contact:
            return definition.nodes[owner]
    return None


def _is_inside(
    definition: Definition, state: State, directory: Directory, block: Node, person: str
) -> bool:
    inside = tuple(_steps_in(definition, block))
    if any(person in _working_at(state, each.key) for each in inside):
        return True
    roles = {block.contact, *(role for each in inside for role in _roles_of(definition, each))}
    units = directory.upwards(state.unit)
    if any(directory.holds(person, roles, unit) for unit in units):
        return True
    keys = {each.key for each in inside}
    pools = {pool for item in state.items.values() if item.node in keys for pool in item.pools}
    if any(person in directory.holders.get(pool, ()) for pool in pools):
        return True
    return is_in_charge(definition, state, directory, person)


def _steps_in(definition: Definition, block: Node) -> Iterator[Node]:
    """What people of the organisation do inside a block, however deep."""
    own = frozenset(block.regions)
    for node in definition.nodes.values():
        if _is_of_people(definition, node) and not own.isdisjoint(definition.paths[node.key]):
            yield node


def _is_of_people(definition: Definition, node: Node) -> bool:
    """Whether people of the organisation do it. Whoever only records what an outside party does is
    not of the block for that."""
    if not isinstance(node.construct, Step) or node.step.is_unattended:
        return False
    roles = node.step.by.roles
    return not roles or any(not definition.roles[role].is_outside for role in roles)


def _working_at(state: State, node: str) -> Iterator[str]:
    for item in state.items.values():
        if item.node == node and item.person is not None:
            yield item.person
    for made in state.completions.get(node, ()):
        yield made.by
        yield from made.delegates
        yield from (each.by for each in made.signed)


def _roles_of(definition: Definition, node: Node) -> Iterator[str]:
    """The roles of the organisation that do a step or sign it."""
    signers = (each.by.roles for each in node.step.inside_signers if each.by is not None)
    for roles in (node.step.by.roles, *signers):
        yield from (role for role in roles if not definition.roles[role].is_outside)
