import pytest

from tuoban.kernel.expressions import BudgetExceeded, compile_expression, evaluate

GREEDY = [
    "for i in 1..1000000000 return i",
    "some i in 1..1000000000 satisfies false",
    "for i in 1..1000, j in 1..1000 return i * j",
    'for i in 1..100 return if i = 1 then "x" else partial[-1] + partial[-1]',
    "for i in 1..100 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
    "for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]",
    "count(flatten(for i in 1..30 return if i = 1 then [1] else [partial[-1], partial[-1]]))",
    "(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1]"
    " = (for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1]",
    "string((for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1])",
    "for i in 1..2000 return if i = 1 then [] else [partial[-1]]",
    "(function(f) f(f))(function(f) f(f))",
    "distinct values(for i in 1..900 return i)",
    "sort(for i in 1..900 return modulo(i * 7919, 1009), function(a, b) a > b)",
]


@pytest.mark.parametrize("text", GREEDY)
def test_a_greedy_expression_is_stopped(text: str) -> None:
    with pytest.raises(BudgetExceeded) as stopped:
        evaluate(text, {})
    assert stopped.value.facts == {"budget": "10000"}


def test_the_budget_is_the_callers() -> None:
    expression = compile_expression("sum(for i in 1..1000 return i)")
    assert expression({}, budget=20_000) == 500_500
    with pytest.raises(BudgetExceeded):
        expression({}, budget=500)


def test_lists_of_the_context_are_paid_for_as_well() -> None:
    expression = compile_expression("count(xs)")
    with pytest.raises(BudgetExceeded):
        expression({"xs": [0] * 1_000_000})


def test_a_thousand_lines_are_within_the_usual_budget() -> None:
    lines = [{"price": n, "kind": "part"} for n in range(1000)]
    assert evaluate('count(lines[price > 500 and kind = "part"])', {"lines": lines}) == 499
