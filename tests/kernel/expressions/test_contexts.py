from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.expressions.examples import assert_example, examples
from tuoban.kernel.expressions import evaluate

EXAMPLES = examples("""
get value({a: "foo"}, "a") => "foo"
get value({a: "foo"}, "b") => null
get value({"总 额": 3}, "总 额") => 3
get value({a: null}, "a") => null
get value(null, "a") => null
get value({a: 1}, null) => null
get value({a: 1}, 1) => null
get value(m: {a: 1}, key: "a") => 1
get value({a: {b: 1}}, ["a", "b"]) => 1
get value({a: {b: 1}}, ["a"]) => {b: 1}
get value({a: {b: 1}}, ["a", "c"]) => null
get value({a: {b: 1}}, ["b", "a"]) => null
get value({a: 1}, ["a", "b"]) => null
get value({a: 1}, []) => null
get value({a: 1}, ["a", null]) => null
get entries({a: "foo", "总额": 2}) => [{key: "a", value: "foo"}, {key: "总额", value: 2}]
get entries({}) => []
get entries({a: null}) => [{key: "a", value: null}]
get entries(null) => null
get entries({a: 1})[key = "a"].value => [1]
context([{key: "甲", value: 1}, {key: "乙", value: null}]) => {甲: 1, 乙: null}
context({key: "a", value: 1}) => {a: 1}
context([{key: "a", value: 1, other: 2}]) => {a: 1}
context([]) => {}
context([{key: null, value: 1}]) => null
context([{key: 1, value: 1}]) => null
context([{key: "a"}]) => null
context([{value: 1}]) => null
context([{key: "a", value: 1}, null]) => null
context([{key: "a", value: 1}, {key: "a", value: 1}]) => null
context(null) => null
context(get entries({a: 1, b: [2]})) => {a: 1, b: [2]}
context put({}, "总额", 1) => {总额: 1}
context put({a: 1, b: 2}, "a", null) => {a: null, b: 2}
context put({a: 1}, "a", {b: 1}) => {a: {b: 1}}
context put({a: 1}, null, 1) => null
context put(null, "a", 1) => null
context put({x: 1, y: {a: 0}}, ["y", "a"], 2) => {x: 1, y: {a: 2}}
context put({x: 1, y: {a: 0}}, ["y", "b"], 2) => {x: 1, y: {a: 0, b: 2}}
context put({x: 1, y: {a: 0}}, ["y", "a"], null) => {x: 1, y: {a: null}}
context put({x: 1}, ["y"], 2) => {x: 1, y: 2}
context put({x: 1}, [], 2) => null
context put({x: 1}, ["x", "a"], 2) => null
context put({x: {y: {}}}, ["x", "y", "z"], 2) => {x: {y: {z: 2}}}
context put({x: 1, y: {a: 0}}, ["y", null], 2) => null
context put(context: {}, keys: ["a"], value: 1) => {a: 1}
context merge([{a: 1}, {b: 2}]) => {a: 1, b: 2}
context merge([{a: 1}, {a: 2}]) => {a: 2}
context merge([{a: {b: 1}}, {a: {c: 2}}]) => {a: {c: 2}}
context merge([{a: 1}, {a: null}]) => {a: null}
context merge({a: 1}) => {a: 1}
context merge([]) => {}
context merge([{a: 1}, null]) => null
context merge([1]) => null
context merge(null) => null
""")


@pytest.mark.parametrize(("expression", "expected"), EXAMPLES)
def test_a_context_function_gives(expression: str, expected: str) -> None:
    assert_example(expression, expected)


KEYS = st.sampled_from(["a", "b", "总额", "x y"])
NUMBERS = st.integers(-99, 99)
CONTEXTS = st.dictionaries(KEYS, NUMBERS | st.dictionaries(KEYS, NUMBERS))


@given(CONTEXTS, CONTEXTS)
def test_contexts_are_made_and_taken_apart(left: dict[str, Any], right: dict[str, Any]) -> None:
    context = {"a": left, "b": right}
    assert evaluate("context(get entries(a))", context) == left
    assert evaluate("context merge([a, b])", context) == {**left, **right}


@given(CONTEXTS, st.lists(KEYS, min_size=1, max_size=2))
def test_what_is_put_at_a_path_is_found_there(context: dict[str, Any], keys: list[str]) -> None:
    facts = {"c": context, "keys": keys}
    put = evaluate("context put(c, keys, 7)", facts)
    if put is None:
        assert evaluate("get value(c, keys)", facts) is None
    else:
        assert evaluate("get value(c, keys)", {"c": put, "keys": keys}) == 7
