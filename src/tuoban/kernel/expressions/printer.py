"""Trees back to text: `parse(to_text(tree))` is the same tree."""

from collections.abc import Callable
from typing import Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.parsing import GRAMMAR
from tuoban.kernel.expressions.parsing.parser import (
    ACCESS,
    AND,
    INSTANCE,
    NEGATION,
    OR,
    RELATION,
    SUM,
)
from tuoban.kernel.expressions.phrases import is_plain

_LOOSE = 0
_TIGHT = ACCESS + 1


def to_text(node: s.Node) -> str:
    """The expression as text, with single spaces and no brackets that are not needed."""
    return _PRINTERS[type(node)][1](node)


def _power(node: s.Node) -> int:
    if isinstance(node, s.Calculation):
        return GRAMMAR.infix[node.operator][0]
    return _PRINTERS[type(node)][0]


def _at(power: int, node: s.Node) -> str:
    """The text of `node` where operators of at least `power` may stand."""
    text = to_text(node)
    return text if _power(node) >= power else f"({text})"


def quoted(text: str) -> str:
    """A text as a literal."""
    for plain, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(plain, escape)
    return f'"{text}"'


def _key(key: str) -> str:
    return key if is_plain(key) else quoted(key)


def _calculation(node: s.Calculation) -> str:
    power = GRAMMAR.infix[node.operator][0]
    return f"{_at(power, node.left)} {node.operator} {_at(power + 1, node.right)}"


def _comparison(node: s.Comparison) -> str:
    left, right = _at(RELATION, node.left), _at(RELATION + 1, node.right)
    return f"{left} {node.operator} {right}"


def _joined(word: str, power: int) -> Callable[[Any], str]:
    return lambda node: f" {word} ".join(_at(power + 1, operand) for operand in node.operands)


def _between(node: s.Between) -> str:
    value = _at(RELATION, node.value)
    return f"{value} between {_at(SUM, node.low)} and {_at(SUM, node.high)}"


def _in(node: s.In) -> str:
    tests = ", ".join(_single_test(test) for test in node.tests)
    return f"{_at(RELATION, node.value)} in ({tests})"


def _unary_tests(node: s.UnaryTests) -> str:
    tests = [_unary_test(test) for test in node.tests] or ["-"]
    if node.negated:
        return f"not({', '.join(tests)})"
    if tests[0].startswith("not("):
        tests[0] = f"({tests[0]})"  # without brackets it would negate the whole cell
    return ", ".join(tests)


def _unary_test(node: s.Node) -> str:
    return _test(node) if isinstance(node, s.Test) else to_text(node)


def _single_test(node: s.Node) -> str:
    return _test(node) if isinstance(node, s.Test) else _at(SUM, node)


def _test(node: s.Test) -> str:
    return f"{node.operator} {_at(SUM, node.operand)}"


def _interval(node: s.Interval) -> str:
    opening, closing = "(["[node.low_closed], ")]"[node.high_closed]
    return f"{opening}{to_text(node.low)}..{_interval_end(node.high)}{closing}"


def _interval_end(node: s.Node) -> str:
    """An end that reads a filter needs brackets: there, `[` would close the range."""
    return f"({to_text(node)})" if _has_filter(node) else _at(SUM, node)


def _has_filter(node: s.Node) -> bool:
    return isinstance(node, s.Filter) or any(_has_filter(child) for child in s.children(node))


def _if(node: s.If) -> str:
    condition, chosen = to_text(node.condition), to_text(node.chosen)
    return f"if {condition} then {chosen} else {to_text(node.otherwise)}"


def _iteration(node: s.Iteration) -> str:
    stop = "" if node.stop is None else f"..{to_text(node.stop)}"
    return f"{node.name} in {to_text(node.source)}{stop}"


def _for(node: s.For) -> str:
    return f"for {', '.join(map(to_text, node.iterations))} return {to_text(node.result)}"


def _quantified(node: s.Quantified) -> str:
    iterations = ", ".join(map(to_text, node.iterations))
    return f"{node.quantifier} {iterations} satisfies {to_text(node.condition)}"


def _call(node: s.Call) -> str:
    arguments = ", ".join(
        f"{one.key}: {to_text(one.value)}" if isinstance(one, s.Entry) else to_text(one)
        for one in node.arguments
    )
    return f"{_at(ACCESS, node.function)}({arguments})"


def _function(node: s.Function) -> str:
    return f"function({', '.join(map(to_text, node.parameters))}) {to_text(node.body)}"


def _parameter(node: s.Parameter) -> str:
    return node.name if node.type is None else f"{node.name}: {to_text(node.type)}"


def _type(node: s.Type) -> str:
    parts = [to_text(one) for one in node.of]
    if node.name == "function" and parts:
        return f"function<{', '.join(parts[:-1])}> -> {parts[-1]}"
    if node.keys:
        parts = [f"{key}: {part}" for key, part in zip(node.keys, parts, strict=True)]
    return f"{node.name}<{', '.join(parts)}>" if parts else node.name


_PRINTERS: dict[type[s.Node], tuple[int, Callable[[Any], str]]] = {
    s.Number: (_TIGHT, lambda node: str(node.value)),
    s.Text: (_TIGHT, lambda node: quoted(node.value)),
    s.Boolean: (_TIGHT, lambda node: "true" if node.value else "false"),
    s.Null: (_TIGHT, lambda node: "null"),
    s.Temporal: (_TIGHT, lambda node: "@" + quoted(node.text)),
    s.Name: (_TIGHT, lambda node: node.name),
    s.Negation: (NEGATION, lambda node: "-" + _at(NEGATION, node.operand)),
    s.Calculation: (SUM, _calculation),
    s.Comparison: (RELATION, _comparison),
    s.Conjunction: (AND, _joined("and", AND)),
    s.Disjunction: (OR, _joined("or", OR)),
    s.Between: (RELATION, _between),
    s.In: (RELATION, _in),
    s.UnaryTests: (_LOOSE, _unary_tests),
    s.Test: (_TIGHT, lambda node: f"({_test(node)})"),
    s.Interval: (_TIGHT, _interval),
    s.InstanceOf: (
        INSTANCE,
        lambda node: f"{_at(INSTANCE, node.value)} instance of {to_text(node.type)}",
    ),
    s.If: (_LOOSE, _if),
    s.Iteration: (_LOOSE, _iteration),
    s.For: (_LOOSE, _for),
    s.Quantified: (_LOOSE, _quantified),
    s.ListOf: (_TIGHT, lambda node: f"[{', '.join(map(to_text, node.items))}]"),
    s.Entry: (_LOOSE, lambda node: f"{_key(node.key)}: {to_text(node.value)}"),
    s.Context: (_TIGHT, lambda node: f"{{{', '.join(map(to_text, node.entries))}}}"),
    s.Path: (ACCESS, lambda node: f"{_at(ACCESS, node.source)}.{node.name}"),
    s.Filter: (
        ACCESS,
        lambda node: f"{_at(ACCESS, node.source)}[{to_text(node.condition)}]",
    ),
    s.Call: (ACCESS, _call),
    s.Function: (_LOOSE, _function),
    s.Parameter: (_LOOSE, _parameter),
    s.Type: (_TIGHT, _type),
}
