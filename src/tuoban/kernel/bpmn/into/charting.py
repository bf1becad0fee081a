"""From what a scope of the file holds to a graph: what is done, and the ways between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tuoban.kernel.bpmn.into.beside import parting, run_beside
from tuoban.kernel.bpmn.into.choices import ask, decide, tell_undefaulted
from tuoban.kernel.bpmn.into.conditions import (
    asked_in,
    condition_of,
    is_called_feel,
    language_of,
)
from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.graph import Edge, Graph, Kind, Vertex
from tuoban.kernel.bpmn.into.making import Plain, mapping
from tuoban.kernel.bpmn.into.model import FlowNode, Scope, SequenceFlow
from tuoban.kernel.bpmn.into.nodes import Nodes, word_of

GATEWAYS: dict[str, Kind] = {
    "exclusiveGateway": "xor",
    "parallelGateway": "and",
    "inclusiveGateway": "or",
}


@dataclass(slots=True)
class Charter:
    """Draws the graph of one scope."""

    scope: Scope
    context: Context
    nodes: Nodes
    graph: Graph = field(default_factory=Graph)
    _entries: dict[str, Vertex] = field(default_factory=dict)
    _exits: dict[str, Vertex] = field(default_factory=dict)
    _asked: list[tuple[Vertex, list[str]]] = field(default_factory=list)
    """Before which gateways which fields have to be asked."""
    _ways: dict[str, list[str]] = field(default_factory=dict)
    """To which nodes flows, links and events at borders lead from which."""

    def draw(self, starts: list[FlowNode]) -> Graph:
        """The graph of the scope, whose flow begins at these."""
        nodes = [each for each in self.scope.nodes.values() if each.kind != "boundaryEvent"]
        links = list(self._links())
        self._lead(nodes, links)
        going, coming = self._count("source"), self._count("target")
        going.update(source for source, _ in links)
        coming.update(target for _, target in links)
        over = self._ends_of_all(coming, links)
        for each in nodes:
            self._vertex(each, coming[each.id], going[each.id], is_over=each.id in over)
        for flow in self.scope.flows:
            self._edge(flow)
        for source, target in links:
            self.graph.link(Edge(self._exits[source], self._entries[target]))
        for each in nodes:
            self._borders(each)
            self._default(each)
        for vertex, names in self._asked:
            ask(vertex, names, self.context)
        for each in nodes:
            if each.kind == "eventBasedGateway":
                self._race(each)
        self._decide()
        if starts and self.scope.is_whole:
            self._reach(nodes, starts)
        return self.graph

    def _lead(self, nodes: list[FlowNode], links: list[tuple[str, str]]) -> None:
        for flow in self.scope.flows:
            self._ways.setdefault(flow.source, []).append(flow.target)
        for source, target in links:
            self._ways.setdefault(source, []).append(target)
        for node in nodes:
            borders = [each.id for each in node.boundaries]
            self._ways.setdefault(node.id, []).extend(borders)

    def _decide(self) -> None:
        """Say of gateways without conditions who decides, and of what nothing follows that it ends
        there."""
        for vertex in list(self.graph.vertices.values()):
            tell_undefaulted(vertex, self.context)
            decide(vertex, self.scope.element, self.context)
            if not vertex.outs and vertex.ends == "on" and vertex.kind != "guard":
                self._close(vertex)

    def _close(self, vertex: Vertex) -> None:
        """What nothing follows is an end."""
        if vertex.kind == "block":
            vertex.ends = "done"
        else:
            end = Vertex(f"{vertex.id}!", "block", ends="done", node=vertex.node)
            self.graph.link(Edge(vertex, self.graph.add(end)))

    def _reach(self, nodes: list[FlowNode], starts: list[FlowNode]) -> None:
        """Report what no way from the start leads to: where it begins, or one node of a ring."""
        seen = self._behind(*(each.id for each in starts))
        led_to = {target for ways in self._ways.values() for target in ways}
        for each in sorted(nodes, key=lambda each: each.id in led_to):
            if each.id not in seen:
                self.context.refuse(each, "never-reached")
                seen |= self._behind(each.id)

    def _behind(self, *ids: str) -> set[str]:
        """These nodes, and all that they lead to."""
        seen, waiting = set[str](), list(ids)
        while waiting:
            if (each := waiting.pop()) not in seen:
                seen.add(each)
                waiting += self._ways.get(each, ())
        return seen

    def _is_idle(self, event: FlowNode) -> bool:
        """Whether nothing is done behind an event at a border."""
        behind = self._behind(event.id) - {event.id}
        return all(self.scope.nodes[each].is_passed for each in behind)

    def _count(self, side: str) -> Counter[str]:
        return Counter(getattr(each, side) for each in self.scope.flows)

    def _links(self) -> Iterator[tuple[str, str]]:
        """From where link events lead to where."""
        catches = {
            self._link_name(each): each.id
            for each in self.scope.nodes.values()
            if each.kind == "intermediateCatchEvent" and each.event == "link"
        }
        for each in self.scope.nodes.values():
            if each.kind == "intermediateThrowEvent" and each.event == "link":
                target = catches.get(self._link_name(each))
                if target is None:
                    self.context.refuse(each, "link-without-target")
                else:
                    yield each.id, target

    @staticmethod
    def _link_name(node: FlowNode) -> str:
        return node.definitions[0].get("name") or node.name

    def _ends_of_all(self, coming: Counter[str], links: list[tuple[str, str]]) -> frozenset[str]:
        """The plain ends that are the end of the process: nothing runs beside them, and each is
        one of several, has a name or is come to by several ways."""
        if not self.scope.is_process:
            return frozenset()
        ends = [each for each in self.scope.nodes.values() if each.kind == "endEvent"]
        if len(ends) == 1 and not ends[0].name and (coming[ends[0].id] < 2 or ends[0].own):
            return frozenset()
        return frozenset(each.id for each in ends) - run_beside(self.scope, links)

    def _vertex(self, node: FlowNode, ins: int, outs: int, *, is_over: bool) -> None:
        kind = GATEWAYS.get(node.kind)
        own = word_of(node)
        if own in ("choose", "parallel") and node.inside is None and node.own is not None:
            vertex = Vertex(node.id, "xor" if own == "choose" else "and", node=node, own=node.own)
            vertex.join = node.own.get("join")
            self._put(node, vertex)
            return
        if node.kind == "complexGateway" and self._joins(node):
            kind = "and"
        if kind is not None:
            vertex = self._put(node, Vertex(node.id, kind, node=node))
            if ins > 1 and outs > 1:
                self._before(node, vertex, kind)
            return
        vertex = self._done(node, is_over=is_over)
        if ins > 1:
            self._before(node, vertex, "xor")
        if outs > 1 and node.kind != "eventBasedGateway":
            after = self.graph.add(Vertex(f"{node.id}>", parting(node, self.scope), node=node))
            self.graph.link(Edge(vertex, after))
            self._exits[node.id] = after

    def _done(self, node: FlowNode, *, is_over: bool) -> Vertex:
        """What is no gateway: something done."""
        vertex = Vertex(node.id, "block", node=node)
        if node.kind == "endEvent":
            vertex.items, vertex.ends = self.nodes.end(
                node, is_over=is_over, of_process=self.scope.is_process
            )
        elif node.kind not in ("startEvent", "eventBasedGateway"):
            vertex.items = self.nodes.made(node)
        elif node.kind == "startEvent":
            self._plain_start(node)
        self._put(node, vertex)
        if node.boundaries and len(vertex.items) == 1:
            vertex.kind = "guard"
        return vertex

    def _plain_start(self, node: FlowNode) -> None:
        """Report a start that waits for something where others begin what it stands in."""
        scope = self.scope
        if scope is self.context.main or scope.element.is_true("triggeredByEvent"):
            return
        if node.event:
            self.context.refuse(node, "start-inside", kind=node.event)

    def _joins(self, node: FlowNode) -> bool:
        """Whether a gateway brings together what this program has drawn."""
        owns = (each.own for each in self.scope.nodes.values())
        return any(own is not None and own.get("join") == node.id for own in owns)

    def _put(self, node: FlowNode, vertex: Vertex) -> Vertex:
        self._entries[node.id] = self._exits[node.id] = self.graph.add(vertex)
        return vertex

    def _before(self, node: FlowNode, vertex: Vertex, kind: Kind) -> None:
        """A gateway of its own for several ways that lead into it."""
        before = self.graph.add(Vertex(f"{node.id}<", kind, node=node))
        self.graph.link(Edge(before, vertex))
        self._entries[node.id] = before

    def _edge(self, flow: SequenceFlow) -> None:
        if self.scope.nodes[flow.source].kind == "boundaryEvent":
            return
        self.graph.link(self._of(flow, self._exits[flow.source]))

    def _of(self, flow: SequenceFlow, source: Vertex) -> Edge:
        edge = Edge(source, self._entries[flow.target], label=flow.name, own=flow.own)
        default = source.node.element.get("default") if source.node is not None else ""
        edge.is_default = bool(flow.id) and default == flow.id
        is_gateway = source.kind in ("xor", "or")
        is_ours = source.own is not None or (flow.own is not None and is_gateway)
        if flow.condition is None:
            pass
        elif not flow.is_said and not (is_ours and flow.condition.text.strip()):
            if flow.condition.text.strip():
                self.context.warn(flow, "condition-always", text=flow.condition.text.strip())
            flow.condition.settle()
        elif edge.is_default:
            self.context.warn(flow, "default-condition", text=flow.condition.text.strip())
        elif is_ours:
            edge.condition = flow.condition.text
            if not is_called_feel(language_of(flow.condition, self.context)):
                said = flow.condition.text.strip()
                self.context.warn(flow, "condition-read", text=said, feel=said)
        elif is_gateway and self._is_alone(flow):
            self.context.warn(flow, "condition-alone", text=flow.condition.text.strip())
        elif is_gateway:
            read = condition_of(flow.condition, flow, self.context)
            edge.condition = read or flow.condition.text  # where it was reported, it is there
            self._asked.append((source, asked_in(read, self.context)))
        else:
            self.context.refuse(flow, "condition-misplaced")
        return edge

    def _default(self, node: FlowNode) -> None:
        """Tell of a default that is no way out of a node."""
        default = node.element.get("default")
        if default and not any(e.id == default and e.source == node.id for e in self.scope.flows):
            self.context.warn(node, "default-unknown", reference=default)

    def _is_alone(self, flow: SequenceFlow) -> bool:
        """Whether it is the only way out of what it leaves."""
        return sum(each.source == flow.source for each in self.scope.flows) == 1

    def _borders(self, node: FlowNode) -> None:
        """The ways that lead away from the events at the border of an activity."""
        guard = self.graph.vertices.get(node.id)
        for event in node.boundaries if self.scope.is_whole else ():
            if event.own is None and not event.interrupts and self._is_idle(event):
                self.context.refuse(event, "boundary-empty")
        if guard is None or guard.kind != "guard":
            return
        for event in node.boundaries:
            flows = [each for each in self.scope.flows if each.source == event.id]
            if len(flows) == 1:
                edge = self._of(flows[0], guard)
                edge.event = event
                self.graph.link(edge)
                continue
            kind: Kind = "and" if flows else "block"
            after = self.graph.add(Vertex(event.id, kind, node=event))
            self.graph.link(Edge(guard, after, event=event))
            for flow in flows:
                self.graph.link(self._of(flow, after))

    def _race(self, node: FlowNode) -> None:
        """The event that comes first decides: it is kept in a field, and the others are waited for
        no more."""
        vertex = self.graph.vertices[node.id]
        if not self._is_race(node, vertex):
            return
        gate = self.graph.add(Vertex(f"{node.id}?", "xor", node=node))
        self.graph.take_outs(gate, vertex)
        flags: dict[str, Plain] = {}
        branches: list[Plain] = []
        for edge in gate.outs:
            event = edge.target.node or node
            label = self.context.said(event)
            flag = self.context.names.name(f"{event.name}_came", f"{event.id}_came")
            flags[flag] = "false"
            self.context.flags.append(flag)
            name = self.context.names.name(f"{event.name}_first", f"{event.id}_first")
            steps = [*edge.target.items, mapping({"set": flag, "to": "true"})]
            stage: dict[str, Plain] = {"stage": name, **self.context.label(label)}
            stage["steps"] = steps
            branches.append(stage)
            edge.target.items, edge.condition = [], flag
        gate.outs[-1].is_default, gate.outs[-1].condition = True, ""
        vertex.items = [
            mapping({"set": mapping(flags)}),
            mapping({"parallel": branches, "join": "any"}),
        ]
        self.graph.link(Edge(vertex, gate))

    def _is_race(self, node: FlowNode, vertex: Vertex) -> bool:
        """Whether only events to wait for follow; it is reported if not."""
        events = [each.target.node for each in vertex.outs]
        kinds = {each.kind for each in events if each is not None}
        if not kinds or not kinds <= {"intermediateCatchEvent", "receiveTask"}:
            self.context.refuse(node, "race-of-others")
            return False
        bordered = [each for each in events if each is not None and each.boundaries]
        for each in bordered:
            self.context.refuse(each, "race-with-border")
        return not bordered
