"""The process in words, in the order in which it is drawn: for whoever does not see the drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tuoban.kernel.definition import ROOT_REGION, Choose, Definition, Node, Parallel, Reaction
from tuoban.kernel.diagram.conditions import Conditions
from tuoban.kernel.diagram.overlay import PLAIN, Overlay
from tuoban.kernel.diagram.rows import returns_of
from tuoban.kernel.expressions import Expression
from tuoban.kernel.text import Text

_KINDS = {
    "choose": Text("选择", "choice"),
    "parallel": Text("同时", "at the same time"),
    "repeat": Text("重复", "again and again"),
    "each": Text("逐项", "for each"),
    "plan": Text("不分先后", "in any order"),
    "call": Text("子流程", "a process of its own"),
    "aside": Text("子流程，不等结束", "a process of its own, not waited for"),
    "link": Text("另一件工单", "another case"),
    "reaction": Text("期间可能发生", "may happen meanwhile"),
    "decide": Text("判定", "a decision"),
    "set": Text("自动填写", "values are set"),
    "tell": Text("通知", "people are told"),
    "send": Text("发送消息", "a message is sent"),
    "wait": Text("等待", "a wait"),
    "end": Text("结束", "the end"),
}
"""What a construct is, where that is not a step or a stage."""


@dataclass(frozen=True, slots=True)
class Line:
    """One construct. `depth` counts the blocks, branches and hosts around it."""

    node: str
    depth: int
    text: str


def outline(
    definition: Definition, *, language: str = "zh", overlay: Overlay = PLAIN
) -> tuple[Line, ...]:
    """Every construct once, from first to last, and then what is done when it is cancelled."""
    return tuple(_Outline(definition, language, overlay).whole())


class _Outline:
    def __init__(self, definition: Definition, language: str, overlay: Overlay) -> None:
        self._definition = definition
        self._language = language
        self._overlay = overlay

    def whole(self) -> Iterator[Line]:
        yield from self._region(ROOT_REGION, 0)
        if then := self._definition.cancelling.then:
            yield from self._node(self._definition.nodes[then], 0)

    def _region(self, region: str, depth: int) -> Iterator[Line]:
        for key in self._definition.regions[region].nodes:
            yield from self._node(self._definition.nodes[key], depth)

    def _node(self, node: Node, depth: int) -> Iterator[Line]:
        yield Line(node.key, depth, self._text(node))
        branching = isinstance(node.construct, Choose | Parallel)
        for condition, region in zip(self._conditions(node), node.regions, strict=True):
            if branching:
                said = self._say("否则", "otherwise") if condition is None else ""
                if condition is not None:
                    said = self._when(node, condition)
                elif isinstance(node.construct, Parallel):
                    said = self._say("一支", "one branch")
                yield Line(node.key, depth + 1, said)
            yield from self._region(region, depth + 2 if branching else depth + 1)
        for key in node.reactions:
            yield from self._node(self._definition.nodes[key], depth + 1)

    def _conditions(self, node: Node) -> tuple[Expression | None, ...]:
        return node.construct.branching or (None,) * len(node.regions)

    def _say(self, zh: str, en: str) -> str:
        return Text(zh, en).read(self._language)

    def _when(self, node: Node, condition: Expression) -> str:
        words = Conditions(self._definition, node.key, self._language).read(condition)
        return self._say(f"如果{words}", f"if {words}")

    def _text(self, node: Node) -> str:
        label = node.label.read(self._language)
        kind = None if _winds_up(node) else _KINDS.get(node.kind)
        words = [] if kind is None else [kind.read(self._language)]
        if node.when is not None:
            words.append(self._when(node, node.when))
        back = returns_of(node)
        if back:
            names = self._say("、", ", ").join(
                self._definition.nodes[key].label.read(self._language) for key in back
            )
            words.append(self._say(f"可退回{names}", f"may go back to {names}"))
        mark = self._overlay.of(node.key)
        words += [each for each in (mark.spoken, mark.note, mark.count) if each]
        told = self._say("；", "; ").join(words)
        return label + (self._say(f"（{told}）", f" ({told})") if told else "")


def _winds_up(node: Node) -> bool:
    """Whether it is done only where a case is cancelled or what was done is undone."""
    return isinstance(node.construct, Reaction) and node.construct.winds_up
