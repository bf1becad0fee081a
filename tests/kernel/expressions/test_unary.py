"""Unary tests: the cells of decision tables."""

from decimal import Decimal
from typing import Any

import pytest

from tuoban.kernel.expressions import (
    DATE,
    NUMBER,
    TEXT,
    ExpressionError,
    choice_of,
    compile_tests,
    to_text,
)
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.parsing import parse_tests

PASSED: list[tuple[str, Any, bool | None]] = [
    ("-", None, True),
    ("5", Decimal(5), True),
    ("5", Decimal(6), False),
    ("-5", Decimal(-5), True),
    ("1, 2, 3", Decimal(2), True),
    ("< 5", Decimal(4), True),
    ("< 5, > 9", Decimal(7), False),
    ("!= 5", Decimal(7), True),
    ("[1..5]", Decimal(5), True),
    ("[1..5)", Decimal(5), False),
    ("]1..5[", Decimal(1), False),
    ("(1..5), 7", Decimal(7), True),
    ("not(5)", Decimal(5), False),
    ("not(< 5, > 9)", Decimal(7), True),
    ("not([1..5[)", Decimal(5), True),
    ("not(null)", Decimal(5), True),
    ("null", None, True),
    ("null", Decimal(1), False),
    ("< 5", None, None),
    ("not(< 5)", None, None),
    ("< 5, null", None, True),
    ('"i", "ii"', "ii", True),
    ('not("i", "ii")', "iii", True),
    ('["i", "ii"]', "ii", True),
    ("limit", Decimal(3), True),
    ("<= limit + 1", Decimal(4), True),
    ("? > limit", Decimal(4), True),
    ("? > limit and ? < 9", Decimal(9), False),
    ("not(? > limit)", Decimal(4), False),
    ("not(? > 5) or ? = 7", Decimal(7), True),
    ("? > limit, 1", Decimal(1), True),
    ("every x in [1, 2] satisfies x < ?", Decimal(3), True),
    ("true", True, True),
    ("not(true)", True, False),
    ('contains(?, "急")', "加急", True),
    ("? + 1", Decimal(1), None),
]


@pytest.mark.parametrize(("text", "value", "expected"), PASSED)
def test_a_value_passes_one_of_the_tests(text: str, value: Any, expected: bool | None) -> None:
    tests = compile_tests(text)
    assert tests.evaluate(value, {"limit": 3}, Meter(1_000)) is expected


LIKE_A_NEGATION = ["(not(?))", "(not(?)), 2", "(not(?))[1], 2", "not(2)", "not((not(?)), 2)"]


@pytest.mark.parametrize("text", [*(row[0] for row in PASSED), *LIKE_A_NEGATION])
def test_tests_are_printed_as_they_are_read(text: str) -> None:
    tree = parse_tests(text)
    assert parse_tests(to_text(tree)) == tree


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "expression-empty", 0),
        ("1,", "unexpected-end", 2),
        ("1 2", "unexpected-token", 2),
        ("not(1", "unexpected-end", 5),
        ("not(1) 2", "unexpected-token", 7),
        ("1..5", "bare-range", 1),
        ("-, 1", "unexpected-token", 1),
    ],
)
def test_what_are_no_tests_is_refused_where_it_stands(text: str, code: str, position: int) -> None:
    with pytest.raises(ExpressionError) as refused:
        compile_tests(text)
    assert (refused.value.code, refused.value.position) == (code, position)


@pytest.mark.parametrize(
    ("text", "shape", "code"),
    [
        ('"5"', NUMBER, "wrong-type"),
        ("> 5", TEXT, "wrong-type"),
        ("[1..5]", DATE, "wrong-type"),
        ('"hgih"', choice_of("high", "low"), "unknown-option"),
        ('not("hgih")', choice_of("high", "low"), "unknown-option"),
        ("? + 1", NUMBER, "wrong-type"),
        ("> limti", NUMBER, "unknown-name"),
    ],
)
def test_tests_that_no_value_can_pass_are_refused(text: str, shape: Any, code: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        compile_tests(text, {"limit": NUMBER}, shape)
    assert refused.value.code == code


def test_the_tested_value_is_none_of_the_names_that_are_read() -> None:
    tests = compile_tests("? > case.limit, 3")
    assert tests.paths == {("case", "limit")}
    assert tests.names == {"case"}
