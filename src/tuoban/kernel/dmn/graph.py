"""The parts of a model and what each of them needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tuoban.kernel.dmn.compiler import Compiler
from tuoban.kernel.dmn.order import in_order
from tuoban.kernel.dmn.problems import Findings
from tuoban.kernel.dmn.types import Type
from tuoban.kernel.dmn.xml import Element

PartKind = Literal["inputData", "decision", "businessKnowledgeModel", "decisionService"]
KINDS: tuple[PartKind, ...] = (
    "inputData", "decision", "businessKnowledgeModel", "decisionService",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """An input, a decision, a function or a service of a model.

    Attributes:
        name: how people call it.
        variable: how expressions call its value.
        type: the declared type of its value; for functions and services, that of their results.
        information: the ids of the inputs and decisions whose values it reads.
        knowledge: the ids of the functions and services it calls.
        outputs, given: for a service, the ids of the decisions it makes, and of the inputs and
            decisions that its caller gives, in the order of its parameters.
    """

    id: str
    kind: PartKind
    name: str
    variable: str
    type: Type | None
    element: Element
    information: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """Everything that must be known before it."""
        return (*self.information, *self.knowledge, *self.outputs, *self.given)


def read_parts(root: Element, c: Compiler) -> Mapping[str, Part]:
    """The parts by id, each behind those it needs."""
    elements = _by_id(root, c.findings)
    reader = _Reader(root.get("namespace"), elements, c)
    parts = {id_: reader.part(id_, element) for id_, element in elements.items()}
    _check_names(parts, c.findings)
    order, circle = in_order({id_: set(part.needs) for id_, part in parts.items()})
    if circle:
        path = " → ".join(parts[id_].name for id_ in circle)
        c.findings.add(parts[circle[0]].element.place, "circle", path=path)
    return {id_: parts[id_] for id_ in order}


def _by_id(root: Element, findings: Findings) -> dict[str, Element]:
    """The elements by id; one without an id, which nothing can refer to, gets its number."""
    elements: dict[str, Element] = {}
    for number, element in enumerate(root.all(*KINDS)):
        id_ = element.get("id") or f"#{number}"
        if id_ in elements:
            findings.add(element.place, "id-taken", id=id_)
        elements[id_] = element
    return elements


def _check_names(parts: Mapping[str, Part], findings: Findings) -> None:
    taken: set[str] = set()
    for part in parts.values():
        if part.name in taken:
            findings.fault(part.element.place, "name-taken", name=part.name)
        taken.add(part.name)


class _Reader:
    def __init__(self, namespace: str, elements: Mapping[str, Element], c: Compiler) -> None:
        self.namespace = namespace
        self.elements = elements
        self.c = c

    def part(self, id_: str, element: Element) -> Part:
        variable = element.child("variable")
        if variable is not None and variable.get("name"):
            name, own = " ".join(element.get("name").split()), self.c.name(variable, "variable")
        else:
            name = own = self.c.name(element, element.name)
        name = name or own
        type_ = self.c.types.find(variable) if variable else None
        kind: PartKind = next(each for each in KINDS if each == element.name)
        if kind in ("businessKnowledgeModel", "decisionService") and type_ and type_.result:
            type_ = type_.result
        inputs = self._references(element, name, ("inputData",), ("inputData",))
        decisions = self._references(element, name, ("inputDecision",), ("decision",))
        self._references(element, name, ("encapsulatedDecision",), ("decision",))
        return Part(
            id_, kind, name, own, type_, element,
            self._required(element, name, "informationRequirement"),
            self._required(element, name, "knowledgeRequirement"),
            self._references(element, name, ("outputDecision",), ("decision",)),
            (*inputs, *decisions),
        )  # fmt: skip

    def _required(self, element: Element, name: str, requirement: str) -> tuple[str, ...]:
        found: list[str] = []
        for each in element.all(requirement):
            if not each.children:
                self.c.findings.add(
                    each.place, "element-missing", of=requirement, name="requiredDecision"
                )
            for child, kinds in _REQUIRED.items():
                found += self._references(each, name, (child,), kinds)
        return tuple(dict.fromkeys(found))

    def _references(
        self, element: Element, name: str, children: tuple[str, ...], kinds: tuple[PartKind, ...]
    ) -> tuple[str, ...]:
        """The ids that the children refer to, if they are of one of these kinds."""
        found: list[str] = []
        for child in element.all(*children):
            href = child.get("href")
            namespace, _, id_ = href.rpartition("#")
            target = self.elements.get(id_) if namespace in ("", self.namespace) else None
            if target is None or target.name not in kinds:
                self.c.findings.add(child.place, "unknown-reference", name=name, href=href)
            else:
                found.append(id_)
        return tuple(found)


_REQUIRED: Mapping[str, tuple[PartKind, ...]] = {
    "requiredInput": ("inputData",),
    "requiredDecision": ("decision",),
    "requiredKnowledge": ("businessKnowledgeModel", "decisionService"),
}
