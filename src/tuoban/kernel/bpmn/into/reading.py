"""The elements of a file as a model: every one is taken up, or told of."""

from __future__ import annotations

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
_OF_NODES = frozenset((
    "incoming", "outgoing", "extensionElements", "documentation", "potentialOwner",
    "humanPerformer", "performer", "resourceRole", "standardLoopCharacteristics",
    "multiInstanceLoopCharacteristics", "completionCondition", "script", "activationCondition",
    *NODES, "sequenceFlow", "laneSet", "textAnnotation", "association", "group",
))  # fmt: skip
"""What is read of a node; event definitions besides."""
_LEFT = frozenset((
    "ioSpecification", "property", "dataInputAssociation", "dataOutputAssociation", "dataObject",
    "dataObjectReference", "dataStoreReference", "group", "auditing", "monitoring", "dataOutput",
    "dataInput", "outputSet", "inputSet", "correlationSubscription", "ioBinding",
    "supportedInterfaceRef", "categoryValueRef", "supports", "eventDefinitionRef",
))  # fmt: skip
"""What is told of, and left: it holds data for machines, or marks on paper."""
_ROOTS = frozenset((
    "process", "collaboration", "message", "signal", "resource", "itemDefinition", "interface",
    "error", "escalation", "category", "dataStore", "import", "extension", "relationship",
    "correlationProperty", "endPoint", "partnerRole", "partnerEntity", "documentation",
    "extensionElements",
))  # fmt: skip
_SILENT = frozenset(("itemDefinition", "interface", "category", "extension", "extensionElements"))
MOST_NODES = 2_000
"""Nodes of one file."""


def read_model(root: Element) -> Model:
    """The model of a document; what cannot be read is among its findings.

    Raises:
        BpmnError: it is no BPMN 2.0, or larger than is read.
    """
    if root.name != "definitions" or root.namespace != MODEL:
        raise refused(root.place, "not-bpmn", found=root.name)
    reader = _Reader(Findings())
    reader.check_ids(root)
    return reader.read(root)


