"""Files of other tools: what has a counterpart becomes a pack that compiles, in blocks."""

from __future__ import annotations

from tests.kernel.bpmn.building import (
    END,
    START,
    begun,
    compiled,
    flow,
    imported,
    node,
    process_of,
    refusals,
    tasks,
)
from tuoban.kernel.definition import Parallel, Reaction, Repeat

CLOSED = "  - {end: closed, zh: 办结, en: Closed}"
XOR = '<exclusiveGateway id="x"/>'


def timer(host: str, length: str = "P3D", **attributes: str) -> str:
    inside = f"<timerEventDefinition><timeDuration>{length}</timeDuration></timerEventDefinition>"
    return node("boundaryEvent", "late", inside, attachedToRef=host, **attributes)


def steps(process: str) -> list[str]:
    return [key for key, each in compiled(process).nodes.items() if each.kind == "step"]


def test_tasks_follow_one_another_and_whoever_has_no_lane_is_a_worker() -> None:
    process = START + tasks("a", "b") + END + flow("s > a", "a > b", "b > e")
    assert process_of(process).splitlines() == [
        "  - {step: a, en: A, by: worker}",
        "  - {step: b, en: B, by: worker}",
        CLOSED,
    ]
    assert [each.code for each in imported(process).warnings] == ["role-made", "role-made"]


def test_lanes_are_roles_and_a_resource_comes_before_its_lane() -> None:
    lanes = (
        '<laneSet id="ls"><lane id="l1" name="Clerk"><flowNodeRef>s</flowNodeRef><flowNodeRef>a'
        "</flowNodeRef><flowNodeRef>b</flowNodeRef></lane></laneSet>"
    )
    owner = "<potentialOwner><resourceRef>boss</resourceRef></potentialOwner>"
    process = START + tasks("a") + node("userTask", "b", owner) + END
    process = lanes + process + flow("s > a", "a > b", "b > e")
    definition = compiled(process, '<resource id="boss" name="Head"/>')
    assert definition.nodes["a"].step.by.roles == ("clerk",)
    assert definition.nodes["b"].step.by.roles == ("head",)
    assert definition.roles["clerk"].label.en == "Clerk"


def test_conditions_are_feel_and_what_they_name_is_asked_before() -> None:
    process = START + tasks("a", "b", "c") + END
    process += '<exclusiveGateway id="x" default="x_c_4"/><exclusiveGateway id="y"/>'
    process += flow("s > a", "a > x", "x > b ? amount > 100", "x > c", "b > y", "c > y", "y > e")
    assert process_of(process).splitlines() == [
        "  - {step: a, en: A, by: worker, form: [amount]}",
        "  - choose:",
        "      - {when: amount > 100, then: [{step: b, en: B, by: worker}]}",
        "      - {otherwise: [{step: c, en: C, by: worker}]}",
        CLOSED,
    ]


def test_simple_conditions_of_other_languages_are_read_as_feel_and_told_of() -> None:
    process = START + tasks("a", "b") + END + XOR.replace("/>", ' default="x_e_4"/>')
    process += flow("s > a", "a > x", "x > b ? ${kind == 'new' && amount > 1}", "x > e", "b > e")
    assert '{when: kind = "new" and amount > 1, then:' in process_of(process)
    assert "condition-read" in [each.code for each in imported(process).warnings]


def test_a_condition_that_is_no_feel_is_refused_with_its_place() -> None:
    process = START + tasks("a") + END + XOR.replace("/>", ' default="x_e_3"/>')
    process += flow("s > x", "x > a ? execution.getVariable(;", "x > e", "a > e")
    assert refusals(process) == ["condition-not-feel x_a_2"]


