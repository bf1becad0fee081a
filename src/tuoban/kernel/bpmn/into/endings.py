"""Where a process ends that runs in a stage, because events may come at any time of it: behind the
stage, so that what they have begun comes to its own end before the case does."""

from __future__ import annotations

from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.graph import Graph, Vertex
from tuoban.kernel.bpmn.into.making import Plain, mapping, text_at
from tuoban.kernel.language.tree import Mapping, Sequence

_CLOSED = "closed"
"""The name of the end of a process that has none."""
_LABEL = {"zh": "怎样结束", "en": "How it ends"}


def closing() -> Mapping:
    """The end of a process that says nothing of its end."""
    return mapping({"end": _CLOSED, "zh": "办结", "en": "Closed"})


def behind(graph: Graph, reactions: list[Mapping], context: Context) -> list[Mapping]:
    """What is done behind the flow of a process: its end. Where events begin what runs beside the
    flow, its ends end their ways alone, but for those that terminate it; the one that was reached
    is the end of the process then."""
    waits = not all(_interrupts(each) for each in reactions)
    ends = [each for each in graph.vertices.values() if waits and _is_plain_end(each)]
    others = any(_ends_alone(each) for each in graph.vertices.values())
    reached = {text_at(each.items[-1], "end"): each.items[-1] for each in ends}
    for each in ends:
        each.ends = "done"
    last = [closing()] if others or is_broken_off(reactions) else []
    if not ends:
        return last
    if len(reached) == 1 and not last:
        for each in ends:
            each.items.pop()
        return list(reached.values())
    branches = _by_field(ends, reached, context)
    if not last:
        branches[-1] = {"otherwise": branches[-1]["then"]}
    return [mapping({"choose": branches}), *last]


def is_broken_off(reactions: list[Mapping]) -> bool:
    """Whether one of them takes the place of all else, and does not end the case itself."""
    return any(_interrupts(each) and not _ends(each) for each in reactions)


def _by_field(
    ends: list[Vertex], reached: dict[str, Mapping], context: Context
) -> list[dict[str, Plain]]:
    """The branches to the ends, by a field that keeps which was reached."""
    name = context.names.name("ends_as", "ends_as")
    declared: dict[str, Plain] = {"type": "text", **context.label(_LABEL[context.language])}
    context.fields[name] = declared
    for each in ends:
        key = text_at(each.items[-1], "end")
        each.items[-1] = mapping({"set": name, "to": f'"{key}"'})
    return [{"when": f'{name} = "{key}"', "then": [end]} for key, end in reached.items()]


def _is_plain_end(vertex: Vertex) -> bool:
    """Whether it is an end of the process that waits for what runs beside it."""
    node = vertex.node
    is_ours = node is not None and node.own is not None and node.own.name == "construct"
    is_end = node is not None and not is_ours and node.event != "terminate"
    return is_end and vertex.ends == "over"


def _ends_alone(vertex: Vertex) -> bool:
    """Whether a way ends in it, and no end of the process is drawn there."""
    return vertex.ends == "done" or (
        vertex.kind == "guard" and all(each.event is not None for each in vertex.outs)
    )


def _interrupts(reaction: Mapping) -> bool:
    return text_at(reaction, "interrupting") == "true"


def _ends(reaction: Mapping) -> bool:
    """Whether it ends the case itself."""
    then = reaction.pair("then")
    done = then.value.items if then is not None and isinstance(then.value, Sequence) else ()
    return bool(done) and isinstance(done[-1], Mapping) and done[-1].pair("end") is not None