@dataclass(slots=True)
class _Reader:
    findings: Findings
    roles: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    _namer: Namer = field(default_factory=Namer)
    _role_of: dict[str, str] = field(default_factory=dict)
    """The keys of the roles, by the ids of resources, lanes and pools."""
    _nodes: int = 0
    _told: set[tuple[str, str]] = field(default_factory=set)
    """The extensions of other tools that were told of, by namespace and name."""

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
        for each in root.children:
            if each.namespace == MODEL and each.name not in _ROOTS:
                self.findings.warn(told(each, "not-carried", kind=each.name))
        for each in root.all("import"):
            self.findings.warn(told(each, "import-left", location=each.get("location")))
        for each in root.all("message", "signal", "error", "escalation"):
            self.names[each.id] = each.get("name") or each.id
        for each in root.all("resource"):
            self._role(each, each.id.removeprefix(ROLE) if each.id.startswith(ROLE) else "")
        pools: dict[str, Element] = {}
        for collaboration in root.all("collaboration"):
            self._collaboration(collaboration, pools)
        processes = {each.id: self._process(each, pools) for each in root.all("process")}
        return Model(processes, self.names, self.roles, self.findings, self.remarks)

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
                self.findings.warn(told(pool, "pool-empty"))
            self._words(pool)
        for each in collaboration.all("messageFlow"):
            facts = {"source": each.get("sourceRef"), "target": each.get("targetRef")}
            self.findings.warn(told(each, "message-flow", **facts))
        for each in collaboration.all("textAnnotation"):
            self._annotation(each)
        self._left(collaboration)
        for each in collaboration.children:
            if each.namespace == MODEL and each.name.startswith("conversation"):
                self.findings.warn(told(each, "not-carried", kind=each.name))

    # Scopes

    def _process(self, element: Element, pools: dict[str, Element]) -> Scope:
        pool = pools.get(element.id)
        has_lanes = any(True for _ in element.all("laneSet"))
        role = self._role(pool) if pool is not None and pool.get("name") and not has_lanes else ""
        return self._scope(element, role)

    def _scope(self, element: Element, role: str) -> Scope:
        scope = Scope(element, own_of(element))
        if element.name == "process":
            self._words(element)
            self._foreign(element)
        self._left(element)
        lanes = self._lanes(element)
        for each in element.all(*NODES):
            self._node(each, lanes.get(each.id, role), scope)
        for each in element.all("sequenceFlow"):
            self._flow(each, scope)
        for each in element.all("textAnnotation"):
            self._annotation(each)
        self._attach(scope)
        self._handlers(element, scope)
        return scope

    def _lanes(self, element: Element) -> dict[str, str]:
        """The roles of nodes, by what the innermost lane around them is called."""
        found: dict[str, str] = {}
        sets = list(element.all("laneSet"))
        for each in sets[1:]:
            self.findings.warn(told(each, "lanes-left"))
        waiting = [lane for lanes in sets[:1] for lane in lanes.all("lane")]
        while waiting:
            lane = waiting.pop(0)
            self._words(lane)
            role = self._role(lane)
            found |= {each.text.strip(): role for each in lane.all("flowNodeRef")}
            waiting += [each for inner in lane.all("childLaneSet") for each in inner.all("lane")]
        return found

    def _node(self, element: Element, role: str, scope: Scope) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise refused(element.place, "too-many-nodes", limit=str(MOST_NODES))
        if not element.id:
            self.findings.add(told(element, "id-missing", kind=element.name))
            return
        self._words(element)
        self._foreign(element)
        self._known(element)
        named = self._performers(element)
        node = FlowNode(element, own_of(element), ",".join(named) or role)
        if element.name in SCOPES:
            node.inside = self._scope(element, role)
        else:
            self._left(element)
        if element.is_true("triggeredByEvent"):
            scope.beside.append(node)
        else:
            scope.nodes[element.id] = node

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
                self.findings.warn(told(element, "performer-left"))
        return found

    def _known(self, element: Element) -> None:
        """Tell of what stands in a node and is not read."""
        for each in element.children:
            if each.namespace != MODEL or each.name in _LEFT or each.name in _OF_NODES:
                continue
            if not each.name.endswith("EventDefinition"):
                self.findings.warn(told(element, "part-left", kind=each.name))

    def _flow(self, element: Element, scope: Scope) -> None:
        source, target = element.get("sourceRef"), element.get("targetRef")
        self._words(element)
        missing = [each for each in (source, target) if each not in scope.nodes]
        if missing:
            self.findings.add(told(element, "flow-leads-nowhere", to=missing[0] or "-"))
            return
        ends = (scope.nodes[source].kind, scope.nodes[target].kind)
        if ends[0] == "endEvent" or ends[1] in ("startEvent", "boundaryEvent"):
            self.findings.add(told(element, "flow-misplaced"))
            return
        condition = element.child("conditionExpression")
        scope.flows.append(SequenceFlow(element, source, target, own_of(element), condition))

    def _attach(self, scope: Scope) -> None:
        for node in list(scope.nodes.values()):
            if node.kind != "boundaryEvent":
                continue
            host = scope.nodes.get(node.element.get("attachedToRef"))
            if host is None or host is node:
                self.findings.add(told(node.element, "boundary-without-host"))
            else:
                host.boundaries.append(node)

    def _handlers(self, element: Element, scope: Scope) -> None:
        """What undoes an activity, by the association of its compensation event."""
        for each in element.all("association"):
            event = scope.nodes.get(each.get("sourceRef"))
            handler = scope.nodes.get(each.get("targetRef"))
            if event is None or handler is None or event.event != "compensate":
                continue
            host = scope.nodes.get(event.element.get("attachedToRef"))
            if host is not None and host is not handler:
                host.undoing = handler
                host.boundaries.remove(event)
                del scope.nodes[event.id], scope.nodes[handler.id]

    # What is said beside

    def _words(self, element: Element) -> None:
        for each in element.all("documentation"):
            if each.text.strip():
                self._remark(element, each.text)

    def _annotation(self, element: Element) -> None:
        own = element.child("extensionElements")
        if own is not None and own.child("note", OWN) is not None:
            return
        text = element.child("text")
        if text is not None and text.text.strip():
            self._remark(element, text.text)

    def _remark(self, element: Element, text: str) -> None:
        whose = element.get("name") or element.id
        self.remarks.append((whose, text.strip()))
        self.findings.warn(told(element, "remark-kept"))

    def _left(self, element: Element) -> None:
        for each in element.children:
            if each.namespace == MODEL and each.name in _LEFT:
                self.findings.warn(told(each, "not-carried", kind=each.name))

    def _foreign(self, element: Element) -> None:
        """Tell of extensions of other tools, of each kind once."""
        extension = element.child("extensionElements")
        for each in extension.children if extension is not None else ():
            if each.namespace != OWN:
                self._extension(element, each.name, each.namespace)
        for name in element.attributes:
            namespace, _, local = name.removeprefix("{").rpartition("}")
            if namespace:
                self._extension(element, local, namespace)

    def _extension(self, element: Element, name: str, namespace: str) -> None:
        if (namespace, name) not in self._told:
            self._told.add((namespace, name))
            facts = {"kind": name, "namespace": namespace or "-"}
            self.findings.warn(told(element, "extension-left", **facts))


def own_of(element: Element) -> Element | None:
    """What this program has written into an element."""
    extension = element.child("extensionElements")
    if extension is None:
        return None
    return next((each for each in extension.children if each.namespace == OWN), None)
