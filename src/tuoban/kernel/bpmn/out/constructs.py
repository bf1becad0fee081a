"""How each construct is drawn: a row a construct. A new one is a new row here."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass

from tuoban.kernel.bpmn.namespaces import CALLED, MESSAGE, ROLE
from tuoban.kernel.bpmn.out.drawing import element, expression
from tuoban.kernel.bpmn.xml import Element
from tuoban.kernel.language.showing import show_part
from tuoban.kernel.language.tree import Mapping, Node, Pair, Scalar, Sequence

SUB_PROCESS = "subProcess"


@dataclass(frozen=True, slots=True)
class Row:
    """How a construct is drawn.

    Attributes:
        kind: as which element, of the construct as written.
        attributes: what is said of that element.
        before: what stands in it before what is drawn inside.
        after: what stands behind that.
        body: the key under which the steps stand that are drawn inside.
    """

    kind: Callable[[Mapping], str]
    attributes: Callable[[Mapping, Names], dict[str, str]] = lambda written, names: {}
    before: Callable[[Mapping], list[Element]] = lambda written: []
    after: Callable[[Mapping], list[Element]] = lambda written: []
    body: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What the pack declares."""

    processes: frozenset[str]


def text_at(mapping: Mapping, key: str) -> str:
    """The text at a key; empty where there is none."""
    pair = mapping.pair(key)
    return pair.value.text if pair is not None and isinstance(pair.value, Scalar) else ""


def _always(kind: str) -> Callable[[Mapping], str]:
    return lambda written: kind


def _kind_of_step(step: Mapping) -> str:
    return "serviceTask" if step.pair("do") and not step.pair("by") else "userTask"


def _performers(step: Mapping) -> list[Element]:
    return [
        element("potentialOwner", element("resourceRef", text=f"{ROLE}{role}"))
        for role in roles_of(step)
    ]


def roles_of(step: Mapping) -> list[str]:
    """The roles whose holders may do it."""
    by = step.pair("by")
    node: Node | None = by.value if by is not None else None
    if isinstance(node, Mapping):
        role = node.pair("role")
        node = role.value if role is not None else None
    items = node.items if isinstance(node, Sequence) else (node,)
    return [each.text for each in items if isinstance(each, Scalar)]


def _looping(repeat: Mapping) -> list[Element]:
    condition = expression("loopCondition", f"not({text_at(repeat, 'until')})")
    made = element("standardLoopCharacteristics", condition)
    made.attributes = {"testBefore": "false"}
    if text_at(repeat, "at-most"):
        made.attributes["loopMaximum"] = text_at(repeat, "at-most")
    return [made]


def _many(each: Mapping) -> list[Element]:
    enough = text_at(each, "enough-when")
    said = [expression("completionCondition", enough)] if enough else []
    in_turn = text_at(each, "order") == "one by one"
    many = element("multiInstanceLoopCharacteristics", *said)
    many.attributes = {"isSequential": "true" if in_turn else "false"}
    return [many]


def _complete_when(plan: Mapping) -> list[Element]:
    said = text_at(plan, "complete-when")
    return [expression("completionCondition", said)] if said else []


def timer(kind: str, text: str) -> Element:
    """A timer whose duration, date or cycle is said as packs say it."""
    return element("timerEventDefinition", expression(kind, text))


def _value(node: Node | None) -> str:
    if isinstance(node, Mapping):
        inner = node.pair("limit") or node.pair("moment") or node.pair("that")
        node = inner.value if inner is not None else None
    return node.text if isinstance(node, Scalar) else ""


def _at(written: Mapping, key: str) -> str:
    pair = written.pair(key)
    return _value(pair.value if pair is not None else None)


def awaited(written: Mapping) -> list[Element]:
    """What an event waits for."""
    if written.pair("message"):
        return [element("messageEventDefinition", messageRef=MESSAGE + text_at(written, "message"))]
    for key in ("that", "when"):
        if written.pair(key):
            return [
                element("conditionalEventDefinition", expression("condition", _at(written, key)))
            ]
    for key, kind in (("at", "timeDate"), ("until", "timeDate"), ("every", "timeCycle")):
        if written.pair(key):
            return [timer(kind, _at(written, key))]
    if written.pair("on"):
        return [element("signalEventDefinition")]
    return [timer("timeDuration", _at(written, "for") or _at(written, "wait"))]


def _sent(send: Mapping) -> list[Element]:
    return [element("messageEventDefinition", messageRef=MESSAGE + text_at(send, "send"))]


def _script(assign: Mapping) -> list[Element]:
    pair = assign.pair("set")
    if text_at(assign, "set"):
        return [element("script", text=f"{text_at(assign, 'set')} := {text_at(assign, 'to')}")]
    shown = show_part(pair.value) if isinstance(pair, Pair) else ""
    return [element("script", text=shown)]


def _called(call: Mapping, names: Names) -> dict[str, str]:
    name = text_at(call, "call")
    return {"calledElement": f"{CALLED}{name}" if name in names.processes else name}


ROWS: Lookup[str, Row] = {
    "step": Row(_kind_of_step, before=_performers),
    "stage": Row(_always(SUB_PROCESS), body="steps"),
    "repeat": Row(_always(SUB_PROCESS), before=_looping, body="steps"),
    "each": Row(_always(SUB_PROCESS), before=_many, body="steps"),
    "plan": Row(
        _always("adHocSubProcess"),
        lambda written, names: {"ordering": "Parallel"},
        after=_complete_when,
        body="steps",
    ),
    "call": Row(_always("callActivity"), _called),
    "decide": Row(_always("businessRuleTask")),
    "set": Row(
        _always("scriptTask"), lambda written, names: {"scriptFormat": "FEEL"}, after=_script
    ),
    "tell": Row(_always("sendTask")),
    "send": Row(_always("intermediateThrowEvent"), after=_sent),
    "wait": Row(_always("intermediateCatchEvent"), after=awaited),
    "end": Row(_always("endEvent"), after=lambda written: [element("terminateEventDefinition")]),
}
"""All but `choose` and `parallel`, which are gateways with what lies between them."""
