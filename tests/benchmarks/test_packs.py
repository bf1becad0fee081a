"""The figures of the benchmark of packs add up."""

from __future__ import annotations

from benchmarks.packs.report import BEGIN, END, Figures, figures, misses
from benchmarks.page import README, between_markers


def test_figures_that_meet_the_goal_say_so() -> None:
    found = Figures(few=0.5, many=3.3)
    assert misses(found) == []
    assert "6000 in 3.30 s: a step takes **1.10** times as long" in figures(found)


def test_a_missed_goal_is_named() -> None:
    found = Figures(few=0.5, many=18.0)
    assert misses(found) == ["a step took 6.00 times as long in the longer pack, not 1.5"]


def test_the_page_has_a_place_for_the_figures() -> None:
    assert "new\n" in between_markers(README.read_text("utf-8"), "new\n", BEGIN, END)
