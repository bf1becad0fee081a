"""An event at a border belongs to all of the work that it stands at."""

from __future__ import annotations

import pytest

from tests.kernel.bpmn.building import END, START, begun, flow, node, process_of, tasks
from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c

TIMER = "<timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition>"
MESSAGE = "<messageEventDefinition/>"
MANY = (
    "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
    "</multiInstanceLoopCharacteristics>"
)
ENDS = flow("s > t", "t > e", "call > b", "b > e")


def border(event: str, interrupts: str = "true") -> str:
    return node("boundaryEvent", "call", event, attachedToRef="t", cancelActivity=interrupts)


def tell(play: Play, message: str) -> Play:
    play.carry_out(c.Deliver(f"m-{message}", message, {}, play.at))
    return play


def opened(play: Play) -> list[str]:
    return sorted(each.node for each in play.state.items.values())


def test_an_event_at_the_border_of_a_receive_task_ends_the_waiting() -> None:
    process = START + node("receiveTask", "t") + border(TIMER) + tasks("b") + END + ENDS
    assert tell(begun(process), "t").state.outcome == "closed"
    assert begun(process).wait(days=4).open() == {"b"}


def test_an_event_at_the_border_of_a_send_task_finds_it_over() -> None:
    process = START + node("sendTask", "t") + border(TIMER) + tasks("b") + END + ENDS
    assert begun(process).state.outcome == "closed"


@pytest.mark.parametrize(("interrupts", "left"), [("true", ["b"]), ("false", ["b", "t", "t", "t"])])
def test_an_event_comes_once_to_work_of_several(interrupts: str, left: list[str]) -> None:
    process = START + node("userTask", "t", MANY) + border(MESSAGE, interrupts) + tasks("b") + END
    assert opened(tell(begun(process + ENDS), "call")) == left


def test_what_may_carry_the_event_itself_stands_in_no_stage() -> None:
    process = START + tasks("t", "b") + border(MESSAGE) + END + ENDS
    assert "stage" not in process_of(process)
