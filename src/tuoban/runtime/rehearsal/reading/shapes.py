"""The shapes that scenarios are written in: lists, texts, numbers, moments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from tuoban.kernel.calendars import CalendarError, read_week
from tuoban.kernel.definition import Text
from tuoban.kernel.language.tree import Mapping as MappingNode
from tuoban.kernel.language.tree import Node, Pair, Place, Scalar, Sequence
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.measures import read_value
from tuoban.runtime.rehearsal.moments import read_clock, read_moment

_CLOCK = "2026-03-02 09:00"
_COUNT = re.compile("[0-9]{1,6}")
_SOME_DAY = datetime(2026, 3, 2, tzinfo=UTC)


class Reader:
    """Reads the shapes that scenarios are written in, and gathers the problems found."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.problems: list[Text] = []

    def problem(self, at: Node | Place, zh: str, en: str) -> None:
        """Add a problem with its place."""
        place = at if isinstance(at, Place) else at.place
        where = f"{self._file}:{place.line}:{place.column}"
        self.problems.append(Text(f"{where}: {zh}", f"{where}: {en}"))

    def items(self, node: Node | None) -> tuple[Node, ...]:
        """The items of a list; a single text is a list of one."""
        if isinstance(node, Sequence):
            return node.items
        if isinstance(node, Scalar) and not node.is_empty:
            return (node,)
        if node is not None:
            self.problem(node, "这里应是列表", "a list should stand here")
        return ()

    def written(self, node: Node | None) -> tuple[Pair, ...]:
        """The pairs of a mapping in their order."""
        if isinstance(node, MappingNode):
            return node.pairs
        if node is not None:
            self.problem(node, "这里应是键值", "a mapping should stand here")
        return ()

    def pairs(self, node: Node | None, known: Iterable[str] = ()) -> dict[str, Node]:
        """The values by their keys; only the `known` keys may stand here, if any are given."""
        written, allowed = self.written(node), tuple(known)
        for pair in written:
            if allowed and pair.key.text not in allowed:
                word, listed = pair.key.text, ", ".join(allowed)
                self.problem(
                    pair.key, f"不认识“{word}”，可写：{listed}",
                    f"“{word}” is not known; possible: {listed}",
                )  # fmt: skip
        return {pair.key.text: pair.value for pair in written}

    def text(self, node: Node | None) -> str:
        """A text; empty where none stands."""
        if isinstance(node, Scalar):
            return node.text
        if node is not None:
            self.problem(node, "这里应是文字", "a text should stand here")
        return ""

    def raw(self, node: Node | None) -> s.Raw:
        """What is entered into a field: a text, or the rows of a list."""
        if not isinstance(node, Sequence):
            return self.text(node)
        return [
            {key: self.text(cell) for key, cell in self.pairs(row).items()}
            if isinstance(row, MappingNode)
            else self.text(row)
            for row in node.items
        ]

    def plain(self, node: Node | None) -> s.Plain:
        """A text, or texts by their keys."""
        if isinstance(node, MappingNode):
            return {key: self.text(each) for key, each in self.pairs(node).items()}
        return self.text(node)

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """The texts of a list."""
        return tuple(self.text(each) for each in self.items(node))

    def given(self, node: Node | None) -> s.Given:
        """How much of a paper: a number, `{originals, copies}`, or `none`."""
        if isinstance(node, MappingNode):
            pairs = self.pairs(node, ("originals", "copies"))
            return s.Given(self.text(pairs.get("originals")), self.text(pairs.get("copies")))
        text = self.text(node)
        return s.Given() if text in ("none", "—") else s.Given(plain=text)

    def papers(self, node: Node | None) -> dict[str, s.Given]:
        """`{diploma: {originals: 1, copies: 3}, birth.2: 1}`."""
        return {key: self.given(each) for key, each in self.pairs(node).items()}

    def measured(self, node: Node | None) -> dict[str, str]:
        """`{callbacks: 50 %, open: 0, wait: 2 hours, far: none}`."""
        found = {}
        for pair in self.written(node) if node is not None else ():
            text = found[pair.key.text] = self.text(pair.value)
            try:
                read_value(text)
            except ValueError:
                zh = f"“{text}”不是指标的值，例如 3、50 %、2 hours、none"
                self.problem(
                    pair.value, zh,
                    f"“{text}” is nothing that an indicator may be, such as 3, 50 %, 2 hours, none",
                )  # fmt: skip
        return found

    def need(self, node: Node, pairs: Mapping[str, Node], key: str) -> str:
        """The text of a key that must be written."""
        if key not in pairs:
            self.problem(node, f"缺少“{key}”", f"“{key}” is missing")
        elif isinstance(pairs[key], Scalar) and not self.text(pairs[key]).strip():
            self.problem(pairs[key], f"“{key}”没有值", f"“{key}” has no value")
        return self.text(pairs.get(key))

    def in_both(self, node: Node, key: str) -> Text:
        """A text that must be written: `text`, or `{zh: text, en: text}`."""
        if not isinstance(node, MappingNode):
            text = self.need(node, {key: node}, key)
            return Text(text, text)
        pairs = self.pairs(node, ("zh", "en"))
        return Text(self.need(node, pairs, "zh"), self.need(node, pairs, "en"))

    def count(self, node: Node | None) -> int | None:
        """A whole number; None where none stands."""
        text = self.text(node)
        if node is None or not isinstance(node, Scalar):
            return None
        if not _COUNT.fullmatch(text):
            self.problem(node, f"“{text}”不是整数", f"“{text}” is not a whole number")
            return None
        return int(text)

    def clock(self, node: Node | None) -> str:
        """The moment at which a scenario begins."""
        text = self.text(node)
        if isinstance(node, Scalar) and read_clock(text, UTC) is None:
            self.problem(
                node, f"“{text}”不是日期时间，例如 {_CLOCK}",
                f"“{text}” is not a date and time such as {_CLOCK}",
            )  # fmt: skip
        return text or _CLOCK

    def moment(self, node: Node) -> str:
        """A moment as a play writes it (`read_moment`)."""
        text = self.text(node)
        if isinstance(node, Scalar) and read_moment(text, _SOME_DAY, UTC) is None:
            examples = f"10:30, tomorrow 09:00, {_CLOCK}, in 3 hours"
            self.problem(
                node, f"“{text}”不是时刻，可写：{examples.replace(', ', '、')}",
                f"“{text}” is not a moment such as {examples}",
            )  # fmt: skip
        return text

    def hours(self, node: Node) -> dict[str, str]:
        """`{mon-fri: "09:00-12:00, 13:00-18:00"}`."""
        week = {pair.key.text: self.text(pair.value) for pair in self.written(node)}
        try:
            read_week(week)
        except CalendarError as error:
            self.problem(node, error.describe("zh"), error.describe("en"))
        return week

    def not_in_cast(self, at: Node, name: str) -> None:
        """Somebody is named who does not play."""
        self.problem(at, f"角色表里没有“{name}”", f"“{name}” is not in the cast")

    def refusal(self, pairs: Mapping[str, Node]) -> s.Refusal | None:
        """The refusal that a move is to meet, if any."""
        if "refused" not in pairs:
            return None
        at = frozenset(self.texts(pairs["at"])) if "at" in pairs else None
        return s.Refusal(self.text(pairs["refused"]), at)
