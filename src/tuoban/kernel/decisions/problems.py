"""What can be wrong with a decision table: stable codes, both texts, and the cell it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tuoban.kernel.expressions import CODES as EXPRESSION_CODES
from tuoban.kernel.expressions import ExpressionError

TEXTS: Mapping[str, tuple[str, str]] = {
    "table-without-outputs": (
        "判定表没有输出列，至少要有一列。",
        "The table decides nothing: at least one output is needed.",
    ),
    "table-without-rules": (
        "判定表没有规则，至少要有一条。",
        "The table has no rules: at least one is needed.",
    ),
    "table-too-large": (
        "判定表有 {found} 格（规则数乘以列数，加上输出可取的值），最多 {limit} 格，请拆成几张表。",
        "The table has {found} cells (rules times columns, and the allowed values of outputs); "
        "{limit} are the most. Split it into several tables.",
    ),
    "table-too-long": (
        "判定表各格共有 {found} 个字符，最多 {limit} 个，请缩短或拆成几张表。",
        "The cells of the table have {found} characters together; {limit} are the most. Shorten "
        "them, or split the table.",
    ),
    "cells-miscounted": (
        "这一行有 {found} 格，表头有 {expected} 格。",
        "This row has {found} cells, the head has {expected}.",
    ),
    "output-listed-twice": (
        "输出“{name}”写了两次。",
        "The output “{name}” stands twice.",
    ),
    "combines-one-output": (
        "“{policy}”只能汇总一个输出，这里有 {count} 个。",
        "“{policy}” combines a single output; there are {count}.",
    ),
    "no-priorities": (
        "“{policy}”要按输出的优先顺序判定，至少一个输出要列出可取的值，优先的在前。",
        "“{policy}” goes by the priority of outputs: at least one of them must list its values, "
        "the highest priority first.",
    ),
    "default-unused": (
        "“count”数的是适用的规则，没有就是 0，用不到默认值。",
        "“count” counts the rules that fit, 0 if none does: a default is never used.",
    ),
    "value-not-allowed": (
        "“{text}”不是输出“{name}”可取的值。",
        "“{text}” is none of the values that the output “{name}” may have.",
    ),
}
"""By code, zh and en; the codes of expressions come on top."""

Part = Literal["table", "input", "allowed", "output", "value", "default", "test", "entry"]

_PARTS: Mapping[Part, tuple[str, str]] = {
    "table": ("判定表", "the table"),
    "input": ("输入 {column}", "input {column}"),
    "allowed": ("输入 {column} 可取的值", "the allowed values of input {column}"),
    "output": ("输出 {column}", "output {column}"),
    "value": ("输出 {column} 可取的值 {number}", "allowed value {number} of output {column}"),
    "default": ("输出 {column} 的默认值", "the default of output {column}"),
    "test": ("规则 {number} 的输入 {column}", "rule {number}, input {column}"),
    "entry": ("规则 {number} 的输出 {column}", "rule {number}, output {column}"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a table. Columns, rules and values count from 1; 0 where there is none.

    `number` is that of the rule, or of the allowed value.
    """

    part: Part
    column: int = 0
    number: int = 0

    def describe(self, language: str = "zh") -> str:
        text = _PARTS[self.part][0 if language == "zh" else 1]
        return text.format(column=self.column, number=self.number)


@dataclass(frozen=True, slots=True)
class TableProblem:
    """One thing wrong with a table: in which cell, at which offset in its text, and what.

    `code` is one of `TEXTS` or of the expressions' codes; `facts` fill its text.
    """

    cell: Cell
    code: str
    facts: Mapping[str, str]
    position: int = 0

    def describe(self, language: str = "zh") -> str:
        """The problem as a sentence in `language`, "zh" or "en", with its place."""
        if self.code in EXPRESSION_CODES:
            what = ExpressionError(self.code, self.position, **self.facts).describe(language)
        else:
            what = TEXTS[self.code][0 if language == "zh" else 1].format(**self.facts)
        return f"{self.cell.describe(language)}{'：' if language == 'zh' else ': '}{what}"


class TableError(ValueError):
    """A table that cannot be used. `problems` are all of them, in the order of the page."""

    def __init__(self, problems: tuple[TableProblem, ...]) -> None:
        super().__init__("\n".join(each.describe("en") for each in problems))
        self.problems = problems


_PART_ORDER: Mapping[Part, int] = {"table": 0, "input": 1, "allowed": 1, "output": 2, "value": 2,
                                   "default": 2, "test": 3, "entry": 4}  # fmt: skip


def page_order(problem: TableProblem) -> tuple[int, int, int, int]:
    """Sorts problems as one reads the page: the head, then row by row."""
    cell = problem.cell
    row = cell.number if cell.part in ("table", "test", "entry") else 0
    return row, _PART_ORDER[cell.part], cell.column, problem.position
