"""From a graph to blocks: rules that take a part with one way in and one way out for one block.

Each rule keeps what the graph means, and each part it takes together is sound by itself: so what
can be reduced to one block is sound, and is what a pack says in blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tuoban.kernel.bpmn.into.graph import Edge, Graph, Vertex, Way, is_passed, only_returns, way
from tuoban.kernel.bpmn.into.making import Branch, Maker, NameGiver, mapping, node, with_value
from tuoban.kernel.bpmn.into.model import FlowNode
from tuoban.kernel.bpmn.into.turns import as_one, is_unfinished, tried_before, unless
from tuoban.kernel.bpmn.out.flows import word_of
from tuoban.kernel.language.constructs.table import KINDS
from tuoban.kernel.language.tree import Mapping
from tuoban.kernel.language.tree import Sequence as Items

ReactionOf = Callable[[FlowNode, list[Mapping], bool], tuple[Mapping, list[Mapping]]]
"""The reaction that a boundary event is, by what is done then, and whether it interrupts; with what
has to be done before its host."""


@dataclass(slots=True)
class Reducer:
    """Reduces one graph.

    Attributes:
        flags: the fields that it had to make, to keep in mind which event came.
        pairs: whether gateways that this program has written belong together as it has said.
    """

    graph: Graph
    maker: Maker
    names: NameGiver
    reaction: ReactionOf
    flags: list[str]
    pairs: bool = True

    def reduce(self, *, roots: int = 1) -> list[Vertex] | None:
        """The blocks that the graph is, as many as it has beginnings; None where it is none."""
        while True:
            self._exhaust()
            left = list(self.graph.vertices.values())
            if len(left) == roots and all(each.kind == "block" and not each.ins for each in left):
                return left
            if self._flagged() or self._parted():
                continue
            if self.pairs and any(each.join is not None for each in self.graph.vertices.values()):
                self.pairs = False
                continue
            return None

    def _exhaust(self) -> None:
        changed = True
        while changed:
            changed = False
            for vertex in list(self.graph.vertices.values()):
                if vertex.id not in self.graph.vertices:
                    continue
                changed = any(rule(self, vertex) for rule in _RULES) or changed

    def is_paired(self, vertex: Vertex) -> bool:
        """Whether it stands at the one end or the other of what was written as one."""
        if not self.pairs:
            return False
        return vertex.join is not None or any(
            each.join == vertex.id for each in self.graph.vertices.values()
        )

    # Rules

    def sequence(self, vertex: Vertex) -> bool:
        if vertex.kind != "block" or len(vertex.outs) != 1:
            return False
        then = vertex.outs[0].target
        if then.kind != "block" or len(then.ins) != 1 or then is vertex:
            return False
        self.graph.cut(vertex.outs[0])
        vertex.items += then.items
        vertex.ends = then.ends
        self.graph.take_outs(vertex, then)
        self.graph.remove(then)
        return True

    def paired(self, vertex: Vertex) -> bool:
        """Gateways that this program has written as one."""
        if not self.pairs or vertex.join is None or vertex.kind == "block":
            return False
        join = self.graph.vertices.get(vertex.join)
        ways = [way(each) for each in vertex.outs]
        live = [each for each in ways if each.ends == "on"]
        if any(each.behind is not join for each in live) or (join is None and vertex.join):
            return False
        if any(each.ends == "done" for each in ways) or not _closes(join, live):
            return False
        self._take(vertex, ways, join)
        return True

    def merged(self, vertex: Vertex) -> bool:
        """Ways out of a gateway that come together again."""
        if len(vertex.outs) < 2 or vertex.kind not in ("xor", "and", "or"):
            return False
        if self.is_paired(vertex):
            return False
        ways = [way(each) for each in vertex.outs]
        over = [each for each in ways if each.ends == "over"]
        groups: dict[str, list[Way]] = {}
        for each in ways:
            if each.behind is not None and each.behind is not vertex:
                groups.setdefault(each.behind.id, []).append(each)
        for key, group in groups.items():
            join = self.graph.vertices[key]
            if len(group) < 2 or join.kind != vertex.kind or self.is_paired(join):
                continue
            whole = len(group) + len(over) == len(ways)
            if vertex.kind == "or" and not (whole and _closes(join, group)):
                continue
            if whole:
                self._take(vertex, ways, join)
                return True
            self._nest(vertex, group, join)
            return True
        return False

    def ended(self, vertex: Vertex) -> bool:
        """Ways out of a gateway that lead to ends: all of them, or all but one."""
        if len(vertex.outs) < 2 or vertex.kind not in ("xor", "and", "or"):
            return False
        if self.is_paired(vertex):
            return False
        ways = [way(each) for each in vertex.outs]
        live = [each for each in ways if each.ends == "on"]
        over = [each for each in ways if each.ends == "over"]
        if not live:
            self._take(vertex, ways, None)
            return True
        if vertex.kind != "xor" or len(live) != 1 or len(over) != len(ways) - 1:
            return False
        (kept,) = live
        if not any(each.edge.is_default for each in ways) and is_unfinished(kept):
            return False  # it may end as well, and is then done only where its condition holds
        if only_returns(kept.edge.target, vertex):
            return False  # its ends are all the ways out of a loop
        passed = Branch([], kept.edge.condition, kept.edge.is_default or not kept.edge.condition)
        branches = [passed if each is kept else each.branch for each in ways]
        items = self.maker.choice(branches, None, vertex.label)
        for each in over:
            self.graph.remove(each.block)  # type: ignore[arg-type]
        self._as_block(vertex, items)
        vertex.outs[0].condition, vertex.outs[0].is_default = "", False
        return True

    def trivial(self, vertex: Vertex) -> bool:
        """A gateway with one way in and one way out says nothing."""
        if vertex.kind in ("block", "guard") or len(vertex.ins) != 1 or len(vertex.outs) != 1:
            return False
        if self.is_paired(vertex) or vertex.ins[0].source is vertex:
            return False
        coming, going = vertex.ins[0], vertex.outs[0]
        going.target.ins[going.target.ins.index(going)] = coming
        vertex.outs.clear()
        vertex.ins.clear()
        coming.target = going.target
        del self.graph.vertices[vertex.id]
        return True

    def loop(self, vertex: Vertex) -> bool:
        """A way back to before it."""
        if vertex.kind != "xor" or len(vertex.ins) < 2 or len(vertex.outs) != 1:
            return False
        first = way(vertex.outs[0])
        gate = first.behind
        if gate is None or gate.kind != "xor" or gate is vertex or len(gate.ins) != 1:
            return False
        ways = [way(each) for each in gate.outs]
        back = [each for each in ways if each.behind is vertex]
        if len(back) != 1 or len(ways) < 2:
            return False
        coming = [each for each in vertex.ins if each.source not in (gate, back[0].block)]
        if len(coming) != len(vertex.ins) - 1 or not coming:
            return False
        others = [each.edge for each in ways if each is not back[0]]
        again = back[0].edge.condition
        if again:
            again = unless(again, tried_before(ways, back[0]))
        else:
            said = [each.condition for each in others]
            if not all(said):
                return False
            again = (
                f"not({' or '.join(f'({each})' for each in said)})"
                if len(said) > 1
                else (f"not({said[0]})")
            )
        body = first.block.items if first.block is not None else []
        if not body and not back[0].branch.items:
            return False
        items = self.maker.loop(list(body), again, back[0].branch.items, self.names)
        self._close_loop(vertex, first, back[0], gate, items)
        return True

    def _close_loop(
        self, vertex: Vertex, first: Way, back: Way, gate: Vertex, items: list[Mapping]
    ) -> None:
        graph = self.graph
        for each in (back.block, first.block):
            if each is not None:
                graph.remove(each)
        for edge in [each for each in vertex.ins if each.source is gate]:
            graph.cut(edge)
        for edge in list(vertex.outs):
            graph.cut(edge)
        self._as_block(vertex, items)
        if len(gate.outs) == 1:
            gate.outs[0].condition, gate.outs[0].is_default = "", False
            graph.take_outs(vertex, gate)
            graph.remove(gate)
            return
        for edge in list(gate.ins):
            graph.cut(edge)
        graph.link(Edge(vertex, gate))

    def attached(self, vertex: Vertex) -> bool:
        """Events at the border of a piece of work, behind which all goes on as behind the work."""
        if vertex.kind != "guard":
            return False
        normal = [each for each in vertex.outs if each.event is None]
        behind = normal[0].target if normal else None
        ways = [way(each) for each in vertex.outs if each.event is not None]
        for each in ways:
            if not normal:
                fits = each.ends != "on"
            elif each.edge.interrupts:
                fits = each.ends == "over" or (each.behind is not None and each.behind is behind)
            else:
                fits = each.ends != "on"
            if not fits:
                return False
        self._react(vertex, [(each, each.branch.items) for each in ways])
        for each in ways:
            if each.block is not None:
                self.graph.remove(each.block)
            elif each.edge in vertex.outs:
                self.graph.cut(each.edge)
        vertex.kind = "block"
        vertex.ends = "on" if normal else "done"
        return True

    def _react(self, vertex: Vertex, happening: Sequence[tuple[Way, list[Mapping]]]) -> None:
        host = self._host(vertex)
        reactions, first = [], list[Mapping]()
        for each, items in happening:
            event, interrupts = each.edge.event, each.edge.interrupts
            made, before_host = self.reaction(event, items, interrupts)  # type: ignore[arg-type]
            reactions.append(made)
            first += before_host
        known = host.pair("during")
        before = known.value.items if known is not None and isinstance(known.value, Items) else ()
        vertex.items = [*first, with_value(host, "during", node([*before, *reactions]))]

    def _host(self, vertex: Vertex) -> Mapping:
        """What is interrupted: the work itself, or a stage around it, where `during` may not stand
        beside it, or would be of each element alone."""
        (item,) = vertex.items
        kind = KINDS[word_of(item)]
        if kind.hosts and not kind.per_element:
            return item
        label = vertex.node.name or vertex.node.id if vertex.node is not None else ""
        return self.maker.stage(label, [item], self.names)

    # What no rule fits

    def _parted(self) -> bool:
        """Let each of several ways that lead to one end come to an end of its own."""
        for vertex in self.graph.vertices.values():
            if vertex.kind != "xor" or len(vertex.outs) != 1 or self.is_paired(vertex):
                continue
            end = vertex.outs[0].target
            if end.kind == "block" and end.ends != "on" and len(end.ins) == 1 and is_passed(end):
                self._part(vertex, end)
                return True
        return False

    def _part(self, vertex: Vertex, end: Vertex) -> None:
        for number, edge in enumerate(list(vertex.ins)):
            own = replace(end, id=f"{end.id}#{number}", items=list(end.items), ins=[edge], outs=[])
            edge.target = self.graph.add(own)
        vertex.ins.clear()
        self.graph.remove(end)
        self.graph.remove(vertex)

    def _flagged(self) -> bool:
        """Keep in a field which event came, and go on by that."""
        for vertex in self.graph.vertices.values():
            if vertex.kind != "guard":
                continue
            ways = [way(each) for each in vertex.outs if each.event is not None]
            beside = [each for each in ways if not each.edge.interrupts]
            if any(each.ends == "on" for each in beside):
                continue
            self._flag(vertex, ways)
            return True
        return False

    def _flag(self, vertex: Vertex, ways: list[Way]) -> None:
        happening: list[tuple[Way, list[Mapping]]] = []
        flags: dict[str, str] = {}
        gate = self.graph.add(Vertex(f"{vertex.id}?", "xor", node=vertex.node))
        normal = [each for each in vertex.outs if each.event is None]
        kept: list[Edge] = []
        for each in ways:
            if not each.edge.interrupts:
                happening.append((each, each.branch.items))
                continue
            event = each.edge.event
            flag = self.names(f"{event.name if event else ''}_came", "event_came")
            flags[flag] = "false"
            happening.append((each, [mapping({"set": flag, "to": "true"})]))
            each.edge.condition = flag
            kept.append(each.edge)
        self._react(vertex, happening)
        for each in ways:
            if not each.edge.interrupts and each.block is not None:
                self.graph.remove(each.block)
        for edge in [*kept, *normal]:
            vertex.outs.remove(edge)
            edge.source, edge.event = gate, None
            gate.outs.append(edge)
        for edge in normal:
            edge.is_default = True
        if not normal:
            end = self.graph.add(Vertex(f"{vertex.id}!", "block", ends="done", node=vertex.node))
            self.graph.link(Edge(gate, end, is_default=True))
        vertex.items = [mapping({"set": mapping(dict(flags))}), *vertex.items]
        vertex.kind = "block"
        self.graph.link(Edge(vertex, gate))
        self.flags += flags

    # Taking together

    def _take(self, vertex: Vertex, ways: list[Way], join: Vertex | None) -> None:
        """Make one block of a gateway and all the ways out of it."""
        branches = [each.branch for each in ways]
        own = vertex.own if self.pairs and vertex.join is not None else None
        if vertex.kind == "xor":
            items = self.maker.choice(branches, own, vertex.label)
        else:
            items = self.maker.together(branches, own, self.names, vertex.label)
        live = [each for each in ways if each.ends == "on"]
        surely = any if vertex.kind == "and" else all
        self._clear(vertex, ways)
        self._as_block(vertex, items)
        if not live:
            vertex.ends = "over" if surely(each.ends == "over" for each in ways) else "done"
        if join is None:
            return
        if not join.ins:
            self.graph.take_outs(vertex, join)
            self.graph.remove(join)
        elif live:
            self.graph.link(Edge(vertex, join))

    def _nest(self, vertex: Vertex, group: list[Way], join: Vertex) -> None:
        """Make one way of some of the ways out of a gateway."""
        inner = Vertex(f"{vertex.id}/{group[0].edge.target.id}", "block", node=vertex.node)
        edge = Edge(vertex, inner)
        mine = [each.edge for each in group]
        first = next(each for each in vertex.outs if each in mine and not each.is_default)
        at = sum(each not in mine for each in vertex.outs[: vertex.outs.index(first)])
        if vertex.kind == "xor":
            inner.items = self.maker.choice(as_one(vertex, group, edge), None)
        else:
            branches = [each.branch for each in group]
            inner.items = self.maker.together(branches, None, self.names)
        self._clear(vertex, group)
        self.graph.add(inner)
        self.graph.link(edge)
        vertex.outs.remove(edge)
        vertex.outs.insert(at, edge)
        if join.ins:
            self.graph.link(Edge(inner, join))
        else:
            self.graph.take_outs(inner, join)
            self.graph.remove(join)

    def _clear(self, vertex: Vertex, ways: list[Way]) -> None:
        for each in ways:
            if each.block is not None:
                self.graph.remove(each.block)
            else:
                self.graph.cut(each.edge)

    @staticmethod
    def _as_block(vertex: Vertex, items: list[Mapping]) -> None:
        vertex.kind, vertex.items, vertex.own, vertex.join = "block", items, None, None


def _closes(join: Vertex | None, ways: list[Way]) -> bool:
    """Whether these are all the ways into a gateway."""
    return join is None or len(join.ins) == len(ways)


_RULES = (
    Reducer.sequence,
    Reducer.paired,
    Reducer.attached,
    Reducer.merged,
    Reducer.loop,
    Reducer.ended,
    Reducer.trivial,
)
