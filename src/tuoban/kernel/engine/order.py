"""What is done after what, as the pack writes it."""

from __future__ import annotations

from tuoban.kernel.definition import Definition
from tuoban.kernel.sight import shared


def child_towards(definition: Definition, region: str, node: str) -> str:
    """The node of `region` that is `node`, or the block that contains it ("" if neither)."""
    at: str | None = node
    while at is not None:
        home = definition.nodes[at].region
        if home == region:
            return at
        at = definition.regions[home].owner
    return ""


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
    if first == then or first not in definition.regions[region].nodes:
        return False
    return then in from_there(definition, region, first)


def _needed(definition: Definition, region: str, node: str) -> set[str]:
    """The nodes of a plan that a node of it needs, or something inside it."""
    inside = [node, *(each for each in definition.nodes if _is_inside(definition, each, node))]
    names = [need.name for each in inside for need in definition.nodes[each].gate if need.name]
    return {child_towards(definition, region, name) for name in names} - {node}


def _is_inside(definition: Definition, node: str, block: str) -> bool:
    return any(region in definition.paths[node] for region in definition.nodes[block].regions)
