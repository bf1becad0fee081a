"""Who does a step: resolved when work is offered, judged again whenever somebody acts on it.

Rule 5 of the language: `same-as` assigns, `not` forbids and compares people, not roles. Work that
was sent back goes to whoever did it before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Node, Text
from tuoban.kernel.refusals import Refused
from tuoban.kernel.sight import Vantage, last, newest, vantage_of
from tuoban.kernel.state import Item, State
from tuoban.kernel.surroundings import Directory

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


Pools = tuple[tuple[str, str], ...]
"""Where work lies open: pairs of a role and a unit."""


@dataclass(frozen=True, slots=True)
class Offer:
    """To whom work is offered: a person named by a rule, or pools."""

    roles: tuple[str, ...]
    pools: Pools
    person: str | None


def acting_roles(definition: Definition, roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles whose holders act: an outside party's doings are recorded by its recorder."""
    return tuple(definition.roles[role].recorded_by or role for role in roles)


def resolve(
    definition: Definition, state: State, directory: Directory, node: Node, activation: int
) -> Offer:
    """To whom the step, whose turn has come in `activation`, is offered now."""
    vantage = vantage_of(state, activation)
    by = node.step.by
    roles = acting_roles(definition, by.roles)
    pools = _pools(directory, roles, state.unit)
    barred = barred_people(state, node)
    named = _named(definition, state, node, vantage)
    former = _former_performer(definition, state, node, vantage)
    if former is not None and not _is_entitled(directory, former, roles, state.unit):
        former = None
    for person in (named, former):
        if person is not None and person in directory.people and person not in barred:
            return Offer(roles, pools, person)
    if not roles:
        return Offer(roles, pools, directory.head(state.unit))
    return Offer(roles, pools, None)


def _pools(directory: Directory, roles: tuple[str, ...], unit: str) -> Pools:
    """For each role the nearest unit upwards where somebody holds it; for one that nobody holds,
    every unit upwards, so that whoever is given the role finds the work."""
    pools: list[tuple[str, str]] = []
    for role in dict.fromkeys(roles):
        nearest = directory.nearest((role,), unit)
        where = (nearest,) if nearest is not None else tuple(directory.upwards(unit))
        pools += ((role, each) for each in where)
    return tuple(pools)


def _named(definition: Definition, state: State, node: Node, vantage: Vantage) -> str | None:
    """The person whom `same-as` names."""
    same_as = node.step.by.same_as
    made = newest(definition, state, same_as, vantage) if same_as is not None else None
    return made.by if made is not None else None


def _former_performer(
    definition: Definition, state: State, node: Node, vantage: Vantage
) -> str | None:
    """Whoever did the step before it was sent back."""
    made = last(definition, state, node.key, vantage)
    return made.by if made is not None and not made.counts else None


def _is_entitled(directory: Directory, person: str, roles: tuple[str, ...], unit: str) -> bool:
    return any(directory.holds(person, roles, each) for each in directory.upwards(unit))


def settle(flow: Flow) -> None:
    """Take work back from those who may no longer do it, and tell the head what nobody can do.

    Somebody may have become barred (`not`), have left, or have lost the role since it was offered.
    """
    for known in tuple(flow.state.items.values()):
        item = _without_lost_delegate(flow, known)
        if (item.person is not None and not _may_keep(flow, item)) or _is_stranded(flow, item):
            _reoffer(flow, item)
        _tell_if_nobody(flow, flow.state.items[item.id])


def _without_lost_delegate(flow: Flow, item: Item) -> Item:
    """The item, back with whoever delegated it if the delegate may no longer do it."""
    if item.person is not None and item.delegated_by is not None and not _may_keep(flow, item):
        flow.emit(e.ItemGotBack(item.id, item.delegated_by, item.delegated_by, item.person))
    return flow.state.items[item.id]


def _is_stranded(flow: Flow, item: Item) -> bool:
    """Whether nobody in its pools may take the item, and other pools have opened since."""
    if item.person is not None or candidates(flow, item):
        return False
    return _offer_of(flow, item).pools != item.pools


