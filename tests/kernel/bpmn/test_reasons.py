"""A file is refused for every reason there is at once, and for no other."""

from __future__ import annotations

from tests.kernel.bpmn.building import END, START, flow, node, refusals, tasks
from tests.kernel.bpmn.test_choices import gate

MESSAGE = "<messageEventDefinition/>"
BESIDE = {"cancelActivity": "false"}


def asked(begin: str = "") -> str:
    """A sub-process that begins by a message, and stops nothing."""
    start = node("startEvent", "t", begin or MESSAGE, isInterrupting="false")
    inner = start + tasks("q") + '<endEvent id="f"/>' + flow("t > q", "q > f")
    return node("subProcess", "ask", inner, triggeredByEvent="true")


def test_work_behind_an_event_is_there_whatever_else_is_wrong() -> None:
    process = START + node("serviceTask", "a") + tasks("b") + END + asked()
    process += node("boundaryEvent", "m", MESSAGE, attachedToRef="b", **BESIDE)
    process += tasks("c") + flow("s > a", "a > b", "b > e", "m > c")
    assert refusals(process) == ["service-task a"]


def test_nothing_behind_an_event_is_told_with_all_else() -> None:
    event = node("boundaryEvent", "m", MESSAGE, attachedToRef="b", **BESIDE)
    inner = node("startEvent", "t", MESSAGE, isInterrupting="false") + '<endEvent id="f"/>'
    idle = node("subProcess", "ask", inner + flow("t > f"), triggeredByEvent="true")
    process = START + node("serviceTask", "a") + tasks("b") + END + event + idle
    process += '<endEvent id="g"/>' + flow("s > a", "a > b", "b > e", "m > g")
    assert refusals(process) == ["service-task a", "boundary-empty m", "boundary-empty ask"]


def test_several_starts_hide_no_other_reason() -> None:
    process = START + node("startEvent", "z") + node("serviceTask", "a") + tasks("b", "c") + END
    process += flow("s > a", "z > b", "a > e", "b > e", "c > e")
    assert refusals(process) == ["start-twice z", "service-task a", "never-reached c"]


def test_no_start_hides_no_other_reason() -> None:
    process = tasks("a") + node("serviceTask", "b") + flow("a > b", "b > a")
    assert refusals(process) == ["no-start p", "service-task b"]


def test_what_is_not_reached_is_told_beside_a_task_that_is_refused() -> None:
    process = START + node("serviceTask", "a") + tasks("b", "c") + END
    process += node("boundaryEvent", "m", MESSAGE, attachedToRef="a")
    process += flow("s > a", "a > e", "m > b", "b > e", "c > e")
    assert refusals(process) == ["service-task a", "never-reached c"]


def test_a_link_leads_to_where_it_is_caught() -> None:
    def link(kind: str, id_: str) -> str:
        return node(kind, id_, '<linkEventDefinition name="on"/>')

    process = tasks("a", "b") + END + link("intermediateThrowEvent", "to")
    process += link("intermediateCatchEvent", "at") + flow("a > to", "at > b", "b > e")
    assert refusals(process) == []


def test_a_race_of_others_is_one_reason() -> None:
    process = START + '<eventBasedGateway id="g"/>' + tasks("a", "b") + END
    process += flow("s > g", "g > a", "g > b", "a > e", "b > e")
    assert refusals(process) == ["race-of-others g"]


def test_a_choice_behind_work_of_no_step_is_told_at_once() -> None:
    process = START + tasks("a", "b", "c") + node("serviceTask", "d") + END + gate("x")
    process += flow("s > a", "a > d", "d > x", "x > b | one", "x > c | two", "b > e", "c > e")
    assert refusals(process) == ["service-task d", "no-condition x", "no-condition x"]
