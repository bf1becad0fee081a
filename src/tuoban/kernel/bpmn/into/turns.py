"""Which way out of a gateway is tried before which: the first whose condition holds is taken."""

from __future__ import annotations

from tuoban.kernel.bpmn.into.graph import Edge, Vertex, Way
from tuoban.kernel.bpmn.into.making import Branch, exclude


def is_unfinished(way_: Way) -> bool:
    """Whether a way leads straight on to more blocks."""
    behind = way_.behind
    return (
        way_.block is not None
        and behind is not None
        and behind.kind == "block"
        and len(behind.ins) == 1
    )


def tried_before(ways: list[Way], way_: Way) -> list[str]:
    """The conditions of the ways that are tried before one."""
    earlier = ways[: ways.index(way_)]
    return [each.edge.condition for each in earlier if not each.edge.is_default]


def unless(condition: str, others: list[str]) -> str:
    """A condition that holds only where none of the others does."""
    said = [each for each in others if each and not exclude(each, condition)]
    if not said:
        return condition
    none = f"not({' or '.join(f'({each})' for each in said) if len(said) > 1 else said[0]})"
    return f"{none} and ({condition})" if condition else none


def as_one(vertex: Vertex, group: list[Way], edge: Edge) -> list[Branch]:
    """The branches of a group of ways out of a gateway, and when the edge is taken that stands for
    them all in the place of the first: what is tried before one of them still is."""
    known = {id(each.edge): each for each in group}
    branches: list[Branch] = []
    between: list[str] = []
    for out in sorted(vertex.outs, key=lambda each: each.is_default):
        mine = known.get(id(out))
        if mine is not None:
            branch = mine.branch
            branch.condition = unless("" if branch.is_default else branch.condition, between)
            branches.append(branch)
        elif branches and not out.is_default:
            between.append(out.condition)
    last = branches[-1]
    if last.is_default and not between:
        edge.is_default = True
    else:
        edge.condition = " or ".join(f"({each.condition})" for each in branches)
    last.is_default, last.condition = True, ""
    return branches
