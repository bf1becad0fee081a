"""What the standard calls an error is null with a recorded reason."""

from typing import Any

import pytest

from tuoban.kernel.expressions import compile_expression, trace
from tuoban.kernel.expressions.nulls import MAX_REASONS, REASONS

REASON: list[tuple[str, dict[str, Any], str, str]] = [
    ("a + 1", {}, "no-name", "a"),
    ("a + 1", {"a": None}, "no-value", "a"),
    ("a.b + 1", {"a": {"b": None}}, "no-value", "a.b"),
    ("a.x + 1", {"a": {}}, "no-member", "a.x"),
    ("[1, 2][5]", {}, "no-item", "[1, 2][5]"),
    ('a + "x"', {"a": 1}, "wrong-operands", 'a + "x"'),
    ("null + 1", {}, "wrong-operands", "null + 1"),
    ('-"x"', {}, "wrong-operand", '-"x"'),
    ("1 / 0", {}, "zero-divisor", "1 / 0"),
    ("10 ** 7000", {}, "no-result", "10 ** 7000"),
    ('1 < "a"', {}, "not-comparable", '1 < "a"'),
    ('[1.."a"]', {}, "not-comparable", '[1.."a"]'),
    ('2 in ("a")', {}, "not-comparable", '2 in ("a")'),
    ('2 between 1 and "b"', {}, "not-comparable", '2 between 1 and "b"'),
    ("true and 5", {}, "not-boolean", "5"),
    ("some x in [1] satisfies x", {}, "not-boolean", "x"),
    ('date("2026-02-30")', {}, "no-answer", 'date("2026-02-30")'),
    ("upper case(3)", {}, "wrong-arguments", "upper case(3)"),
    ("upper case(string: 3)", {}, "wrong-arguments", "upper case(string: 3)"),
    ("sum()", {}, "wrong-arguments", "sum()"),
    ("f(1)", {"f": 3}, "not-a-function", "f(1)"),
    ("(null)(1)", {}, "not-a-function", "(null)(1)"),
    ("(function(x) x)()", {}, "wrong-call", "(function(x) x)()"),
    ('(function(x) x + 1)("a")', {}, "wrong-operands", "x + 1"),
    ('for x in ["a".."c"] return x', {}, "not-loopable", '["a".."c"]'),
    ('@"2026-13-01"', {}, "bad-temporal", '@"2026-13-01"'),
]


@pytest.mark.parametrize(("text", "context", "code", "part"), REASON)
def test_null_has_the_reason_of_its_innermost_part(
    text: str, context: dict[str, Any], code: str, part: str
) -> None:
    traced = trace(compile_expression(text), context)
    (reason,) = traced.reasons
    assert traced.value is None
    assert (reason.code, reason.text) == (code, part)
    assert text[reason.start : reason.end] == part
    assert reason.describe("zh") != reason.describe("en")


@pytest.mark.parametrize(
    "text", ["null", "if true then null else 1", "1 + 1", "[null]", "{a: null}"]
)
def test_what_is_no_error_has_no_reason(text: str) -> None:
    assert trace(compile_expression(text), {}).reasons == ()


def test_a_part_that_is_null_is_told_although_the_whole_is_not() -> None:
    traced = trace(compile_expression("[1, null, 3][item > 1]"), {})
    assert traced.value == [3]
    assert [reason.code for reason in traced.reasons] == ["no-value"]


def test_reasons_are_told_in_both_languages() -> None:
    (reason,) = trace(compile_expression('a + "x"'), {"a": 1}).reasons
    assert reason.describe("zh") == "“+”不能用于数字和文字"
    assert reason.describe("en") == "“+” cannot be used with a number and a text"


def test_every_reason_is_covered_here() -> None:
    assert {code for _, _, code, _ in REASON} == set(REASONS)


def test_reasons_are_bounded() -> None:
    text = "[" + ", ".join(f"a{n}" for n in range(60)) + "]"
    assert len(trace(compile_expression(text), {}).reasons) == MAX_REASONS
