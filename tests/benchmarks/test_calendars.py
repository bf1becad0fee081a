"""The benchmark of time limits stays runnable: what it measures is right, the figures add up."""

from benchmarks.calendars import cases
from benchmarks.calendars.report import BEGIN, END, Figures, figures, misses
from benchmarks.page import README, between_markers
from tests.kernel.calendars import reference
from tuoban.kernel.calendars import workdays_between
from tuoban.kernel.clocks import due, standing


def test_the_due_time_is_that_of_the_reference_and_thirty_working_days_away() -> None:
    office = cases.CALENDARS["office"]
    found = due(cases.FAR, cases.CALENDARS)
    assert found is not None
    assert found == reference.add(office, cases.START, cases.LENGTH)
    assert workdays_between(office, cases.START, found) == 30


def test_the_wall_has_ten_thousand_clocks_in_every_state() -> None:
    wall = cases.wall()
    assert len(wall) == cases.CLOCKS
    some = [standing(each, cases.CALENDARS, cases.NOW) for each in wall[::97] + wall[-30:]]
    assert {each.state for each in some} == {"running", "paused"}
    assert {each.late for each in some} == {True, False}


def test_figures_that_meet_their_goals_say_so() -> None:
    found = Figures(due=5e-6, reference=0.1, first=2e-3, wall=0.3)
    assert misses(found) == []
    assert "| one due time | 5.0 µs | 1/20,000 |" in figures(found)


def test_a_missed_goal_is_named() -> None:
    assert misses(Figures(due=25e-6, reference=5e-4, first=2e-3, wall=0.6)) == [
        "a due time is 20.0 times faster than the reference, the goal is 30",
        "a due time took 25.0 µs, the goal is 20 µs",
        "10,000 clocks took 0.60 s, the goal is 0.5 s",
    ]


def test_the_page_has_a_place_for_the_figures() -> None:
    assert "new\n" in between_markers(README.read_text("utf-8"), "new\n", BEGIN, END)
