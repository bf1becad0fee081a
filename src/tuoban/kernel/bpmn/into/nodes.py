"""What a node becomes: what this program has written of it, or what its kind says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tuoban.kernel.bpmn.extension import PartUnread, names
from tuoban.kernel.bpmn.into.conditions import lasting_condition_of
from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.elements import MARKERS, ROWS, caught, marked
from tuoban.kernel.bpmn.into.endings import closing
from tuoban.kernel.bpmn.into.graph import Ends
from tuoban.kernel.bpmn.into.making import Plain, filled, mapping, renamed, text_at, with_value
from tuoban.kernel.bpmn.into.making import node as made_node
from tuoban.kernel.bpmn.into.model import FlowNode, Scope
from tuoban.kernel.bpmn.into.naming import fitting
from tuoban.kernel.language.tree import Mapping, Sequence

BodyOf = Callable[[Scope], list[Mapping]]
"""What is done in a scope."""


@dataclass(slots=True)
class Nodes:
    """Makes constructs of nodes.

    Attributes:
        body_of: makes what is inside of a sub-process.
    """

    context: Context
    body_of: BodyOf

    def _body(self, node: FlowNode) -> list[Mapping]:
        return self.body_of(node.inside) if node.inside is not None else []

    def end(self, node: FlowNode, *, is_over: bool, of_process: bool) -> tuple[list[Mapping], Ends]:
        """What an end event becomes, and what it ends.

        Args:
            is_over: whether a plain end is the end of the process.
            of_process: whether it stands in the process itself, and not in a sub-process.
        """
        context = self.context
        if word_of(node) == "end":
            return self.made(node), "over"
        items: list[Mapping] = []
        if len(node.definitions) > 1:
            context.refuse(node, "event-several-done")
        elif node.event in ("message", "signal"):
            items = ROWS["intermediateThrowEvent"](node, context, self._body)
        elif node.event == "terminate":
            if not of_process:
                context.refuse(node, "terminate-inside")
            is_over = True
        elif node.event:
            context.refuse(node, "event-unknown", kind=node.event)
        if not is_over:
            return items, "done"
        if not node.name and node.event != "terminate":
            return [*items, closing()], "over"
        name = fitting(node.name) or fitting(node.id) or "closed"
        return [*items, mapping({"end": name, **context.label(context.said(node))})], "over"

    def made(self, node: FlowNode) -> list[Mapping]:
        """What a node becomes: what this program has written of it, or what its kind says."""
        if node.own is not None and node.own.name == "construct":
            try:
                return [self._own(node)]
            except PartUnread as error:
                self.context.refuse(node, "extension-unread", key=str(error))
                return []
        items = self._read(node)
        if items and node.undoing is not None:
            undo = self._undoing(node)
            items = [with_value(items[0], "undo", made_node(undo))]
        return marked(node, items, self.context)

    def _read(self, node: FlowNode) -> list[Mapping]:
        """What its kind says."""
        if node.kind == "adHocSubProcess":
            return self._plan(node)
        row = ROWS.get(node.kind)
        if row is None:
            self.context.refuse(node, "element-unknown", kind=node.kind)
            return []
        items = row(node, self.context, self._body)
        if items and node.inside is not None:
            items = [self._with_reactions(items[0], node.inside)]
        return items

    def _undoing(self, node: FlowNode) -> list[Mapping]:
        handler = node.undoing
        if handler is None:
            return []
        is_marked = handler.own is not None or any(True for _ in handler.element.all(*MARKERS))
        inside = handler.inside if handler.kind == "subProcess" and not is_marked else None
        if inside is None or inside.beside:
            return self.made(handler)
        return self._body(handler)

    def _own(self, node: FlowNode) -> Mapping:
        own, word = node.own, word_of(node)
        if own is None:
            raise PartUnread(word)
        drawn: dict[str, Plain | None] = {}
        inside = node.inside
        if inside is not None:
            body = self._body(node)
            if word in ("choose", "parallel"):
                alone = body[0].pair(word) if len(body) == 1 else None
                if alone is not None:
                    drawn[word] = alone.value
                elif not self.context.model.findings.problems:
                    self.context.refuse(node, "not-alone", word=word)
            else:
                drawn["steps"] = made_node(body)
            drawn["during"] = made_node(reactions) if (reactions := self.beside(inside)) else None
        elif node.boundaries:
            drawn["during"] = made_node([])
        if node.undoing is not None:
            drawn["undo"] = made_node(self._undoing(node))
        made = filled(own, drawn)
        return renamed(made, node.name, self.context.language, text_at(made, word))

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
        is_read = not context.model.findings.problems
        for flow in flows:
            if flow.is_said:
                context.refuse(flow, "plan-condition")
        if not is_read:
            return []
        if len(items) != len(inside.nodes):
            context.refuse(node, "plan-with-order")
            return []
        at = dict(zip(inside.nodes, items, strict=False))
        for flow in flows:
            needed = next((text_at(at[flow.source], w) for w in ("step", "stage", "plan")), "")
            if not needed:
                context.refuse(flow, "plan-needs-unnamed")
                continue
            known = at[flow.target].pair("needs")
            before = known.value.items if known and isinstance(known.value, Sequence) else ()
            at[flow.target] = with_value(at[flow.target], "needs", made_node([*before, needed]))
        name = context.names.name(node.name, node.id)
        made: dict[str, Plain] = {"plan": name, **context.label(context.said(node))}
        done = node.element.child("completionCondition")
        if done is not None and done.text.strip():
            made["complete-when"] = lasting_condition_of(done, node, context)
        made["steps"] = list(at.values())
        return [self._with_reactions(mapping(made), inside)]

    # Reactions

    def _with_reactions(self, made: Mapping, inside: Scope) -> Mapping:
        reactions = self.beside(inside)
        return with_value(made, "during", made_node(reactions)) if reactions else made

    def beside(self, inside: Scope) -> list[Mapping]:
        """What event sub-processes let happen."""
        return [each for node in inside.beside for each in self._happening(node)]

    def _happening(self, node: FlowNode) -> list[Mapping]:
        context, inside = self.context, node.inside
        if inside is None:
            return []
        start = next((e for e in inside.nodes.values() if e.kind == "startEvent"), None)
        interrupts = start is None or start.element.is_true("isInterrupting", unless_said=True)
        items = self._body(node)
        if node.own is not None:
            for each in start.definitions if start is not None else ():
                each.settle()
            return [self._own_reaction(node, items, interrupts)]
        if start is None:
            context.refuse(node, "no-start")
            return []
        if not interrupts and all(e.is_passed for e in inside.nodes.values() if e is not start):
            context.refuse(node, "boundary-empty")
        made, before = self.reaction(start, items, interrupts, node)
        if before:
            context.refuse(start, "timer-of-block")
        return [made]

    def _own_reaction(self, node: FlowNode, items: list[Mapping], interrupts: bool) -> Mapping:
        if node.own is None:
            return mapping({})
        made = filled(node.own, {"then": made_node(items) if items else None})
        if (text_at(made, "interrupting") == "true") != interrupts:
            made = with_value(made, "interrupting", "true" if interrupts else None)
        word = next((e for e in ("on", "when", "at", "every", "message") if made.pair(e)), "on")
        return renamed(made, node.name, self.context.language, text_at(made, word))

    def reaction(
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
        called = (named.name if named is not None else "") or event.name
        label = called or context.said(event)
        name = context.names.name(called, event.id)
        made: dict[str, Plain] = {"as": name, **context.label(label)}
        if "that" in says:
            made = {"when": says["that"], **made}
        elif "for" in says:
            since = context.names.name(f"{name}_since", "since")
            known = {"zh": "起算时间", "en": "Counted from"}[context.language]
            declared: dict[str, Plain] = {"type": "datetime", **context.label(known)}
            context.fields[since] = declared
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


def word_of(node: FlowNode) -> str:
    """The word of the construct that this program has written about a node."""
    if node.own is None or node.own.name != "construct":
        return ""
    words = ("step", "stage", "choose", "parallel", "repeat", "each", "plan", "call", "decide",
             "set", "tell", "send", "wait", "end")  # fmt: skip
    return next((each for each in names(node.own) if each in words), "")
