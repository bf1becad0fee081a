from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.expressions.examples import assert_example, examples
from tuoban.kernel.expressions import evaluate

EXAMPLES = examples("""
decimal(1/3, 2) => 0.33
decimal(1.5, 0) => 2
decimal(2.5, 0) => 2
decimal(-2.5, 0) => -2
decimal(0.125, 2) => 0.12
decimal(1250, -2) => 1200
decimal(1, 6176) => 1
decimal(1, 6177) => null
decimal(1, -6111) => 0
decimal(1, -6112) => null
decimal(1e6144, 0) => 1e6144
decimal(1.5, 1.9) => 1.5
decimal(null, 1) => null
decimal(1, null) => null
decimal("1", 1) => null
decimal(1) => null
decimal(n: 1.25, scale: 1) => 1.2
floor(1.5) => 1
floor(-1.5) => -2
floor(-1.56, 1) => -1.6
floor(125, -1) => 120
floor(null) => null
floor(1.5, null) => null
ceiling(1.5) => 2
ceiling(-1.5) => -1
ceiling(-1.56, 1) => -1.5
ceiling(121, -1) => 130
round up(5.5, 0) => 6
round up(-5.5, 0) => -6
round up(1.121, 2) => 1.13
round up(-1.126, 2) => -1.13
round up(0.0001, 2) => 0.01
round up(null, 0) => null
round down(5.5, 0) => 5
round down(-5.5, 0) => -5
round down(1.129, 2) => 1.12
round half up(5.5, 0) => 6
round half up(-5.5, 0) => -6
round half up(1.121, 2) => 1.12
round half up(1.125, 2) => 1.13
round half up(15, -1) => 20
round half down(5.5, 0) => 5
round half down(-5.5, 0) => -5
round half down(1.126, 2) => 1.13
round half down(2.5, 0) => 2
abs(-10) => 10
abs(0) => 0
abs(null) => null
abs(@"-P1Y2M") => @"P1Y2M"
abs(@"-P1DT1H") => @"P1DT1H"
abs(@"P1D") => @"P1D"
abs(@"2026-03-01") => null
modulo(12, 5) => 2
modulo(-12, 5) => 3
modulo(12, -5) => -3
modulo(-12, -5) => -2
modulo(10.1, 4.5) => 1.1
modulo(-10.1, 4.5) => 3.4
modulo(10.1, -4.5) => -3.4
modulo(-10.1, -4.5) => -1.1
modulo(10, 5) => 0
modulo(-10, 5) => 0
modulo(1e40, 7) => 4
modulo(1e6144, 7) => 1
modulo(5, 1e6000) => 5
modulo(5, 0) => null
modulo(null, 5) => null
sqrt(16) => 4
sqrt(2) => 1.414213562373095048801688724209698
sqrt(0) => 0
sqrt(-3) => null
sqrt(null) => null
sqrt("4") => null
log(10) => 2.302585092994045684017991454684364
log(1) => 0
log(0) => null
log(-1) => null
log(exp(1)) => 1
exp(5) => 148.4131591025766034211155800405523
exp(0) => 1
exp(-1) => 0.3678794411714423215955237701614609
exp(1e10) => null
exp(-1e10) => 0
odd(5) => true
odd(2) => false
odd(-3) => true
odd(0) => false
odd(5.0) => true
odd(1.5) => null
odd(null) => null
even(2) => true
even(-2) => true
even(0) => true
even(5) => false
even(1e40) => true
odd(1e40) => false
even(9999999999999999999999999999999999) => false
even(1.5) => null
even("2") => null
2 ** 0.5 => 1.414213562373095048801688724209698
1 / 3 => 0.3333333333333333333333333333333333
""")


@pytest.mark.parametrize(("expression", "expected"), EXAMPLES)
def test_a_number_function_gives(expression: str, expected: str) -> None:
    assert_example(expression, expected)


NUMBERS = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent, Context(prec=40)),
    st.integers(-(10**34) + 1, 10**34 - 1),
    st.integers(-60, 60),
)
DECIMAL128 = Context(prec=34, rounding=ROUND_HALF_EVEN)


@given(NUMBERS, NUMBERS.filter(bool))
def test_modulo_is_exact_and_has_the_sign_of_the_divisor(
    dividend: Decimal, divisor: Decimal
) -> None:
    rest = Fraction(dividend) % Fraction(divisor)
    exact = Context(prec=500).divide(Decimal(rest.numerator), Decimal(rest.denominator))
    found = evaluate("modulo(a, b)", {"a": dividend, "b": divisor})
    assert found == DECIMAL128.plus(exact)


@given(NUMBERS, st.integers(-5, 5))
def test_the_ways_to_round_agree_on_where_the_number_lies(value: Decimal, scale: int) -> None:
    context = {"n": value, "scale": scale}
    ways = ("floor", "ceiling", "round up", "round down", "round half up", "round half down")
    found = {way: evaluate(f"{way}(n, scale)", context) for way in ways}
    near = evaluate("decimal(n, scale)", context)
    if None in found.values():
        return
    assert found["floor"] <= value <= found["ceiling"]
    assert abs(found["round down"]) <= abs(value) <= abs(found["round up"])
    between = {found["floor"], found["ceiling"]}
    assert {near, *found.values()} == between


@given(st.integers(-(10**40), 10**40))
def test_a_whole_number_is_either_odd_or_even(value: int) -> None:
    exact = int(DECIMAL128.create_decimal(value))
    assert evaluate("even(n)", {"n": value}) is (exact % 2 == 0)
    assert evaluate("odd(n)", {"n": value}) is (exact % 2 == 1)
