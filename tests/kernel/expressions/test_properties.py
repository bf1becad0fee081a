from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.expressions.trees import trees
from tuoban.kernel.expressions import (
    ANY,
    BOOLEAN,
    DATETIME,
    NUMBER,
    TEXT,
    BudgetExceeded,
    ExpressionError,
    Shape,
    compile_expression,
    context_of,
    evaluate,
    explain,
    list_of,
    parse,
    to_text,
    trace,
)
from tuoban.kernel.expressions import syntax as s

WORDS = st.sampled_from(
    [
        *("a", "xs", "ctx", "item", "?", "1", "2.5", '"t"', '@"P1D"', "null", "true", "count"),
        *("+", "-", "*", "/", "**", "(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "->"),
        *("=", "!=", "<", ">", "and", "or", "not", "in", "between", "if", "then", "else"),
        *("for", "return", "some", "every", "satisfies", "instance", "of", "function"),
        *("list", "number", "date and time", "//", "/*", "“", "（"),
    ]
)
TEXTS = st.text(max_size=60) | st.lists(WORDS, max_size=25).map(" ".join)
KNOWN = {"a": NUMBER, "xs": list_of(context_of({"a": TEXT})), "ctx": context_of({"b": ANY})}
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=5)
    | st.dates()
    | st.times()
    | st.datetimes()
    | st.datetimes(timezones=st.just(UTC))
    | st.timedeltas(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)
CONTEXTS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("a", "b", "xs", "ctx", "总额", "now"), VALUES),
)


@given(trees())
def test_what_is_printed_reads_back_as_the_same_tree(tree: s.Node) -> None:
    assert parse(to_text(tree)) == tree


def refusal(text: str, known: dict[str, Shape] | None) -> ExpressionError | None:
    try:
        compile_expression(text, known)
    except ExpressionError as refused:
        return refused
    return None


@given(TEXTS, st.sampled_from([None, KNOWN]))
def test_any_text_is_an_expression_or_refused_at_a_place_in_words(
    text: str, known: dict[str, Shape] | None
) -> None:
    refused = refusal(text, known)
    if refused is None:
        assert parse(to_text(parse(text))) == parse(text)
    else:
        assert 0 <= refused.position <= len(text)
        assert refused.describe("zh") != refused.describe("en")


@given(trees(), CONTEXTS)
def test_evaluation_gives_a_value_of_feel_or_exceeds_its_budget(
    tree: s.Node, context: dict[str, Any]
) -> None:
    expression = compile_expression(to_text(tree))
    try:
        first = expression(context, budget=2_000)
        again = trace(expression, context, budget=2_000).value
        assert evaluate(_WRITTEN, {"x": again}) == evaluate(_WRITTEN, {"x": first})
        explain(expression, context)
    except BudgetExceeded:
        return
    assert evaluate("x = x", {"x": first}) in (True, None)


SHAPES = {
    "a": NUMBER,
    "b": BOOLEAN,
    "xs": list_of(context_of({"a": NUMBER, "b": TEXT}, is_open=True)),
    "ctx": context_of({"a": DATETIME}),
    "总额": NUMBER,
    "now": DATETIME,
}
FACTS = {
    "a": 3,
    "b": True,
    "xs": [{"a": 1, "b": "x"}, {"a": 5, "b": "y"}],
    "ctx": {"a": datetime(2026, 3, 1, tzinfo=UTC)},
    "总额": Decimal("9.5"),
    "now": datetime(2026, 3, 2, tzinfo=UTC),
}


@given(trees())
def test_the_shape_foretells_the_kind_of_the_value(tree: s.Node) -> None:
    try:
        expression = compile_expression(to_text(tree), SHAPES)
        value = expression(FACTS)
    except ExpressionError:
        return
    kind = evaluate(_KIND, {"x": value})
    expected = expression.shape.kind
    assert (
        expected in ("any", kind)
        or value is None
        or (expected == "duration" and kind in ("days", "months"))
    ), (to_text(tree), expected, value)


_WRITTEN = "string(x)"
_KIND = (
    " else ".join(
        f'if x instance of {name} then "{kind}"'
        for name, kind in {
            "number": "number",
            "string": "text",
            "boolean": "boolean",
            "date": "date",
            "time": "time",
            "date and time": "datetime",
            "days and time duration": "days",
            "years and months duration": "months",
            "list": "list",
            "context": "context",
            "range": "range",
            "function": "function",
        }.items()
    )
    + ' else "null"'
)
