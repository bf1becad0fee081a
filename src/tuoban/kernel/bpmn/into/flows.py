"""From what a scope of the file holds to what follows one another in a pack."""

from __future__ import annotations

from dataclasses import dataclass, field

from tuoban.kernel.bpmn.into.blocks import Reducer
from tuoban.kernel.bpmn.into.charting import Charter
from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.drawn import check_drawn
from tuoban.kernel.bpmn.into.elements import caught
from tuoban.kernel.bpmn.into.endings import behind, closing, is_broken_off
from tuoban.kernel.bpmn.into.graph import Graph
from tuoban.kernel.bpmn.into.making import mapping
from tuoban.kernel.bpmn.into.making import node as made_node
from tuoban.kernel.bpmn.into.model import FlowNode, Scope
from tuoban.kernel.bpmn.into.nodes import Nodes
from tuoban.kernel.bpmn.into.soundness import judge, report_crossing
from tuoban.kernel.bpmn.into.stepping import is_sequential, stepped
from tuoban.kernel.bpmn.out.flows import PLAIN_END
from tuoban.kernel.language.tree import Mapping

_WHOLE = {"zh": "全程", "en": "All of it"}


def items_of(scope: Scope, context: Context) -> list[Mapping]:
    """What is done in a process or a sub-process; what cannot be said in a pack is reported. A
    process where events may come at any time of it is a stage that lets them happen."""
    check_drawn(scope, context)
    nodes = Nodes(context, lambda inside: items_of(inside, context))
    flow = _Flow(scope, context, nodes)
    steps = flow.items()
    if not flow.reactions:
        return steps
    name = context.names.name("whole", "whole")
    label, reactions = _WHOLE[context.language], made_node(flow.reactions)
    whole = {"stage": name, context.language: label, "during": reactions, "steps": steps}
    return [mapping(whole), *flow.behind]


@dataclass(slots=True)
class _Flow:
    """The flow of a scope.

    Attributes:
        reactions: what may happen at any time of it, of a process.
        behind: what is done behind it then.
    """

    scope: Scope
    context: Context
    nodes: Nodes
    reactions: list[Mapping] = field(default_factory=list)
    behind: list[Mapping] = field(default_factory=list)

    @property
    def is_plan(self) -> bool:
        return self.scope.element.name == "adHocSubProcess"

    def items(self) -> list[Mapping]:
        starts = [] if self.is_plan else self._starts()
        graph = Charter(self.scope, self.context, self.nodes).draw(starts)
        if self.scope.is_process:
            self.reactions = self.nodes.beside(self.scope)
        if self.context.model.findings.problems:
            self._refused_events()
            return []
        if self.reactions:
            self.behind = behind(graph, self.reactions, self.context)
        roots = sum(1 for each in graph.vertices.values() if not each.ins)
        context = self.context
        reducer = Reducer(
            graph, context.maker, context.names.name, self.nodes.reaction, context.flags
        )
        found = reducer.reduce(roots=roots)
        if found is None or (len(found) > 1 and not self.is_plan):
            return self._unreduced(graph)
        if self.is_plan and self.scope.own and any(len(each.items) > 1 for each in found):
            context.refuse(self.scope.element, "plan-needs-written")
            return []
        items = [item for vertex in found for item in vertex.items]
        if found and found[0].ends == "over" and not is_broken_off(self.reactions):
            self.behind = []
        if self.scope.is_process and found[0].ends == "done":
            items += self._closing()
        return items

    def _closing(self) -> list[Mapping]:
        """The end of a process, unless it stands behind its flow, or the pack says no more."""
        return [] if self.reactions or self._ends_by_itself() else [closing()]

    def _refused_events(self) -> None:
        """Report the events at borders too, which are looked at last where all else is well."""
        for node in self.scope.nodes.values():
            for event in node.boundaries:
                if event.own is None:
                    caught(event, self.context)

    def _unreduced(self, graph: Graph) -> list[Mapping]:
        """What is no block: it is played, and gone through from place to place where it is sound
        and only one way is gone at a time."""
        scope, context = self.scope.element, self.context
        if not judge(graph, scope, context):
            return []
        items = stepped(graph, context) if is_sequential(graph) else None
        if items is None:
            report_crossing(graph, scope, context)
            return []
        context.warn(scope, "ways-stepped")
        return [*items, *self._closing()] if self.scope.is_process else items

    def _ends_by_itself(self) -> bool:
        """Whether this program has written where it ends, and the pack says no more."""
        return any(
            each.own is not None and each.own.name == PLAIN_END
            for each in self.scope.nodes.values()
        )

    # Where it begins

    def _starts(self) -> list[FlowNode]:
        nodes = self.scope.nodes.values()
        found = [each for each in nodes if each.kind == "startEvent"]
        if not found:
            reached = {each.target for each in self.scope.flows}
            begin = (e for e in nodes if e.kind != "boundaryEvent" and e.event != "link")
            found = [each for each in begin if each.id not in reached]
        if not found and self.scope.is_whole:
            code = "no-start" if self.scope.nodes else "scope-empty"
            self.context.refuse(self.scope.element, code)
        for each in found[1:]:
            self.context.refuse(each, "start-twice", first=found[0].name or found[0].id)
        return found
