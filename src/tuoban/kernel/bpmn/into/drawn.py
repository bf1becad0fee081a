"""Whether nodes still look as they are drawn from what this program has written into them.

What is written into a node holds. So what a modeller has changed at its looks alone would be lost:
it is refused where the process would run otherwise, and told of elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from tuoban.kernel.bpmn.extension import PartUnread
from tuoban.kernel.bpmn.into.conditions import is_called_feel
from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.making import filled, shown_name, text_at
from tuoban.kernel.bpmn.into.model import FlowNode, Scope, SequenceFlow
from tuoban.kernel.bpmn.into.nodes import word_of
from tuoban.kernel.bpmn.out.constructs import ROWS, SUB_PROCESS, Names, awaited, roles_of
from tuoban.kernel.bpmn.out.drawing import expression
from tuoban.kernel.bpmn.out.flows import PLAIN_END
from tuoban.kernel.bpmn.xml import Element
from tuoban.kernel.language.constructs.table import TRIGGERS
from tuoban.kernel.language.tree import Mapping

_PERFORMERS = ("potentialOwner", "humanPerformer", "performer", "resourceRole")
_COMPARED = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics",
             "completionCondition", "script", "activationCondition")  # fmt: skip
"""What says, beside event definitions, how a node runs."""
_UNSAID = {
    "isSequential": "false",
    "testBefore": "false",
    "ordering": "Parallel",
    "behavior": "All",
    "cancelRemainingInstances": "true",
}
"""What attributes say where they are not written."""
_NO_MATTER = ("id", "name")
_GATEWAYS = {
    "choose": ("exclusiveGateway",),
    "parallel": ("parallelGateway", "inclusiveGateway"),
}


def check_drawn(scope: Scope, context: Context) -> None:
    """Report what was changed at the looks alone of the nodes in a scope."""
    checker = _Checker(scope, context)
    for node in scope.nodes.values():
        for each in (node, node.undoing):
            if each is not None and each.own is not None:
                checker.node(each, each.own)
    for node in scope.beside:
        if node.own is not None:
            checker.beside(node, node.own)
    for flow in scope.flows:
        if flow.own is not None and flow.own.name == "branch":
            checker.named(flow, _written(flow.own))


class _Checker:
    def __init__(self, scope: Scope, context: Context) -> None:
        self.scope = scope
        self.context = context
        self.names = Names(frozenset(context.called.values()))

    def node(self, node: FlowNode, own: Element) -> None:
        written = _written(own)
        word = word_of(node)
        if own.name == PLAIN_END and node.kind != "endEvent":
            self._left(node, node.kind, "endEvent")
        if written is None:
            return
        self.named(node, written, word or _trigger(written))
        if own.name == "reaction":
            if self._is_kind(node, "boundaryEvent"):
                self._parts(node, node.element, awaited(written))
        elif own.name == "construct" and word in _GATEWAYS and node.inside is None:
            self._gateway(node, own, written, word)
        elif own.name == "construct" and word:
            self._construct(node, written, word)

    def beside(self, node: FlowNode, own: Element) -> None:
        """An event sub-process: what begins it."""
        written = _written(own)
        self.named(node, written, _trigger(written))
        inside = node.inside.nodes.values() if node.inside is not None else ()
        start = next((each for each in inside if each.kind == "startEvent"), None)
        if own.name != "reaction":
            self._differs(node, "triggeredByEvent", own.name)
        elif self._is_kind(node, SUB_PROCESS) and written is not None and start is not None:
            self._parts(start, start.element, awaited(written))
            self._parts(node, node.element, [])

    def named(self, at: FlowNode | SequenceFlow, written: Mapping | None, word: str = "") -> None:
        """Tell of a name that was taken away, and is kept."""
        if written is None or at.name:
            return
        if name := shown_name(written, self.context.language, text_at(written, word)):
            self.context.warn(at, "name-kept", name=name)

    def _construct(self, node: FlowNode, written: Mapping, word: str) -> None:
        if word in _GATEWAYS:
            if self._is_kind(node, SUB_PROCESS):
                self._parts(node, node.element, [])
            return
        row = ROWS[word]
        if not self._is_kind(node, row.kind(written)):
            return
        expected = [*row.before(written), *row.after(written)]
        if word == "set" and node.element.get("scriptFormat") not in ("", "FEEL"):
            self._left(node, "script")
            expected = [each for each in expected if each.name != "script"]
            for each in node.element.all("script"):
                each.settle()
        else:
            self._attributes(node, row.attributes(written, self.names))
        self._performers(node, roles_of(written) if word == "step" else [])
        self._parts(node, node.element, [e for e in expected if e.name not in _PERFORMERS])

    def _gateway(self, node: FlowNode, own: Element, written: Mapping, word: str) -> None:
        """A choice that is drawn as two gateways; and what its ways say, where its branches do."""
        if not self._is_kind(node, *_GATEWAYS[word]):
            return
        for flow in self.scope.flows if word == "parallel" else ():
            if flow.source == node.id:
                self._branch(node, flow)
        join = self.scope.nodes.get(own.get("join"))
        if join is None:
            return
        said = text_at(written, "join")
        if said in ("", "all"):
            self._is_kind(join, node.kind)
        elif self._is_kind(join, "complexGateway"):
            count = "1" if said == "any" else said
            made = expression("activationCondition", f"activationCount >= {count}")
            self._parts(join, join.element, [made])

    def _branch(self, node: FlowNode, flow: SequenceFlow) -> None:
        said = flow.condition.text.strip() if flow.condition is not None else ""
        target = self.scope.nodes[flow.target]
        written = _written(target.own) if target.own is not None else None
        if said and node.kind == "parallelGateway":
            self._differs(flow, said, node.kind)
        elif written is not None and target.own is not None and target.own.name == "construct":
            when = text_at(written, "when")
            if " ".join(when.split()) != " ".join(said.split()) and when:
                self._differs(flow, said or "-", f"when: {when}")

    # What is compared

    def _is_kind(self, node: FlowNode, *kinds: str) -> bool:
        if node.kind in kinds:
            return True
        self._differs(node, node.kind, kinds[0])
        return False

    def _attributes(self, node: FlowNode, expected: dict[str, str]) -> None:
        for key, value in expected.items():
            said = node.element.get(key) or _UNSAID.get(key, "")
            if said.rpartition(":")[2] != value:
                self._differs(node, f"{key}={said}", f"{key}={value}")

    def _performers(self, node: FlowNode, roles: list[str]) -> None:
        """Who does it; a file that leaves it to what is written does not say otherwise."""
        drawn = list(node.element.all(*_PERFORMERS))
        named = {each for each in node.role.split(",") if each}
        is_left = bool(roles) and (bool(named) or self.context.declared is not None)
        said = (", ".join(sorted(named)) or "-", ", ".join(roles) or "-")
        if drawn and (not roles or named != set(roles)):
            self._differs(node, *said)
        elif not drawn and is_left and named != set(roles):
            self._left(node, *said)
        for each in drawn:
            each.settle()

    def _parts(self, node: FlowNode, element: Element, expected: list[Element]) -> None:
        """Event definitions, markers and what else says how it runs."""
        drawn = [e for e in element.children if e.namespace == element.namespace and _counts(e)]
        if [_plain(each) for each in drawn] != [_plain(each) for each in expected]:
            self._differs(node, _shown(drawn), _shown(expected))
        for each in drawn:
            each.settle()

    def _differs(self, at: FlowNode | SequenceFlow, found: str, written: str) -> None:
        self.context.refuse(at, "drawn-otherwise", found=found, written=written)

    def _left(self, at: FlowNode, found: str, written: str = "-") -> None:
        self.context.warn(at, "drawn-left", found=found, written=written)


def _written(own: Element) -> Mapping | None:
    """What is written into a node; None where it is not to be read, which is reported elsewhere."""
    try:
        return filled(own, {})
    except PartUnread:
        return None


def _trigger(written: Mapping | None) -> str:
    """By which word a reaction is known; empty where it is none."""
    return next((each for each in TRIGGERS if written is not None and written.pair(each)), "")


def _counts(element: Element) -> bool:
    return element.name in _COMPARED or element.name.endswith("EventDefinition")


Plain = tuple[str, str, tuple[tuple[str, str], ...], tuple["Plain", ...]]


def _plain(element: Element) -> Plain:
    """What an element says, however it is spelt."""
    said = tuple(sorted(_said(element)))
    inside = tuple(_plain(e) for e in element.children if e.namespace == element.namespace)
    text = "" if inside else " ".join(element.text.split())
    return element.name, text, said, inside


def _said(element: Element) -> Iterable[tuple[str, str]]:
    for key, value in element.attributes.items():
        told = value.strip().rpartition(":")[2] if key.endswith("Ref") else value.strip()
        if key == "language" and is_called_feel(told):
            continue
        if key not in _NO_MATTER and not key.startswith("{") and _UNSAID.get(key) != told:
            yield key, told


def _shown(elements: list[Element]) -> str:
    shown = []
    for each in elements:
        said = [f"{key}={value}" for key, value in sorted(_said(each))]
        texts = [" ".join(e.text.split()) for e in each.walk() if e.text.strip()]
        shown.append(" ".join([each.name, *said, *texts]))
    return "; ".join(shown) or "-"
