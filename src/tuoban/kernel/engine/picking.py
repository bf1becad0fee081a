"""`pick`: who of several is given a piece of work, where they do not choose it themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Node, Pick

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def pick(flow: Flow, node: Node, people: Collection[str]) -> str | None:
    """Whoever is given the work, of those who are not away where there are any; None where they
    choose it themselves, or there is nobody."""
    rank = _RANKS.get(node.step.by.pick)
    if rank is None or not people:
        return None
    away = flow.surroundings.directory.away.keys()
    people = [person for person in people if person not in away] or people
    ranks = rank(flow, node)
    # Of equals the one with the lowest id, so that the same facts always lead to the same person.
    return min(people, key=lambda person: (ranks.get(person, -1), by_number(person)))


def is_picked(node: Node) -> bool:
    """Whether somebody is given the work of a step; else they choose it themselves."""
    return node.step.by.pick in _RANKS


def by_number(person: str) -> tuple[int, str]:
    """What people are sorted by: ids are given in the order in which accounts are made."""
    return int(person) if person.isdecimal() else 0, person


def _by_turn(flow: Flow, node: Node) -> Mapping[str, int]:
    """When people were given this step last: first those who never were, then those of old."""
    known = flow.surroundings.workload.given.get(node.key, {})
    ranks, newest = dict(known), max(known.values(), default=0)
    for place, event in enumerate(flow.events, start=1):
        if isinstance(event, e.ItemOffered) and event.node == node.key and event.person is not None:
            ranks[event.person] = newest + place
    return ranks


def _by_load(flow: Flow, node: Node) -> Mapping[str, int]:
    """How much people hold, in this case and elsewhere; whoever holds nothing comes first."""
    here = Counter(item.person for item in flow.state.items.values() if item.person is not None)
    return {**(Counter(flow.surroundings.workload.held) + here)}


_RANKS: Mapping[Pick, Callable[[Flow, Node], Mapping[str, int]]] = {
    "round-robin": _by_turn,
    "least-loaded": _by_load,
}
