"""An evaluation depends on nothing but its text and its context."""

from decimal import Context, Decimal, FloatOperation, Inexact, InvalidOperation, localcontext

import pytest

from tests.kernel.expressions.examples import assert_example
from tests.kernel.expressions.test_builtins import EXAMPLES
from tests.kernel.expressions.test_operators import ARITHMETIC, COMPARISON, TEMPORAL
from tuoban.kernel.expressions import evaluate

LONG = "1234567890123456789012345678901234"


@pytest.mark.parametrize(
    ("expression", "expected"), [*ARITHMETIC, *TEMPORAL, *COMPARISON, *EXAMPLES]
)
def test_the_decimal_context_of_the_thread_changes_nothing(expression: str, expected: str) -> None:
    given = evaluate(expression, {})
    with localcontext(Context(prec=2, traps=[Inexact, InvalidOperation, FloatOperation])):
        assert evaluate(expression, {}) == given
    assert_example(expression, expected)


@pytest.mark.parametrize("text", [f"abs(-{LONG})", f"{LONG} + 0", f"-(-{LONG})", f"max(0, {LONG})"])
def test_numbers_keep_their_34_digits(text: str) -> None:
    assert evaluate(text, {}) == Decimal(LONG)


def test_members_of_a_context_in_the_result_are_values_of_feel() -> None:
    assert evaluate("x", {"x": {"a": 1.5, "b": object()}}) == {"a": Decimal("1.5"), "b": None}
