"""What each kind of element becomes: a row a kind. What has no row has no counterpart."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Lookup

from tuoban.kernel.bpmn.into.conditions import asked_in, condition_of, lasting_condition_of
from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.making import Plain, mapping, negated, with_value
from tuoban.kernel.bpmn.into.making import node as made_node
from tuoban.kernel.bpmn.into.model import FlowNode
from tuoban.kernel.bpmn.into.times import timer_of
from tuoban.kernel.language.tree import Mapping, Scalar, Sequence

Items = list[Mapping]
Body = Callable[[FlowNode], Items]
"""What is done inside a sub-process."""
_COUNT = re.compile("[0-9]{1,4}")


def _step(node: FlowNode, context: Context, body: Body) -> Items:
    name = context.names.name(node.name, node.id)
    context.steps[node.id] = name
    step: dict[str, Plain] = {"step": name, **context.label(context.said(node))}
    return [mapping({**step, "by": context.role(node)})]


def _receive(node: FlowNode, context: Context, body: Body) -> Items:
    name = context.message(node.element.get("messageRef"), node)
    return [_wait(node, context, {"message": name})]


def _wait(node: FlowNode, context: Context, says: dict[str, Plain]) -> Mapping:
    name = context.names.name(node.name or f"wait_{node.id}", node.id)
    return mapping({"wait": name, **says, **context.label(context.said(node))})


def caught(node: FlowNode, context: Context) -> dict[str, Plain] | None:
    """What an event waits for, by the keys of `wait`; None, reported, where packs know no such
    thing."""
    kinds = node.definitions
    if len(kinds) != 1:
        context.refuse(node, "event-several" if kinds else "event-of-nothing")
        return None
    (definition,) = kinds
    if node.event == "message":
        return {"message": context.message(definition.get("messageRef"), node)}
    if node.event == "signal":
        context.warn(node, "signal-as-message")
        return {"message": context.message(definition.get("signalRef"), node)}
    if node.event == "conditional":
        said = definition.child("condition")
        if said is None:
            context.refuse(node, "condition-missing")
            return None
        condition = lasting_condition_of(said, node, context)
        return {"that": condition} if condition else None
    if node.event == "timer":
        key, text = timer_of(definition)
        if key in ("", "times"):
            code = "timer-so-often" if key else "timer-unread" if text else "timer-missing"
            context.refuse(node, code, text=text)
            return None
        return {key: text}
    context.refuse(node, "event-unknown", kind=node.event)
    return None


def _catch(node: FlowNode, context: Context, body: Body) -> Items:
    if node.event == "link":
        return []
    says = caught(node, context)
    if says is not None and "every" in says:
        context.refuse(node, "timer-unread", text=str(says["every"]))
        return []
    return [_wait(node, context, says)] if says is not None else []


def _throw(node: FlowNode, context: Context, body: Body) -> Items:
    if not node.event:
        context.warn(node, "event-passed")
        return []
    if len(node.definitions) > 1:
        context.refuse(node, "event-several-done")
        return []
    if node.event == "link":
        return []
    if node.event in ("message", "signal"):
        definition = node.definitions[0]
        reference = definition.get("messageRef") or definition.get("signalRef")
        if node.event == "signal":
            context.warn(node, "signal-as-message")
        name = context.message(reference, node)
        return [mapping({"send": name, **context.label(node.name)})]
    context.refuse(node, "event-unknown", kind=node.event)
    return []


def _send(node: FlowNode, context: Context, body: Body) -> Items:
    name = context.message(node.element.get("messageRef"), node)
    return [mapping({"send": name, **context.label(node.name)})]


def _refused(code: str) -> Callable[[FlowNode, Context, Body], Items]:
    def refuse(node: FlowNode, context: Context, body: Body) -> Items:
        context.refuse(node, code)
        return []

    return refuse


def _call(node: FlowNode, context: Context, body: Body) -> Items:
    called = node.element.get("calledElement").rpartition(":")[2]
    if called not in context.called:
        context.refuse(node, _uncalled(called, context), called=called)
        return []
    name = context.names.name(node.name or f"call_{node.id}", node.id)
    return [
        mapping({"call": context.called[called], "as": name, **context.label(context.said(node))})
    ]


def _uncalled(called: str, context: Context) -> str:
    """Why nothing of this id may be called."""
    if not called:
        return "call-of-nothing"
    if context.main is not None and called == context.main.element.id:
        return "call-of-itself"
    if called in context.model.processes:
        return "call-of-empty"
    return "call-of-task" if called in context.model.global_tasks else "call-unknown"


def _stage(node: FlowNode, context: Context, body: Body) -> Items:
    name = context.names.name(node.name, node.id)
    steps = body(node)
    return [mapping({"stage": name, **context.label(context.said(node)), "steps": steps})]


ROWS: Lookup[str, Callable[[FlowNode, Context, Body], Items]] = {
    "task": _step,
    "userTask": _step,
    "manualTask": _step,
    "receiveTask": _receive,
    "sendTask": _send,
    "intermediateCatchEvent": _catch,
    "intermediateThrowEvent": _throw,
    "callActivity": _call,
    "subProcess": _stage,
    "serviceTask": _refused("service-task"),
    "scriptTask": _refused("script-task"),
    "businessRuleTask": _refused("rule-task"),
    "transaction": _refused("transaction"),
    "complexGateway": _refused("complex-gateway"),
}


MARKERS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")


def marked(node: FlowNode, items: Items, context: Context) -> Items:
    """What is done again, or for each of many, as its marker says."""
    if not items:
        return items
    if node.element.child("standardLoopCharacteristics") is not None:
        return _looped(node, items, context)
    if node.element.child("multiInstanceLoopCharacteristics") is not None:
        return _for_each(node, items, context)
    return items


def asking(step: Mapping, names: list[str]) -> Mapping:
    """The step with these fields on its form."""
    known = step.pair("form")
    before = known.value.items if known is not None and isinstance(known.value, Sequence) else ()
    known_names = {each.text for each in before if isinstance(each, Scalar)}
    new = [each for each in names if each not in known_names]
    return with_value(step, "form", made_node([*before, *new])) if new else step


def _looped(node: FlowNode, items: Items, context: Context) -> Items:
    loop = node.element.child("standardLoopCharacteristics")
    said = loop.child("loopCondition") if loop is not None else None
    if loop is None or said is None or not said.text.strip():
        context.refuse(node, "loop-without-condition")
        return items
    condition = condition_of(said, node, context)
    if not condition:
        return items
    tests_first = loop.is_true("testBefore")
    names = asked_in(condition, context)
    is_step = items[0].pair("step") is not None
    if is_step:
        items = [asking(items[0], names), *items[1:]]
    if tests_first or not is_step:  # it has to be known before the first time as well
        context.at_start.update(names)
    made: dict[str, Plain] = {"repeat": "", "until": negated(condition)}
    if tests_first:
        made["when"] = condition
    if loop.get("loopMaximum"):
        made["at-most"] = loop.get("loopMaximum")
    return [mapping({**made, "steps": items})]


def _for_each(node: FlowNode, items: Items, context: Context) -> Items:
    many = node.element.child("multiInstanceLoopCharacteristics")
    if many is None:
        return items
    count = many.child("loopCardinality")
    text = count.text.strip() if count is not None else ""
    if _COUNT.fullmatch(text) is None or not 1 <= int(text) <= 1000:
        context.refuse(node, "many-without-count")
        return items
    name = context.names.name(f"{node.name}_each", f"{node.id}_each")
    made: dict[str, Plain] = {
        "each": name,
        **context.label(context.said(node)),
        "in": f"for i in 1..{text} return i",
    }
    if many.is_true("isSequential"):
        made["order"] = "one by one"
    enough = many.child("completionCondition")
    if enough is not None and enough.text.strip():
        made["enough-when"] = lasting_condition_of(enough, node, context)
    return [mapping({**made, "steps": items})]
