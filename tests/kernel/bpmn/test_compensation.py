"""What undoes an activity stands beside the flow, alone, and comes along whole."""

from __future__ import annotations

import pytest

from tests.kernel.bpmn.building import END, START, flow, imported, node, refusals, tasks
from tuoban.kernel.language import check_pack

EVENT = "<compensateEventDefinition/>"
LINK = '<association id="as" sourceRef="bo" targetRef="u"/>'
LINE = START + tasks("a", "z") + END + LINK + node("boundaryEvent", "bo", EVENT, attachedToRef="a")
UNDO = node("userTask", "u", isForCompensation="true")
MANY = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
MANY += "</multiInstanceLoopCharacteristics>"


@pytest.mark.parametrize("way", ["a > u", "u > e", "bo > z"])
def test_no_flow_leads_to_what_undoes_or_away(way: str) -> None:
    refused = refusals(LINE + UNDO + flow("s > a", "a > z", "z > e", way))
    assert refused == [f"undo-in-flow {way.replace(' > ', '_')}_4"]


@pytest.mark.parametrize("event", ["bo", "bo2"])
def test_one_thing_undoes_an_activity_and_no_event_interrupts_it(event: str) -> None:
    beside = node("boundaryEvent", "bo2", EVENT, attachedToRef="a") if event == "bo2" else ""
    second = f'<association id="as2" sourceRef="{event}" targetRef="v"/>' + tasks("v")
    ways = flow("s > a", "a > z", "z > e")
    assert refusals(LINE + UNDO + beside + second + ways) == ["undo-twice v"]
    timer = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
    border = node("boundaryEvent", "t", timer, attachedToRef="u")
    assert refusals(LINE + UNDO + border + ways + flow("t > z")) == ["undo-with-border t"]
    third = node("boundaryEvent", "bo3", EVENT, attachedToRef="u")
    third += '<association id="as3" sourceRef="bo3" targetRef="v"/>' + tasks("v")
    assert refusals(LINE + UNDO + third + ways) == ["undo-with-border v"]


@pytest.mark.parametrize(
    ("undo", "said"),
    [
        (node("callActivity", "u", calledElement="q"), "{call: q, as: u"),
        (node("subProcess", "u", tasks("v") + MANY), "each: u_each"),
        (node("subProcess", "u", tasks("v")), "undo: [{step: v"),
    ],
)
def test_what_undoes_comes_along_with_all_it_calls_and_its_marks(undo: str, said: str) -> None:
    called = '<process id="q" name="Q"><startEvent id="k"/><userTask id="l" name="L"/>'
    called += '<sequenceFlow id="k_l" sourceRef="k" targetRef="l"/></process>'
    pack = imported(LINE + undo + flow("s > a", "a > z", "z > e"), called if "call" in said else "")
    assert said in " ".join(pack.text.split())
    assert not check_pack(pack.text).problems
