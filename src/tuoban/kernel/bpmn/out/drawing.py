"""What is drawn of one flow - of a process or of a sub-process - and how it is put together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tuoban.kernel.bpmn.namespaces import FEEL, MODEL, OWN, XSI
from tuoban.kernel.bpmn.xml import Element

EXPRESSION = f"{{{XSI}}}type"


def element(name: str, /, *children: Element, text: str = "", **attributes: str) -> Element:
    """An element of BPMN; attributes that are empty are left out."""
    told = {key: value for key, value in attributes.items() if value}
    return Element(name, MODEL, attributes=told, children=list(children), text=text)


def expression(name: str, text: str) -> Element:
    """An expression in FEEL."""
    made = element(name, text=text, language=FEEL)
    made.attributes = {EXPRESSION: "bpmn:tFormalExpression", **made.attributes}
    return made


def extended(*own: Element) -> Element:
    """Our own elements in an element of BPMN."""
    return element("extensionElements", *own)


@dataclass(slots=True)
class Shape:
    """A node of the flow. `inside` is what is drawn in it, where that is a flow of its own."""

    id: str
    kind: str
    name: str = ""
    own: Element | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    before: list[Element] = field(default_factory=list)
    """What stands behind its flows and before what is drawn in it."""
    after: list[Element] = field(default_factory=list)
    inside: Flow | None = None
    key: str = ""
    """The node of the definition that it draws; empty: it is drawn besides."""
    host: str = ""
    """To which shape it is attached."""


@dataclass(frozen=True, slots=True)
class Arrow:
    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    own: Element | None = None


@dataclass(frozen=True, slots=True)
class Note:
    id: str
    of: str
    text: str


@dataclass(slots=True)
class Flow:
    """Shapes with the arrows between them, and notes."""

    counted: Counter[str]
    """How many arrows, and other things without a name, there are in the file."""
    shapes: dict[str, Shape] = field(default_factory=dict)
    arrows: list[Arrow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    handlers: list[tuple[str, str]] = field(default_factory=list)
    """Compensation: the boundary event, and what undoes."""

    def add(self, shape: Shape) -> str:
        self.shapes[shape.id] = shape
        return shape.id

    def number(self, kind: str) -> str:
        self.counted[kind] += 1
        return f"{kind}-{self.counted[kind]}"

    def link(
        self,
        source: str,
        target: str,
        name: str = "",
        condition: str = "",
        own: Element | None = None,
    ) -> str:
        arrow = Arrow(self.number("flow"), source, target, name, condition, own)
        self.arrows.append(arrow)
        return arrow.id

    def merged(self, exits: list[str]) -> list[str]:
        """One shape behind all of these, where there are several."""
        if len(exits) < 2:
            return exits
        gateway = self.add(Shape(self.number("merge"), "exclusiveGateway"))
        for each in exits:
            self.link(each, gateway)
        return [gateway]

    def elements(self) -> list[Element]:
        """What stands for it in the file: the flow first, then the notes."""
        coming: dict[str, list[Element]] = {}
        going: dict[str, list[Element]] = {}
        for arrow in self.arrows:
            going.setdefault(arrow.source, []).append(element("outgoing", text=arrow.id))
            coming.setdefault(arrow.target, []).append(element("incoming", text=arrow.id))
        nodes = [
            _drawn(each, coming.get(each.id, []), going.get(each.id, []))
            for each in self.shapes.values()
        ]
        arrows = [_arrow(each) for each in self.arrows]
        return [*nodes, *arrows, *self._artifacts()]

    def _artifacts(self) -> list[Element]:
        made = []
        for note in self.notes:
            own = extended(Element("note", OWN, text=note.text))
            text = element("text", text=note.text)
            made.append(element("textAnnotation", own, text, id=note.id))
        for note in self.notes:
            line = element("association", id=f"{note.id}.line", sourceRef=note.of)
            line.attributes["targetRef"] = note.id
            made.append(line)
        for event, handler in self.handlers:
            line = element("association", id=f"{event}.line", associationDirection="One")
            line.attributes |= {"sourceRef": event, "targetRef": handler}
            made.append(line)
        return made


def _drawn(shape: Shape, coming: list[Element], going: list[Element]) -> Element:
    own = [extended(shape.own)] if shape.own is not None else []
    inside = shape.inside.elements() if shape.inside is not None else []
    children = [*own, *coming, *going, *shape.before, *inside, *shape.after]
    made = element(shape.kind, *children, id=shape.id, name=shape.name)
    made.attributes |= shape.attributes
    return made


def _arrow(arrow: Arrow) -> Element:
    own = [extended(arrow.own)] if arrow.own is not None else []
    said = [expression("conditionExpression", arrow.condition)] if arrow.condition else []
    made = element("sequenceFlow", *own, *said, id=arrow.id, name=arrow.name)
    made.attributes |= {"sourceRef": arrow.source, "targetRef": arrow.target}
    return made
