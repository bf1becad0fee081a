"""Choices on which no condition stands, and fields that conditions name."""

from __future__ import annotations

from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.elements import asking
from tuoban.kernel.bpmn.into.graph import Edge, Vertex
from tuoban.kernel.bpmn.into.making import Plain, text_at, with_value
from tuoban.kernel.bpmn.into.model import FlowNode
from tuoban.kernel.bpmn.into.naming import fitting
from tuoban.kernel.bpmn.xml import Element
from tuoban.kernel.language.tree import Mapping


def ask(gateway: Vertex, names: list[str], context: Context) -> None:
    """Ask fields in the steps before a gateway, and at the start where it may be come to without
    them."""
    steps, are_all = _steps_before(gateway)
    for vertex in steps:
        vertex.items[-1] = asking(vertex.items[-1], names)
    if not are_all:
        context.at_start.update(names)


def _steps_before(gateway: Vertex) -> tuple[list[Vertex], bool]:
    """The steps from which nothing but gateways leads to one; and whether there is no other way to
    it."""
    are_all = True
    steps, seen, waiting = list[Vertex](), {gateway.id}, [gateway]
    while waiting:
        for edge in waiting.pop().ins:
            before = edge.source
            if edge.event is not None:  # which breaks off the work before it is handed in
                are_all = False
                continue
            if before.id in seen:
                continue
            seen.add(before.id)
            if before.items and before.items[-1].pair("step"):
                steps.append(before)
            elif before.items or not before.ins or not _is_passed(before):
                are_all = False
            else:
                waiting.append(before)
    return steps, are_all


def _is_passed(vertex: Vertex) -> bool:
    return vertex.node is None or vertex.kind != "block" or vertex.node.is_passed


def tell_undefaulted(vertex: Vertex, context: Context) -> None:
    """Tell where a case goes on if no condition of a gateway holds and none is the default."""
    if vertex.kind not in ("xor", "or") or vertex.own is not None or vertex.node is None:
        return
    if not vertex.outs or any(not each.condition or each.is_default for each in vertex.outs):
        return
    on = [each for each in vertex.outs if not _ends(each)]
    if len(on) == 1 and vertex.kind == "xor":
        context.warn(vertex.node, "no-default-way", to=_called(on[0]))
    else:
        context.warn(vertex.node, "no-default")


def _ends(edge: Edge) -> bool:
    """Whether what it leads to ends the case, and nothing parts or comes together on the way."""
    target, seen = edge.target, set[str]()
    while target.kind == "block" and len(target.ins) == 1 and target.id not in seen:
        seen.add(target.id)
        if not target.outs:
            return target.ends == "over"
        if len(target.outs) > 1:
            return False
        target = target.outs[0].target
    return False


def decide(vertex: Vertex, scope: Element, context: Context) -> None:
    """Where no condition says which way is taken, whoever did the step before says so."""
    if vertex.kind not in ("xor", "or") or len(vertex.outs) < 2:
        return
    silent = [each for each in vertex.outs if not each.condition and not each.is_default]
    if not silent:
        return
    before = vertex.ins[0].source if len(vertex.ins) == 1 else None
    last = before.items[-1] if before is not None and before.items else None
    asks = last is not None and last.pair("step") and last.pair("outcomes") is None
    all_silent = all(not each.condition for each in vertex.outs)
    is_plain = before is not None and len(before.outs) == 1 and before.kind == "block"
    others = [each for each in vertex.outs if each.condition]
    has_default = any(each.is_default for each in vertex.outs)
    if len(silent) == 1 and others and vertex.kind == "xor" and not has_default:
        silent[0].is_default = True
        if vertex.node is not None:
            context.warn(vertex.node, "taken-as-default", to=_called(silent[0]))
        return
    if not (asks and all_silent and is_plain and vertex.kind == "xor"):
        if not others and vertex.node is not None and _steps_before(vertex)[1]:
            _field(vertex, silent, vertex.node, context)
            return
        for each in silent:
            at = vertex.node if vertex.node is not None else scope
            context.refuse(at, "no-condition", to=_called(each))
        return
    if before is not None and last is not None:
        _outcomes(vertex, before, last, context)


def _outcomes(vertex: Vertex, before: Vertex, step: Mapping, context: Context) -> None:
    outcomes: dict[str, Plain] = {}
    name = text_at(step, "step")
    for key, edge in _keyed(vertex.outs):
        outcomes[key] = _label(edge, context)
        edge.condition, edge.is_default = f'{name}.outcome = "{key}"', False
    vertex.outs[-1].is_default = True
    before.items[-1] = with_value(step, "outcomes", outcomes)
    if vertex.node is not None:
        context.warn(vertex.node, "outcomes-made", step=name)


def _field(vertex: Vertex, silent: list[Edge], node: FlowNode, context: Context) -> None:
    """Let the steps before a gateway say in fields which way is taken."""
    made: list[str] = []
    if vertex.kind == "or":
        for edge in silent:
            label = _label(edge, context)
            name = context.names.name(edge.label or _called(edge), f"{node.id}_way")
            declared: dict[str, Plain] = {"type": "boolean", **context.label(label)}
            context.fields[name], edge.condition = declared, name
            made.append(name)
    else:
        name = context.names.name(node.name or f"{node.id}_way", f"{node.id}_way")
        options = _keyed(vertex.outs)
        label = {"zh": "走哪条路", "en": "Which way"}[context.language]
        declared = {"type": "choice", **context.label(node.name or label), "required": "true"}
        declared["options"] = {key: _label(edge, context) for key, edge in options}
        context.fields[name] = declared
        if not any(each.is_default for each in vertex.outs):
            vertex.outs[-1].is_default = True
        for key, edge in options:
            if not edge.is_default:
                edge.condition = f'{name} = "{key}"'
        made.append(name)
    ask(vertex, made, context)
    context.warn(node, "way-asked", name=", ".join(made))


def _keyed(edges: list[Edge]) -> list[tuple[str, Edge]]:
    """Edges, each with a key that is like its name."""
    found: dict[str, Edge] = {}
    for number, edge in enumerate(edges, start=1):
        key = fitting(edge.label or _called(edge)) or f"way_{number}"
        while key in found:
            key = f"{key}_{number}"
        found[key] = edge
    return list(found.items())


def _label(edge: Edge, context: Context) -> str:
    """How a way is called for people: by its own name, or by what it leads to."""
    if edge.label:
        return edge.label
    target, seen = edge.target, set[str]()
    while target.node is not None and target.kind != "block" and len(target.outs) == 1:
        if target.id in seen or target.label:
            break
        seen.add(target.id)
        target = target.outs[0].target
    return context.said(target.node) if target.node is not None else _called(edge)


def _called(edge: Edge) -> str:
    target = edge.target.node
    return (target.name or target.id) if target is not None else edge.target.id
