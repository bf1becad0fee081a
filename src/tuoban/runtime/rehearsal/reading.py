"""Reading scenarios, with the pack's own notation: plain values are text and every problem has its
place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from tuoban.kernel.calendars import CalendarError, read_week
from tuoban.kernel.definition import Text
from tuoban.kernel.language.notation import read
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.tree import START, Node, Pair, Place, Scalar, Sequence
from tuoban.kernel.language.tree import Mapping as MappingNode
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.moments import read_clock, read_moment

OPERATIONS = (
    "claim", "take-next", "release", "transfer", "return", "open", "withdraw", "urge", "delegate",
    "get-back", "jump", "sign", "refuse",
)  # fmt: skip
PAUSES = ("suspend", "resume", "extend", "copy", "cancel", "add")
CHECKS = (
    "open", "closed", "waits", "locked", "unlocked", "due", "stands-still", "told", "not-told",
    "values",
)  # fmt: skip
NO_DUE = ("none", "—")
"""What `due` may say of a step that has no limit."""

_WORDS = ("outcome", "checklist", "signatures", "stamps", "refused", "at", "of")
_CLOCK = "2026-03-02 09:00"
_COUNT = re.compile("[0-9]{1,6}")
_SCENARIO = (
    "scenario", "units", "cast", "skills", "clock", "hours", "settings", "start", "play", "expect",
)  # fmt: skip
_UNIT = re.compile("[a-z0-9][a-z0-9_-]{0,40}")
_MEMBER = re.compile(r"[\w.@+-]{1,60}")
_SOME_DAY = datetime(2026, 3, 2, tzinfo=UTC)


def read_scenarios(text: str, file: str = "scenarios.yaml") -> tuple[s.Scenario, ...]:
    """All scenarios of a file.

    Raises:
        ScenarioError: with every problem that was found.
    """
    findings = Findings(file)
    root = read(text, findings)
    if findings.problems:
        raise s.ScenarioError(
            tuple(Text(each.read("zh"), each.read("en")) for each in findings.problems)
        )
    reader = _Reader(file)
    if root is None:
        reader.problem(START, "文件里没有场景", "the file holds no scenario")
    found = [reader.scenario(node) for node in reader.items(root)]
    if reader.problems:
        raise s.ScenarioError(tuple(reader.problems))
    return tuple(each for each in found if each is not None)


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self.problems: list[Text] = []

    def problem(self, at: Node | Place, zh: str, en: str) -> None:
        place = at if isinstance(at, Place) else at.place
        where = f"{self._file}:{place.line}:{place.column}"
        self.problems.append(Text(f"{where}: {zh}", f"{where}: {en}"))

    # -- shapes -----------------------------------------------------------------------------------

    def items(self, node: Node | None) -> tuple[Node, ...]:
        if isinstance(node, Sequence):
            return node.items
        if isinstance(node, Scalar) and not node.is_empty:
            return (node,)
        if node is not None:
            self.problem(node, "这里应是列表", "a list should stand here")
        return ()

    def _written(self, node: Node | None) -> tuple[Pair, ...]:
        if isinstance(node, MappingNode):
            return node.pairs
        if node is not None:
            self.problem(node, "这里应是键值", "a mapping should stand here")
        return ()

    def _pairs(self, node: Node | None, known: Iterable[str] = ()) -> dict[str, Node]:
        """The values by their keys; only the `known` keys may stand here, if any are given."""
        written, allowed = self._written(node), tuple(known)
        for pair in written:
            if allowed and pair.key.text not in allowed:
                word, listed = pair.key.text, ", ".join(allowed)
                self.problem(
                    pair.key, f"不认识“{word}”，可写：{listed}",
                    f"“{word}” is not known; possible: {listed}",
                )  # fmt: skip
        return {pair.key.text: pair.value for pair in written}

    def _text(self, node: Node | None) -> str:
        if isinstance(node, Scalar):
            return node.text
        if node is not None:
            self.problem(node, "这里应是文字", "a text should stand here")
        return ""

    def _raw(self, node: Node | None) -> s.Raw:
        """What is entered into a field: a text, or the rows of a list."""
        if not isinstance(node, Sequence):
            return self._text(node)
        return [
            {key: self._text(cell) for key, cell in self._pairs(row).items()}
            if isinstance(row, MappingNode)
            else self._text(row)
            for row in node.items
        ]

    def _texts(self, node: Node | None) -> tuple[str, ...]:
        return tuple(self._text(each) for each in self.items(node))

    def _need(self, node: Node, pairs: Mapping[str, Node], key: str) -> str:
        """The text of a key that must be written."""
        if key not in pairs:
            self.problem(node, f"缺少“{key}”", f"“{key}” is missing")
        elif isinstance(pairs[key], Scalar) and not self._text(pairs[key]).strip():
            self.problem(pairs[key], f"“{key}”没有值", f"“{key}” has no value")
        return self._text(pairs.get(key))

    def _count(self, node: Node | None) -> int | None:
        text = self._text(node)
        if node is None or not isinstance(node, Scalar):
            return None
        if not _COUNT.fullmatch(text):
            self.problem(node, f"“{text}”不是整数", f"“{text}” is not a whole number")
            return None
        return int(text)

    # -- moments ----------------------------------------------------------------------------------

    def _clock(self, node: Node | None) -> str:
        """The moment at which a scenario begins."""
        text = self._text(node)
        if isinstance(node, Scalar) and read_clock(text, UTC) is None:
            self.problem(
                node, f"“{text}”不是日期时间，例如 {_CLOCK}",
                f"“{text}” is not a date and time such as {_CLOCK}",
            )  # fmt: skip
        return text or _CLOCK

    def _moment(self, node: Node) -> str:
        text = self._text(node)
        if isinstance(node, Scalar) and read_moment(text, _SOME_DAY, UTC) is None:
            examples = f"10:30, tomorrow 09:00, {_CLOCK}, in 3 hours"
            self.problem(
                node, f"“{text}”不是时刻，可写：{examples.replace(', ', '、')}",
                f"“{text}” is not a moment such as {examples}",
            )  # fmt: skip
        return text

    def _due(self, node: Node) -> str:
        return "—" if isinstance(node, Scalar) and node.text in NO_DUE else self._moment(node)

    # -- scenarios --------------------------------------------------------------------------------

    def scenario(self, node: Node) -> s.Scenario | None:
        pairs = self._pairs(node, _SCENARIO)
        if not pairs:
            return None
        for key in ("scenario", "cast", "start", "expect"):
            if key not in pairs:
                self.problem(node, f"缺少“{key}”", f"“{key}” is missing")
                return None
        units = self._units(pairs.get("units"))
        cast = self._cast(pairs["cast"], units)
        for pair in self._written(pairs.get("units")):
            head = units[pair.key.text].head
            if head and head not in cast:
                self._not_in_cast(pair.value, head)
        moves = [self._move(each, cast) for each in self.items(pairs.get("play"))]
        return s.Scenario(
            name=self._need(node, pairs, "scenario"),
            line=node.place.line,
            clock=self._clock(pairs.get("clock")),
            cast=cast,
            skills=self._skills(pairs.get("skills"), cast),
            units=units,
            hours=self._hours(pairs["hours"]) if "hours" in pairs else None,
            settings=self._settings(pairs.get("settings")),
            begin=self._begin(pairs["start"], cast),
            moves=tuple(each for each in moves if each is not None),
            expectation=self._expectation(pairs["expect"]),
        )

    def _units(self, node: Node | None) -> dict[str, s.Unit]:
        """`{hq: {}, east: {in: hq, level: city, head: zhou}}`, from the top down."""
        units: dict[str, s.Unit] = {}
        for pair in self._written(node):
            inner = self._pairs(pair.value, ("in", "level", "head"))
            above, level, head = (self._text(inner.get(key)) for key in ("in", "level", "head"))
            if not _UNIT.fullmatch(pair.key.text):
                self.problem(
                    pair.key, f"“{pair.key.text}”不能作部门代码：用小写字母、数字、- 和 _",
                    f"“{pair.key.text}” cannot be the key of a unit: use small letters, digits, "
                    "- and _",
                )  # fmt: skip
            if above not in units and (above or units):
                known = ", ".join(units) or "—"
                self.problem(
                    inner.get("in") or pair.key, f"in 应写上面已列出的部门：{known}",
                    f"in names a unit that stands above: {known}",
                )  # fmt: skip
            units[pair.key.text] = s.Unit(above, level, head)
        return units

    def _skills(self, node: Node | None, cast: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
        for pair in self._written(node):
            if pair.key.text not in cast:
                self._not_in_cast(pair.key, pair.key.text)
        return {pair.key.text: self._texts(pair.value) for pair in self._written(node)}

    def _holding(self, node: Node, units: Mapping[str, s.Unit]) -> s.Holding:
        """`advisor`, or `advisor@east` where there are several units."""
        role, _, unit = self._text(node).partition("@")
        if (unit or units) and unit not in units:
            known = ", ".join(units) or "—"
            self.problem(
                node, f"应写成 {role}@部门，部门有：{known}",
                f"write {role}@unit; the units are: {known}",
            )  # fmt: skip
        return s.Holding(role, unit)

    def _cast(self, node: Node, units: Mapping[str, s.Unit]) -> dict[str, tuple[s.Holding, ...]]:
        cast = {}
        for pair in self._written(node):
            name = pair.key.text
            if not _MEMBER.fullmatch(name):
                self.problem(
                    pair.key, f"“{name}”不能作人名：用文字、数字和 . @ + - _，至多 60 个",
                    f"“{name}” cannot be a name: use letters, digits and . @ + - _, at most 60",
                )  # fmt: skip
            elif name in ("clock", "hours", *CHECKS):
                self.problem(
                    pair.key, f"“{name}”在 play 里另有含义，请换一个人名",
                    f"“{name}” has a meaning of its own under play; choose another name",
                )  # fmt: skip
            held = self.items(pair.value)
            cast[name] = tuple(self._holding(each, units) for each in held)
        return cast

    def _begin(self, node: Node, cast: Mapping[str, object]) -> s.Begin:
        if isinstance(node, MappingNode) and node.pair("every") is not None:
            pairs = self._pairs(node, ("every", "of"))
            name = self._need(node, pairs, "every")
            return s.Begin(node.place.line, "", name, {}, None, self._text(pairs.get("of")))
        pairs = self._pairs(node)
        refusal = self._refusal(pairs)
        skipped = {"by", "request", "refused", "at"}
        data = {key: self._raw(each) for key, each in pairs.items() if key not in skipped}
        by, request = (self._need(node, pairs, key) for key in ("by", "request"))
        if by and by not in cast:
            self._not_in_cast(pairs["by"], by)
        return s.Begin(node.place.line, by, request, data, refusal)

    def _expectation(self, node: Node) -> s.Expectation:
        pairs = self._pairs(node, ("ended", "late", "cases", "values"))
        cases = self._count(pairs.get("cases"))
        return s.Expectation(
            line=node.place.line,
            ended=self._text(pairs["ended"]) if "ended" in pairs else None,
            late=self._count(pairs.get("late")),
            cases=1 if cases is None else cases,
            values={key: self._raw(each) for key, each in self._pairs(pairs.get("values")).items()},
        )

    # -- moves ------------------------------------------------------------------------------------

    def _move(self, node: Node, cast: Mapping[str, object]) -> s.Move | None:
        pairs = self._pairs(node)
        first = next(iter(pairs), "")
        line = node.place.line
        if first == "clock":
            return s.Clock(line, self._moment(pairs["clock"]))
        if first == "hours":
            return s.Hours(line, self._hours(pairs["hours"]))
        if first in CHECKS:
            return replace(self._check(line, first, pairs[first]), of=self._texts(pairs.get("of")))
        if first not in cast:
            if isinstance(node, MappingNode):
                self._not_in_cast(node, first)
            return None
        if isinstance(pairs[first], MappingNode):
            return self._operation(line, first, pairs)
        skipped = {first, *_WORDS}
        ticked = self._texts(pairs.get("checklist"))
        return s.Complete(
            line=line,
            who=first,
            step=self._need(node, pairs, first),
            outcome=self._text(pairs["outcome"]) if "outcome" in pairs else None,
            data={key: self._raw(each) for key, each in pairs.items() if key not in skipped},
            checklist=None if ticked == ("all",) else frozenset(ticked),
            signatures=self._texts(pairs.get("signatures")),
            stamps=self._texts(pairs.get("stamps")),
            refusal=self._refusal(pairs),
            of=self._texts(pairs.get("of")),
        )

    def _hours(self, node: Node) -> dict[str, str]:
        """`{mon-fri: "09:00-12:00, 13:00-18:00"}`."""
        week = {pair.key.text: self._text(pair.value) for pair in self._written(node)}
        try:
            read_week(week)
        except CalendarError as error:
            self.problem(node, error.describe("zh"), error.describe("en"))
        return week

    def _settings(self, node: Node | None) -> dict[str, str]:
        """`{answer: 2 workdays, see_within: {urgent: 10 minutes}}`."""
        found = {}
        for pair in self._written(node):
            if isinstance(pair.value, MappingNode):
                for each in pair.value.pairs:
                    found[f"{pair.key.text}.{each.key.text}"] = self._text(each.value)
            else:
                found[pair.key.text] = self._text(pair.value)
        return found

    def _not_in_cast(self, at: Node, name: str) -> None:
        self.problem(at, f"角色表里没有“{name}”", f"“{name}” is not in the cast")

    def _operation(
        self, line: int, who: str, pairs: Mapping[str, Node]
    ) -> s.Operate | s.Pause | s.Correct | None:
        inner = self._pairs(pairs[who])
        operation = next(iter(inner), "")
        if operation == "correct":
            return self._correct(line, who, inner, self._refusal(pairs))
        if operation in PAUSES:
            return self._pause(line, who, operation, inner, self._refusal(pairs))
        if operation not in OPERATIONS:
            allowed = ", ".join((*OPERATIONS, *PAUSES, "correct"))
            self.problem(pairs[who], f"这里可写：{allowed}", f"possible here: {allowed}")
            return None
        goes_back = operation == "return"
        own, inside = self._texts(pairs.get("of")), self._texts(inner.get("of"))
        return s.Operate(
            line=line,
            who=who,
            operation=operation,
            step=self._text(inner[operation]),
            to=self._text(inner.get("to")),
            reason=self._text(inner.get("reason")),
            refusal=self._refusal(pairs),
            of=own if goes_back else own or inside,
            into=inside if goes_back else (),
            stamped=self._text(inner.get("stamp")) == "true",
        )

    def _correct(
        self, line: int, who: str, inner: Mapping[str, Node], refusal: s.Refusal | None
    ) -> s.Correct:
        """`{correct: amount, value: 12, reason}`, with `in: block` where that declares it."""
        return s.Correct(
            line=line,
            who=who,
            field=self._text(inner["correct"]),
            value=self._raw(inner["value"]) if "value" in inner else "",
            reason=self._text(inner.get("reason")),
            block=self._text(inner.get("in")),
            refusal=refusal,
        )

    def _pause(
        self,
        line: int,
        who: str,
        operation: str,
        inner: Mapping[str, Node],
        refusal: s.Refusal | None,
    ) -> s.Pause:
        """`{suspend: case, reason}`, `{resume: case}`, `{extend: quote, limit, by, reason}`,
        `{copy: case, to, reason}`, `{cancel: case, reason}`, `{add: survey, reason}`."""
        node = self._text(inner[operation])
        return s.Pause(
            line=line,
            who=who,
            operation=operation,
            reason=self._text(inner.get("reason")),
            refusal=refusal,
            node="" if node == "case" else node,
            limit=self._text(inner.get("limit")),
            to=self._text(inner.get("to")),
            length=self._text(inner.get("by")),
        )

    def _check(self, line: int, kind: str, node: Node) -> s.Check:
        if kind == "due":
            return s.Check(
                line, kind, values={key: self._due(each) for key, each in self._pairs(node).items()}
            )
        if kind == "values":
            values = {key: self._raw(each) for key, each in self._pairs(node).items()}
            return s.Check(line, kind, values=values)
        return s.Check(line, kind, self._texts(node))

    def _refusal(self, pairs: Mapping[str, Node]) -> s.Refusal | None:
        if "refused" not in pairs:
            return None
        at = frozenset(self._texts(pairs["at"])) if "at" in pairs else None
        return s.Refusal(self._text(pairs["refused"]), at)
