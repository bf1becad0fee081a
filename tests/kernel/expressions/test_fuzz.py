"""Whatever is written and whatever the context holds: a value, a refusal, or the budget's end."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.kernel.expressions.fuzz_grammar import Writer, writers
from tests.kernel.expressions.fuzz_greedy import GREEDY
from tests.kernel.expressions.fuzz_shapes import SHAPES, fitting_facts, has
from tests.kernel.expressions.fuzz_values import facts
from tests.kernel.expressions.fuzz_words import KNOWN_NAMES
from tuoban.kernel.expressions import (
    ANY,
    BudgetExceeded,
    Cause,
    ExpressionError,
    Function,
    NullReason,
    Range,
    compile_expression,
    compile_tests,
    explain,
    parse,
    to_text,
    trace,
    unary,
)
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.expression import DEFAULT_BUDGET, Expression
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.parsing import parse_tests
from tuoban.kernel.expressions.values import KIND_OF, NUMBERS, adopt, weigh

KNOWN = dict.fromkeys(KNOWN_NAMES, ANY)
UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
QUICK = settings(max_examples=100, suppress_health_check=UNHURRIED)
LONG = settings(max_examples=4_000, suppress_health_check=UNHURRIED)


# What must hold of one text


def check_reading(writer: Writer) -> None:
    text = written(writer, writer.anything(3))
    tree = readable(lambda: parse(text, KNOWN_NAMES), text)
    if tree is not None:
        check_printing(tree, lambda printed: parse(printed, KNOWN_NAMES))


def check_reading_tests(writer: Writer) -> None:
    text = written(writer, writer.tests(3))
    tree = readable(lambda: parse_tests(text, KNOWN_NAMES), text)
    if tree is not None:
        check_printing(tree, lambda printed: parse_tests(printed, KNOWN_NAMES))


def check_evaluation(writer: Writer) -> None:
    text = written(writer, writer.anything(3))
    expression = readable(lambda: compile_expression(text, KNOWN), text)
    if expression is None:
        return
    context = facts(text, writer.pick)
    evaluate = evaluator(expression, context)
    try:
        cost, value = cost_of(evaluate)
        traced = trace(expression, context)
        causes = explain(expression, context)
    except BudgetExceeded:
        return
    tell([*traced.reasons, *causes])
    assert_is_feel(value)
    assert plain(evaluate(Meter(cost))) == plain(traced.value) == plain(value)
    with pytest.raises(BudgetExceeded):
        evaluate(Meter(cost - 1))


def check_evaluating_tests(writer: Writer) -> None:
    text = written(writer, writer.tests(3))
    tests = readable(lambda: compile_tests(text, KNOWN), text)
    if tests is None:
        return
    context = facts(text + " wild", writer.pick)
    try:
        outcome = outcome_of(tests, context)
        assert outcome_of(tests, context) is outcome
    except BudgetExceeded:
        return
    assert outcome is None or type(outcome) is bool


def check_shape(writer: Writer) -> None:
    text = writer.anything(3)
    expression = readable(lambda: compile_expression(text, SHAPES), text)
    if expression is None:
        return
    try:
        value = expression(fitting_facts(text, writer.pick))
    except BudgetExceeded:
        return
    assert has(value, expression.shape), (text, expression.shape, value)


# Parts of the above


def nodes(tree: s.Node) -> Iterator[s.Node]:
    yield tree
    for child in s.children(tree):
        yield from nodes(child)


def written(writer: Writer, text: str) -> str:
    return writer.mutated(text) if writer.one_in(4) else text


def readable(read: Callable[[], Any], text: str) -> Any:
    """What `read` gives; None where the text is refused, which is done in words, at a place."""
    try:
        return read()
    except ExpressionError as error:
        refused = error
    assert 0 <= refused.position <= len(text)
    assert refused.describe("zh") != refused.describe("en")
    return None


def check_printing(tree: s.Node, read: Callable[[str], s.Node]) -> None:
    printed = to_text(tree)
    again = read(printed)
    assert again == tree
    assert to_text(again) == printed


def tell(sentences: list[NullReason | Cause]) -> None:
    assert all(one.describe("zh") and one.describe("en") for one in sentences)


def evaluator(expression: Expression, context: dict[str, Any]) -> Callable[[Meter], Any]:
    return lambda meter: weigh(expression.evaluate(context, meter), meter)


def cost_of(evaluate: Callable[[Meter], Any]) -> tuple[int, Any]:
    """The steps that an evaluation takes, and its value."""
    meter = Meter(DEFAULT_BUDGET)
    value = evaluate(meter)
    return DEFAULT_BUDGET - meter.left, value


def outcome_of(tests: unary.Tests, context: dict[str, Any]) -> bool | None:
    meter = Meter(DEFAULT_BUDGET)
    return tests.evaluate(adopt(context["wild"], meter), context, meter)


def assert_is_feel(value: Any) -> None:
    """Nothing but the types of FEEL, all the way down."""
    assert type(value) in KIND_OF, type(value)
    if type(value) is Decimal:
        assert value.is_finite()
        assert NUMBERS.plus(value) == value
    for part in parts(value):
        assert_is_feel(part)


def parts(value: Any) -> list[Any]:
    if type(value) is Range:
        return [value.low, value.high]
    if type(value) is dict:
        return [*value.values()]
    return value if type(value) is list else []


def plain(value: Any) -> Any:
    """`value` for a comparison: functions, made anew by every evaluation, count as equal."""
    if type(value) is list:
        return [plain(item) for item in value]
    if type(value) is dict:
        return {key: plain(member) for key, member in value.items()}
    if type(value) is Range:
        return (plain(value.low), plain(value.high), value.low_included, value.high_included)
    return type(value), None if type(value) is Function else value


# The tests


@QUICK
@given(writers())
def test_any_text_is_refused_in_words_or_printed_to_be_read_again(writer: Writer) -> None:
    check_reading(writer)


@QUICK
@given(writers())
def test_any_cell_is_refused_in_words_or_printed_to_be_read_again(writer: Writer) -> None:
    check_reading_tests(writer)


@QUICK
@given(writers())
def test_evaluation_gives_a_value_of_feel_for_just_what_it_costs(writer: Writer) -> None:
    check_evaluation(writer)


@QUICK
@given(writers())
def test_a_test_holds_or_fails_or_cannot_be_told(writer: Writer) -> None:
    check_evaluating_tests(writer)


@QUICK
@given(writers())
def test_a_value_has_the_shape_that_was_foretold_in_all_its_parts(writer: Writer) -> None:
    check_shape(writer)


@pytest.mark.long
@pytest.mark.parametrize(
    "check",
    [check_reading, check_reading_tests, check_evaluation, check_evaluating_tests, check_shape],
)
def test_thousands_of_texts_keep_every_promise(check: Callable[[Writer], None]) -> None:
    LONG(given(writers())(check))()


def test_a_greedy_expression_ends_with_little_memory_and_time() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.kernel.expressions.fuzz_greedy"],
        check=False,
        capture_output=True,
        cwd=Path(__file__).parents[3],
        text=True,
    )
    done = len(ended.stdout.split())
    assert ended.returncode == 0, (GREEDY[done], ended.stderr)
    assert done == len(GREEDY)
