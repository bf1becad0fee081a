"""Ways that cross, where only one is gone at a time: a loop that goes from place to place.

A field says which place comes next. What is done there says which comes then, until none does. So
every flow without branches that run together has a form in blocks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.graph import Edge, Graph, Vertex, is_passed
from tuoban.kernel.bpmn.into.making import Plain, mapping
from tuoban.kernel.bpmn.into.naming import fitting
from tuoban.kernel.language.tree import Mapping

_LABEL = {"zh": "下一处", "en": "Comes next"}
_OVER = '""'
MOST_MOVES = 1_000
"""Choices between places, each counted once for each way that leads to it."""
DEEPEST_MOVES = 20
"""Choices within one another."""


def is_sequential(graph: Graph) -> bool:
    """Whether nothing in it runs together, and it has one beginning."""
    begins = [each for each in graph.vertices.values() if not each.ins]
    return len(begins) == 1 and all(e.kind in ("block", "xor") for e in graph.vertices.values())


def stepped(graph: Graph, context: Context) -> list[Mapping] | None:
    """What such a graph does, as a loop over its places; None where too many choices follow one
    another between two of them."""
    (begin,) = (each for each in graph.vertices.values() if not each.ins)
    comes = context.names.name("comes_next", "comes_next")
    declared: dict[str, Plain] = {"type": "text", **context.label(_LABEL[context.language])}
    context.fields[comes] = declared
    stepper = _Stepper(comes, _places(graph, begin), context.label)
    try:
        first = stepper.moves(begin)
        may_be_over = stepper.is_over_there
        entries: list[dict[str, Plain]] = [
            {
                "when": f'{comes} = "{key}"',
                "then": [*vertex.items, *stepper.moves(vertex)],
                **context.label(_said(vertex, context)),
            }
            for vertex, key in stepper.places.items()
        ]
    except _TooMany:
        return None
    if not entries:
        return [*begin.items, *first]
    last = entries.pop()
    del last["when"]
    entries.append({"otherwise": last.pop("then"), **last})
    loop: dict[str, Plain] = {
        "repeat": "",
        "until": f"{comes} = {_OVER}",
        "steps": [mapping({"choose": entries})],
    }
    if may_be_over:
        loop["when"] = f"not({comes} = {_OVER})"
    return [*begin.items, *first, mapping(loop)]


class _TooMany(Exception):
    """More moves than are written."""


@dataclass(slots=True)
class _Stepper:
    """Writes how it goes on from one place to another.

    Attributes:
        comes: the field that says what comes next.
        places: the blocks, each with what the field says of it.
        label: a label in the pack's language.
        is_over_there: whether a way was written that comes to no other place.
    """

    comes: str
    places: dict[Vertex, str]
    label: Callable[[str], dict[str, Plain]]
    is_over_there: bool = False
    _left: int = MOST_MOVES
    _depth: int = 0

    def moves(self, vertex: Vertex) -> list[Mapping]:
        """What is set behind a block."""
        if vertex.ends == "over":
            return []
        return self._to(vertex.outs[0]) if vertex.outs else [self._set("")]

    def _move(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise _TooMany

    def _to(self, edge: Edge) -> list[Mapping]:
        self._move()
        target, passed = edge.target, list[Mapping]()
        while target not in self.places and len(target.outs) == 1:
            self._move()
            passed += target.items
            target = target.outs[0].target
        if target in self.places:
            return [*passed, self._set(self.places[target])]
        if not target.outs:
            passed += target.items
            return passed if target.ends == "over" else [*passed, self._set("")]
        branches: list[Plain] = []
        self._depth += 1
        if self._depth > DEEPEST_MOVES:
            raise _TooMany
        for each in sorted(target.outs, key=lambda each: each.is_default):
            is_last = each.is_default or not each.condition
            branch: dict[str, Plain] = {} if is_last else {"when": each.condition}
            branch["otherwise" if is_last else "then"] = self._to(each)
            branches.append(branch)
        self._depth -= 1
        if not any(each.is_default or not each.condition for each in target.outs):
            branches.append({"otherwise": [self._set("")]})
        return [*passed, mapping({"choose": branches, **self.label(target.label)})]

    def _set(self, place: str) -> Mapping:
        self.is_over_there = self.is_over_there or not place
        return mapping({"set": self.comes, "to": f'"{place}"'})


def _places(graph: Graph, begin: Vertex) -> dict[Vertex, str]:
    """The blocks in which anything is done that takes its time, each with what the field says of
    it."""
    found: dict[Vertex, str] = {}
    for vertex in graph.vertices.values():
        if vertex is begin or vertex.kind != "block" or is_passed(vertex):
            continue
        name = fitting(_called(vertex)) or "place"
        key, number = name, 2
        while key in found.values():
            key, number = f"{name}_{number}", number + 1
        found[vertex] = key
    return found


def _called(vertex: Vertex) -> str:
    if vertex.node is None:
        return vertex.id
    return vertex.node.name or vertex.node.id


def _said(vertex: Vertex, context: Context) -> str:
    return context.said(vertex.node) if vertex.node is not None else vertex.id
