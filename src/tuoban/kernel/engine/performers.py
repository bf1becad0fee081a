"""Who does a step: resolved when work is offered, judged again whenever somebody acts on it.

Rule 5 of the language: `same-as` and `person` assign, `not` forbids and compares people, not roles.
Work that was sent back goes to whoever did it before.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from tuoban.kernel.definition import Definition, Node, Performer, Receivers, Text
from tuoban.kernel.engine import naming
from tuoban.kernel.engine.barring import barred_people, signing_too, taking_other_parts
from tuoban.kernel.engine.picking import is_picked, pick
from tuoban.kernel.expressions import Expression
from tuoban.kernel.names import read
from tuoban.kernel.refusals import Refused
from tuoban.kernel.sight import last, newest, vantage_of
from tuoban.kernel.state import Item, Part, State
from tuoban.kernel.surroundings import Directory
from tuoban.kernel.units import unit_functions

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


Pools = tuple[tuple[str, str], ...]
"""Where work lies open: pairs of a role and a unit."""


class Offer(NamedTuple):
    """To whom work is offered: a person, or pools. `assigned`: a rule named the person; one who was
    only picked from the pools may put it back."""

    roles: tuple[str, ...]
    pools: Pools
    person: str | None
    assigned: bool = False


def acting_roles(definition: Definition, roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles whose holders act: what an outside party does is recorded by others."""
    return definition.acting(roles)


def rules_of(node: Node, part: Part | None) -> Performer:
    """Who does a step, or signs it, where it is a signer's part."""
    if part is None:
        return node.step.by
    wanted = (each.by for each in node.step.signers if each.role == part.role)
    return next((by for by in wanted if by is not None), node.step.by)


def resolve(flow: Flow, node: Node, activation: int, part: Part | None = None) -> Offer:
    """To whom the step, whose turn has come in `activation`, is offered now; or a part of it."""
    definition, state, directory = flow.definition, flow.state, flow.surroundings.directory
    if node.step.is_unattended:
        return Offer((), (), None)
    by = rules_of(node, part)
    roles = acting_roles(definition, by.roles)
    pools = pools_of(flow, by, roles, activation)
    barred: Collection[str] = barred_people(state, node)
    if part is not None:
        barred = {*barred, *signing_too(state, part)}
    named = _named(flow, by, activation)
    if by.pick == naming.NAMED and part is None:
        named = naming.named_for(flow, node, activation, candidates(flow, node, pools))
    former = _former_performer(definition, state, node, activation, part)
    if former is not None and not is_entitled(
        directory, former, roles, units_of(directory, state, by, pools)
    ):
        former = None
    for person in (named, former):
        if person is None or person not in directory.people or person in barred:
            continue
        if not directory.missing(person, by.skills):
            return Offer(roles, pools, person, assigned=True)
    if not roles:
        head = directory.head(state.unit)
        return Offer(roles, pools, head, assigned=head is not None)
    if part is not None or not is_picked(node):
        return Offer(roles, pools, None)
    return Offer(roles, pools, pick(flow, node, candidates(flow, node, pools)))


def pools_of(flow: Flow, by: Performer, roles: tuple[str, ...], activation: int) -> Pools:
    """For each role the unit that `in` names, none while that cannot be told; without it the
    nearest unit upwards where somebody holds the role. For one that nobody holds, every unit
    upwards, so that whoever is given the role finds the work."""
    directory, unit = flow.surroundings.directory, flow.state.unit
    if by.where is not None:
        named = unit_named(flow, by.where, activation)
        return tuple((role, each) for role in dict.fromkeys(roles) for each in named)
    pools: list[tuple[str, str]] = []
    for role in dict.fromkeys(roles):
        nearest = _nearest(directory, role, by.skills, unit)
        where = (nearest,) if nearest is not None else directory.upwards(unit)
        pools += [(role, each) for each in where]
    return tuple(pools)


def _nearest(directory: Directory, role: str, skills: tuple[str, ...], unit: str) -> str | None:
    """The nearest unit upwards where somebody with the skills holds the role."""
    for each in directory.upwards(unit):
        holders = directory.holders.get((role, each))
        if holders and (
            not skills or any(not directory.missing(person, skills) for person in holders)
        ):
            return each
    return None


def unit_named(flow: Flow, where: Expression, activation: int) -> tuple[str, ...]:
    """The one unit that an expression names; none where there is no such unit."""
    directory = flow.surroundings.directory
    unit = read(where, flow.names(activation, unit_functions(directory, flow.state.unit)))
    return (unit,) if unit in directory.parents else ()


