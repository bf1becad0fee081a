"""What is wrong with a flow that is no block: it is played, token by token, to a limit of states.

A flow is sound where, whatever was done, it can still come to its end; and no way is gone twice at
once. Each marking is the set of the edges on which a token lies.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations

from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.graph import Edge, Graph, Vertex
from tuoban.kernel.bpmn.xml import Element

MOST_STATES = 20_000
MOST_WAYS = 6
"""Ways out of an inclusive gateway, all of whose combinations are played."""

Marking = frozenset[int]
SOUND = "sound"


class _Unsafe(Exception):
    """A way is gone twice at once."""

    def __init__(self, at: Vertex) -> None:
        super().__init__(at.id)
        self.at = at


def judge(graph: Graph, scope: Element, context: Context) -> bool:
    """Whether a flow that is no block is sound; if not, it is reported with the path that shows
    it, and likewise if that could not be proved."""
    found = Game(graph).play()
    if found.code == SOUND:
        return True
    at = found.at.node if found.at is not None and found.at.node is not None else scope
    context.refuse(at, found.code, path=found.path, states=str(found.states))
    return False


def report_crossing(graph: Graph, scope: Element, context: Context) -> None:
    """Report where the ways of a sound flow cross."""
    left = [each for each in graph.vertices.values() if each.kind != "block"]
    for each in left:
        at = each.node if each.node is not None else scope
        ways = ", ".join(dict.fromkeys(_name(edge.target) for edge in each.outs))
        context.refuse(at, "ways-cross", ways=ways)
    if not left:
        context.refuse(scope, "ways-cross", ways="-")


@dataclass(frozen=True, slots=True)
class Verdict:
    code: str
    path: str = ""
    states: int = 0
    at: Vertex | None = None


@dataclass(slots=True)
class Game:
    """The token game of a graph."""

    graph: Graph
    limit: int = MOST_STATES
    _edges: list[Edge] = field(default_factory=list)
    _number: dict[int, int] = field(default_factory=dict)
    _upstream: dict[str, frozenset[int]] = field(default_factory=dict)

    def play(self) -> Verdict:
        self._edges = list(chain.from_iterable(e.outs for e in self.graph.vertices.values()))
        self._number = {id(edge): at for at, edge in enumerate(self._edges)}
        starts = [each for each in self.graph.vertices.values() if not each.ins]
        begun: dict[Marking, tuple[Marking | None, Vertex | None]] = {}
        waiting: deque[Marking] = deque()
        back: dict[Marking, list[Marking]] = {}
        for start in starts[:1]:
            for marking in self._fired(start, frozenset()):
                if marking not in begun:
                    begun[marking] = (None, start)
                    waiting.append(marking)
        while waiting:
            marking = waiting.popleft()
            try:
                following = list(self._moves(marking))
            except _Unsafe as unsafe:
                path = self._path(begun, marking, unsafe.at)
                return Verdict("unsound-twice", path, len(begun), unsafe.at)
            if marking and not following:
                at = self._edges[min(marking)].target
                return Verdict("unsound-stuck", self._path(begun, marking, None), len(begun), at)
            for vertex, each in following:
                back.setdefault(each, []).append(marking)
                if each not in begun:
                    begun[each] = (marking, vertex)
                    waiting.append(each)
            if len(begun) > self.limit:
                path = self._path(begun, marking, None)
                return Verdict("unproved", path, len(begun))
        return self._ending(begun, back)

    def _moves(self, marking: Marking) -> Iterator[tuple[Vertex, Marking]]:
        """What may happen next, and what it leads to."""
        for vertex in self._enabled(marking):
            for each in self._fired(vertex, marking):
                yield vertex, each

    def _ending(
        self,
        begun: dict[Marking, tuple[Marking | None, Vertex | None]],
        back: dict[Marking, list[Marking]],
    ) -> Verdict:
        done: Marking = frozenset()
        reaches, waiting = {done}, [done]
        while waiting:
            for each in back.get(waiting.pop(), ()):
                if each not in reaches:
                    reaches.add(each)
                    waiting.append(each)
        for marking in begun:
            if marking not in reaches:
                at = self._edges[min(marking)].target
                return Verdict("unsound-endless", self._path(begun, marking, None), len(begun), at)
        return Verdict(SOUND, states=len(begun))

    def _path(
        self,
        begun: dict[Marking, tuple[Marking | None, Vertex | None]],
        marking: Marking | None,
        last: Vertex | None,
    ) -> str:
        names = [_name(last)] if last is not None else []
        while marking is not None and len(names) < 1000:
            marking, vertex = begun.get(marking, (None, None))
            if vertex is not None:
                names.append(_name(vertex))
        shown = list(dict.fromkeys(each for each in reversed(names) if each))
        return " → ".join(shown)

    # Moves

    def _enabled(self, marking: Marking) -> list[Vertex]:
        found: dict[str, Vertex] = {}
        for at in sorted(marking):
            vertex = self._edges[at].target
            if vertex.id not in found and self._is_enabled(vertex, marking):
                found[vertex.id] = vertex
        return list(found.values())

    def _is_enabled(self, vertex: Vertex, marking: Marking) -> bool:
        ins = {self._number[id(each)] for each in vertex.ins}
        if vertex.kind == "and":
            return ins <= marking
        if vertex.kind == "or" and len(ins) > 1:
            return not (marking - ins) & self._above(vertex)
        return True

    def _above(self, vertex: Vertex) -> frozenset[int]:
        """The edges from which a token may still come to a vertex."""
        if vertex.id not in self._upstream:
            found: set[int] = set()
            waiting = list(vertex.ins)
            while waiting:
                for each in waiting.pop().source.ins:
                    if self._number[id(each)] not in found and each.target is not vertex:
                        found.add(self._number[id(each)])
                        waiting.append(each)
            self._upstream[vertex.id] = frozenset(found)
        return self._upstream[vertex.id]

    def _fired(self, vertex: Vertex, marking: Marking) -> Iterator[Marking]:
        if vertex.ends == "over" and vertex.kind == "block":
            yield frozenset()
            return
        ins = {self._number[id(each)] for each in vertex.ins} & marking
        if vertex.kind in ("and", "or"):
            yield from self._go(vertex, marking - ins)
            return
        for each in ins or (None,):
            yield from self._go(vertex, marking - {each})

    def _go(self, vertex: Vertex, left: Marking) -> Iterator[Marking]:
        for chosen in _chosen(vertex):
            added = {self._number[id(each)] for each in chosen}
            if added & left:
                raise _Unsafe(vertex)
            yield left | added


def _chosen(vertex: Vertex) -> Iterator[tuple[Edge, ...]]:
    """The ways that may be taken out of a vertex."""
    outs = vertex.outs
    if not outs:
        yield ()
    elif vertex.kind == "xor":
        yield from ((each,) for each in outs)
    elif vertex.kind == "or" and len(outs) <= MOST_WAYS:
        yield from chain.from_iterable(combinations(outs, n) for n in range(1, len(outs) + 1))
    elif vertex.kind == "guard":
        normal = tuple(each for each in outs if each.event is None)
        beside = tuple(each for each in outs if each.event is not None and not each.interrupts)
        yield normal
        yield (*normal, *beside)
        yield from ((each,) for each in outs if each.interrupts)
    else:
        yield tuple(outs)


def _name(vertex: Vertex | None) -> str:
    if vertex is None or vertex.node is None:
        return ""
    return vertex.node.name or vertex.node.id
