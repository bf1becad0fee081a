"""What conditions name is asked before each of them, and at the start where none was asked before;
the order in which flows stand in the file says nothing."""

from __future__ import annotations

import pytest

from tests.kernel.bpmn.building import END, START, begun, compiled, flow, imported, node, tasks
from tests.kernel.bpmn.test_choices import X, gate
from tuoban.kernel import commands as c

USES = {
    "gateway": tasks("a", "b") + gate("h", "h_e_5"),
    "loop": node(
        "userTask",
        "a",
        "<standardLoopCharacteristics><loopCondition>n > 5</loopCondition>"
        "</standardLoopCharacteristics>",
    ),
    "sub-process": node(
        "subProcess",
        "u",
        '<startEvent id="us"/><endEvent id="ue"/>'
        + tasks("a", "b")
        + gate("h", "h_ue_3")
        + flow("us > a", "a > h", "h > ue", "h > b ? n > 5", "b > ue"),
    ),
}
WAYS = {
    "gateway": ("g > a ? n > 5", "a > h", "h > b ? n > 5", "h > e", "b > e"),
    "loop": ("g > a ? n > 5", "a > e"),
    "sub-process": ("g > u ? n > 5", "u > e"),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("backwards", [False, True])
def test_a_first_gateway_is_judged_by_what_the_start_asks(use: str, backwards: bool) -> None:
    ways = flow("s > g", "g > x", *WAYS[use]).replace("?", "")
    if backwards:
        ways = "</sequenceFlow>".join([*reversed(ways.split("</sequenceFlow>")[:-1]), ""])
    process = START + gate("g", "g_x_2") + USES[use] + X + END + ways
    assert "form: [n]" in imported(process).text.partition("process:")[0]
    assert begun(process, n=7).open() == {"a"}
    assert begun(process, n=3).state.outcome == "x"


def test_each_step_before_a_gateway_asks_and_the_start_does_not() -> None:
    process = START + tasks("t", "a", "b") + gate("g", "g_x_3") + gate("h", "h_e_6") + X + END
    process += flow("s > t", "t > g", "g > x", "g > a ? n > 5", "a > h", "h > e", "h > b ? n > 5")
    process += '<sequenceFlow id="last" sourceRef="b" targetRef="e"/>'
    assert "form" not in imported(process).text.partition("process:")[0]
    assert begun(process).do("t", n=7).do("a", n=7).open() == {"b"}


def test_an_event_that_breaks_off_a_step_leaves_to_the_start_what_the_step_asks() -> None:
    timer = "<timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>"
    process = START + tasks("a", "b") + gate("g", "g_x_4") + X + END
    process += node("boundaryEvent", "late", timer, attachedToRef="a")
    process += flow("s > a", "a > g", "late > g", "g > x", "g > b ? n > 5", "b > e")
    assert begun(process, n=7).wait(hours=3).open() == {"b"}


MESSAGE = "<messageEventDefinition/>"
GATE = gate("h", "last") + '<endEvent id="f"/><sequenceFlow id="last" sourceRef="h" targetRef="f"/>'
INSIDE = flow("a > h", "h > b ? n > 5", "b > f").replace('Flow id="', 'Flow id="i')


def border(host: str = "t") -> str:
    return node("boundaryEvent", "m", MESSAGE, attachedToRef=host, cancelActivity="false")


def test_what_an_event_asks_each_time_is_asked_of_each_time() -> None:
    process = START + tasks("t", "a", "b") + END + border() + GATE + INSIDE
    play = begun(process + flow("s > t", "t > e", "m > a"))
    for number in (1, 2):
        play.carry_out(c.Deliver(f"m-{number}", "m", {}, play.at))
    play.do("a", n=7)
    assert sorted(each.node for each in play.state.items.values()) == ["a", "b", "t"]
    play.do("a", n=3).do("t")
    assert play.open() == {"b"}
    assert (
        "fields" not in imported(process + flow("s > t", "t > e", "m > a")).text.split("starts:")[0]
    )


def test_what_is_asked_of_each_of_several_is_its_own() -> None:
    many = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>"
    inner = '<startEvent id="us"/>' + tasks("a", "b") + GATE + INSIDE + flow("us > a")
    inner += f"{many}</multiInstanceLoopCharacteristics>"
    process = START + node("subProcess", "u", inner) + END + flow("s > u", "u > e")
    play = begun(process).do("a", n=7)
    assert sorted(each.node for each in play.state.items.values()) == ["a", "b"]
    assert play.do("a", n=3).do("b").state.outcome == "closed"


def test_a_called_process_has_what_it_alone_asks() -> None:
    called = '<startEvent id="qs"/>' + tasks("a", "b") + GATE + INSIDE + flow("qs > a")
    calls = "".join(node("callActivity", each, calledElement="q") for each in ("k", "l"))
    gates = '<parallelGateway id="x"/><parallelGateway id="y"/>'
    ways = flow("s > x", "x > k", "x > l", "k > y", "l > y", "y > e").replace('id="', 'id="w')
    beside = f'<process id="q" name="Q">{called}</process>'
    definition = compiled(START + calls + gates + END + ways, beside)
    assert "n" not in definition.fields


def test_what_others_name_too_stays_with_the_case() -> None:
    process = START + tasks("t", "a", "b", "d") + END + border() + GATE + INSIDE + gate("y", "t_e")
    process += flow("s > t", "t > y", "m > a", "y > d ? n > 3", "d > e")
    process += '<sequenceFlow id="t_e" sourceRef="y" targetRef="e"/>'
    pack = imported(process)
    assert "fields: {n:" in pack.text.partition("starts:")[0]
