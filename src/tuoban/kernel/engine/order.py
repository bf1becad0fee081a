"""What is done after what: as the pack writes it, and of what comes again."""

from __future__ import annotations

from tuoban.kernel.definition import Definition, Reaction
from tuoban.kernel.sight import shared
from tuoban.kernel.state import State


def child_towards(definition: Definition, region: str, node: str) -> str:
    """The node of `region` that is `node`, or the block that contains it ("" if neither)."""
    at: str | None = node
    while at is not None:
        home = definition.nodes[at].region
        if home == region:
            return at
        at = definition.regions[home].owner
    return ""


def in_line(definition: Definition, node: str) -> str:
    """The node, or what it is a reaction of: reactions stand beside the flow."""
    construct = definition.nodes[node].construct if node else None
    return construct.host or node if isinstance(construct, Reaction) else node


def in_line_of(definition: Definition, region: str, node: str) -> str:
    """The node of a region's flow that another stands in, or beside as a reaction ("" if none)."""
    return in_line(definition, child_towards(definition, region, node))


def from_there(definition: Definition, region: str, node: str) -> tuple[str, ...]:
    """A node of a region with all that is done after it: what follows, or in a plan whatever needs
    it, directly or not."""
    nodes = definition.regions[region].nodes
    if definition.regions[region].ordered:
        return nodes[nodes.index(node) :]
    fallen = {node}
    while more := {
        each for each in nodes if each not in fallen and fallen & _needed(definition, region, each)
    }:
        fallen |= more
    return tuple(each for each in nodes if each in fallen)


def follows(definition: Definition, later: str, earlier: str) -> bool:
    """Whether one node comes after another: they stand one behind the other, themselves or what
    they stand in, in the innermost run of steps around both."""
    path = definition.path(earlier)
    region = path[shared(path, definition.path(later)) - 1]
    first, then = (child_towards(definition, region, each) for each in (earlier, later))
    if runs_on_in(definition, region, earlier):
        return False
    if first == then or first not in definition.regions[region].nodes:
        return False
    return then in from_there(definition, region, first)


def runs_on_in(definition: Definition, region: str, node: str) -> bool:
    """Whether a node stands, within this region, in something behind which the case has gone on, so
    that nothing there comes after it."""
    path = definition.path(node)
    owners = (definition.regions[each].owner for each in path[path.index(region) + 1 :])
    return any(owner is not None and definition.nodes[owner].construct.outlives for owner in owners)


def later(definition: Definition, state: State, one: int) -> frozenset[int]:
    """The later rounds of the loop of which this activation is one, or the elements that came
    after it; none of others."""
    known = {**state.left, **state.activations}
    if one not in known or not (known[one].round or known[one].element):
        return frozenset()
    if _is_together(definition, known[one].region):
        return frozenset()
    is_later = (each for each in known.values() if each.id > one)
    return frozenset(
        each.id
        for each in is_later
        if (each.region, each.parent) == (known[one].region, known[one].parent)
    )


def _is_together(definition: Definition, region: str) -> bool:
    """Whether the instances of a region run at the same time."""
    owner = definition.regions[region].owner
    return owner is not None and definition.nodes[owner].construct.order == "together"


def _needed(definition: Definition, region: str, node: str) -> set[str]:
    """The nodes of a plan that a node of it needs, or something inside it."""
    inside = [node, *(each for each in definition.nodes if _is_inside(definition, each, node))]
    names = [need.name for each in inside for need in definition.nodes[each].gate if need.name]
    return {child_towards(definition, region, name) for name in names} - {node}


def _is_inside(definition: Definition, node: str, block: str) -> bool:
    return any(region in definition.paths[node] for region in definition.nodes[block].regions)
