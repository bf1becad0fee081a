"""A flow that may stand still, run twice or never end is refused with the path that shows it."""

from __future__ import annotations

from tests.kernel.bpmn.building import (
    END,
    START,
    begun,
    compiled,
    flow,
    imported,
    node,
    refusals,
    tasks,
)
from tuoban.kernel.bpmn import BpmnError


def _path(process: str) -> str:
    try:
        imported(process)
    except BpmnError as error:
        return error.problems[0].facts.get("path", "")
    return ""


def gates(**kinds: str) -> str:
    return "".join(f'<{kind}Gateway id="{key}"/>' for key, kind in kinds.items())


def test_a_choice_that_a_parallel_gateway_joins_comes_to_a_stand() -> None:
    process = START + tasks("q", "a", "b") + END + gates(x="exclusive", y="parallel")
    process += flow("s > q", "q > x", "x > a", "x > b", "a > y", "b > y", "y > e")
    assert refusals(process) == ["unsound-stuck y"]
    assert _path(process) == "s → x → A"


def test_branches_that_an_exclusive_gateway_joins_go_on_twice() -> None:
    process = START + tasks("a", "b", "c") + END + gates(x="parallel", y="exclusive")
    process += flow("s > x", "x > a", "x > b", "a > y", "b > y", "y > c", "c > e")
    assert refusals(process) == ["unsound-twice y"]


def test_a_loop_without_a_way_out_never_ends() -> None:
    assert refusals(START + tasks("a", "b") + flow("s > a", "a > b", "b > a")) == [
        "unsound-endless a"
    ]


def test_sound_ways_that_cross_are_refused_as_that_at_each_place() -> None:
    made = START + tasks("a", "b", "c", "d") + END
    made += gates(x="parallel", y="parallel", m="parallel", q="parallel")
    made += flow("s > x", "x > a", "x > b", "a > m", "m > c", "m > q", "b > q", "q > d")
    made += flow("c > y", "d > y", "y > e").replace('Flow id="', 'Flow id="z')
    assert refusals(made) == [f"ways-cross {each}" for each in "xymq"]


def test_ways_that_cross_one_at_a_time_are_a_loop_over_places() -> None:
    process = START + tasks("a", "b", "c", "d", "f") + END + gates(x="exclusive", y="exclusive")
    process += flow("s > a", "a > x", "x > b | left", "x > c | right", "b > y", "y > d | on")
    process += flow("y > c | over").replace('Flow id="', 'Flow id="z')
    process += flow("c > f", "d > f", "f > e")
    assert {"a", "b", "c", "d"} <= set(compiled(process).nodes)
    assert "ways-stepped" in [each.code for each in imported(process).warnings]
    play = begun(process)
    for step, outcome in (("a", "left"), ("b", "over"), ("c", None), ("f", None)):
        assert play.open() == {step}
        play.do(step, outcome=outcome)
    assert play.state.outcome == "closed"


def test_what_no_flow_leads_to_is_refused() -> None:
    assert refusals(START + tasks("a", "b") + END + flow("s > a", "a > e", "b > e")) == [
        "never-reached b"
    ]


def test_a_way_that_ends_before_the_first_place_goes_to_none() -> None:
    inner = '<startEvent id="us"/>' + tasks("t", "a", "b", "c") + '<endEvent id="ue"/>'
    inner += gates(x="exclusive", v="exclusive", w="exclusive")
    inner += flow("us > t", "t > x", "x > ue | stop", "x > a | go", "a > v", "v > b | left")
    inner += flow("v > c | over", "b > w", "w > ue | out", "w > c | on", "c > ue").replace(
        'Flow id="', 'Flow id="z'
    )
    process = START + node("subProcess", "u", inner) + tasks("d") + END
    process += flow("s > u", "u > d", "d > e")
    assert begun(process).do("t", outcome="stop").open() == {"d"}
    assert begun(process).do("t", outcome="go").open() == {"a"}
