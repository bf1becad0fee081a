from collections import Counter
from decimal import Decimal
from statistics import median, stdev
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.expressions.examples import assert_example, examples
from tuoban.kernel.expressions import BudgetExceeded, compile_expression, evaluate

EXAMPLES = examples("""
median(8, 2, 5, 3, 4) => 4
median([6, 1, 2, 3]) => 2.5
median([1]) => 1
median(3) => 3
median([]) => null
median(null) => null
median([1, null]) => null
median(list: [1, 3]) => 2
median([0.1, 0.2]) => 0.15
mode(6, 3, 9, 6, 6) => [6]
mode([6, 1, 9, 6, 1]) => [1, 6]
mode([3, 1, 2]) => [1, 2, 3]
mode([1, 1.0, 2]) => [1]
mode(6) => [6]
mode([]) => []
mode(null) => null
mode([null]) => null
mode(["a"]) => null
stddev(2, 4, 7, 5) => 2.081665999466132735282297706979931
stddev([47]) => null
stddev(47) => null
stddev([]) => null
stddev([1, 1, 1]) => 0
stddev([1, null]) => null
stddev([1000000000000000000000000000000000, 1000000000000000000000000000000002]) = sqrt(2) => true
list replace([2, 4, 7, 8], 3, 6) => [2, 4, 6, 8]
list replace([1, 2, 3], -1, 9) => [1, 2, 9]
list replace([1, 2, 3], 2.9, 9) => [1, 9, 3]
list replace([1, 2, 3], 0, 9) => null
list replace([1, 2, 3], 0.5, 9) => null
list replace([1, 2, 3], -4, 9) => null
list replace([], 1, 9) => null
list replace([1, 2], 2, [3]) => [1, [3]]
list replace([1, 2], null, 3) => null
list replace(null, 1, 3) => null
list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5) => [5, 5, 7, 8]
list replace(["甲", "乙"], function(old, new) old = "甲", "丙") => ["丙", "乙"]
list replace([1, null, 3], function(old, new) old > 2, 9) => [1, null, 9]
list replace([1, 2], function(old, new) old, 9) => null
list replace([1, 2], function(old, new) "true", 9) => null
list replace([1, 2], function(old) true, 9) => null
list replace([], function(old, new) true, 9) => []
list replace(list: [1, 2], position: 1, newItem: 9) => [9, 2]
list replace(list: [1, 2], match: function(a, b) a = 2, newItem: 9) => [1, 9]
count([]) => 0
count([null]) => 1
count(1, 2) => null
sum([]) => null
sum([null]) => null
sum("a") => null
product([]) => null
product(2, 3, 4) => 24
product([2, null]) => null
mean([]) => null
mean(1, 2, 3) => 2
mean([1, 2, 2]) = 5 / 3 => true
min("b", "a") => "a"
min(["乙", "甲"]) => "乙"
max([1, null]) => null
max([@"P1D", @"PT25H"]) => @"PT25H"
min(@"09:30:00", @"08:00:00") => @"08:00:00"
max([]) => null
max([[1]]) => null
max(null) => null
all([true, null]) => null
all([false, null]) => false
all([1]) => null
all(null) => null
all() => null
any([true, null]) => true
any(null) => null
any([1, true]) => true
sublist([1, 2, 3], -2) => [2, 3]
sublist([1, 2, 3], -2, 1) => [2]
sublist([1, 2, 3], 0) => null
sublist([1, 2, 3], 1, 0) => null
append([], null) => [null]
append(null, 1) => null
append([1], [2]) => [1, [2]]
concatenate([1], null) => null
concatenate([], []) => []
insert before([1], 1, null) => [null, 1]
insert before([1, 2], -1, 9) => [1, 9, 2]
insert before([1], 3, 2) => null
remove([1, 2], 3) => null
remove([1, 2], 1) => [2]
reverse([1, null, "甲"]) => ["甲", null, 1]
reverse([]) => []
index of([1, null, 1], null) => [2]
index of([1], 2) => []
index of(null, 1) => null
union([1, 2], [2, null], [null]) => [1, 2, null]
union([1], null) => null
distinct values([[1], [1], {a: 1}, {a: 1}]) => [[1], {a: 1}]
flatten([[1, [2, [3]]], []]) => [1, 2, 3]
flatten(null) => null
list contains([[1]], [1]) => true
list contains(null, 1) => null
sort(["b", "a", "甲"]) => ["a", "b", "甲"]
sort([1, null]) => null
sort(null) => null
sort([2, 1], function(a, b) null) => [2, 1]
sort([2, 1], function(a) true) => null
sort([{n: 2, v: "x"}, {n: 1, v: "y"}], function(a, b) a.n < b.n).v => ["y", "x"]
sort(list: [1, 2], precedes: function(a, b) a > b) => [2, 1]
""")


@pytest.mark.parametrize(("expression", "expected"), EXAMPLES)
def test_a_list_function_gives(expression: str, expected: str) -> None:
    assert_example(expression, expected)


NUMBERS = st.lists(st.integers(-1000, 1000), min_size=1, max_size=20)


@given(NUMBERS)
def test_the_middle_and_the_most_frequent_are_those_of_statistics(items: list[int]) -> None:
    exact = [Decimal(item) for item in items]
    counts = Counter(exact)
    most = max(counts.values())
    assert evaluate("median(xs)", {"xs": items}) == median(exact)
    assert evaluate("mode(xs)", {"xs": items}) == sorted(
        item for item, count in counts.items() if count == most
    )


@given(NUMBERS.filter(lambda items: len(items) > 1))
def test_the_standard_deviation_is_that_of_a_sample(items: list[int]) -> None:
    exact = stdev([Decimal(item) for item in items])
    found = evaluate("stddev(xs)", {"xs": items})
    assert abs(found - exact) < Decimal("1e-20")


@given(st.lists(st.integers(-5, 5), max_size=30))
def test_sorting_keeps_the_order_of_what_is_equal(items: list[int]) -> None:
    marked = [{"n": item, "at": at} for at, item in enumerate(items)]
    context: dict[str, Any] = {"xs": marked}
    by_function = evaluate("sort(xs, function(a, b) a.n < b.n)", context)
    assert by_function == sorted(marked, key=lambda one: one["n"])
    assert evaluate("sort(xs)", {"xs": items}) == sorted(items)


@given(st.lists(st.integers(0, 3), max_size=8), st.integers(-9, 9), st.integers(0, 3))
def test_a_place_that_is_replaced_is_the_only_one_that_changes(
    items: list[int], position: int, item: int
) -> None:
    context = {"xs": items, "at": position, "item": item}
    replaced = evaluate("list replace(xs, at, item)", context)
    if position == 0 or abs(position) > len(items):
        assert replaced is None
    else:
        at = position - 1 if position > 0 else len(items) + position
        assert replaced == [*items[:at], item, *items[at + 1 :]]


GREEDY = [
    "sort(xs)",
    "median(xs)",
    "mode(xs)",
    "list replace(xs, function(a, b) a = b, 1)",
    "sort(xs, function(a, b) a < b)",
]


@pytest.mark.parametrize("text", GREEDY)
def test_the_work_on_a_long_list_is_paid_for(text: str) -> None:
    expression = compile_expression(text)
    with pytest.raises(BudgetExceeded):
        expression({"xs": list(range(5_000))}, budget=6_000)


def test_a_thousand_items_are_sorted_within_the_usual_budget() -> None:
    items = [at * 7919 % 1009 for at in range(1_000)]
    assert evaluate("sort(xs)", {"xs": items}) == sorted(items)
