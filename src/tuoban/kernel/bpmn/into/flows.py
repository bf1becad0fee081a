"""From what a scope of the file holds to what follows one another in a pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tuoban.kernel.bpmn.extension import PartUnread, keys
from tuoban.kernel.bpmn.into.blocks import Reducer
from tuoban.kernel.bpmn.into.conditions import condition_of
from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.elements import ROWS, asking, caught, marked
from tuoban.kernel.bpmn.into.graph import Edge, Graph, Kind, Vertex
from tuoban.kernel.bpmn.into.making import Plain, filled, mapping, node as made_node, with_value
from tuoban.kernel.bpmn.into.model import FlowNode, Scope, SequenceFlow
from tuoban.kernel.bpmn.into.naming import fitting
from tuoban.kernel.bpmn.into.soundness import judge
from tuoban.kernel.language.tree import Mapping, Scalar, Sequence

GATEWAYS: dict[str, Kind] = {
    "exclusiveGateway": "xor",
    "parallelGateway": "and",
    "inclusiveGateway": "or",
}
_CLOSED = "closed"
"""The name of the end of a process that has none."""


def items_of(scope: Scope, context: Context) -> list[Mapping]:
    """What is done in a process or a sub-process; what cannot be said in a pack is reported."""
    return _Flow(scope, context).items()


@dataclass(slots=True)
class _Flow:
    scope: Scope
    context: Context
    graph: Graph = field(default_factory=Graph)
    _entries: dict[str, Vertex] = field(default_factory=dict)
    _exits: dict[str, Vertex] = field(default_factory=dict)
    _asked: list[tuple[Vertex, list[str]]] = field(default_factory=list)
    """Before which gateways which fields have to be asked."""

    @property
    def is_process(self) -> bool:
        return self.scope.element.name == "process"

    @property
    def is_plan(self) -> bool:
        return self.scope.element.name == "adHocSubProcess"

    def items(self) -> list[Mapping]:
        starts = [] if self.is_plan else self._starts()
        if not self.is_plan and len(starts) != 1:
            return []
        self._draw(starts[0] if starts else None)
        if self.context.model.findings.problems:
            return []
        roots = sum(1 for each in self.graph.vertices.values() if not each.ins)
        context = self.context
        reducer = Reducer(
            self.graph, context.maker, context.names.name, self._reaction, context.flags
        )
        found = reducer.reduce(roots=roots)
        if found is None or (len(found) > 1 and not self.is_plan):
            judge(self.graph, self.scope.element, context)
            return []
        items = [item for vertex in found for item in vertex.items]
        if self.is_process and found[0].ends == "done":
            items.append(mapping({"end": _CLOSED, "zh": "办结", "en": "Closed"}))
        return items

    # Where it begins

    def _starts(self) -> list[FlowNode]:
        nodes = self.scope.nodes.values()
        found = [each for each in nodes if each.kind == "startEvent"]
        if not found:
            reached = {each.target for each in self.scope.flows}
            found = [e for e in nodes if e.id not in reached and e.kind != "boundaryEvent"]
        if not found:
            self.context.refuse(self.scope.element, "no-start")
        for each in found[1:]:
            self.context.refuse(each, "start-twice", first=found[0].name or found[0].id)
        return found

    # The graph

    def _draw(self, start: FlowNode | None) -> None:
        nodes = [each for each in self.scope.nodes.values() if each.kind != "boundaryEvent"]
        coming = self._count("target")
        going = self._count("source")
        links = list(self._links())
        for source, target in links:
            going[source] = going.get(source, 0) + 1
            coming[target] = coming.get(target, 0) + 1
        over = self._ends_are_over()
        for each in nodes:
            self._vertex(each, coming.get(each.id, 0), going.get(each.id, 0), is_over=over)
        for flow in self.scope.flows:
            self._edge(flow)
        for source, target in links:
            self.graph.link(Edge(self._exits[source], self._entries[target]))
        for vertex, names in self._asked:
            self._ask(vertex, names)
        for each in nodes:
            self._borders(each)
            if each.kind == "eventBasedGateway":
                self._race(each)
        for vertex in list(self.graph.vertices.values()):
            self._decided(vertex)
            if not vertex.outs and vertex.ends == "on" and vertex.kind != "guard":
                vertex.ends = "done"
        if start is not None:
            first = self._entries[start.id]
            unreached = [
                each
                for each in nodes
                if not self._entries[each.id].ins and self._entries[each.id] is not first
            ]
            for each in unreached:
                self.context.refuse(each, "never-reached")

    def _count(self, side: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for each in self.scope.flows:
            key = getattr(each, side)
            found[key] = found.get(key, 0) + 1
        return found

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

    def _ends_are_over(self) -> bool:
        """Whether a plain end is the end of the process: nothing runs beside it, and it is one of
        several or has a name."""
        if not self.is_process:
            return False
        ends = [each for each in self.scope.nodes.values() if each.kind == "endEvent"]
        if len(ends) < 2 and not any(each.name for each in ends):
            return False
        going = self._count("source")
        for each in self.scope.nodes.values():
            many = going.get(each.id, 0) > 1
            if many and each.kind not in ("exclusiveGateway", "eventBasedGateway"):
                return False
            if each.kind == "boundaryEvent" and each.element.get("cancelActivity") == "false":
                return False
        return True

    def _vertex(self, node: FlowNode, ins: int, outs: int, *, is_over: bool) -> None:
        kind = GATEWAYS.get(node.kind)
        own = _word(node)
        if own in ("choose", "parallel") and node.inside is None and node.own is not None:
            kind = "xor" if own == "choose" else "and"
            self._put(node, Vertex(node.id, kind, node=node, own=node.own, join=node.own.get("join")))
            return
        if node.kind == "complexGateway" and any(
            each.own is not None and each.own.get("join") == node.id
            for each in self.scope.nodes.values()
        ):
            kind = "and"
        if kind is not None:
            vertex = self._put(node, Vertex(node.id, kind, node=node))
            if ins > 1 and outs > 1:
                self._before(node, vertex, kind)
            return
        vertex = Vertex(node.id, "block", node=node)
        if node.kind == "endEvent":
            vertex.items, vertex.ends = self._end(node, is_over=is_over)
        elif node.kind not in ("startEvent", "eventBasedGateway"):
            vertex.items = self._made(node)
        elif node.kind == "startEvent" and not self.is_process and node.name:
            self.context.warn(node, "name-left")
        self._put(node, vertex)
        if node.boundaries and len(vertex.items) == 1:
            vertex.kind = "guard"
        if ins > 1:
            self._before(node, vertex, "xor")
        if outs > 1 and node.kind != "eventBasedGateway":
            after = self.graph.add(Vertex(f"{node.id}>", self._parting(node), node=node))
            self.graph.link(Edge(vertex, after))
            self._exits[node.id] = after

    def _parting(self, node: FlowNode) -> Kind:
        """How several ways out of an activity lie to one another: all are taken, or those whose
        condition holds; of one with a condition and a default just one is."""
        flows = [each for each in self.scope.flows if each.source == node.id]
        default = node.element.get("default")
        others = [each for each in flows if not default or each.id != default]
        if not default and all(each.condition is None for each in flows):
            return "and"
        return "xor" if default and len(others) == 1 else "or"

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
        if flow.condition is None or not flow.is_said:
            pass
        elif source.own is not None or flow.own is not None:
            edge.condition = flow.condition.text
        elif source.kind in ("xor", "or"):
            known = len(self.context.asked)
            read = condition_of(flow.condition, flow, self.context)
            edge.condition = read or flow.condition.text  # where it was reported, it is there
            self._asked.append((source, self.context.asked[known:]))
        else:
            self.context.refuse(flow, "condition-misplaced")
        default = source.node.element.get("default") if source.node is not None else ""
        edge.is_default = bool(flow.id) and default == flow.id
        return edge

    def _ask(self, gateway: Vertex, names: list[str]) -> None:
        """Ask fields in the steps before a gateway, where there are any, and not at the start."""
        steps, seen, waiting = list[Vertex](), {gateway.id}, [gateway]
        while waiting:
            for edge in waiting.pop().ins:
                before = edge.source
                if before.id in seen:
                    continue
                seen.add(before.id)
                if before.items and before.items[-1].pair("step"):
                    steps.append(before)
                elif not before.items:
                    waiting.append(before)
        for vertex in steps:
            vertex.items[-1] = asking(vertex.items[-1], names)
        if steps:
            asked = self.context.asked
            asked[:] = [each for each in asked if each not in names]

    def _borders(self, node: FlowNode) -> None:
        """The ways that lead away from the events at the border of an activity."""
        guard = self.graph.vertices.get(node.id)
        if guard is None or guard.kind != "guard":
            return
        for event in node.boundaries:
            flows = [each for each in self.scope.flows if each.source == event.id]
            if event.own is None and not flows and event.element.get("cancelActivity") == "false":
                self.context.refuse(event, "boundary-empty")
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
        gate = self.graph.add(Vertex(f"{node.id}?", "xor", node=node))
        self.graph.take_outs(gate, vertex)
        flags: dict[str, Plain] = {}
        branches: list[Plain] = []
        for edge in gate.outs:
            event = edge.target.node
            if event is None or event.kind not in ("intermediateCatchEvent", "receiveTask"):
                self.context.refuse(node, "race-of-others")
                return
            label = event.name or event.id
            flag = self.context.names.name(f"{event.name}_came", f"{event.id}_came")
            flags[flag] = "false"
            self.context.flags.append(flag)
            name = self.context.names.name(f"{event.name}_first", f"{event.id}_first")
            steps = [*edge.target.items, mapping({"set": flag, "to": "true"})]
            branches.append({"stage": name, **self.context.label(label), "steps": steps})
            edge.target.items, edge.condition = [], flag
        gate.outs[-1].is_default, gate.outs[-1].condition = True, ""
        vertex.items = [
            mapping({"set": mapping(flags)}),
            mapping({"parallel": branches, "join": "any"}),
        ]
        self.graph.link(Edge(vertex, gate))

    # Choices without conditions

    def _decided(self, vertex: Vertex) -> None:
        """Where no condition says which way is taken, whoever did the step before says so."""
        if vertex.kind not in ("xor", "or") or len(vertex.outs) < 2 or vertex.own is not None:
            return
        silent = [each for each in vertex.outs if not each.condition and not each.is_default]
        if not silent:
            return
        before = vertex.ins[0].source if len(vertex.ins) == 1 else None
        last = before.items[-1] if before is not None and before.items else None
        asks = last is not None and last.pair("step") and last.pair("outcomes") is None
        all_silent = all(not each.condition for each in vertex.outs)
        is_plain = before is not None and len(before.outs) == 1 and before.kind == "block"
        if not (asks and all_silent and is_plain and vertex.kind == "xor"):
            for each in silent:
                at = vertex.node if vertex.node is not None else self.scope.element
                self.context.refuse(at, "no-condition", to=_called(each))
            return
        self._outcomes(vertex, before, last)  # type: ignore[arg-type]

    def _outcomes(self, vertex: Vertex, before: Vertex, step: Mapping) -> None:
        outcomes: dict[str, Plain] = {}
        name = _text(step, "step")
        for number, edge in enumerate(vertex.outs, start=1):
            label = edge.label or _called(edge)
            key = fitting(label) or f"way_{number}"
            while key in outcomes:
                key = f"{key}_{number}"
            outcomes[key] = label
            edge.condition, edge.is_default = f'{name}.outcome = "{key}"', False
        vertex.outs[-1].is_default = True
        before.items[-1] = with_value(step, "outcomes", outcomes)
        if vertex.node is not None:
            self.context.warn(vertex.node, "outcomes-made", step=name)

    # Nodes

    def _body(self, node: FlowNode) -> list[Mapping]:
        return items_of(node.inside, self.context) if node.inside is not None else []

    def _end(self, node: FlowNode, *, is_over: bool) -> tuple[list[Mapping], str]:  # type: ignore[override]
        context = self.context
        if _word(node) == "end":
            return self._made(node), "over"
        items: list[Mapping] = []
        if node.event in ("message", "signal"):
            items = ROWS["intermediateThrowEvent"](node, context, self._body)
        elif node.event == "terminate":
            if not self.is_process:
                context.refuse(node, "terminate-inside")
            is_over = True
        elif node.event:
            context.refuse(node, "event-unknown", kind=node.event)
        if is_over:
            name = fitting(node.name) or fitting(node.id) or "closed"
            return [*items, mapping({"end": name, **context.label(node.name or name)})], "over"
        if node.name:
            context.warn(node, "name-left")
        return items, "done"

    def _made(self, node: FlowNode) -> list[Mapping]:
        """What a node becomes: what this program has written of it, or what its kind says."""
        if node.own is not None and node.own.name == "construct":
            try:
                return [self._own(node)]
            except PartUnread as error:
                self.context.refuse(node, "extension-unread", key=str(error))
                return []
        if node.kind == "adHocSubProcess":
            return self._plan(node)
        row = ROWS.get(node.kind)
        if row is None:
            self.context.refuse(node, "element-unknown", kind=node.kind)
            return []
        items = row(node, self.context, self._body)
        if items and node.inside is not None:
            items = [self._with_reactions(items[0], node.inside)]
        if items and node.undoing is not None:
            undo = self._undoing(node)
            items = [with_value(items[0], "undo", made_node(undo))]
        return marked(node, items, self.context)

    def _undoing(self, node: FlowNode) -> list[Mapping]:
        handler = node.undoing
        if handler is None:
            return []
        if handler.inside is not None:
            return self._body(handler)
        return self._made(handler)

    def _own(self, node: FlowNode) -> Mapping:
        own, word = node.own, _word(node)
        if own is None:
            raise PartUnread(word)
        drawn: dict[str, Plain | None] = {}
        inside = node.inside
        if inside is not None:
            body = self._body(node)
            if word in ("choose", "parallel"):
                alone = body[0].pair(word) if len(body) == 1 else None
                if alone is None:
                    self.context.refuse(node, "not-alone", word=word)
                    raise PartUnread(word)
                drawn[word] = alone.value
            else:
                drawn["steps"] = made_node(body)
            drawn["during"] = self.beside(inside)
        elif node.boundaries:
            drawn["during"] = made_node([])
        if node.undoing is not None:
            drawn["undo"] = made_node(self._undoing(node))
        return self._renamed(filled(own, drawn), node, word)

    def _renamed(self, made: Mapping, node: FlowNode, word: str) -> Mapping:
        """With the name that the modeller gives it now."""
        language = self.context.language
        other = "en" if language == "zh" else "zh"
        shown = _text(made, language) or _text(made, other) or _text(made, word)
        if not node.name or node.name == " ".join(shown.split()):
            return made
        return with_value(made, language, node.name)

    def _plan(self, node: FlowNode) -> list[Mapping]:
        """An ad-hoc sub-process: what leads from one to another is what that needs."""
        inside, context = node.inside, self.context
        if inside is None:
            return []
        flows, inside.flows = inside.flows, []
        if any(each.kind.endswith(("Gateway", "Event")) for each in inside.nodes.values()):
            context.refuse(node, "plan-with-order")
            return []
        items = self._body(node)
        at = dict(zip(inside.nodes, items, strict=False))
        for flow in flows:
            needed = next((_text(at[flow.source], w) for w in ("step", "stage", "plan")), "")
            known = at[flow.target].pair("needs")
            before = known.value.items if known and isinstance(known.value, Sequence) else ()
            at[flow.target] = with_value(at[flow.target], "needs", made_node([*before, needed]))
        name = context.names.name(node.name, node.id)
        made: dict[str, Plain] = {"plan": name, **context.label(node.name or node.id)}
        done = node.element.child("completionCondition")
        if done is not None and done.text.strip():
            made["complete-when"] = condition_of(done, node, context)
        made["steps"] = list(at.values())
        return [self._with_reactions(mapping(made), inside)]

    # Reactions

    def _with_reactions(self, made: Mapping, inside: Scope) -> Mapping:
        reactions = self.beside(inside)
        return with_value(made, "during", reactions) if reactions is not None else made

    def beside(self, inside: Scope) -> Plain | None:
        """What event sub-processes let happen."""
        made = [each for node in inside.beside for each in self._happening(node)]
        return made_node(made) if made else None

    def _happening(self, node: FlowNode) -> list[Mapping]:
        context, inside = self.context, node.inside
        if inside is None:
            return []
        start = next((e for e in inside.nodes.values() if e.kind == "startEvent"), None)
        interrupts = start is None or start.element.get("isInterrupting") not in ("false", "0")
        items = self._body(node)
        if node.own is not None:
            return [self._own_reaction(node, items, interrupts)]
        if start is None:
            context.refuse(node, "no-start")
            return []
        made, before = self._reaction(start, items, interrupts, node)
        if before:
            context.refuse(start, "timer-of-block")
        return [made]

    def _own_reaction(self, node: FlowNode, items: list[Mapping], interrupts: bool) -> Mapping:
        if node.own is None:
            return mapping({})
        made = filled(node.own, {"then": made_node(items) if items else None})
        if (_text(made, "interrupting") == "true") != interrupts:
            made = with_value(made, "interrupting", "true" if interrupts else None)
        word = next((e for e in ("on", "when", "at", "every", "message") if made.pair(e)), "on")
        return self._renamed(made, node, word)

    def _reaction(
        self,
        event: FlowNode,
        items: list[Mapping],
        interrupts: bool,
        named: FlowNode | None = None,
    ) -> tuple[Mapping, list[Mapping]]:
        """What an event lets happen, and what has to be done before."""
        context, first = self.context, list[Mapping]()
        if event.own is not None and event.own.name == "reaction":
            return self._own_reaction(event, items, interrupts), first
        says = caught(event, context)
        if says is None:
            return mapping({}), first
        label = (named.name if named is not None else "") or event.name or event.id
        name = context.names.name(label, event.id)
        made: dict[str, Plain] = {"as": name, **context.label(label)}
        if "that" in says:
            made = {"when": says["that"], **made}
        elif "for" in says:
            since = context.names.name(f"{name}_since", "since")
            known = {"zh": "起算时间", "en": "Counted from"}[context.language]
            context.fields[since] = {"type": "datetime", **context.label(known)}
            first.append(mapping({"set": since, "to": "now"}))
            made = {"at": f"{says['for']} after {since}", **made}
        elif "until" in says:
            made = {"at": says["until"], **made}
        else:
            made = {**says, **made}
        if interrupts:
            made["interrupting"] = "true"
        if items:
            made["then"] = items
        return mapping(made), first


def _word(node: FlowNode) -> str:
    """The word of the construct that this program has written about a node."""
    if node.own is None or node.own.name != "construct":
        return ""
    words = ("step", "stage", "choose", "parallel", "repeat", "each", "plan", "call", "decide",
             "set", "tell", "send", "wait", "end")  # fmt: skip
    try:
        known = [key for key, _ in keys(node.own)]
    except PartUnread:
        return ""
    return next((each for each in known if each in words), "")


def _called(edge: Edge) -> str:
    target = edge.target.node
    return (target.name or target.id) if target is not None else edge.target.id


def _text(written: Mapping, key: str) -> str:
    pair = written.pair(key)
    return pair.value.text if pair is not None and isinstance(pair.value, Scalar) else ""


def reactions_of(scope: Scope, context: Context) -> Plain:
    """What the event sub-processes of a scope let happen in it."""
    return _Flow(scope, context).beside(scope) or []
