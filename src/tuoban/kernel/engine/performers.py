"""Who does a step: resolved when work is offered, judged again whenever somebody acts on it.

Rule 5 of the language: `same-as` assigns, `not` forbids and compares people, not roles. Work that
was sent back goes to whoever did it before.
"""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.definition import Definition, Node, Text
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Item, State
from tuoban.kernel.surroundings import Directory


@dataclass(frozen=True, slots=True)
class Offer:
    """To whom work is offered. `nobody`: no one is left who may do it, so the head is told."""

    roles: tuple[str, ...]
    unit: str | None
    person: str | None
    nobody: bool


def acting_roles(definition: Definition, roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles whose holders act: an outside party's doings are recorded by its recorder."""
    return tuple(definition.roles[role].recorded_by or role for role in roles)


def resolve(definition: Definition, state: State, directory: Directory, node: Node) -> Offer:
    """To whom the step is offered now."""
    by = node.step.by
    roles = acting_roles(definition, by.roles)
    unit = directory.nearest(roles, state.unit) if roles else None
    barred = barred_people(state, node)
    person = _former_performer(state, node)
    if person is None and by.same_as is not None:
        newest = state.newest(by.same_as)
        person = newest.by if newest is not None else None
        if (person is None or person not in directory.people) and not roles:
            person = directory.head(state.unit)
    if person is not None and person in directory.people and person not in barred:
        return Offer(roles, unit or state.unit, person, nobody=False)
    candidates = directory.all_holding(roles, unit) if unit is not None else frozenset()
    return Offer(roles, unit or state.unit, None, nobody=not candidates - barred.keys())


def _former_performer(state: State, node: Node) -> str | None:
    """Whoever did the step before it was sent back, if its newest completion was voided."""
    history = state.completions.get(node.key, ())
    return history[-1].by if history and not history[-1].counts else None


def barred_people(state: State, node: Node) -> dict[str, str]:
    """Person → the step they did that bars them from this one (`not`)."""
    return {
        completion.by: other
        for other in node.step.by.excluded
        for completion in state.completions.get(other, ())
        if completion.counts
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
    if item.unit is None or not directory.holds(person, item.roles, item.unit):
        raise Refused("not-performer", {"step": node.label, "roles": _labels(definition, item)})


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
    units = directory.upwards(state.unit)
    if item.roles and not any(directory.holds(person, item.roles, unit) for unit in units):
        raise Refused("not-performer", {"step": node.label, "roles": _labels(definition, item)})


def _check_not_barred(definition: Definition, state: State, node: Node, person: str) -> None:
    other = barred_people(state, node).get(person)
    if other is not None:
        facts = {"step": node.label, "other": definition.nodes[other].label}
        raise Refused("not-same-person", facts)


def _labels(definition: Definition, item: Item) -> tuple[Text, ...]:
    return tuple(definition.roles[role].label for role in item.roles)
