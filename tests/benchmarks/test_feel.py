"""The benchmarks stay runnable: what they measure of ours is right, and the figures add up."""

from decimal import Decimal

import pytest

from benchmarks.feel.__main__ import README, readers
from benchmarks.feel.conditions import SHAPES, conditions
from benchmarks.feel.examples import ALONE, COMPARED, Example
from benchmarks.feel.libraries import ours
from benchmarks.feel.report import Figures, Measured, agrees, figures, misses, replaced
from tuoban.kernel.expressions import BOOLEAN, compile_expression


@pytest.mark.parametrize("example", COMPARED + ALONE, ids=lambda example: example.key)
def test_every_expression_has_the_value_that_is_recorded(example: Example) -> None:
    assert agrees(ours(example)(), example.value)


def test_twelve_expressions_are_compared_and_each_with_another_library() -> None:
    assert len({example.key for example in COMPARED}) == 12
    assert all(len(readers(example)) > 1 for example in COMPARED)


def test_the_thousand_conditions_are_distinct_and_pass_the_checks() -> None:
    texts = conditions()
    assert len(set(texts)) == len(texts) == 1000
    assert all(compile_expression(text, SHAPES).shape == BOOLEAN for text in texts[::9])


def test_values_agree_across_libraries_that_calculate_with_floats() -> None:
    assert agrees([{"a": 64.600000000000001}], [{"a": Decimal("64.6")}])
    assert not agrees(64.7, Decimal("64.6"))
    assert not agrees(found=True, expected=Decimal(1))
    assert not agrees(1, expected=True)
    assert not agrees([], [True])


def made_up(ours: float, compiling: float = 1.0) -> Figures:
    seconds = {"ours": ours, "pysfeel": 1e-4, "bkflow": 2e-4, "bkflow_tree": 1e-6}
    measured = Measured(COMPARED[0], seconds)
    return Figures([measured], compiling, {"pysfeel": "pySFeel 1", "bkflow": "bkflow-feel 2"})


def test_figures_name_the_lowest_ratios_and_meet_their_goals() -> None:
    found = made_up(ours=2e-6)
    assert "**100.0** times faster than one of the two (condition, bkflow-feel 2)" in figures(found)
    assert "The lowest ratio of all is 50.0 (condition, pySFeel 1)" in figures(found)
    assert misses(found) == []


def test_a_missed_goal_is_named() -> None:
    assert misses(made_up(ours=16e-6)) == [
        "condition: 12.5 times faster than bkflow-feel 2, the goal is 20"
    ]
    assert misses(made_up(ours=2e-6, compiling=2.5)) == ["compiling took 2.50 s, the goal is 2.0 s"]


def test_the_page_takes_new_figures_in_place_of_the_old() -> None:
    page = README.read_text("utf-8")
    first = replaced(page, "first\n")
    assert "first\n" in first
    assert replaced(first, "second\n") == replaced(page, "second\n")
    with pytest.raises(ValueError, match="markers"):
        replaced("no figures", "new")
