"""The graph of one flow, which is reduced to blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tuoban.kernel.bpmn.into.making import Branch
from tuoban.kernel.bpmn.into.model import FlowNode
from tuoban.kernel.bpmn.xml import Element
from tuoban.kernel.language.tree import Mapping, Node, Sequence

Kind = Literal["block", "xor", "and", "or", "guard"]
"""What a vertex is: something done; a gateway; something done that events may interrupt."""
Ends = Literal["on", "done", "over"]
"""Where it leads: on; nowhere, so that what runs beside it goes on; or the process is over."""

_PASSING = ("send", "set", "end")


@dataclass(slots=True, eq=False)
class Vertex:
    """A block, or a gateway.

    Attributes:
        ids: the elements that are in it, in the order in which they were taken in.
        join: the gateway at which its branches come together, where this program has written so.
    """

    id: str
    kind: Kind
    items: list[Mapping] = field(default_factory=list)
    ends: Ends = "on"
    node: FlowNode | None = None
    own: Element | None = None
    join: str | None = None
    outs: list[Edge] = field(default_factory=list)
    ins: list[Edge] = field(default_factory=list)

    @property
    def label(self) -> str:
        """How the modeller calls a gateway."""
        is_gateway = self.node is not None and self.node.kind.endswith("Gateway")
        return self.node.name if self.node is not None and is_gateway else ""


@dataclass(slots=True, eq=False)
class Edge:
    source: Vertex
    target: Vertex
    condition: str = ""
    is_default: bool = False
    label: str = ""
    own: Element | None = None
    event: FlowNode | None = None
    """The boundary event by which it leaves."""

    @property
    def interrupts(self) -> bool:
        return self.event is not None and self.event.interrupts


@dataclass(slots=True)
class Graph:
    vertices: dict[str, Vertex] = field(default_factory=dict)

    def add(self, vertex: Vertex) -> Vertex:
        self.vertices[vertex.id] = vertex
        return vertex

    def link(self, edge: Edge) -> Edge:
        edge.source.outs.append(edge)
        edge.target.ins.append(edge)
        return edge

    def cut(self, edge: Edge) -> None:
        edge.source.outs.remove(edge)
        edge.target.ins.remove(edge)

    def remove(self, vertex: Vertex) -> None:
        for edge in [*vertex.outs, *vertex.ins]:
            if edge in edge.source.outs:
                self.cut(edge)
        del self.vertices[vertex.id]

    def take_outs(self, vertex: Vertex, of: Vertex) -> None:
        """Let what leaves one vertex leave another."""
        for edge in list(of.outs):
            of.outs.remove(edge)
            edge.source = vertex
            vertex.outs.append(edge)


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a vertex: an edge, the block it leads through, and what stands behind that.

    `behind` is None where the way ends in the block.
    """

    edge: Edge
    block: Vertex | None
    behind: Vertex | None

    @property
    def ends(self) -> Ends:
        return self.block.ends if self.block is not None else "on"

    @property
    def branch(self) -> Branch:
        edge = self.edge
        items = self.block.items if self.block is not None else []
        return Branch(list(items), edge.condition, edge.is_default, edge.label, edge.own)


def way(edge: Edge) -> Way:
    target = edge.target
    if target.kind != "block" or len(target.ins) != 1 or target is edge.source:
        return Way(edge, None, target)
    if target.ends != "on" or not target.outs:
        return Way(edge, target, None)
    return Way(edge, target, target.outs[0].target)


def is_passed(vertex: Vertex) -> bool:
    """Whether the case does not come to a stop in a block, which is done on the way to others."""
    return all(_passes(each) for each in vertex.items)


def _passes(item: Mapping) -> bool:
    if (choice := item.pair("choose")) is None:
        return any(item.pair(word) for word in _PASSING)
    branches = choice.value.items if isinstance(choice.value, Sequence) else ()
    return all(_passes(each) for branch in branches for each in _done_in(branch))


def _done_in(branch: Node) -> list[Mapping]:
    done = [pair.value for pair in branch.pairs] if isinstance(branch, Mapping) else []
    lists = [each.items for each in done if isinstance(each, Sequence)]
    return [each for items in lists for each in items if isinstance(each, Mapping)]


def only_returns(start: Vertex, to: Vertex) -> bool:
    """Whether all that lies behind a vertex leads to another one, and nothing of it ends."""
    seen, waiting = {to.id}, [start]
    while waiting:
        vertex = waiting.pop()
        if vertex.id in seen:
            continue
        seen.add(vertex.id)
        if vertex.ends != "on" or not vertex.outs:
            return False
        waiting += (each.target for each in vertex.outs)
    return True
