"""What is seen of a case from a place in it.

A case lives in a tree of activations: every round of a loop, element of a list and occurrence of a
reaction is one of its own. From inside one of them its own completions come first, then those that
lie nearest; what belongs to another round or element is seen only if that came before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from tuoban.kernel.definition import ROOT_REGION, Definition, Each
from tuoban.kernel.definition.nature import Order
from tuoban.kernel.state import ROOT, Completion, Instance, Loop, State


class Vantage(NamedTuple):
    """A place from which is looked: the activations around it with their regions, outermost
    first."""

    ids: tuple[int, ...]
    regions: tuple[str, ...]


OUTSIDE = Vantage((ROOT,), (ROOT_REGION,))
"""The process itself: where an expression about the whole case stands."""


class Placed(Protocol):
    """Something that happened in a chain of activations."""

    @property
    def scope(self) -> tuple[int, ...]: ...


P = TypeVar("P", bound=Placed)


def vantage_of(state: State, activation: int) -> Vantage:
    """The place of a live activation."""
    ids = state.scope(activation)
    return Vantage(ids, tuple([state.known(each).region for each in ids]))


def nearest(
    definition: Definition, found: Iterable[P], regions: Sequence[str], vantage: Vantage
) -> P | None:
    """Of what happened, the newest among those nearest to the vantage.

    Args:
        found: the newest first.
        regions: the regions around the place where it happened, outermost first.
    """
    most = shared(regions, vantage.regions)
    best, deepest = None, -1
    for each in found:
        depth = shared(each.scope, vantage.ids)
        if depth >= most:
            return each
        if depth <= deepest:
            continue
        order = _order(definition, vantage.regions[depth])
        if order != "together" and each.scope[depth] < vantage.ids[depth]:
            if order == "in turn":
                return each  # what is older than this came before anything here, too
            best, deepest = each, depth
    return best


def _order(definition: Definition, region: str) -> Order:
    """How the instances of a region lie to one another in time."""
    owner = definition.regions[region].owner
    return definition.nodes[owner].construct.order if owner is not None else "mixed"


def newest(
    definition: Definition, state: State, node: str, vantage: Vantage = OUTSIDE
) -> Completion | None:
    """The newest completion of a step that counts, as seen from the vantage."""
    waiting = undecided(state, node)
    made = (
        each
        for each in reversed(state.completions.get(node, ()))
        if each.counts and each.scope[-1] not in waiting
    )
    return nearest(definition, made, definition.paths[node], vantage)


def undecided(state: State, node: str) -> frozenset[int]:
    """Where a step is still being done: what was done of it there are parts of joint work, by
    which the step itself is not done yet."""
    return frozenset(each.activation for each in state.items.values() if each.node == node)


def last(
    definition: Definition, state: State, node: str, vantage: Vantage = OUTSIDE
) -> Completion | None:
    """The same, whether it still counts or not."""
    made = reversed(state.completions.get(node, ()))
    return nearest(definition, made, definition.paths[node], vantage)


def counting(state: State, node: str) -> list[Completion]:
    """All completions of a step that count, those of an `each` in the order of its elements."""
    made = (each for each in state.completions.get(node, ()) if each.counts)
    return sorted(made, key=lambda each: (each.scope, each.item))


def instance(
    definition: Definition, state: State, region: str, vantage: Vantage = OUTSIDE
) -> Instance | None:
    """The newest instance of a region with data of its own, as seen from the vantage."""
    found = reversed(state.instances.get(region, ()))
    return nearest(definition, found, definition.region_paths[region], vantage)


def loop(
    definition: Definition, state: State, node: str, vantage: Vantage = OUTSIDE
) -> Loop | None:
    """The newest run of a loop, as seen from the vantage."""
    found = reversed(state.loops.get(node, ()))
    return nearest(definition, found, definition.paths[node], vantage)


def elements_of(state: State, node: str, scope: tuple[int, ...]) -> tuple[Any, ...]:
    """The elements that an `each` read on entry in this chain of activations."""
    for listed in reversed(state.listed.get(node, ())):
        if listed.scope == scope:
            return listed.values
    return ()


def elements_outside(
    definition: Definition, state: State, node: str, region: str, vantage: Vantage
) -> list[Instance | None]:
    """By element of the newest run of an `each`, as seen from outside, the newest instance of its
    body; None: it has not been entered."""
    run = nearest(definition, reversed(state.listed.get(node, ())), definition.paths[node], vantage)
    if run is None:
        return []
    below = {each.element: each for each in instances_below(state, region, run.scope)}
    return [below.get(number + 1) for number in range(len(run.values))]


def instances_below(state: State, region: str, scope: tuple[int, ...]) -> Iterator[Instance]:
    """The instances of a region that stand directly in this chain of activations."""
    for each in state.instances.get(region, ()):
        if each.scope[:-1] == scope:
            yield each


def owner_of(definition: Definition, state: State, place: int) -> str:
    """The node whose fields an activation, live or left, has a copy of; empty if none is known."""
    for region, instances in state.instances.items():
        if any(each.id == place for each in instances):
            return definition.regions[region].owner or ""
    return ""


def shared(one: Sequence[object], other: Sequence[object]) -> int:
    """How far two chains are the same, from their beginnings."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def is_each(definition: Definition, region: str) -> bool:
    """Whether a region is the body of an `each`."""
    owner = definition.regions[region].owner
    return owner is not None and isinstance(definition.nodes[owner].construct, Each)


def running(definition: Definition, state: State, reaction: str, vantage: Vantage) -> int:
    """How many occurrences of a reaction are not over, in the place it shares with the vantage."""
    body = definition.nodes[reaction].regions[0]
    most = shared(definition.paths[reaction], vantage.regions)
    return sum(
        1
        for live in state.activations.values()
        if live.region == body and shared(state.scope(live.id), vantage.ids) >= most
    )