def test_without_conditions_whoever_did_the_step_before_decides() -> None:
    process = START + tasks("a", "b", "c") + END + XOR
    process += flow("s > a", "a > x", "x > b | yes", "x > c | no", "b > e", "c > e")
    definition = compiled(process)
    assert [each.key for each in definition.nodes["a"].step.outcomes] == ["yes", "no"]
    assert 'a.outcome = "yes"' in imported(process).text
    alone = START + tasks("b", "c") + END + XOR + flow("s > x", "x > b", "x > c", "b > e", "c > e")
    assert refusals(alone) == ["no-condition x", "no-condition x"]


def test_ends_with_names_are_the_ends_of_the_process() -> None:
    process = START + tasks("a", "b") + '<endEvent id="ok" name="Granted"/>' + XOR
    process += '<endEvent id="no" name="Refused"/>'
    process += flow("s > a", "a > x", "x > b | yes", "x > no | no", "b > ok")
    assert {key: each.en for key, each in compiled(process).outcomes.items()} == {
        "granted": "Granted",
        "refused": "Refused",
    }


def test_parallel_branches_also_without_gateways() -> None:
    gates = '<parallelGateway id="x"/><parallelGateway id="y"/>'
    process = START + tasks("a", "b", "c") + END + gates
    process += flow("s > x", "x > a", "x > b", "a > c", "c > y", "b > y", "y > e")
    assert compiled(process).nodes["parallel.1"].holding(Parallel).join is None
    bare = START + tasks("a", "b", "c") + '<endEvent id="f"/>' + END
    bare += flow("s > a", "a > b", "a > c", "b > e", "c > f")
    assert "{parallel: [{step: b, en: B, by: worker}, {step: c, en: C" in process_of(bare)


def test_an_inclusive_gateway_takes_each_branch_whose_condition_holds() -> None:
    gates = '<inclusiveGateway id="x" default="x_d_5"/><inclusiveGateway id="y"/>'
    process = START + tasks("a", "b", "c", "d") + END + gates
    process += flow("s > a", "a > x", "x > b ? n > 1", "x > c ? n > 5", "x > d")
    process += flow("b > y", "c > y", "d > y", "y > e")
    text = process_of(process)
    assert "by: worker, when: n > 1}" in text
    assert "when: not((n > 1) or (n > 5))}" in text


def test_ways_back_are_loops() -> None:
    after = START + tasks("a", "b") + END + XOR + flow("s > a", "a > x", "x > a | again", "x > b")
    definition = compiled(after + flow("b > e"))
    assert definition.nodes["repeat.1"].holding(Repeat).until is not None
    between = START + tasks("a", "b") + END + XOR
    between += flow("s > a", "a > x", "x > b | again", "b > a", "x > e | fine")
    assert steps(between) == ["a", "b"]
    before = START + tasks("z", "b") + END + '<exclusiveGateway id="x" default="x_e_4"/>'
    before += flow("s > z", "z > x", "x > b ? ok = false", "x > e", "b > x")
    assert "when: ok = false" in process_of(before)


def test_an_event_at_the_border_that_goes_on_behind_is_a_reaction() -> None:
    process = START + tasks("a", "b") + END + timer("a")
    process += flow("s > a", "a > e", "late > b", "b > e")
    reaction = compiled(process).nodes["late"].holding(Reaction)
    assert reaction.host == "a"
    assert reaction.interrupting
    assert "at: 3 days after late_since" in imported(process).text


def test_an_event_that_leads_elsewhere_is_kept_in_mind() -> None:
    process = START + tasks("a", "b", "c") + END + timer("a")
    process += flow("s > a", "a > c", "c > e", "late > b", "b > e")
    assert "{when: late_came, then: [{step: b, en: B, by: worker}]}" in process_of(process)


def test_an_event_that_does_not_interrupt() -> None:
    inside = "<messageEventDefinition/>"
    event = node("boundaryEvent", "m", inside, attachedToRef="a", cancelActivity="false")
    process = START + tasks("a", "b") + END + event + '<endEvent id="f"/>'
    process += flow("s > a", "a > e", "m > b", "b > f")
    assert not next(
        each.holding(Reaction)
        for each in compiled(process).nodes.values()
        if each.kind == "reaction"
    ).interrupting


