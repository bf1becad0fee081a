"""A decision table of a model in the notation of packs, so that a pack can take it over.

What a pack's table cannot say is refused with its reason. The allowed values of inputs become
fields: options of a choice, or a rule of the field.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from tuoban.kernel.decisions import DecisionTable
from tuoban.kernel.dmn.graph import Part
from tuoban.kernel.dmn.logic import Typed
from tuoban.kernel.dmn.model import Model
from tuoban.kernel.dmn.pack_names import PackNames, are_options
from tuoban.kernel.dmn.pack_outputs import PackOutput, pack_outputs
from tuoban.kernel.dmn.problems import DmnError, DmnProblem, Findings
from tuoban.kernel.dmn.tables import Table
from tuoban.kernel.dmn.types import Type, feel_type
from tuoban.kernel.expressions import Shape
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.parsing import parse_tests

FIELD_TYPES = {
    "number": "number",
    "text": "text",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "days": "duration",
}
"""The kind of a value to the type of a field."""


_NOT_ALLOWED = ("只能是 {allowed}", "Only {allowed} is allowed")


def as_pack_table(model: Model, name: str, language: str = "zh") -> str:
    """The sections `fields` and `tables` of a pack that decide as the decision `name` does.

    Labels are given in `language`. Raises `DmnError` with everything that a pack cannot say.
    """
    part = model.part(name, "decision")
    findings = Findings()
    logic = model.logic[part.id]
    table = logic.inner if isinstance(logic, Typed) else logic
    if not isinstance(table, Table):
        raise DmnError(DmnProblem(part.element.place, "as-table-no-table", {"name": name}))
    return _Printer(model, part, table, findings, language).text()


@dataclass(slots=True)
class _Field:
    """A field of the pack that the table reads."""

    name: str
    label: str
    type: str
    options: tuple[str, ...] = ()
    rules: list[tuple[str, str]] = field(default_factory=list)
    """Conditions, and the unary tests that they stand for."""


class _Printer:
    def __init__(
        self, model: Model, part: Part, table: Table, findings: Findings, language: str
    ) -> None:
        self.part = part
        self.table = table
        self.findings = findings
        self.language = language
        self.read = {model.parts[id_].variable: model.parts[id_] for id_ in part.information}
        functions = {model.parts[id_].variable for id_ in part.knowledge}
        self.shapes = {name: _shape(model, one) for name, one in self.read.items()}
        self.names = PackNames([*self.read], functions, part.element.place, findings)

    @property
    def written(self) -> DecisionTable:
        return self.table.decision.table

    def text(self) -> str:
        """The sections; raises `DmnError`."""
        heads = [self.names.expression(one.expression) for one in self.written.inputs]
        fields = list(self._fields())
        outputs = pack_outputs(self.part, self.table.decision, self.names, self.findings)
        rules = [
            [self.names.tests(cell) for cell in rule.tests]
            + [self.names.expression(cell) for cell in rule.entries]
            + [_remark(rule.remark)]
            for rule in self.written.rules
        ]
        name = self.names.own(self.part.variable)
        self.findings.refuse()
        head = [*heads, *(f"=> {output.name}" for output in outputs), "#"]
        lines = [*_section("fields", (self._field(one) for one in fields))]
        lines += _section("tables", [self._head(name, outputs)])
        return "\n".join([*lines, "    rules: |", *_grid([head, *rules])]) + "\n"

    # Fields

    def _fields(self) -> Iterator[_Field]:
        allowed: dict[str, list[str]] = {}
        for one in self.written.inputs:
            if one.expression.strip() in self.read:
                allowed.setdefault(one.expression.strip(), []).append(one.allowed)
            elif one.allowed:
                self.findings.add(
                    self.part.element.place, "as-table-input-values", text=one.expression
                )
        for name in self.names.used:
            yield self._described(name, [each for each in allowed.get(name, []) if each])

    def _described(self, name: str, tests: list[str]) -> _Field:
        one = self.read[name]
        shape = self._shape_of(name)
        type_ = FIELD_TYPES.get(shape.kind)
        if type_ is None:
            written = one.type.name if one.type else "-"
            self.findings.add(one.element.place, "as-table-type", name=name, type=written)
        found = _Field(self.names.own(name), one.name, type_ or "text")
        for each in (*(one.type.tests if one.type else ()), *tests):
            options = _options(each)
            if shape.kind == "text" and options and are_options(options) and not found.options:
                found.type, found.options = "choice", options
            elif not options or set(options) != set(found.options):
                unary = self.names.tests(each)
                found.rules.append((_rule(found.name, unary), unary))
        return found

    def _shape_of(self, name: str) -> Shape:
        """The shape of an input; that of the column where only the table says it."""
        shape = self.shapes[name]
        written = self.part.element.child("decisionTable")
        for column in written.all("input") if written is not None and shape.kind == "any" else ():
            expression = column.child("inputExpression")
            text = expression.child("text") if expression is not None else None
            if expression is not None and text is not None and text.text.strip() == name:
                found: Type | None = feel_type(expression.get("typeRef"))
                shape = found.shape if found is not None else shape
        return shape

    # Writing

    def _field(self, one: _Field) -> list[str]:
        lines = [f"{one.name}:", f"  type: {one.type}", f"  {self.language}: {_quoted(one.label)}"]
        lines += _options_lines(one.options)
        if one.rules:
            lines.append("  rules:")
        for condition, allowed in one.rules:
            told = _NOT_ALLOWED[0 if self.language == "zh" else 1].format(allowed=allowed)
            lines += [f"    - that: {_quoted(condition)}", f"      else: {_quoted(told)}"]
        return lines

    def _head(self, name: str, outputs: list[PackOutput]) -> list[str]:
        policy = self.table.decision.policy
        lines = [f"{name}:", f"  {self.language}: {_quoted(self.part.name)}"]
        lines.append(f"  hit: {policy.word}")
        declared = [output for output in outputs if output.type]
        if declared:
            lines.append("  outputs:")
        for output in declared:
            lines += [f"    {output.name}:", f"      type: {output.type}"]
            lines.append(f"      {self.language}: {_quoted(output.label)}")
            lines += [f"    {line}" for line in _options_lines(output.options)]
            if output.default:
                lines.append(f"      default: {_quoted(output.default)}")
        return lines


def _shape(model: Model, part: Part) -> Shape:
    if part.type is not None:
        return part.type.shape
    logic = model.logic.get(part.id)
    return logic.shape if logic is not None else Shape("any")


def _options(tests: str) -> tuple[str, ...]:
    """The texts that unary tests list, if they list nothing else."""
    tree = parse_tests(tests)
    texts = tuple(one.value for one in tree.tests if isinstance(one, s.Text))
    return texts if len(texts) == len(tree.tests) and not tree.negated else ()


def _rule(name: str, tests: str) -> str:
    """What a field must fulfil to pass unary tests, or be empty."""
    tree = parse_tests(tests)
    inside = ", ".join(tests[one.start : one.end] for one in tree.tests)
    passes = f"not({name} in ({inside}))" if tree.negated else f"{name} in ({inside})"
    return f"{name} = null or {passes}"


def _section(title: str, entries: "Iterator[list[str]] | list[list[str]]") -> list[str]:
    lines = [f"  {line}" for entry in entries for line in entry]
    return [f"{title}:", *lines] if lines else []


def _options_lines(options: tuple[str, ...]) -> list[str]:
    if not options:
        return []
    return ["  options:", *(f"    {option}: {_quoted(option)}" for option in options)]


def _quoted(text: str) -> str:
    """A text in YAML's double quotes, which are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _remark(text: str) -> str:
    """A remark that cannot be taken for the end of its cell."""
    return " ".join(text.split()).replace("|", "/").replace('"', "'")


def _width(text: str) -> int:
    """How many columns a text takes where Chinese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _grid(rows: list[list[str]]) -> list[str]:
    if not any(row[-1] for row in rows[1:]):
        rows = [row[:-1] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| "
        + " | ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True))
        + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return [f"      {line}" for line in (lines[0], rule, *lines[1:])]
