"""What people read of a pack that came of a file: names, and never ids of the file."""

from __future__ import annotations

import pytest

from tests.kernel.bpmn.building import (
    END,
    START,
    begun,
    compiled,
    file,
    flow,
    imported,
    process_of,
    tasks,
)
from tests.kernel.bpmn.test_choices import gate
from tuoban.kernel.bpmn import read_bpmn
from tuoban.kernel.language import check_pack

TIMER = "<timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>"
MESSAGE = "<messageEventDefinition/>"
POOL = '<collaboration id="pools"><participant id="pool" name="Hospital" processRef="p"/>'
POOL += "</collaboration>"


def bare(kind: str, id_: str, inside: str = "", **attributes: str) -> str:
    """A node without a name."""
    told = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<{kind} id="{id_}"{told}>{inside}</{kind}>'


def lane(name: str, *ids: str, inner: str = "") -> str:
    refs = "".join(f"<flowNodeRef>{each}</flowNodeRef>" for each in ids)
    return f'<lane id="lane_{"_".join(ids)}" name="{name}">{refs}{inner}</lane>'


def test_a_lane_without_a_name_is_of_what_it_stands_in() -> None:
    inner = f'<childLaneSet id="in">{lane("", "b")}{lane("Nurse", "c")}</childLaneSet>'
    lanes = f'<laneSet id="ls">{lane("", "s", "a")}{lane("Ward", "b", "c", inner=inner)}</laneSet>'
    process = lanes + START + tasks("a", "b", "c", "d") + END
    process += flow("s > a", "a > b", "b > c", "c > d", "d > e")
    nodes = compiled(process, POOL).nodes
    roles = {key: nodes[key].step.by.roles for key in "abcd"}
    assert roles == {"a": ("hospital",), "b": ("ward",), "c": ("nurse",), "d": ("hospital",)}


UNNAMED = (
    '<startEvent id="Event_1"/>'
    + bare("userTask", "Activity_1")
    + bare("intermediateCatchEvent", "Event_2", TIMER)
    + bare("receiveTask", "Activity_2")
    + bare("subProcess", "Activity_3", tasks("inner"))
    + bare("boundaryEvent", "Event_3", MESSAGE, attachedToRef="Activity_3")
    + tasks("b", "c")
    + gate("Gateway_1")
    + '<endEvent id="Event_4"/><endEvent id="Event_5"/><endEvent id="Event_6"/>'
    + flow("Event_1 > Activity_1", "Activity_1 > Event_2", "Event_2 > Activity_2")
    + flow("Activity_2 > Activity_3", "Activity_3 > c", "c > Gateway_1", "Event_3 > b").replace(
        'Flow id="', 'Flow id="z'
    )
    + flow("b > Event_6", "Gateway_1 > Event_4 | Refused", "Gateway_1 > Event_5").replace(
        'Flow id="', 'Flow id="y'
    )
)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", {"Task", "Wait for a time", "Wait for a message", "Sub-process", "Message",
                "Message 2", "A message came", "Refused", "Closed"}),
        ("zh", {"任务", "等时间", "等消息", "子流程", "消息", "消息 2", "收到消息", "Refused",
                "办结"}),
    ],
)  # fmt: skip
def test_what_has_no_name_is_called_by_what_it_is(language: str, words: set[str]) -> None:
    name = "Loan" if language == "en" else "贷款"
    data = file(UNNAMED).replace(b'name="Loan"', f'name="{name}"'.encode())
    text = read_bpmn(data).text
    report = check_pack(text)
    assert report.definition is not None, report.problems
    assert {each for each in words if f"{language}: {each}" not in text} == set()
    assert not any(f"{language}: {kind}_" in text for kind in ("Event", "Activity", "Gateway"))


def test_a_process_without_a_name_is_called_as_its_pool() -> None:
    process = START + tasks("a") + END + flow("s > a", "a > e")
    bare_ = file(process).replace(b' name="Loan"', b"")
    assert "title: Process\n" in read_bpmn(bare_).text
    pooled = file(process, POOL).replace(b' name="Loan"', b"")
    assert read_bpmn(pooled).text.startswith("pack: hospital\n")
    assert "title: Hospital\n" in read_bpmn(pooled).text


def test_an_end_without_a_name_that_ends_all_is_an_end() -> None:
    process = START + tasks("a") + bare("endEvent", "e1", "<terminateEventDefinition/>")
    process += flow("s > a", "a > e1")
    assert {each.en for each in compiled(process).outcomes.values()} == {"End"}


def test_outcomes_that_exclude_one_another_need_no_not() -> None:
    process = START + tasks("a", "b", "c", "d") + END + gate("x") + gate("y")
    process += flow("s > a", "a > x", "x > y | none", "x > b | some", "x > c | all", "b > y")
    process += flow("c > y", "y > d", "d > e").replace('Flow id="', 'Flow id="z')
    assert "not(" not in process_of(process)


def test_what_may_hold_together_is_still_tried_in_turn() -> None:
    process = START + tasks("a", "b", "d") + END + gate("x", "x_b_4") + gate("y")
    process += flow("s > a", "a > x", 'x > y ? not(kind = "new")', "x > b", "b > y")
    process += flow("y > d", "d > e").replace('Flow id="', 'Flow id="z')
    text = imported(process).text
    assert 'when: kind = "new", then:' in text


@pytest.mark.parametrize(("outcome", "open_"), [("on", {"d"}), ("aside", {"b"})])
def test_an_outcome_that_passes_a_choice_by_is_passed_by(outcome: str, open_: set[str]) -> None:
    process = START + tasks("a", "b", "d") + END + gate("x") + gate("y")
    process += flow("s > a", "a > x", "x > y | on", "x > b | aside", "b > y", "y > d", "d > e")
    process = process.replace('Flow id="', 'Flow id="z')
    assert begun(process).do("a", outcome=outcome).open() == open_