def units_of(directory: Directory, state: State, by: Performer, pools: Pools) -> tuple[str, ...]:
    """The units in which holding a role entitles to the work: that of its pools where `in` names
    one, else any from the case's upwards."""
    if by.where is not None:
        return tuple(unit for _, unit in pools)
    return tuple(directory.upwards(state.unit))


def _named(flow: Flow, by: Performer, activation: int) -> str | None:
    """The person whom `person` or `same-as` names."""
    state = flow.state
    if by.person is not None:
        person = read(by.person, flow.names(activation))
        return person if isinstance(person, str) else None
    if by.same_as is None:
        return None
    made = newest(flow.definition, state, by.same_as, vantage_of(state, activation))
    return made.whose if made is not None else None


def whom_rules_name(flow: Flow, node: Node, activation: int, part: Part | None) -> tuple[str, ...]:
    """Whom `person` or `same-as` names now, and whoever did the step before it was sent back."""
    named = _named(flow, rules_of(node, part), activation)
    former = _former_performer(flow.definition, flow.state, node, activation, part)
    return tuple(each for each in (named, former) if each is not None)


def _former_performer(
    definition: Definition, state: State, node: Node, activation: int, part: Part | None
) -> str | None:
    """Whoever did the step before it was sent back, or signed it as this role."""
    if node.key not in state.completions:
        return None
    made = last(definition, state, node.key, vantage_of(state, activation))
    if made is None or made.counts:
        return None
    if part is None:
        return made.whose
    found = (each for each in made.signed if each.role == part.role)
    return next((each.for_whom or each.by for each in found), None)


def is_entitled(
    directory: Directory, person: str, roles: tuple[str, ...], units: tuple[str, ...]
) -> bool:
    """Whether the person holds one of the roles in one of the units."""
    return any(directory.holds(person, roles, each) for each in units)


def is_receiver(flow: Flow, item: Item, person: str) -> bool:
    """Whether the work may be handed to the person by `transfer-to`."""
    bound = flow.definition.nodes[item.node].step.transfer_to
    if bound is None:
        return False
    roles, units = receiving(flow, bound, item.activation)
    return is_entitled(flow.surroundings.directory, person, roles, units)


