"""Scenarios as data: a cast, a start, a run of moves and checks, and what is expected at the end.

Read with the pack's own notation, so plain values are text and every problem has its line. What a
move may be is one frozen class each; `player` acts on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tuoban.kernel.definition import Text
from tuoban.kernel.language.notation import read
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.tree import Mapping as MappingNode
from tuoban.kernel.language.tree import Node, Scalar, Sequence

OPERATIONS = ("claim", "release", "transfer", "return")
CHECKS = ("open", "closed", "locked", "unlocked", "due", "told", "not-told", "values")
_WORDS = ("outcome", "checklist", "signatures", "refused", "at")


class ScenarioError(Exception):
    """A scenarios file cannot be read. `lines` say where and why, in both languages."""

    def __init__(self, lines: tuple[Text, ...]) -> None:
        super().__init__("\n".join(f"{each.zh} / {each.en}" for each in lines))
        self.lines = lines

    def read(self, language: str) -> str:
        """Every problem, one a line, in `language`."""
        return "\n".join(each.read(language) for each in self.lines)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The refusal that a move must meet: its code, and the entries it must stand beside."""

    code: str
    at: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Complete:
    line: int
    who: str
    step: str
    outcome: str | None
    data: Mapping[str, str]
    checklist: frozenset[str] | None
    """The lines ticked; None: all that apply."""
    signatures: tuple[str, ...]
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Operate:
    line: int
    who: str
    operation: str
    step: str
    to: str
    reason: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Clock:
    line: int
    moment: str


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold at this point."""

    line: int
    kind: str
    names: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


Move = Complete | Operate | Clock | Check


@dataclass(frozen=True, slots=True)
class Begin:
    line: int
    who: str
    request: str
    data: Mapping[str, str]
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """How it must end. What is None is not looked at; `cases` counts the cases that there are."""

    line: int
    ended: str | None = None
    late: int | None = None
    cases: int = 1
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    line: int
    clock: str
    cast: Mapping[str, tuple[str, ...]]
    """Who plays: a name and the roles it holds."""
    begin: Begin
    moves: tuple[Move, ...]
    expectation: Expectation


def read_scenarios(text: str, file: str = "scenarios.yaml") -> tuple[Scenario, ...]:
    """All scenarios of a file.

    Raises:
        ScenarioError: with every problem that was found.
    """
    findings = Findings(file)
    root = read(text, findings)
    if findings.problems:
        raise ScenarioError(
            tuple(Text(each.read("zh"), each.read("en")) for each in findings.problems)
        )
    reader = _Reader(file)
    found = [reader.scenario(node) for node in reader.items(root)]
    if reader.problems:
        raise ScenarioError(tuple(reader.problems))
    return tuple(each for each in found if each is not None)


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self.problems: list[Text] = []

    def _problem(self, node: Node, zh: str, en: str) -> None:
        where = f"{self._file}:{node.place.line}:{node.place.column}"
        self.problems.append(Text(f"{where}: {zh}", f"{where}: {en}"))

    # -- shapes -----------------------------------------------------------------------------------

    def items(self, node: Node | None) -> tuple[Node, ...]:
        if isinstance(node, Sequence):
            return node.items
        if isinstance(node, Scalar) and not node.is_empty:
            return (node,)
        if node is not None:
            self._problem(node, "这里应是列表", "a list should stand here")
        return ()

    def _pairs(self, node: Node | None) -> dict[str, Node]:
        if isinstance(node, MappingNode):
            return {pair.key.text: pair.value for pair in node.pairs}
        if node is not None:
            self._problem(node, "这里应是键值", "a mapping should stand here")
        return {}

    def _text(self, node: Node | None) -> str:
        if isinstance(node, Scalar):
            return node.text
        if node is not None:
            self._problem(node, "这里应是文字", "a text should stand here")
        return ""

    def _texts(self, node: Node | None) -> tuple[str, ...]:
        return tuple(self._text(each) for each in self.items(node))

    # -- scenarios --------------------------------------------------------------------------------

    def scenario(self, node: Node) -> Scenario | None:
        pairs = self._pairs(node)
        known = {"scenario", "cast", "clock", "start", "play", "expect"}
        for key in pairs.keys() - known:
            self._problem(node, f"不认识“{key}”", f"“{key}” is not known")
        for key in ("scenario", "cast", "start", "expect"):
            if key not in pairs:
                self._problem(node, f"缺少“{key}”", f"“{key}” is missing")
                return None
        cast = {name: self._texts(roles) for name, roles in self._pairs(pairs["cast"]).items()}
        moves = [self._move(each, cast) for each in self.items(pairs.get("play"))]
        return Scenario(
            name=self._text(pairs["scenario"]),
            line=node.place.line,
            clock=self._text(pairs.get("clock")) or "2026-03-02 09:00",
            cast=cast,
            begin=self._begin(pairs["start"]),
            moves=tuple(each for each in moves if each is not None),
            expectation=self._expectation(pairs["expect"]),
        )

    def _begin(self, node: Node) -> Begin:
        pairs = self._pairs(node)
        refusal = self._refusal(pairs)
        skipped = {"by", "request", "refused", "at"}
        data = {key: self._text(each) for key, each in pairs.items() if key not in skipped}
        request = self._text(pairs.get("request"))
        return Begin(node.place.line, self._text(pairs.get("by")), request, data, refusal)

    def _expectation(self, node: Node) -> Expectation:
        pairs = self._pairs(node)
        known = {"ended", "late", "cases", "values"}
        for key in pairs.keys() - known:
            self._problem(node, f"不认识“{key}”", f"“{key}” is not known")
        return Expectation(
            line=node.place.line,
            ended=self._text(pairs["ended"]) if "ended" in pairs else None,
            late=self._count(pairs.get("late")),
            cases=1 if "cases" not in pairs else self._count(pairs["cases"]) or 0,
            values={
                key: self._text(each) for key, each in self._pairs(pairs.get("values")).items()
            },
        )

    def _count(self, node: Node | None) -> int | None:
        text = self._text(node)
        if node is not None and not text.isdigit():
            self._problem(node, "应是整数", "should be a whole number")
            return None
        return int(text) if text else None

    # -- moves ------------------------------------------------------------------------------------

    def _move(self, node: Node, cast: Mapping[str, Any]) -> Move | None:
        pairs = self._pairs(node)
        first = next(iter(pairs), "")
        line = node.place.line
        if first == "clock":
            return Clock(line, self._text(pairs["clock"]))
        if first in CHECKS:
            return self._check(line, first, pairs[first])
        if first not in cast:
            self._problem(node, f"角色表里没有“{first}”", f"“{first}” is not in the cast")
            return None
        if isinstance(pairs[first], MappingNode):
            return self._operation(line, first, pairs)
        skipped = {first, *_WORDS}
        ticked = self._texts(pairs.get("checklist"))
        return Complete(
            line=line,
            who=first,
            step=self._text(pairs[first]),
            outcome=self._text(pairs["outcome"]) if "outcome" in pairs else None,
            data={key: self._text(each) for key, each in pairs.items() if key not in skipped},
            checklist=None if ticked == ("all",) else frozenset(ticked),
            signatures=self._texts(pairs.get("signatures")),
            refusal=self._refusal(pairs),
        )

    def _operation(self, line: int, who: str, pairs: Mapping[str, Node]) -> Operate | None:
        inner = self._pairs(pairs[who])
        operation = next(iter(inner), "")
        if operation not in OPERATIONS:
            allowed = ", ".join(OPERATIONS)
            self._problem(pairs[who], f"这里可写：{allowed}", f"possible here: {allowed}")
            return None
        return Operate(
            line=line,
            who=who,
            operation=operation,
            step=self._text(inner[operation]),
            to=self._text(inner.get("to")),
            reason=self._text(inner.get("reason")),
            refusal=self._refusal(pairs),
        )

    def _check(self, line: int, kind: str, node: Node) -> Check:
        if kind in ("due", "values"):
            values = {key: self._text(each) for key, each in self._pairs(node).items()}
            return Check(line, kind, values=values)
        return Check(line, kind, self._texts(node))

    def _refusal(self, pairs: Mapping[str, Node]) -> Refusal | None:
        if "refused" not in pairs:
            return None
        at = frozenset(self._texts(pairs["at"])) if "at" in pairs else None
        return Refusal(self._text(pairs["refused"]), at)
