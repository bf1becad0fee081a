"""The elements of a file as a model."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tuoban.kernel.bpmn.into.model import FlowNode, Model, Scope, SequenceFlow, told
from tuoban.kernel.bpmn.into.naming import Namer
from tuoban.kernel.bpmn.namespaces import MODEL, OWN, ROLE
from tuoban.kernel.bpmn.problems import Findings
from tuoban.kernel.bpmn.xml import Element, refused

NODES = frozenset((
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask",
    "receiveTask", "callActivity", "subProcess", "adHocSubProcess", "transaction",
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway",
    "eventBasedGateway",
))  # fmt: skip
SCOPES = frozenset(("subProcess", "adHocSubProcess", "transaction"))
_DONE_BY_PEOPLE = frozenset(("task", "userTask", "manualTask"))
_DRAWN = ("Task", "Event", "Gateway", "Activity", "SubProcess", "Choreography")
"""How the names of what a flow leads through end."""
_GLOBAL = re.compile(r"global\w*Task")
_CHANGES = {
    "instantiate": ("instantiates", ("false", "0")),
    "startQuantity": ("quantity", ("1",)),
    "completionQuantity": ("quantity", ("1",)),
    "parallelMultiple": ("waits-for-all", ("false", "0")),
    "eventGatewayType": ("waits-for-all", ("Exclusive",)),
    "ordering": ("one-at-a-time", ("Parallel",)),
}
"""Attributes that change how a flow runs: as what they are refused, unless they say these."""
MOST_NODES = 2_000
"""Nodes of one file."""


def read_model(root: Element) -> Model:
    """The model of a document; what cannot be read is among its findings, and among those of its
    processes.

    Raises:
        BpmnError: it is no BPMN 2.0, or larger than is read.
    """
    if root.name != "definitions" or root.namespace != MODEL:
        raise refused(root.place, "not-bpmn", found=root.name)
    reader = _Reader(Findings())
    reader.check_ids(root)
    return reader.read(root.read())


@dataclass(slots=True)
class _Reader:
    findings: Findings
    roles: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    declared: dict[str, Element] = field(default_factory=dict)
    _namer: Namer = field(default_factory=Namer)
    _role_of: dict[str, str] = field(default_factory=dict)
    """The keys of the roles, by the ids of resources, lanes and pools."""
    _nodes: int = 0

    def check_ids(self, root: Element) -> None:
        """Report ids that stand twice."""
        seen: dict[str, Element] = {}
        for each in root.walk():
            if each.namespace != MODEL or not each.id:
                continue
            first = seen.setdefault(each.id, each)
            if first is not each:
                self.findings.add(told(each, "id-twice", line=str(first.place.line)))

    def read(self, root: Element) -> Model:
        for each in root.all("message", "signal"):
            self.names[each.id] = each.get("name") or each.id
            self.declared[each.id] = each
        for each in root.all("resource"):
            self._role(each, each.id.removeprefix(ROLE) if each.id.startswith(ROLE) else "")
            self.declared[each.id] = each
        pools: dict[str, Element] = {}
        for collaboration in root.all("collaboration"):
            self._collaboration(collaboration, pools)
        whole, processes, found = self.findings, dict[str, Scope](), dict[str, Findings]()
        for each in root.all("process"):
            found[each.id] = self.findings = Findings()
            processes[each.id] = self._process(each, pools)
        return Model(
            processes,
            self.names,
            self.roles,
            whole,
            self.declared,
            frozenset(each.id for each in root.children if _GLOBAL.fullmatch(each.name)),
            pools,
            found,
            root.get("expressionLanguage"),
        )

    def _role(self, element: Element, key: str = "") -> str:
        """The key of the role that a resource, a lane or a pool stands for; those of one name are
        one."""
        label = " ".join(element.get("name").split()) or element.id
        known = next((each for each, told_ in self.roles.items() if told_ == label), "")
        key = key or known or self._namer.name(label, "role")
        self.roles.setdefault(key, label)
        self._role_of[element.id] = key
        return key

    def _collaboration(self, collaboration: Element, pools: dict[str, Element]) -> None:
        for pool in collaboration.all("participant"):
            process = pool.get("processRef").rpartition(":")[2]
            if process:
                pools[process] = pool
            else:
                self.findings.leave(told(pool, "pool-empty"), pool)

    # Scopes

    def _process(self, element: Element, pools: dict[str, Element]) -> Scope:
        pool = pools.get(element.id)
        role = self._role(pool) if pool is not None and pool.get("name") else ""
        own = own_of(element)
        if not element.is_true("isExecutable", unless_said=own is None):
            self.findings.warn(told(element, "not-executable"))
        return self._scope(element, role)

    def _scope(self, element: Element, role: str) -> Scope:
        scope = Scope(element, own_of(element))
        lanes = self._lanes(element, role)
        for each in element.all(*NODES):
            self._node(each, lanes.get(each.id, role), scope)
        unknown = self._unknown(element)
        for each in element.all("sequenceFlow"):
            self._flow(each, scope, unknown)
        self._attach(scope)
        self._handlers(element, scope)
        return scope

    def _unknown(self, scope: Element) -> set[str]:
        """The ids of what a flow may lead through and packs know nothing of, which is refused."""
        found = set()
        for each in scope.children:
            if each.namespace != MODEL or each.fate or each.name == "sequenceFlow":
                continue
            if each.name.endswith(_DRAWN) or any(e.name in _ENDS for e in each.children):
                self.findings.add(told(each, "element-unknown", kind=each.name))
                found.add(each.id)
        return found

    def _lanes(self, element: Element, around: str) -> dict[str, str]:
        """The roles of nodes, by what the innermost lane around them that has a name is called; or
        else the role of all that the lanes stand in."""
        found: dict[str, str] = {}
        sets = list(element.all("laneSet"))
        for each in sets[1:]:
            self.findings.leave(told(each, "lanes-left"), each)
        waiting = [(lane, around) for lanes in sets[:1] for lane in lanes.all("lane")]
        while waiting:
            lane, outer = waiting.pop(0)
            role = self._role(lane) if lane.get("name") else outer
            found |= {each.text.strip(): role for each in lane.all("flowNodeRef")}
            inside = [each for inner in lane.all("childLaneSet") for each in inner.all("lane")]
            waiting += [(each, role) for each in inside]
        return found

    def _node(self, element: Element, role: str, scope: Scope) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise refused(element.place, "too-many-nodes", limit=str(MOST_NODES))
        if not element.id:
            self.findings.add(told(element, "id-missing", kind=element.name))
            return
        self._changes(element)
        named = self._performers(element) if element.name in _DONE_BY_PEOPLE else []
        node = FlowNode(element, own_of(element), ",".join(named) or role)
        if element.name in SCOPES:
            node.inside = self._scope(element, role)
        if element.is_true("triggeredByEvent"):
            scope.beside.append(node)
        else:
            scope.nodes[element.id] = node

    def _changes(self, element: Element) -> None:
        """Report what would let the process run otherwise than it is read."""
        for attribute, (code, plain) in _CHANGES.items():
            value = element.get(attribute)
            if value and value not in plain:
                self.findings.add(told(element, code, attribute=attribute, value=value))
        for _ in element.all("eventDefinitionRef"):
            self.findings.add(told(element, "event-elsewhere"))

    def _performers(self, element: Element) -> list[str]:
        found = []
        for each in element.all("potentialOwner", "humanPerformer", "performer", "resourceRole"):
            reference = each.child("resourceRef")
            key = (
                self._role_of.get(reference.text.strip().rpartition(":")[2]) if reference else None
            )
            if key is not None:
                found.append(key)
            elif reference is not None:
                self.findings.add(told(element, "no-resource", name=reference.text.strip()))
            else:
                self.findings.leave(told(element, "performer-left"), each)
        return found

    def _flow(self, element: Element, scope: Scope, unknown: set[str]) -> None:
        source, target = element.get("sourceRef"), element.get("targetRef")
        missing = [each for each in (source, target) if each not in scope.nodes]
        if missing:
            scope.is_whole = False
            if missing[0] not in unknown:
                self.findings.add(told(element, "flow-leads-nowhere", to=missing[0] or "-"))
            return
        ends = (scope.nodes[source].kind, scope.nodes[target].kind)
        if ends[0] == "endEvent" or ends[1] in ("startEvent", "boundaryEvent"):
            scope.is_whole = False
            self.findings.add(told(element, "flow-misplaced"))
            return
        condition = element.child("conditionExpression")
        scope.flows.append(SequenceFlow(element, source, target, own_of(element), condition))

    def _attach(self, scope: Scope) -> None:
        for node in list(scope.nodes.values()):
            if node.kind != "boundaryEvent":
                continue
            host = scope.nodes.get(node.element.get("attachedToRef"))
            if host is None or host.kind.endswith(("Event", "Gateway")):
                scope.is_whole = False
                self.findings.add(told(node.element, "boundary-without-host"))
            else:
                host.boundaries.append(node)

    def _handlers(self, element: Element, scope: Scope) -> None:
        """What undoes an activity, by the association of its compensation event. Neither is part of
        the flow."""
        apart: list[FlowNode] = []
        for each in element.children:
            if each.name != "association" or each.namespace != MODEL:
                continue
            event = scope.nodes.get(each.get("sourceRef"))
            handler = scope.nodes.get(each.get("targetRef"))
            if event is None or handler is None or event.event != "compensate":
                continue
            host = scope.nodes.get(event.element.get("attachedToRef"))
            if host is None or host is handler:
                continue
            if host.undoing is not None:
                self.findings.add(told(handler.element, "undo-twice", by=host.undoing.name))
            elif event in host.boundaries:
                host.undoing = handler
            else:
                continue
            apart += [event, handler]
            each.read()
            host.boundaries = [other for other in host.boundaries if other is not event]
        for node in apart:
            for border in [*node.boundaries, *([node.undoing] if node.undoing else [])]:
                self.findings.add(told(border.element, "undo-with-border"))
                scope.is_whole = False
        ids = {each.id for each in apart}
        self._marks(ids, scope)
        self._take_apart(ids, scope)

    def _marks(self, apart: set[str], scope: Scope) -> None:
        """Hold the marks for compensation against the associations that lead to what undoes."""
        for node in scope.nodes.values():
            if node.kind.endswith(("Event", "Gateway")):
                continue
            is_marked = node.element.is_true("isForCompensation")
            if node.id in apart and not is_marked:
                self.findings.warn(told(node.element, "undo-unmarked"))
            if is_marked and node.id not in apart:
                self.findings.add(told(node.element, "undo-of-nothing"))
                scope.is_whole = False

    def _take_apart(self, ids: set[str], scope: Scope) -> None:
        """Take nodes out of the flow, into which nothing may lead, nor out of them."""
        for flow in [e for e in scope.flows if e.source in ids or e.target in ids]:
            self.findings.add(told(flow.element, "undo-in-flow"))
            scope.flows.remove(flow)
            scope.is_whole = False
        scope.nodes = {key: each for key, each in scope.nodes.items() if key not in ids}


_ENDS = ("incoming", "outgoing")


def own_of(element: Element) -> Element | None:
    """What this program has written into an element."""
    extension = element.child("extensionElements")
    if extension is None:
        return None
    return next((each for each in extension.children if each.namespace == OWN), None)