def receiving(
    flow: Flow, bound: Receivers, activation: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The roles that may receive work, and the units in which they count."""
    roles = acting_roles(flow.definition, bound.roles)
    if bound.where is not None:
        return roles, unit_named(flow, bound.where, activation)
    return roles, tuple(flow.surroundings.directory.upwards(flow.state.unit))


def may_take(flow: Flow, item: Item, person: str) -> bool:
    """Whether somebody holds the work, or could take it from its pool."""
    if item.person is None:
        return person in takers(flow, item)
    barred = barred_people(flow.state, flow.definition.nodes[item.node])
    return item.person == person and person not in barred


def takers(flow: Flow, item: Item) -> frozenset[str]:
    """Everybody who may take the work from its pools."""
    taken = taking_other_parts(flow.definition, flow.state, item)
    return candidates(flow, flow.definition.nodes[item.node], item.pools, item.part) - taken


def has_taker(flow: Flow, item: Item) -> bool:
    """Whether anybody may take the work from its pools."""
    directory, node = flow.surroundings.directory, flow.definition.nodes[item.node]
    if item.part is None and node.step.by.is_open:
        return any(map(directory.holders.get, item.pools))
    barred = barred_people(flow.state, node)
    taken = taking_other_parts(flow.definition, flow.state, item)
    skills = rules_of(node, item.part).skills
    return any(
        person not in barred and person not in taken and not directory.missing(person, skills)
        for pool in item.pools
        for person in directory.holders.get(pool, ())
    )


def candidates(flow: Flow, node: Node, pools: Pools, part: Part | None = None) -> frozenset[str]:
    """Everybody in the pools who may do the step, or a part of it."""
    directory = flow.surroundings.directory
    held = (directory.all_holding((role,), unit) for role, unit in pools)
    able = frozenset().union(*held) - barred_people(flow.state, node).keys()
    skills = rules_of(node, part).skills
    return frozenset(person for person in able if not directory.missing(person, skills))


def _check_takes_one_part(definition: Definition, state: State, item: Item, person: str) -> None:
    if person not in taking_other_parts(definition, state, item):
        return
    facts = {"step": definition.nodes[item.node].label, "person": person}
    if item.part is not None or definition.nodes[item.node].step.by.agree is None:
        raise Refused("signs-already", facts)
    raise Refused("takes-part", facts)


def check_may_do(
    definition: Definition,
    state: State,
    directory: Directory,
    item: Item,
    person: str,
    *,
    is_next: bool = False,
) -> None:
    """Whether the person may do this work.

    Args:
        is_next: whether it was found to be next in line.

    Raises:
        Refused: `not-same-person`, `held-by-other`, `takes-part`, `not-performer`,
            `skill-missing` or `not-chosen`.
    """
    node = definition.nodes[item.node]
    by = rules_of(node, item.part)
    if node.step.by.excluded:
        _check_not_barred(definition, state, node, person)
    if item.person == person:
        if item.part is not None:
            _check_takes_one_part(definition, state, item, person)
        if item.for_whom is not None:
            _check_not_barred(definition, state, node, item.for_whom)
        return
    if item.for_whom == person:
        raise Refused("deputised", {"by": item.person, "step": node.label})
    if item.person is not None:
        raise Refused("held-by-other", {"by": item.person})
    _check_takes_one_part(definition, state, item, person)
    if not any(person in directory.holders.get(pool, ()) for pool in item.pools):
        raise Refused("not-performer", {"step": node.label, "roles": _labels(definition, item)})
    if item.part is None:
        _check_skills(directory, node, person)
    if by.pick == "next" and not is_next:
        raise Refused("not-chosen", {"step": node.label})


def check_is_theirs(definition: Definition, item: Item, role: str) -> None:
    """Whether an outside party may do its step by itself, which those who record it could as well:
    nobody else has a say in it, or a part of it.

    Raises:
        Refused: `not-performer` or `with-staff`.
    """
    node = definition.nodes[item.node]
    if role not in node.step.by.roles or not definition.roles[role].is_outside:
        raise Refused("not-performer", {"step": node.label, "roles": _labels(definition, item)})
    signers = {each.role for each in node.step.signers} - {role}
    is_shared = item.part is not None or item.added or node.step.by.agree is not None
    if is_shared or signers or node.step.stamping or item.delegated_by is not None:
        raise Refused("with-staff", {"step": node.label})


def check_is_own(item: Item) -> None:
    """Whether whoever holds the work does so for themselves, and not as a delegate.

    Raises:
        Refused: `delegated`.
    """
    if item.delegated_by is not None:
        raise Refused("delegated", {"by": item.delegated_by})


def check_may_receive(flow: Flow, item: Item, person: str) -> None:
    """Whether the work may be handed to the person, who needs one of its roles, or of those that
    `transfer-to` names in their place.

    Raises:
        Refused: `not-transferable`, `unknown-person`, `same-person`, `not-same-person`,
            `takes-part`, `skill-missing`, `not-receiver` or `not-performer`.
    """
    definition, state, directory = flow.definition, flow.state, flow.surroundings.directory
    node = definition.nodes[item.node]
    bound = node.step.transfer_to
    if bound is not None and not bound.roles:
        raise Refused("not-transferable", {"step": node.label})
    if person not in directory.people:
        raise Refused("unknown-person", {"person": person})
    if person == item.person:
        raise Refused("same-person")
    _check_not_barred(definition, state, node, person)
    _check_takes_one_part(definition, state, item, person)
    _check_skills(directory, node, person)
    if bound is not None:
        if not is_receiver(flow, item, person):
            labels = tuple(definition.roles[role].label for role in bound.roles)
            raise Refused("not-receiver", {"step": node.label, "roles": labels})
        return
    units = units_of(directory, state, node.step.by, item.pools)
    if item.roles and not is_entitled(directory, person, item.roles, units):
        raise Refused("not-performer", {"step": node.label, "roles": _labels(definition, item)})


def _check_not_barred(definition: Definition, state: State, node: Node, person: str) -> None:
    other = barred_people(state, node).get(person)
    if other is not None:
        facts = {"step": node.label, "other": definition.nodes[other].label}
        raise Refused("not-same-person", facts)


def _check_skills(directory: Directory, node: Node, person: str) -> None:
    skills = node.step.by.skills
    if skills and (missing := directory.missing(person, skills)):
        raise Refused("skill-missing", {"step": node.label, "skills": missing})


def _labels(definition: Definition, item: Item) -> tuple[Text, ...]:
    return tuple(definition.roles[role].label for role in item.roles)
