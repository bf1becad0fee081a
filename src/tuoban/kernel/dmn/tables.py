"""Decision tables of a file: their cells as a table of the kernel, and that as logic."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from tuoban.kernel.decisions import (
    REASONS,
    Cell,
    Decision,
    DecisionTable,
    Input,
    Letter,
    Output,
    Rule,
    TableError,
    TableProblem,
    compile_table,
)
from tuoban.kernel.dmn.compiler import Compiler, Known, is_name, nothing
from tuoban.kernel.dmn.logic import Logic, Names
from tuoban.kernel.dmn.run import Run
from tuoban.kernel.dmn.xml import Element
from tuoban.kernel.expressions import ANY, ExpressionError
from tuoban.kernel.expressions.parsing import parse_tests
from tuoban.kernel.xml_files import Place

LETTERS: Mapping[tuple[str, str], Letter] = {
    ("", ""): "U",
    ("UNIQUE", ""): "U",
    ("ANY", ""): "A",
    ("PRIORITY", ""): "P",
    ("FIRST", ""): "F",
    ("RULE ORDER", ""): "R",
    ("OUTPUT ORDER", ""): "O",
    ("COLLECT", ""): "C",
    ("COLLECT", "SUM"): "C+",
    ("COLLECT", "MIN"): "C<",
    ("COLLECT", "MAX"): "C>",
    ("COLLECT", "COUNT"): "C#",
}
"""Hit policy and aggregation to the letter of the standard."""

_ALWAYS_NULL = frozenset(
    {"wrong-type", "unknown-member", "unknown-option", "unknown-parameter", "wrong-arguments"}
)
"""What the checker finds in a cell and a table can do without: it warns."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Table(Logic):
    decision: Decision

    def evaluate(self, names: Names, run: Run) -> Any:
        outcome = self.decision.evaluate(names, run)
        run.fitted(self.place, outcome.rules)
        if outcome.reason is not None:
            rules = ", ".join(str(rule) for rule in outcome.rules)
            zh, en = REASONS[outcome.reason]
            run.note(self.place, "table-without-result", zh=zh, en=en, rules=rules or "-")
        return outcome.value


@dataclass(slots=True)
class Sheet:
    """A table of a file, and where each of its cells stands there."""

    table: DecisionTable
    cells: dict[tuple[str, int, int], tuple[Element, int]] = field(default_factory=dict)

    def place(self, problem: TableProblem, whole: Element) -> Place:
        cell = problem.cell
        found = self.cells.get((cell.part, cell.column, cell.number))
        return found[0].at(found[1] + problem.position) if found else whole.place


def table_logic(c: Compiler, element: Element, known: Known, what: str) -> Logic:
    """The logic of a decision table."""
    letter = _policy(c, element)
    # Under a policy that does not exist the cells are checked all the same, as those of "collect",
    # which asks nothing more of them.
    sheet = read_table(c, element, letter or "C")
    decision = _compiled(c, sheet, element, known)
    if decision is None or letter is None:
        return nothing(element.place, "faulty")
    return Table(place=element.place, shape=decision.shape, levels=20, decision=decision)


def _compiled(c: Compiler, sheet: Sheet, element: Element, known: Known) -> Decision | None:
    texts = "\n".join(text.text for text, _ in sheet.cells.values())
    mentioned = set(c.mentioned((*known.names, *c.vocabulary), texts))
    more = dict.fromkeys(mentioned.intersection(c.vocabulary), ANY)
    names = {
        name: shape
        for name, shape in known.names.items()
        if name in mentioned or (name.isidentifier() and is_name(name))
    }
    if not c.affords(element, 10 * len(sheet.cells), len(names), mentioned):
        return None
    try:
        return compile_table(sheet.table, {**more, **names}, c.types.named)
    except TableError as error:
        problems = error.problems
    for problem in problems:
        if problem.code in _ALWAYS_NULL:
            _report(c.findings.warn, sheet, element, problem)
    try:
        return compile_table(sheet.table, dict.fromkeys((*more, *names), ANY), c.types.named)
    except TableError as error:
        for problem in error.problems:
            _report(c.findings.fault, sheet, element, problem)
    return None


