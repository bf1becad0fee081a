"""Why a condition does not hold: the smallest parts of it that made it so, each in a sentence."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.builtins.conversion import write
from tuoban.kernel.expressions.errors import BudgetExceeded
from tuoban.kernel.expressions.expression import DEFAULT_BUDGET, Expression
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.nulls import NullReason, trace
from tuoban.kernel.expressions.printer import to_text
from tuoban.kernel.expressions.scope import Frame
from tuoban.kernel.expressions.steps import compile_tree

SENTENCES: dict[str, tuple[str, str]] = {
    "=": ("{left}，应等于 {right}", "{left}, it must equal {right}"),
    "!=": ("{left}，不应等于 {right}", "{left}, it must not equal {right}"),
    "<": ("{left}，应小于 {right}", "{left}, it must be less than {right}"),
    "<=": ("{left}，应不超过 {right}", "{left}, it must be at most {right}"),
    ">": ("{left}，应大于 {right}", "{left}, it must be more than {right}"),
    ">=": ("{left}，应不少于 {right}", "{left}, it must be at least {right}"),
    "in": ("{left}，应符合 {right}", "{left}, it must fit {right}"),
    "one-of": ("{left}，应为 {right}", "{left}, it must be one of {right}"),
    "between": ("{left}，应在 {right} 之间", "{left}, it must be between {right}"),
    "is-no": ("“{text}”为否", "“{text}” is no"),
    "is-yes": ("“{text}”为是，应为否", "“{text}” is yes, it must be no"),
    "none": ("“{source}”中没有一项符合“{text}”", "no element of “{source}” fits “{text}”"),
    "one": (
        "“{source}”的第 {place} 项不符合“{text}”",
        "element {place} of “{source}” does not fit “{text}”",
    ),
    "no": ("“{text}”不成立", "“{text}” does not hold"),
    "null": ("“{text}”无法判断", "“{text}” cannot be told"),
    "value": ("“{name}”是 {value}", "“{name}” is {value}"),
    "empty": ("“{name}”还没有值", "“{name}” has no value yet"),
    "with-value": ("“{name}”（{value}）", "“{name}” ({value})"),
    "without-value": ("“{name}”（还没有值）", "“{name}” (no value yet)"),
    "and": ("{low} 和 {high}", "{low} and {high}"),
}
"""The sentences of an explanation, zh and en, without their full stop."""

_MIRRORED: dict[str, s.Relation] = {
    "=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip
_LITERALS = (s.Number, s.Text, s.Boolean, s.Null, s.Temporal)

Path = tuple[str, ...]


def _written(value: Any) -> str:
    """The value as FEEL text, where that has a length that people read."""
    try:
        return write(Meter(DEFAULT_BUDGET), value)
    except BudgetExceeded:
        return "…"


def _dotted(path: Path) -> str:
    return ".".join(path)


@dataclass(frozen=True, slots=True)
class Wording:
    """How the reader calls things: the label of a name, and a value as it is shown there.

    `show` gets the path of the name that the value was read by or, for a literal, that it is
    compared with; None for any other value.
    """

    label: Callable[[Path], str] = _dotted
    show: Callable[[Path | None, Any], str] = lambda path, value: _written(value)


PLAIN = Wording()
"""Names and values as they are written in expressions."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A part that was compared: its text, its value, and its path where it is a name."""

    text: str
    value: Any
    path: Path | None
    is_literal: bool

    def name(self, wording: Wording) -> str:
        return self.text if self.path is None else wording.label(self.path)

    def shown(self, wording: Wording, like: "Operand | None" = None) -> str:
        """The value in words: a literal as a value of what it is compared with."""
        path = like.path if like is not None and self.is_literal else self.path
        return wording.show(path, self.value)


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of the expression, where it stands, its value (False, or None for null), and why.

    `form` is a key of `SENTENCES`; `operands` are the values that it speaks of, `facts` the rest,
    `reasons` why it is null.
    """

    text: str
    start: int
    end: int
    value: bool | None
    form: str
    operands: tuple[Operand, ...] = ()
    facts: Mapping[str, str] | None = None
    reasons: tuple[NullReason, ...] = ()

    def describe(self, language: str = "zh", wording: Wording = PLAIN) -> str:
        """The cause as a sentence in `language`, "zh" or "en", without its full stop."""
        column = 0 if language == "zh" else 1
        form = self._sentence()
        if form == "because":
            return _SEMICOLON[column].join(reason.describe(language) for reason in self.reasons)
        facts = {"text": self.text, **(self.facts or {})}
        if self.operands:
            first, *others = self.operands
            facts["name"] = first.name(wording)
            facts["left"] = _subject(first, column, wording)
            if form.startswith("is-"):
                facts["text"] = facts["name"]
            if others:
                facts["right"] = self._expected(column, wording)
        return SENTENCES[form][column].format(**facts)

    def _expected(self, column: int, wording: Wording) -> str:
        subject, *others = self.operands
        written = [_expectation(subject, operand, column, wording) for operand in others]
        if self.form == "between":
            return SENTENCES["and"][column].format(low=written[0], high=written[1])
        return _COMMA[column].join(written)

    def _sentence(self) -> str:
        """What is null says so; but where only a value is missing, that is the better sentence."""
        if self.value is not None:
            return self.form
        empty = any(one.value is None and one.path is not None for one in self.operands)
        if empty:
            return self.form if self.form in _COMPARED else "empty"
        return "because" if self.reasons else "null"


_SEMICOLON = ("；", "; ")
_COMMA = ("、", ", ")
_COMPARED = frozenset({"=", "!=", "<", "<=", ">", ">=", "in", "one-of", "between"})


def _subject(operand: Operand, column: int, wording: Wording) -> str:
    form = "empty" if operand.value is None else "value"
    return SENTENCES[form][column].format(name=operand.name(wording), value=operand.shown(wording))


def _expectation(subject: Operand, operand: Operand, column: int, wording: Wording) -> str:
    shown = operand.shown(wording, subject)
    if operand.is_literal:
        return shown
    form = "without-value" if operand.value is None else "with-value"
    return SENTENCES[form][column].format(name=operand.name(wording), value=shown)


def explain(
    expression: Expression, context: Mapping[str, Any], *, budget: int = DEFAULT_BUDGET
) -> tuple[Cause, ...]:
    """The parts that kept `expression` from being true, in the order they are written.

    Of a conjunction these are the operands that are not true, of a disjunction all, and so on
    into the operands; anything else is a part of its own. Empty where it is true. Raises
    `BudgetExceeded`.
    """
    explainer = _Explainer(expression, context, budget)
    return tuple(explainer.cause(node) for node in explainer.causes(expression.tree))


Form = tuple[str, tuple[Operand, ...], Mapping[str, str] | None]
"""A key of `SENTENCES`, the operands and the facts."""


class _Explainer:
    """Evaluates parts of one expression, all within one budget."""

    def __init__(self, expression: Expression, context: Mapping[str, Any], budget: int) -> None:
        self.expression = expression
        self.context = context
        self.meter = Meter(budget)

    def value(self, node: s.Node) -> Any:
        self.meter.charge(s.size(node))
        step, slots = compile_tree(node, self.expression.types)
        return step(Frame(self.context, [None] * slots, self.meter))

    def causes(self, node: s.Node) -> Iterator[s.Node]:
        if self.value(node) is True:
            return
        if isinstance(node, s.Conjunction | s.Disjunction):
            for operand in node.operands:
                yield from self.causes(operand)
        elif isinstance(node, s.If):
            holds = self.value(node.condition) is True
            yield from self.causes(node.chosen if holds else node.otherwise)
        else:
            yield node

    def cause(self, node: s.Node) -> Cause:
        value = False if self.value(node) is False else None
        form, operands, facts = self.form(node)
        text = self.expression.text[node.start : node.end]
        reasons = () if value is False else self.reasons(node)
        return Cause(text, node.start, node.end, value, form, operands, facts, reasons)

    def reasons(self, node: s.Node) -> tuple[NullReason, ...]:
        traced = trace(self.expression, self.context, budget=self.meter.budget)
        return tuple(
            reason
            for reason in traced.reasons
            if node.start <= reason.start and reason.end <= node.end
        )

    def form(self, node: s.Node) -> Form:
        if isinstance(node, s.Comparison):
            return self.comparison(node)
        if isinstance(node, s.Between):
            parts = (node.value, node.low, node.high)
            return "between", tuple(self.operand(part) for part in parts), None
        if isinstance(node, s.In):
            return self.membership(node)
        if isinstance(node, s.Quantified) and len(node.iterations) == 1:
            return self.quantified(node)
        if isinstance(node, s.Name | s.Path):
            return "is-no", (self.operand(node),), None
        if isinstance(node, s.Call) and node.function == s.Name("not") and len(node.arguments) == 1:
            negated = node.arguments[0]
            if isinstance(negated, s.Entry):
                negated = negated.value
            return "is-yes", (self.operand(negated),), None
        return "no", (), None

    def comparison(self, node: s.Comparison) -> Form:
        left, right = self.operand(node.left), self.operand(node.right)
        if left.is_literal and not right.is_literal:
            return _MIRRORED[node.operator], (right, left), None
        return node.operator, (left, right), None

    def membership(self, node: s.In) -> Form:
        tests = node.tests
        if len(tests) == 1 and isinstance(tests[0], s.ListOf):
            tests = tests[0].items
        if tests and all(isinstance(test, _LITERALS) for test in tests):
            return "one-of", tuple(self.operand(part) for part in (node.value, *tests)), None
        return "in", (self.operand(node.value),), {"right": ", ".join(map(self.source, tests))}

    def quantified(self, node: s.Quantified) -> Form:
        iteration = node.iterations[0]
        facts = {"source": self.source(iteration.source), "text": self.source(node.condition)}
        if node.quantifier == "some":
            return "none", (), facts
        outcomes = self.value(s.For(node.iterations, node.condition))
        place = next((at for at, one in enumerate(outcomes or (), start=1) if one is not True), 0)
        return "one", (), {**facts, "place": str(place)}

    def operand(self, node: s.Node) -> Operand:
        return Operand(
            self.source(node), self.value(node), path_of(node), isinstance(node, _LITERALS)
        )

    def source(self, node: s.Node) -> str:
        return self.expression.text[node.start : node.end] or to_text(node)


def path_of(node: s.Node) -> Path | None:
    """`a.b.c` as names; None for a path over anything but a name."""
    names: list[str] = []
    while isinstance(node, s.Path):
        names.append(node.name)
        node = node.source
    return (node.name, *reversed(names)) if isinstance(node, s.Name) else None
