"""Values that somebody gives to a decision: FEEL on the command line, JSON in a file.

Every value that cannot be used is told, all of them at once: a decision is never made with a null
in the place of a value that was only written wrongly.
"""

import json
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tuoban.kernel.definition import Text
from tuoban.kernel.dmn import MAX_BYTES, DmnProblem, Model, Part, Type, example, from_plain
from tuoban.kernel.expressions import (
    DATE,
    DATETIME,
    BudgetExceeded,
    ExpressionError,
    compile_expression,
    trace,
)
from tuoban.kernel.expressions.limits import MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.values import adopt

_AT = Text("--set {name} 第 {column} 个字：{what}", "--set {name}, column {column}: {what}")
_NO_NAME = Text(
    "没有叫“{name}”的内容，值要写成 FEEL（文字加引号）",
    "nothing is called “{name}”; a value is FEEL, where texts stand in quotes",
)
_INSTEAD = Text("；例如可写 --set {pair}", "; write, for example, --set {pair}")
_SET_TWICE = Text("--set {name} 写了两次", "--set {name} is given twice")

_NOT_JSON = Text(
    "从这里起不是 JSON，请检查引号、逗号和括号",
    "this is no JSON from here on: see to quotes, commas and brackets",
)
_NOT_UTF8 = Text("不是 UTF-8 文本", "the file is not UTF-8 text")
_NO_OBJECT = Text("应为一个 JSON 对象，例如 {{}}", "must be one JSON object, such as {{}}")
_TOO_LARGE = Text("文件超过 {limit} 字节", "the file has more than {limit} bytes")
_TOO_DEEP = Text("嵌套超过 {limit} 层", "values are nested deeper than {limit} levels")
_NO_NUMBER = Text("“{text}”不是可用的数字", "“{text}” is not a number that can be used")
_KEY_TWICE = Text("名称“{text}”写了两次", "the name “{text}” stands twice in one object")


class InputsRefused(Exception):
    """Values that cannot be used; `lines` say which and why."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__()
        self.lines = tuple(lines)


@dataclass(slots=True)
class Inputs:
    """Reads the values for one part of a model, and judges them together."""

    model: Model
    part: Part
    language: str
    now: datetime
    budget: int
    types: Mapping[str, Type | None] = field(init=False)
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.types = self.model.input_types(self.part)

    def read(self, pairs: Iterable[tuple[str, str]], path: Path | None) -> dict[str, Any]:
        """The values of `--set` before those of the file.

        Raises `InputsRefused`, `BudgetExceeded`, and `OSError` where the file cannot be read.
        """
        written: dict[str, str] = {}
        for name, text in pairs:
            if name in written:
                self.lines.append(_SET_TWICE.read(self.language).format(name=name))
            written[name] = text
        given = {name: self._evaluated(name, text) for name, text in written.items()}
        filed = {} if path is None else self._filed(path)
        filed = {name: value for name, value in filed.items() if name not in given}
        for problem in self.model.check_inputs(self.part, given, written, budget=self.budget):
            self.lines.append(f"--set: {problem.describe(self.language)}")
        for problem in self.model.check_inputs(self.part, filed, budget=self.budget):
            self.lines.append(f"{path}: {_as_json(problem).describe(self.language)}")
        if self.lines:
            raise InputsRefused(self.lines)
        return {**filed, **given}

    # FEEL

    def _evaluated(self, name: str, text: str) -> Any:
        """The value; null, reported, where there is none but a reason for it."""
        clock = {"now": self.now, "today": self.now.date()}
        try:
            expression = compile_expression(text, {"now": DATETIME, "today": DATE})
            value = expression(clock, budget=self.budget)
            reasons = trace(expression, clock, budget=self.budget).reasons if value is None else ()
        except BudgetExceeded:
            raise
        except ExpressionError as error:
            self._told(name, text, error.position, self._what(error), error.code)
            return None
        for reason in reasons[:1]:
            self._told(name, text, reason.start, reason.describe(self.language), reason.code)
        return value

    def _what(self, error: ExpressionError) -> str:
        if error.code != "unknown-name":
            return error.describe(self.language)
        return _NO_NAME.read(self.language).format(name=error.facts["name"])

    def _told(self, name: str, text: str, position: int, what: str, code: str) -> None:
        line = _AT.read(self.language).format(name=name, column=position + 1, what=what)
        type_ = self.types.get(name)
        is_known = type_ is not None and type_.shape.kind != "any"
        if is_known or code == "unknown-name":
            line += self._instead(name, example(type_ if is_known else None, text))
        self.lines.append(line)

    def _instead(self, name: str, text: str) -> str:
        return _INSTEAD.read(self.language).format(pair=shlex.quote(f"{name}={text}"))

    # JSON

    def _filed(self, path: Path) -> dict[str, Any]:
        """The values of a file, {} where it is none of JSON; that is reported."""
        try:
            read = read_json(path)
        except _NoJson as error:
            place = "".join(f":{number}" for number in error.place)
            told = error.what.read(self.language).format(**error.facts)
            self.lines.append(f"{path}{place}: {told}")
            return {}
        return {name: from_plain(value, self.types.get(name)) for name, value in read.items()}


def _as_json(problem: DmnProblem) -> DmnProblem:
    facts = dict(problem.facts)
    if "example" in facts:
        facts["example"] = facts["example"].replace('@"', '"')
    return DmnProblem(problem.place, problem.code, facts)


class _NoJson(ValueError):
    def __init__(self, what: Text, *place: int, **facts: str) -> None:
        super().__init__(what.en)
        self.what = what
        self.place = place
        self.facts = facts


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file, its numbers exact. Raises `_NoJson` and `OSError`."""
    with path.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise _NoJson(_TOO_LARGE, limit=str(MAX_BYTES))
    deep = _NoJson(_TOO_DEEP, limit=str(MAX_VALUE_DEPTH))
    try:
        read = json.loads(
            content.decode("utf-8-sig"),
            parse_float=_number,
            parse_int=_number,
            parse_constant=_number,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError:
        raise _NoJson(_NOT_UTF8) from None
    except json.JSONDecodeError as error:
        raise _NoJson(_NOT_JSON, error.lineno, error.colno) from None
    except RecursionError:
        raise deep from None
    if not isinstance(read, dict):
        raise _NoJson(_NO_OBJECT, 1, 1)
    if _is_deep(read):
        raise deep
    return read


def _number(text: str) -> Decimal:
    try:
        value = adopt(Decimal(text), Meter(1))
    except ArithmeticError:
        value = None
    if not isinstance(value, Decimal):
        raise _NoJson(_NO_NUMBER, text=text[:40])
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        name, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise _NoJson(_KEY_TWICE, text=name[:40])
    return members


def _is_deep(value: Any) -> bool:
    """Whether lists and objects stand inside one another deeper than values may."""
    level: list[Any] = [value]
    for _ in range(MAX_VALUE_DEPTH):
        level = [part for each in level for part in _parts(each)]
        if not level:
            return False
    return True


def _parts(value: Any) -> Iterator[Any]:
    inside = value.values() if isinstance(value, dict) else value
    return (each for each in inside if isinstance(each, dict | list))
