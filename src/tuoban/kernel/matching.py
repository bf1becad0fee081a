"""What of one version of a process is what of another: nodes and regions, by key and by path.

A named node is the one of the same name, or of the name it is given now, of the same kind, in what
the region around it is. What has no name is recognised by the names inside it, else by its place
among its like where there are as many of them as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tuoban.kernel.definition import ROOT_REGION, Call, Definition, Each, Link, Node, Reaction


@dataclass(slots=True)
class Match:
    """By node, and by region, of the old version, the one it is in the new version."""

    old: Definition
    new: Definition
    renames: Mapping[str, str]
    nodes: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)

    def name(self, key: str) -> str:
        """The name that a field or a named node has in the new version, without that of its call;
        empty where something else has taken its name."""
        local = key.rpartition(".")[2]
        if local not in self.renames and local in self.renames.values():
            return ""
        return self.renames.get(local, local)


def match(old: Definition, new: Definition, renames: Mapping[str, str]) -> Match:
    """Everything of the old version that the new one has too."""
    found = Match(old, new, renames)
    _match_regions(found, ROOT_REGION, ROOT_REGION)
    return found


def is_named(node: Node) -> bool:
    """Whether the author has named it; else its key is numbered down the page."""
    return not node.key.rpartition(".")[2].isdecimal()


def _match_regions(found: Match, old: str, new: str) -> None:
    found.regions[old] = new
    here = [node for node in found.old.nodes.values() if node.region == old]
    there = [node for node in found.new.nodes.values() if node.region == new]
    named = {node.key.rpartition(".")[2]: node for node in there if is_named(node)}
    pairs: list[tuple[Node, Node]] = []
    for node in here:
        same = named.get(found.name(node.key)) if is_named(node) else None
        if same is not None and _are_alike(node, same):
            pairs.append((node, same))
    pairs += _unnamed_pairs(found, here, there)
    for one, other in pairs:
        found.nodes[one.key] = other.key
        for inner, inner_there in _region_pairs(found, one, other):
            _match_regions(found, inner, inner_there)


def _are_alike(one: Node, other: Node) -> bool:
    if one.kind != other.kind:
        return False
    mine, theirs = one.construct, other.construct
    if isinstance(mine, Each) and isinstance(theirs, Each):
        return mine.together == theirs.together
    if isinstance(mine, Call) and isinstance(theirs, Call):
        return mine.process == theirs.process
    if isinstance(mine, Link) and isinstance(theirs, Link):
        return (mine.pack, mine.waits) == (theirs.pack, theirs.waits)
    if isinstance(mine, Reaction) and isinstance(theirs, Reaction):
        return (mine.condition is None) == (theirs.condition is None)
    return True


def _unnamed_pairs(found: Match, here: list[Node], there: list[Node]) -> list[tuple[Node, Node]]:
    pairs: list[tuple[Node, Node]] = []
    for kind in dict.fromkeys(node.kind for node in here if not is_named(node)):
        mine = [node for node in here if node.kind == kind and not is_named(node)]
        theirs = [node for node in there if node.kind == kind and not is_named(node)]
        keys = _pair_up(
            {node.key: _names_in(found, node.regions) for node in mine},
            {node.key: _names_there(found.new, node.regions) for node in theirs},
        )
        pairs += ((found.old.nodes[one], found.new.nodes[other]) for one, other in keys)
    return pairs


def _region_pairs(found: Match, one: Node, other: Node) -> list[tuple[str, str]]:
    """The regions of a block that are the same; those of one with a single body are."""
    if not one.construct.branching:
        return list(zip(one.regions, other.regions, strict=False))
    return _pair_up(
        {region: _names_in(found, (region,)) for region in one.regions},
        {region: _names_there(found.new, (region,)) for region in other.regions},
    )


def _pair_up(
    mine: Mapping[str, frozenset[str]], theirs: Mapping[str, frozenset[str]]
) -> list[tuple[str, str]]:
    """Those that share the most names; of what shares none, as many as there are in their order,
    where there are equally many on both sides."""
    pairs: list[tuple[str, str]] = []
    left, right = list(mine), list(theirs)
    shared = [(-len(mine[one] & theirs[other]), one, other) for one in left for other in right]
    for count, one, other in sorted(shared, key=lambda each: each[0]):
        if count and one in left and other in right:
            pairs.append((one, other))
            left.remove(one)
            right.remove(other)
    if len(left) == len(right):
        pairs += (
            (one, other)
            for one, other in zip(left, right, strict=True)
            if not (mine[one] or theirs[other]) or len(left) == 1
        )
    return pairs


def _names_in(found: Match, regions: Iterable[str]) -> frozenset[str]:
    """The names inside regions of the old version, as they are called in the new one."""
    return frozenset(map(found.name, _keys_in(found.old, regions)))


def _names_there(definition: Definition, regions: Iterable[str]) -> frozenset[str]:
    return frozenset(key.rpartition(".")[2] for key in _keys_in(definition, regions))


def _keys_in(definition: Definition, regions: Iterable[str]) -> list[str]:
    wanted = set(regions)
    return [
        key
        for key, node in definition.nodes.items()
        if is_named(node) and wanted.intersection(definition.path(key))
    ]
