"""Diagram interchange: where the shapes and arrows of a process lie."""

from __future__ import annotations

from tuoban.kernel.bpmn.namespaces import DC, DD, DI
from tuoban.kernel.bpmn.out.drawing import Flow
from tuoban.kernel.bpmn.out.placing import Bounds, Points, place
from tuoban.kernel.bpmn.xml import Element

_EXPANDED = frozenset(("subProcess", "adHocSubProcess"))
MARGIN = 20


def diagram(process: str, flow: Flow) -> Element:
    """The diagram of a process."""
    placed = place(flow)
    inside = [
        *(_shape(each.moved(MARGIN, MARGIN)) for each in placed.shapes),
        *(_edge(key, line) for key, line in placed.lines),
    ]
    plane = Element("BPMNPlane", DI, attributes={"id": f"plane-{process}"}, children=inside)
    plane.attributes["bpmnElement"] = process
    return Element("BPMNDiagram", DI, attributes={"id": f"diagram-{process}"}, children=[plane])


def _shape(box: Bounds) -> Element:
    made = Element("BPMNShape", DI, attributes={"id": f"{box.id}.shape", "bpmnElement": box.id})
    if box.kind in _EXPANDED:
        made.attributes["isExpanded"] = "true"
    if box.kind == "exclusiveGateway":
        made.attributes["isMarkerVisible"] = "true"
    sizes = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    told = {key: str(value) for key, value in sizes.items()}
    made.children.append(Element("Bounds", DC, attributes=told))
    return made


def _edge(key: str, line: Points) -> Element:
    points = [
        Element("waypoint", DD, attributes={"x": str(x + MARGIN), "y": str(y + MARGIN)})
        for x, y in line
    ]
    named = {"id": f"{key}.edge", "bpmnElement": key}
    return Element("BPMNEdge", DI, attributes=named, children=points)
