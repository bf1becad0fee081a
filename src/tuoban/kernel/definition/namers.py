"""Who names the performer of a step (`pick: named`): those who complete what stands before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tuoban.kernel.definition.graph import Node, Region
from tuoban.kernel.definition.steps import Step

Nodes = Mapping[str, Node]
Regions = Mapping[str, Region]


def namers_of(nodes: Nodes, regions: Regions, step: str) -> tuple[str, ...]:
    """The steps behind which the turn of `step` may come with nobody having done anything between,
    in the order of the pack."""
    found = set(_Before(nodes, regions).node(step))
    return tuple(key for key in nodes if key in found and key != step)


class _Before:
    """Goes back through the graph, each place once."""

    def __init__(self, nodes: Nodes, regions: Regions) -> None:
        self._nodes, self._regions = nodes, regions
        self._seen: set[tuple[str, str]] = set()

    def node(self, key: str) -> Iterator[str]:
        """The steps done last before the turn of a node comes."""
        if self._is_known("before", key):
            return
        node = self._nodes[key]
        region = self._regions[node.region]
        if not region.ordered:
            yield from self._needed(node, region)
        elif key not in region.nodes:
            return  # a reaction stands beside the flow
        elif (place := region.nodes.index(key)) > 0:
            yield from self._done_last(region.nodes[place - 1])
        elif region.owner is not None:
            yield from self._entered(self._nodes[region.owner], region)

    def _needed(self, node: Node, region: Region) -> Iterator[str]:
        names = [need.name for need in node.gate if need.name is not None]
        for name in names:
            yield from self._ends(name)
        if not names and region.owner is not None:
            yield from self.node(region.owner)

    def _entered(self, owner: Node, region: Region) -> Iterator[str]:
        if owner.construct.is_beside:
            return
        yield from self.node(owner.key)
        if region.nodes and owner.construct.order == "in turn":
            yield from self._done_last(region.nodes[-1])

    def _done_last(self, key: str) -> Iterator[str]:
        """The steps done last when a node has been left, or what stands before it too where it may
        be left without any."""
        if self._is_known("last", key):
            return
        yield from self._ends(key)
        if self._may_be_passed(self._nodes[key]):
            yield from self.node(key)

    def _ends(self, key: str) -> Iterator[str]:
        node = self._nodes[key]
        if isinstance(node.construct, Step):
            yield key
        for region in node.regions:
            inside = self._regions[region]
            last = inside.nodes[-1:] if inside.ordered else inside.nodes
            for each in last:
                yield from self._done_last(each)

    def _may_be_passed(self, node: Node) -> bool:
        return node.when is not None or node.optional or node.construct.needs_no_step

    def _is_known(self, how: str, key: str) -> bool:
        is_known = (how, key) in self._seen
        self._seen.add((how, key))
        return is_known
