"""What a BPMN file says, as far as a pack can be made of it: flows of nodes, in processes and
sub-processes."""

from __future__ import annotations

from dataclasses import dataclass, field

from tuoban.kernel.bpmn.problems import BpmnProblem, Findings
from tuoban.kernel.bpmn.xml import Element


@dataclass(slots=True)
class FlowNode:
    """An event, a gateway or an activity.

    Attributes:
        own: what this program has written about it.
        role: the role of the lane, or the pool, that it stands in.
        inside: the flow in it, of a sub-process.
        boundaries: the events that are attached to it.
        undoing: what undoes it.
    """

    element: Element
    own: Element | None = None
    role: str = ""
    inside: Scope | None = None
    boundaries: list[FlowNode] = field(default_factory=list)
    undoing: FlowNode | None = None

    @property
    def id(self) -> str:
        return self.element.id

    @property
    def kind(self) -> str:
        return self.element.name

    @property
    def name(self) -> str:
        return called(self.element)

    @property
    def interrupts(self) -> bool:
        """Whether an event at a border ends what it stands at."""
        return self.element.is_true("cancelActivity", unless_said=True)

    @property
    def is_passed(self) -> bool:
        """Whether nothing is done here: a gateway, or an event that is about nothing or a link."""
        if self.kind == "eventBasedGateway" or not self.kind.endswith(("Gateway", "Event")):
            return False
        return self.event in ("", "link")

    @property
    def definitions(self) -> list[Element]:
        """What an event is about."""
        inside = self.element.children
        return [each.read() for each in inside if each.name.endswith("EventDefinition")]

    @property
    def event(self) -> str:
        """What an event is about, in a word: `timer`, `message`; "" where it is about nothing."""
        found = self.definitions
        return found[0].name.removesuffix("EventDefinition") if found else ""


@dataclass(slots=True)
class SequenceFlow:
    element: Element
    source: str
    target: str
    own: Element | None = None
    condition: Element | None = None
    """Where its condition stands, which may be empty."""

    @property
    def is_said(self) -> bool:
        """Whether its condition says anything; one that always holds does not."""
        return self.condition is not None and self.condition.text.strip() not in ("", "true")

    @property
    def id(self) -> str:
        return self.element.id

    @property
    def name(self) -> str:
        return called(self.element)


@dataclass(slots=True)
class Scope:
    """A process or a sub-process: what stands in it."""

    element: Element
    own: Element | None = None
    nodes: dict[str, FlowNode] = field(default_factory=dict)
    flows: list[SequenceFlow] = field(default_factory=list)
    beside: list[FlowNode] = field(default_factory=list)
    """Event sub-processes."""
    is_whole: bool = True
    """Whether all that is drawn in it could be read; else it says little that it does not hang
    together."""

    @property
    def is_process(self) -> bool:
        return self.element.name == "process"


@dataclass(slots=True)
class Model:
    """A file.

    Attributes:
        names: of what is declared outside of processes, and referred to: id to name.
        roles: by the key of a role, how it is called.
        declared: by its id, what stands outside of processes: messages, signals and resources.
        global_tasks: the ids of the tasks that stand outside of processes.
        pools: by the id of a process, the pool that it stands in.
        found: what reading each process has found, by its id.
        expressions: the language of conditions that say none.
    """

    processes: dict[str, Scope]
    names: dict[str, str]
    roles: dict[str, str]
    findings: Findings
    declared: dict[str, Element] = field(default_factory=dict)
    global_tasks: frozenset[str] = frozenset()
    pools: dict[str, Element] = field(default_factory=dict)
    found: dict[str, Findings] = field(default_factory=dict)
    expressions: str = ""


def called(element: Element) -> str:
    """The name of an element, in one line."""
    return " ".join(element.peek("name").split())


def told(element: Element, code: str, **facts: str) -> BpmnProblem:
    """A problem of an element."""
    return BpmnProblem(element.place, code, facts, element.id, element.peek("name"))
