"""The benchmark of steps stays runnable: its process means what it should, the figures add up."""

import re

from benchmarks.page import README, between_markers
from benchmarks.steps import ours
from benchmarks.steps.process import BPMN, PACK, PLAY, Move, in_a_loop, in_line
from benchmarks.steps.report import BEGIN, END, Figures, figures, misses
from tuoban.kernel.engine import advance
from tuoban.kernel.language import compile_pack


def test_the_case_is_played_from_its_beginning_to_its_end() -> None:
    definition, played = ours.repair()
    last = played[-1]
    ended = advance(definition, last.state, last.command, ours.SURROUNDINGS).state
    assert (ended.status, ended.outcome) == ("ended", "closed")
    assert ended.loops["rounds"][-1].rounds == 2


def test_the_pack_and_the_bpmn_have_the_same_thirteen_steps() -> None:
    tasks = set(re.findall(r'<userTask id="(\w+)"', BPMN.read_text("utf-8")))
    nodes = compile_pack(PACK).nodes
    assert tasks == {key for key, node in nodes.items() if node.kind == "step"}
    assert len(tasks) == 13
    assert tasks - {each.step for each in PLAY} == {"note"}


def test_what_grows_has_as_many_steps_as_it_says() -> None:
    assert len(compile_pack(in_line(10)).nodes) == 11  # and an end
    again = [Move("work", {"good": False})] * 9
    moment = ours.moments(compile_pack(in_a_loop(20)), again)[-1]
    assert len(moment.state.completions["work"]) == 8


def made_up(ours: float = 5e-6, large: float = 6e-6, compiling: float = 0.2) -> Figures:
    sizes = {10: 5e-6, 1000: large}
    return Figures(ours, 2e-4, "SpiffWorkflow 1", sizes, sizes, sizes, "a-pack", compiling)


def test_figures_that_meet_their_goals_say_so() -> None:
    found = made_up()
    assert misses(found) == []
    assert "| ours | 5.0 µs | **40.0** |" in figures(found)
    assert "| steps taken before | – | 5.0 | – | 6.0 | 1.20 |" in figures(found)


def test_a_missed_goal_is_named() -> None:
    assert misses(made_up(ours=1e-4, large=2e-5, compiling=1.5)) == [
        "a completion is 2.0 times faster than with SpiffWorkflow 1, the goal is 3",
        "by steps in the process a completion grows 4.00 times, the goal is 1.5",
        "by steps taken before a completion grows 4.00 times, the goal is 1.5",
        "by rounds taken before a completion grows 4.00 times, the goal is 1.5",
        "a-pack was compiled in 1.50 s, the goal is 1 s",
    ]


def test_the_page_has_a_place_for_the_figures() -> None:
    assert "new\n" in between_markers(README.read_text("utf-8"), "new\n", BEGIN, END)