def test_the_event_that_comes_first_decides() -> None:
    process = START + tasks("a", "b") + END + '<eventBasedGateway id="g"/>'
    process += node("intermediateCatchEvent", "answer", "<messageEventDefinition/>")
    process += node(
        "intermediateCatchEvent",
        "silence",
        "<timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>",
    )
    process += flow("s > g", "g > answer", "g > silence", "answer > a", "silence > b")
    process += flow("a > e", "b > e")
    definition = compiled(process)
    assert definition.nodes["parallel.1"].holding(Parallel).join == 1
    assert "for: 2 hours" in imported(process).text


def test_sub_processes_of_every_kind() -> None:
    inner = '<startEvent id="t"/>' + tasks("a") + '<endEvent id="f"/>' + flow("t > a", "a > f")
    plain = START + node("subProcess", "u", inner) + END + flow("s > u", "u > e")
    assert compiled(plain).nodes["u"].kind == "stage"
    many = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
    many = START + node("userTask", "u", f"{many}</multiInstanceLoopCharacteristics>") + END
    assert compiled(many + flow("s > u", "u > e")).nodes["u_each"].kind == "each"
    again = "<standardLoopCharacteristics><loopCondition>more</loopCondition>"
    again = START + node("userTask", "u", f"{again}</standardLoopCharacteristics>") + END
    assert compiled(again + flow("s > u", "u > e")).nodes["repeat.1"].kind == "repeat"
    loose = tasks("a", "b") + flow("a > b")
    loose = START + node("adHocSubProcess", "u", loose) + END + flow("s > u", "u > e")
    assert [each.name for each in compiled(loose).nodes["b"].gate] == ["a"]


def test_an_event_sub_process_of_the_whole_process() -> None:
    inner = '<startEvent id="t" isInterrupting="false"><messageEventDefinition/></startEvent>'
    inner += tasks("q") + '<endEvent id="f"/>' + flow("t > q", "q > f")
    event = node("subProcess", "ask", inner, triggeredByEvent="true")
    process = START + tasks("a") + END + event + flow("s > a", "a > e")
    assert compiled(process).nodes["ask"].holding(Reaction).host == "whole"


def test_compensation_is_undo() -> None:
    process = START + tasks("a") + END + node("userTask", "u", isForCompensation="true")
    process += (
        '<boundaryEvent id="b" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
    )
    process += '<association id="l" sourceRef="b" targetRef="u"/>' + flow("s > a", "a > e")
    assert compiled(process).nodes["a"].step.undo


def test_words_are_comments_and_data_is_told_of() -> None:
    said = node("userTask", "a", "<documentation>Ask for\nthe passport.</documentation>")
    process = START + said + END + '<dataObject id="o" name="File"/>' + flow("s > a", "a > e")
    process += '<textAnnotation id="n"><text>Never on Sundays</text></textAnnotation>'
    pack = imported(process)
    assert pack.text.startswith("# A: Ask for the passport.\n# n: Never on Sundays\n")
    assert sorted(each.code for each in pack.warnings) == [
        "data-left",
        "remark-kept",
        "remark-kept",
        "role-made",
    ]


def test_what_has_no_counterpart_is_refused_in_one_list() -> None:
    process = START + END + node("serviceTask", "a") + node("scriptTask", "b")
    process += node("intermediateThrowEvent", "c", "<escalationEventDefinition/>")
    process += node("callActivity", "d", calledElement="elsewhere")
    process += flow("s > a", "a > b", "b > c", "c > d", "d > e")
    assert refusals(process) == [
        "service-task a",
        "script-task b",
        "event-unknown c",
        "call-unknown d",
    ]


