"""What of a file has no part in the pack that was made of it: all of it is told, with its place.

Nothing is listed here that is read. Elements keep account of what was looked up in them, and each
attribute and each element that nobody looked up is told of, save those that mean nothing to a pack.
Whether a name is carried over is seen by the pack itself.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

from tuoban.kernel.bpmn.into.model import called, told
from tuoban.kernel.bpmn.into.reading import own_of
from tuoban.kernel.bpmn.namespaces import DI, MODEL, OWN, XSI
from tuoban.kernel.bpmn.problems import BpmnProblem, Findings
from tuoban.kernel.bpmn.xml import Element

_GATEWAYS = ("exclusiveGateway", "inclusiveGateway", "parallelGateway", "complexGateway",
             "eventBasedGateway")  # fmt: skip
_MEANS_NOTHING: Lookup[str, Collection[str]] = {
    "targetNamespace": ("definitions",),
    "typeLanguage": ("definitions",),
    "exporter": ("definitions",),
    "exporterVersion": ("definitions",),
    "gatewayDirection": _GATEWAYS,
    "associationDirection": ("association",),
    "cancelActivity": ("boundaryEvent",),
}
"""Attributes that say nothing that a pack could say, or that the flows have to bear out, and of
which elements. Which tool wrote a file, for one, changes nothing in how it is read."""
_BY_DEFAULT: Lookup[str, Collection[str]] = {
    "isInterrupting": ("true", "1"),
    "isForCompensation": ("false", "0"),
    "isImmediate": ("true", "1"),
    "isClosed": ("false", "0"),
    "processType": ("None", "Private"),
    "behavior": ("All",),
    "cancelRemainingInstances": ("true", "1"),
    "implementation": ("##unspecified", "##WebService"),
    "triggeredByEvent": ("false", "0"),
}
"""Values that say no more than if the attribute were not there."""
_BORNE_OUT = frozenset(("incoming", "outgoing", "source", "target"))
"""Elements that repeat what a flow, or the name of a link, says."""
_XML = "http://www.w3.org/XML/1998/namespace"
_TYPE = f"{{{XSI}}}type"
_EXPRESSIONS = ("tExpression", "tFormalExpression")


@dataclass(slots=True)
class Account:
    """Goes through a file of which a pack was made.

    Attributes:
        carried: every text of the pack.
        names: how elements are called, by their ids.
        remarks: what is said in words - documentation and annotations - with whose it is.
    """

    findings: Findings
    carried: Collection[str]
    names: dict[str, str]
    remarks: list[tuple[str, str]] = field(default_factory=list)
    _alike: dict[tuple[str, ...], list[Element]] = field(default_factory=dict)
    """What is told once of all that are alike: the code and its facts, with where it stands."""

    def tell(self, root: Element) -> None:
        """Tell of all that was left."""
        self._read(root)
        for (code, *facts), places in self._alike.items():
            lines = list(dict.fromkeys(str(each.place.line) for each in places[1:]))
            named = dict(zip(("kind", "namespace", "value"), facts, strict=False))
            self.findings.warn(told(places[0], code, **named, also=", ".join(lines)))

    def _read(self, element: Element) -> None:
        self._attributes(element)
        for each in element.children:
            if each.namespace not in (OWN, DI) and each.fate != "settled":
                self._child(each, element)

    def _child(self, each: Element, parent: Element) -> None:
        if each.namespace != MODEL:
            self._foreign(each, each.name, each.namespace)
        elif each.name == "extensionElements":
            for other in each.children:
                if other.namespace != OWN:
                    self._foreign(other, other.name, other.namespace)
                    continue
                for part in other.walk():
                    self._said(part)
        elif each.name == "documentation":
            self._remark(parent, each.text, called(parent) or parent.id)
        elif each.name == "textAnnotation":
            self._annotation(each, parent)
        elif each.fate == "read":
            self._read(each)
        elif not each.fate and each.name not in _BORNE_OUT:
            self._left(each, parent)

    def _attributes(self, element: Element) -> None:
        name = called(element)
        if name and name not in self.carried:
            self.findings.warn(told(element, "name-left"))
        self._said(element)

    def _said(self, element: Element) -> None:
        """Tell of the attributes of an element that nobody looked up."""
        for key, value in element.attributes.items():
            namespace, _, local = key.removeprefix("{").rpartition("}")
            if key == _TYPE:
                if not _is_its_type(element, value):
                    self._note(element, "attribute-left", local, element.name, value.strip())
            elif namespace:
                if namespace not in (XSI, _XML):
                    self._foreign(element, local, namespace)
            elif not (key in element.asked or _says_nothing(element, key, value.strip())):
                self._note(element, "attribute-left", key, element.name, value.strip())

    def _foreign(self, at: Element, name: str, namespace: str) -> None:
        self._note(at, "extension-left", name, namespace or "-")

    def _note(self, at: Element, *said: str) -> None:
        self._alike.setdefault(said, []).append(at)

    def _left(self, each: Element, parent: Element) -> None:
        if each.name == "messageFlow":
            source, target = (self._called(each, key) for key in ("sourceRef", "targetRef"))
            self.findings.warn(told(each, "message-flow", source=source, target=target))
        elif each.name == "import":
            self.findings.warn(told(each, "import-left", location=each.peek("location")))
        elif each.name == "association" and self._is_of_annotation(each, parent):
            pass
        elif each.id:
            code = "data-left" if each.name.startswith("data") else "not-carried"
            self.findings.warn(told(each, code, kind=each.name))
        else:
            facts = {"kind": each.name}
            whose = (parent.id, parent.peek("name"))
            self.findings.warn(BpmnProblem(each.place, "part-left", facts, *whose))

    def _called(self, element: Element, key: str) -> str:
        reference = element.peek(key)
        return self.names.get(reference.rpartition(":")[2]) or reference or "-"

    # What is said in words

    def _annotation(self, note: Element, parent: Element) -> None:
        own, text = own_of(note), note.child("text")
        said = text.text if text is not None else ""
        drawn = own.text.split() if own is not None and own.name == "note" else None
        if drawn in ([], said.split()):
            return
        whose = [
            each.peek(other)
            for each in parent.children
            if each.name == "association"
            for one, other in (("sourceRef", "targetRef"), ("targetRef", "sourceRef"))
            if each.peek(one) == note.id
        ]
        named = ", ".join(self.names.get(each) or each for each in whose)
        self._remark(note, said, named or note.id)

    def _remark(self, element: Element, text: str, whose: str) -> None:
        if text.strip():
            self.remarks.append((whose, text.strip()))
            self.findings.warn(told(element, "remark-kept"))

    @staticmethod
    def _is_of_annotation(association: Element, parent: Element) -> bool:
        ends = (association.peek("sourceRef"), association.peek("targetRef"))
        notes = (each for each in parent.children if each.name == "textAnnotation")
        return any(each.id in ends for each in notes)


def _is_its_type(element: Element, said: str) -> bool:
    """Whether a type is what the element is anyhow, or that of an expression."""
    type_ = said.strip().rpartition(":")[2]
    return type_ in _EXPRESSIONS or type_.lower() == f"t{element.name}".lower()


def _says_nothing(element: Element, attribute: str, value: str) -> bool:
    if attribute in ("id", "name") or value in _BY_DEFAULT.get(attribute, ()):
        return True
    return element.name in _MEANS_NOTHING.get(attribute, ())
