"""Why a value is null: what the standard calls an error gives null, and here is its reason.

An ordinary evaluation records nothing, which keeps it fast. `trace` evaluates once more with an
observer around every step: null comes from the innermost node that has no null below it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.builtins import BUILTINS
from tuoban.kernel.expressions.errors import CODES, WORDS
from tuoban.kernel.expressions.expression import DEFAULT_BUDGET, Expression
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.scope import Frame, Scope, Step
from tuoban.kernel.expressions.steps import compile_tree
from tuoban.kernel.expressions.values import Function, kind_of, weigh

MAX_REASONS = 20
"""Reasons kept of one evaluation; the first ones come from the innermost parts."""

REASONS: dict[str, tuple[str, str]] = {
    "no-name": ("没有叫“{text}”的内容", "nothing is called “{text}”"),
    "no-value": ("“{text}”还没有值", "“{text}” has no value yet"),
    "no-member": ("“{of}”里没有“{name}”", "“{of}” has no “{name}”"),
    "no-item": ("“{of}”没有第 {place} 项", "“{of}” has no element {place}"),
    "bad-temporal": CODES["bad-temporal"],
    "wrong-operands": (
        "“{operator}”不能用于{left}和{right}",
        "“{operator}” cannot be used with {left} and {right}",
    ),
    "wrong-operand": ("“{operator}”不能用于{left}", "“{operator}” cannot be used with {left}"),
    "zero-divisor": ("“{text}”除以零", "“{text}” divides by zero"),
    "no-result": ("“{text}”没有可表示的结果", "“{text}” has no result that can be represented"),
    "not-comparable": (
        "“{text}”：{left}和{right}不能比较",
        "“{text}”: {left} cannot be compared with {right}",
    ),
    "not-boolean": ("“{text}”是{left}，应为是/否", "“{text}” is {left}, not yes or no"),
    "wrong-arguments": (
        "函数“{name}”不能用于（{kinds}）",
        "the function “{name}” cannot be used with ({kinds})",
    ),
    "no-answer": (
        "函数“{name}”对这些值没有结果：{text}",
        "the function “{name}” has no result for these values: {text}",
    ),
    "not-a-function": ("“{text}”不是函数", "“{text}” is not a function"),
    "wrong-call": (
        "函数“{name}”应给 {count} 个参数",
        "the function “{name}” takes {count} arguments",
    ),
    "not-loopable": ("“{text}”不能逐项取值", "“{text}” cannot be gone through one by one"),
}
"""The reasons, zh and en, filled by the facts of a `NullReason` and its text."""


@dataclass(frozen=True, slots=True)
class NullReason:
    """Why the part `text`, which stands at `start` up to `end`, is null.

    `code` is a key of `REASONS`; `facts` fill its sentence, kinds of values by their word in
    `errors.WORDS`.
    """

    code: str
    text: str
    start: int
    end: int
    facts: Mapping[str, str] = field(default_factory=dict)

    def describe(self, language: str = "zh") -> str:
        """The reason as a sentence in `language`, "zh" or "en", without its full stop."""
        column = 0 if language == "zh" else 1
        comma = "、" if column == 0 else ", "
        facts = {
            name: comma.join(WORDS[word][column] for word in value.split(",") if word)
            if name in _KIND_FACTS
            else value
            for name, value in self.facts.items()
        }
        return REASONS[self.code][column].format_map({"text": self.text, **facts})


_KIND_FACTS = frozenset({"left", "right", "kinds"})


@dataclass(frozen=True, slots=True)
class Traced:
    """A value and, in the order of the evaluation, why parts of the expression were null."""

    value: Any
    reasons: tuple[NullReason, ...]


def trace(
    expression: Expression, context: Mapping[str, Any], *, budget: int = DEFAULT_BUDGET
) -> Traced:
    """The value as `expression(context)` gives it, with the recorded reasons of nulls.

    A null that the author wrote, or that nothing made of it, has no reason. Raises
    `BudgetExceeded`.
    """
    observer = _Observer(expression.text, context)
    step, slots = compile_tree(expression.tree, expression.types, observer.around)
    meter = Meter(budget)
    meter.charge(s.size(expression.tree))
    value = weigh(step(Frame(context, [None] * slots, meter)), meter)
    return Traced(value, tuple(observer.reasons.values()))


Below = list[tuple[s.Node, Any]]
"""The parts of a node that were evaluated, with their values."""


class _Observer:
    """Sees every value of one evaluation."""

    def __init__(self, text: str, context: Mapping[str, Any]) -> None:
        self.text = text
        self.context = context
        self.reasons: dict[tuple[int, int, str], NullReason] = {}
        self.below: list[Below] = [[]]

    def around(self, node: s.Node, step: Step, scope: Scope) -> Step:
        judge = _JUDGES.get(type(node))
        is_local = isinstance(node, s.Name) and scope.find(node.name)[1] is not None

        def observed(frame: Frame) -> Any:
            self.below.append([])
            value = step(frame)
            parts = self.below.pop()
            self.below[-1].append((node, value))
            if value is None and judge is not None and not _explained(parts):
                found = judge(self, node, parts, frame.meter)
                if found is not None:
                    self.keep(node, *(("no-value", {}) if is_local else found))
            return value

        return observed

    def keep(self, node: s.Node, code: str, facts: Mapping[str, str]) -> None:
        if len(self.reasons) < MAX_REASONS:
            reason = NullReason(code, self.source(node), node.start, node.end, facts)
            self.reasons.setdefault((node.start, node.end, code), reason)

    def source(self, node: s.Node) -> str:
        return node.name if isinstance(node, s.Name) else self.text[node.start : node.end]


def _explained(parts: Below) -> bool:
    """Whether a part is null for a reason of its own; a null that was written has none."""
    return any(value is None and not isinstance(node, s.Null) for node, value in parts)


Found = tuple[str, Mapping[str, str]] | None


def _name(o: _Observer, node: s.Name, parts: Below, meter: Meter) -> Found:
    return ("no-value" if node.name in o.context else "no-name", {})


def _path(o: _Observer, node: s.Path, parts: Below, meter: Meter) -> Found:
    source = parts[-1][1]
    if isinstance(source, Mapping) and node.name in source:
        return "no-value", {}
    return "no-member", {"of": o.source(node.source), "name": node.name}


def _filter(o: _Observer, node: s.Filter, parts: Below, meter: Meter) -> Found:
    place = parts[-1][1]
    if not isinstance(place, Decimal):
        return None
    return "no-item", {"of": o.source(node.source), "place": str(place)}


def _temporal(o: _Observer, node: s.Temporal, parts: Below, meter: Meter) -> Found:
    return "bad-temporal", {}


def _kinds(parts: Below) -> list[str]:
    return [kind_of(value) for _, value in parts]


def _negation(o: _Observer, node: s.Negation, parts: Below, meter: Meter) -> Found:
    return "wrong-operand", {"operator": "-", "left": _kinds(parts)[0]}


def _calculation(o: _Observer, node: s.Calculation, parts: Below, meter: Meter) -> Found:
    left, right = _kinds(parts)
    if node.operator == "/" and parts[1][1] == 0:
        return "zero-divisor", {}
    if left == right == "number":
        return "no-result", {}
    return "wrong-operands", {"operator": node.operator, "left": left, "right": right}


def _comparison(o: _Observer, node: s.Node, parts: Below, meter: Meter) -> Found:
    kinds = _kinds(parts)
    other = next((kind for kind in kinds[1:] if kind != kinds[0]), kinds[-1])
    return "not-comparable", {"left": kinds[0], "right": other}


def _junction(
    o: _Observer, node: s.Conjunction | s.Disjunction, parts: Below, meter: Meter
) -> Found:
    for operand, value in parts:
        if type(value) is not bool:
            o.keep(operand, "not-boolean", {"left": kind_of(value)})
    return None


def _quantified(o: _Observer, node: s.Quantified, parts: Below, meter: Meter) -> Found:
    for part, value in parts:
        if part == node.condition and type(value) is not bool:
            o.keep(part, "not-boolean", {"left": kind_of(value)})
            return None
    return _loop(o, node, parts, meter)


def _loop(o: _Observer, node: s.For | s.Quantified, parts: Below, meter: Meter) -> Found:
    """The last that was evaluated is what could not be gone through."""
    o.keep(parts[-1][0], "not-loopable", {})
    return None


def _call(o: _Observer, node: s.Call, parts: Below, meter: Meter) -> Found:
    called = parts[0][1] if parts and parts[0][0] is node.function else None
    if called is not None:
        return _call_value(node, called, parts)
    name = node.function.name if isinstance(node.function, s.Name) else o.source(node.function)
    if name not in BUILTINS:
        return "not-a-function", {"text": name}
    values = [value for _, value in parts]
    if _fits_some_row(node, name, values, meter):
        return "no-answer", {"name": name}
    return "wrong-arguments", {"name": name, "kinds": ",".join(_kinds(parts))}


def _call_value(node: s.Call, called: Any, parts: Below) -> Found:
    if not isinstance(called, Function):
        return "not-a-function", {}
    if len(called.parameters) != len(node.arguments):
        return "wrong-call", {"name": "function", "count": str(len(called.parameters))}
    return "no-answer", {"name": "function"}


def _fits_some_row(node: s.Call, name: str, values: list[Any], meter: Meter) -> bool:
    names = [one.key for one in node.arguments if isinstance(one, s.Entry)]
    for row in BUILTINS[name]:
        order = row.order(names) if names else tuple(range(len(values)))
        takes = order is not None and row.takes(len(values))
        if takes and row.fit([values[at] for at in order or ()], meter, exactly=False) is not None:
            return True
    return False


Judge = Callable[[_Observer, Any, Below, Meter], Found]

_JUDGES: dict[type[s.Node], Judge] = {
    s.Name: _name,
    s.Path: _path,
    s.Filter: _filter,
    s.Temporal: _temporal,
    s.Negation: _negation,
    s.Calculation: _calculation,
    s.Comparison: _comparison,
    s.Between: _comparison,
    s.In: _comparison,
    s.Interval: _comparison,
    s.Test: _comparison,
    s.Conjunction: _junction,
    s.Disjunction: _junction,
    s.For: _loop,
    s.Quantified: _quantified,
    s.Call: _call,
}
"""For each class of the grammar that can be null without a null below: why it is."""