def test_an_imported_process_is_gone_through() -> None:
    gates = '<parallelGateway id="x"/><parallelGateway id="y"/><exclusiveGateway id="g"/>'
    process = START + tasks("a", "b", "c", "d") + END + gates + timer("d")
    process += flow("s > a", "a > g", "g > a | again", "g > x | fine", "x > b", "x > c")
    process += flow("b > y", "c > y", "y > d").replace('Flow id="', 'Flow id="z')
    process += flow("d > e", "late > a2", "a2 > e").replace('Flow id="', 'Flow id="w') + tasks("a2")
    play = begun(process)
    play.do("a", outcome="again").do("a", outcome="fine")
    assert play.open() == {"b", "c"}
    play.do("c").do("b")
    assert play.open() == {"d"}
    play.wait(days=4)
    assert play.open() == {"a2"}
    assert play.do("a2").state.outcome == "closed"


def test_the_event_that_comes_first_lets_the_case_go_on() -> None:
    process = START + tasks("a", "b") + END + '<eventBasedGateway id="g"/>'
    for name, length in (("soon", "PT1H"), ("later", "PT3H")):
        inside = f"<timerEventDefinition><timeDuration>{length}</timeDuration>"
        process += node("intermediateCatchEvent", name, f"{inside}</timerEventDefinition>")
    process += flow("s > g", "g > later", "g > soon", "later > a", "soon > b", "a > e", "b > e")
    assert begun(process).wait(hours=4).open() == {"b"}


def test_a_loop_that_is_tested_first_is_asked_for_before_it() -> None:
    loop = '<standardLoopCharacteristics testBefore="1"><loopCondition>more</loopCondition>'
    process = START + node("userTask", "u", f"{loop}</standardLoopCharacteristics>") + END
    process += flow("s > u", "u > e")
    assert begun(process, more=True).open() == {"u"}
    assert begun(process, more=True).do("u", more=False).state.outcome == "closed"
    assert begun(process, more=False).state.outcome == "closed"


def test_a_border_event_may_say_zero_for_false() -> None:
    process = START + tasks("a", "b") + END + timer("a", cancelActivity="0") + '<endEvent id="f"/>'
    process += flow("s > a", "a > e", "late > b", "b > f")
    assert not compiled(process).nodes["late"].holding(Reaction).interrupting


def test_a_task_that_nothing_follows_ends_when_it_is_done_in_time() -> None:
    alone = START + tasks("b", "c") + END + timer("b") + XOR
    alone += flow("s > b", "late > c", "c > x", "x > c | again", "x > e | fine")
    assert begun(alone).do("b").state.outcome == "closed"
    assert begun(alone).wait(days=4).open() == {"c"}


def test_an_end_that_does_several_things_is_refused() -> None:
    several = "<messageEventDefinition/><terminateEventDefinition/>"
    process = START + tasks("a") + node("endEvent", "f", several) + flow("s > a", "a > f")
    assert refusals(process) == ["event-several-done f"]


def test_lanes_and_messages_that_are_left_are_told_of() -> None:
    lanes = "".join(
        f'<laneSet id="ls{n}"><lane id="l{n}" name="Role {n}"><flowNodeRef>a</flowNodeRef></lane>'
        "</laneSet>"
        for n in (1, 2)
    )
    process = lanes + START + tasks("a") + node("receiveTask", "r", messageRef="gone") + END
    process += flow("s > a", "a > r", "r > e")
    assert compiled(process).nodes["a"].step.by.roles == ("role_1",)
    assert [each.code for each in imported(process).warnings] == ["lanes-left", "message-unknown"]


def test_warnings_that_are_not_listed_are_counted() -> None:
    data = "".join(f'<dataObject id="o{n}"/>' for n in range(503))
    process = data + START + tasks("a") + END + flow("s > a", "a > e")
    last = imported(process).warnings[-1]
    assert last.describe("en") == "There are 4 more warnings, which are not listed."
