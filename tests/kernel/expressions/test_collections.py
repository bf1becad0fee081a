from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.kernel.expressions.examples import assert_example, examples
from tuoban.kernel.expressions import Function, compile_expression, evaluate

EXAMPLES = examples("""
[1, 2, 3][1] => 1
[1, 2, 3][-1] => 3
[1, 2, 3][0] => null
[1, 2, 3][4] => null
[1, 2, 3][1.5] => null
[1, 2, 3][item > 1] => [2, 3]
[1, 2, 3][count([1, 2])] => 2
[1, 2, 3][null] => []
7[1] => 7
7[item > 3] => [7]
null[1] => null
[{price: 1}, {price: 5}][price > 3] => [{price: 5}]
[{price: 1}, {price: 5}][item.price > 3].price => [5]
[{price: 1}, {price: 5}].price => [1, 5]
[{price: 1}, {other: 5}].price => [1, null]
[{item: 1}, {item: 2}][item > 1] => [{item: 2}]
{a: 1, b: a + 1}.b => 2
{a: {b: 2}}.a.b => 2
{a: 1}.b => null
{"单价 含税": 3}.单价 含税 => 3
{total price: 3, twice: total price * 2}.twice => 6
{in: 1}.in => 1
null.a => null
for x in [1, 2] return x * 2 => [2, 4]
for x in 1..3 return x => [1, 2, 3]
for x in 3..1 return x => [3, 2, 1]
for x in [1..3) return x => [1, 2]
for x in [1, 2], y in [10, 20] return x + y => [11, 21, 12, 22]
for x in [1, 2], y in 1..x return y => [1, 1, 2]
for x in 5 return x => [5]
for x in null return x => null
for x in "a".."c" return x => null
for x in @"2026-02-28"..@"2026-03-01" return x => [@"2026-02-28", @"2026-03-01"]
for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2] => [1, 1, 2, 3, 5]
for first word in [1, 2] return first word + 1 => [2, 3]
some x in [1, 2] satisfies x > 1 => true
some x in [1, 2] satisfies x > 2 => false
some x in [1, null] satisfies x > 2 => null
some x in [] satisfies true => false
every x in [1, 2] satisfies x > 0 => true
every x in [1, 2] satisfies x > 1 => false
every x in [] satisfies false => true
some x in [1, 2], y in [2, 3] satisfies x = y => true
(function(a, b) a - b)(5, 3) => 2
(function(a, b) a - b)(b: 5, a: 3) => -2
(function(a) a)(1, 2) => null
(function(a: number) a)("x") => null
{add: function(a, b) a + b, three: add(1, 2)}.three => 3
(for x in [1, 2] return function(y) x + y)[1](10) => 11
5(1) => null
1 instance of number => true
"a" instance of string => true
null instance of Any => false
@"P1D" instance of days and time duration => true
[1, 2] instance of list<number> => true
[1, "a"] instance of list<number> => false
{a: 1} instance of context<a: number> => true
[1..2] instance of range<number> => true
(function(a) a) instance of function<number> -> number => true
@"2026-03-01".weekday => 7
@"2026-03-01T09:30:00+08:00".hour => 9
@"2026-03-01T09:30:00+08:00".time offset => @"PT8H"
@"09:30:15@Asia/Shanghai".timezone => "Asia/Shanghai"
@"P1Y2M".months => 2
@"-P1DT2H".days => -1
[1..3).end included => false
[1..3).start => 1
1 /* one */ + 2 // and two => 3
"\\u59A5\\u529E" => "妥办"
"tab\\tquote\\"" => "tab	quote\\""
"\\uD83D\\uDE00" => "😀"
""")


@pytest.mark.parametrize(("expression", "expected"), EXAMPLES)
def test_a_form_gives(expression: str, expected: str) -> None:
    assert_example(expression, expected)


class Facts(Mapping[str, Any]):
    """A context that is no dict and has more attributes than members."""

    secret = "out of reach"

    def __getitem__(self, key: str) -> Any:
        return {"total": 3, "rows": [{"n": 1}]}[key]

    def __iter__(self) -> Iterator[str]:
        return iter(("total", "rows"))

    def __len__(self) -> int:
        return 2


def test_any_mapping_is_a_context_and_its_attributes_are_out_of_reach() -> None:
    context = {"facts": Facts()}
    assert evaluate("facts.total + sum(facts.rows.n)", context) == Decimal(4)
    assert evaluate("facts.secret", context) is None
    assert evaluate("facts.__class__", context) is None
    assert evaluate("total", Facts()) == Decimal(3)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (3, Decimal(3)),
        (0.1, Decimal("0.1")),
        (float("nan"), None),
        (Decimal("Infinity"), None),
        (True, True),
        ((1, 2), [Decimal(1), Decimal(2)]),
        (object(), None),
        ([object()], [None]),
        (date(2026, 3, 1), date(2026, 3, 1)),
    ],
)
def test_values_of_the_context_become_values_of_feel(given: object, expected: object) -> None:
    found = evaluate("x", {"x": given})
    assert (type(found), found) == (type(expected), expected)


def test_a_list_that_holds_itself_does_no_harm() -> None:
    endless: list[Any] = [1]
    endless.append(endless)
    assert evaluate("xs[1]", {"xs": endless}) == Decimal(1)


def test_a_caller_offers_functions_of_its_own() -> None:
    limit = Function(("level",), lambda level: 30 if level == "i" else None)
    context = {"settings": {"see_within": limit}, "level": "i"}
    assert evaluate("settings.see_within(level) + 1", context) == Decimal(31)
    assert evaluate("settings.see_within()", context) is None


def test_now_is_what_the_context_says_with_or_without_brackets() -> None:
    now = datetime.fromisoformat("2026-03-01T09:00:00+08:00")
    assert evaluate("now() = now", {"now": now}) is True
    assert evaluate("now()", {}) is None


def test_names_in_chinese_and_names_with_spaces_are_read() -> None:
    assert (
        evaluate('报价.结果 = "同意" and 里程 > 3', {"报价": {"结果": "同意"}, "里程": 4}) is True
    )
    assert evaluate("count(xs[数量 > 1])", {"xs": [{"数量": 1}, {"数量": 2}]}) == Decimal(1)


def test_a_compiled_expression_is_used_many_times() -> None:
    expression = compile_expression("a + 1")
    assert [expression({"a": a}) for a in range(3)] == [Decimal(1), Decimal(2), Decimal(3)]
