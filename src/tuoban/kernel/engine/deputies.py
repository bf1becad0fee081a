"""Deputies 代理人: who does the work of somebody who is away, in their place.

The work stays whose it is (`Item.whose`), and goes back to them when they are. A deputy does it as
it stands: completes it, signs it, hands it on. Where people are compared (`not`, joint work,
signers), both count as having done it: whoever acted, and in whose place. So a deputy never does in
the name of another what they were kept from themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.engine.barring import barred_people, taking_other_parts
from tuoban.kernel.engine.performers import candidates, is_entitled, rules_of, units_of
from tuoban.kernel.state import Item
from tuoban.kernel.surroundings import Deputy

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def settle(flow: Flow, item: Item) -> None:
    """Let a piece of work be with the deputy of whoever is away, and with nobody's deputy else.

    What was completed and waits for its signers stays with whoever completed it.
    """
    whose = item.whose
    if whose is None or item.signing is not None:
        return
    if item.for_whom is None and whose not in flow.surroundings.directory.away:
        return
    deputy = find(flow, item)
    person = whose if deputy is None else deputy
    if person != item.person:
        flow.emit(e.ItemStoodIn(item.id, person, whose if deputy is not None else None))


def is_left_alone(flow: Flow, item: Item) -> bool:
    """Whether whoever is away named a deputy for this work, and none may do it."""
    if item.whose is None or item.person != item.whose:
        return False
    deputy = flow.surroundings.directory.away.get(item.whose)
    return deputy is not None and _is_meant(flow, item, deputy) and find(flow, item) is None


def stands_in_for(flow: Flow, item: Item, person: str, absent: str) -> bool:
    """Whether the person would do a piece of work for somebody who is away."""
    return _follow(flow, item, absent) == person


def find(flow: Flow, item: Item) -> str | None:
    """Who does the work while whoever it is of is away: their deputy, or where that one is away,
    too, theirs; None: nobody, or they are there."""
    return _follow(flow, item, item.whose)


def _follow(flow: Flow, item: Item, absent: str | None) -> str | None:
    away, at = flow.surroundings.directory.away, absent
    seen = {absent}
    while at is not None and at in away:
        deputy = away[at]
        # Everybody on the way is judged: who may not do it does not choose who does, either.
        if deputy is None or deputy.person in seen or not _may(flow, item, deputy):
            return None
        seen.add(deputy.person)
        at = deputy.person
    return at if at != absent else None


def _may(flow: Flow, item: Item, deputy: Deputy) -> bool:
    node = flow.definition.nodes[item.node]
    bound = node.step.transfer_to
    if bound is not None and not bound.roles:
        return False  # a step that nobody else may be given
    person, directory = deputy.person, flow.surroundings.directory
    if person not in directory.people or not _is_meant(flow, item, deputy):
        return False
    if person in barred_people(flow.state, node):
        return False
    if person in taking_other_parts(flow.definition, flow.state, item):
        return False
    if item.part is None and node.step.by.agree is not None:
        # Whoever takes part for themselves takes no second part for somebody else.
        takes_part = person in candidates(flow, node, item.pools)
        return not takes_part and _is_able(flow, item, deputy)
    return _is_able(flow, item, deputy)


def _is_able(flow: Flow, item: Item, deputy: Deputy) -> bool:
    """Whether the deputy has what the work asks for, or the absence lets them do without."""
    directory, person = flow.surroundings.directory, deputy.person
    by = rules_of(flow.definition.nodes[item.node], item.part)
    if not deputy.empowered and directory.missing(person, by.skills):
        return False
    roles = _roles(flow, item)
    units = units_of(directory, flow.state, by, item.pools)
    if not roles or is_entitled(directory, person, roles, units):
        return True
    return deputy.empowered and not directory.excludes_any(person, roles)


def _is_meant(flow: Flow, item: Item, deputy: Deputy) -> bool:
    """Whether the deputy is there for work of this kind."""
    return not deputy.roles or not deputy.roles.isdisjoint(_roles(flow, item))


def _roles(flow: Flow, item: Item) -> tuple[str, ...]:
    """The roles that do the work; of an opinion, those of what it is about."""
    if item.part is not None and item.part.added:
        return flow.state.items[item.part.of].roles
    return item.roles
