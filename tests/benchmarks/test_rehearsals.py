"""The figures of the benchmark of rehearsals add up."""

from benchmarks.page import README, between_markers
from benchmarks.rehearsals.report import BEGIN, END, Figures, figures, misses


def test_figures_that_meet_the_goal_say_so() -> None:
    found = Figures(packs=11, scenarios=110, seconds=11.0)
    assert misses(found) == []
    assert "110 scenarios of 11 packs in 11.0 s of CPU: **10.0 s**" in figures(found)


def test_a_missed_goal_is_named() -> None:
    found = Figures(packs=11, scenarios=50, seconds=11.0)
    assert misses(found) == ["a hundred scenarios took 22.0 s, the goal is 20 s"]


def test_the_page_has_a_place_for_the_figures() -> None:
    assert "new\n" in between_markers(README.read_text("utf-8"), "new\n", BEGIN, END)