def _may_keep(flow: Flow, item: Item) -> bool:
    directory, person = flow.surroundings.directory, item.person
    if person is None or person not in directory.people:
        return False
    if person in barred_people(flow.state, flow.definition.nodes[item.node]):
        return False
    # A rule named an assigned person; whoever claimed it, or was given it, needs a role.
    if item.assigned or not item.roles:
        return True
    return _is_entitled(directory, person, item.roles, flow.state.unit)


def _offer_of(flow: Flow, item: Item) -> Offer:
    node = flow.definition.nodes[item.node]
    return resolve(flow.definition, flow.state, flow.surroundings.directory, node, item.activation)


def _reoffer(flow: Flow, item: Item) -> None:
    offer = _offer_of(flow, item)
    flow.emit(e.ItemReoffered(item.id, offer.pools, offer.person))


def may_take(flow: Flow, item: Item, person: str) -> bool:
    """Whether somebody holds the work, or could take it from its pool."""
    if person in barred_people(flow.state, flow.definition.nodes[item.node]):
        return False
    if item.person is not None:
        return item.person == person
    directory = flow.surroundings.directory
    return any(directory.holds(person, (role,), unit) for role, unit in item.pools)


def candidates(flow: Flow, item: Item) -> frozenset[str]:
    """Everybody who may take the work from its pools."""
    directory = flow.surroundings.directory
    held = (directory.all_holding((role,), unit) for role, unit in item.pools)
    node = flow.definition.nodes[item.node]
    return frozenset().union(*held) - barred_people(flow.state, node).keys()


def _tell_if_nobody(flow: Flow, item: Item) -> None:
    if item.orphaned or item.person is not None or candidates(flow, item):
        return
    head = flow.surroundings.directory.head(flow.state.unit)
    if head is not None:
        told = e.Told(item.id, e.NOBODY, head, None, None, escalated=False, node=item.node)
        flow.emit(told)


def barred_people(state: State, node: Node) -> dict[str, str]:
    """Person → the step they did that bars them from this one (`not`)."""
    return {
        person: other
        for other in node.step.by.excluded
        for completion in state.completions.get(other, ())
        if completion.counts
        for person in (completion.by, *completion.delegates)
    }


def check_may_do(
    definition: Definition, state: State, directory: Directory, item: Item, person: str
) -> None:
    """Whether the person may do this work.

    Raises:
        Refused: `not-same-person`, `held-by-other` or `not-performer`.
    """
    node = definition.nodes[item.node]
    _check_not_barred(definition, state, node, person)
    if item.person == person:
        return
    if item.person is not None:
        raise Refused("held-by-other", {"by": item.person})
    if not any(directory.holds(person, (role,), unit) for role, unit in item.pools):
        raise Refused("not-performer", {"step": node.label, "roles": _labels(definition, item)})


def check_is_own(item: Item) -> None:
    """Whether whoever holds the work does so for themselves, and not as a delegate.

    Raises:
        Refused: `delegated`.
    """
    if item.delegated_by is not None:
        raise Refused("delegated", {"by": item.delegated_by})


def check_may_receive(
    definition: Definition, state: State, directory: Directory, item: Item, person: str
) -> None:
    """Whether the work may be handed to the person, who needs one of its roles.

    Raises:
        Refused: `unknown-person`, `same-person`, `not-same-person` or `not-performer`.
    """
    node = definition.nodes[item.node]
    if person not in directory.people:
        raise Refused("unknown-person", {"person": person})
    if person == item.person:
        raise Refused("same-person")
    _check_not_barred(definition, state, node, person)
    if item.roles and not _is_entitled(directory, person, item.roles, state.unit):
        raise Refused("not-performer", {"step": node.label, "roles": _labels(definition, item)})


def _check_not_barred(definition: Definition, state: State, node: Node, person: str) -> None:
    other = barred_people(state, node).get(person)
    if other is not None:
        facts = {"step": node.label, "other": definition.nodes[other].label}
        raise Refused("not-same-person", facts)


def _labels(definition: Definition, item: Item) -> tuple[Text, ...]:
    return tuple(definition.roles[role].label for role in item.roles)