def _report(
    report: Callable[..., None], sheet: Sheet, element: Element, problem: TableProblem
) -> None:
    place = sheet.place(problem, element)
    report(place, "table-problem", zh=problem.describe("zh"), en=problem.describe("en"))


def _policy(c: Compiler, element: Element) -> Letter | None:
    """The hit policy; None, reported, where there is none of that name."""
    policy, aggregation = element.get("hitPolicy"), element.get("aggregation")
    letter = LETTERS.get((policy, aggregation if policy == "COLLECT" else ""))
    if letter is None:
        shown = f"{policy} {aggregation}".strip() if policy == "COLLECT" else policy
        known = [" ".join(words).strip() for words in LETTERS if words[0]]
        nearest = get_close_matches(shown[:60].upper(), known, n=len(known), cutoff=0.0)
        c.findings.add(element.place, "unknown-policy", policy=shown, known=", ".join(nearest))
    return letter


def read_table(c: Compiler, element: Element, letter: Letter) -> Sheet:
    """The table that an element describes, with this hit policy."""
    reader = _Reader(c, element)
    inputs = tuple(reader.input(at, one) for at, one in enumerate(element.all("input"), 1))
    outputs = tuple(reader.output(at, one) for at, one in enumerate(element.all("output"), 1))
    rules = tuple(reader.rule(at, one) for at, one in enumerate(element.all("rule"), 1))
    return Sheet(DecisionTable(inputs, outputs, rules, letter), reader.cells)


class _Reader:
    """Reads the cells of one table and remembers where they stand."""

    def __init__(self, c: Compiler, element: Element) -> None:
        self.c = c
        self.cells: dict[tuple[str, int, int], tuple[Element, int]] = {}
        self.has_one_output = len(element.all("output")) == 1

    def text(self, element: Element | None, cell: Cell, empty: str) -> str:
        """The FEEL of a cell, `empty` where none is written."""
        text = element.child("text") if element is not None else None
        if text is None or not text.text.strip():
            return empty
        self.cells[cell.part, cell.column, cell.number] = (text, 0)
        return text.text

    def input(self, at: int, element: Element) -> Input:
        expression = element.child("inputExpression")
        if expression is not None:
            self.c.types.find(expression)
        return Input(
            self.text(expression, Cell("input", at), "null"),
            element.get("label"),
            self.text(element.child("inputValues"), Cell("allowed", at), ""),
        )

    def output(self, at: int, element: Element) -> Output:
        name = " ".join(element.get("name").split())
        if not name and not self.has_one_output:
            self.c.findings.add(element.place, "name-missing", of="output")
        type_ = self.c.types.find(element)
        shape = ANY if type_ is None or self.c.findings.lenient else type_.shape
        default = element.child("defaultOutputEntry")
        cell = Cell("default", at)
        return Output(name, shape, self.allowed(at, element), self.text(default, cell, "") or None)

    def allowed(self, at: int, element: Element) -> tuple[str, ...]:
        """The allowed values, each a unary test of its own."""
        values = element.child("outputValues")
        text = self.text(values, Cell("value", at), "")
        if values is None or not text:
            return ()
        written = values.child("text") or values
        try:
            tests = parse_tests(text, self.c.vocabulary, self.c.types.named)
        except ExpressionError as error:
            self.c.fault(written, error)
            return ()
        if tests.negated:
            return (text,)
        for number, test in enumerate(tests.tests, 1):
            self.cells["value", at, number] = (written, test.start)
        return tuple(text[test.start : test.end] for test in tests.tests)

    def rule(self, number: int, element: Element) -> Rule:
        tests = tuple(
            self.text(entry, Cell("test", at, number), "-")
            for at, entry in enumerate(element.all("inputEntry"), 1)
        )
        entries = tuple(
            self.text(entry, Cell("entry", at, number), "null")
            for at, entry in enumerate(element.all("outputEntry"), 1)
        )
        remarks = (note.child("text") for note in element.all("annotationEntry"))
        remark = " ".join(text.text.strip() for text in remarks if text is not None)
        description = element.child("description")
        if not remark and description is not None:
            remark = " ".join(description.text.split())
        return Rule(tests, entries, remark)
