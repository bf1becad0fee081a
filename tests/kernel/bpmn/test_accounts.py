"""Nothing is dropped without a word: it is told of, or refused where it changes the flow."""

from __future__ import annotations

import pytest

from tests.kernel.bpmn.building import (
    END,
    START,
    begun,
    file,
    flow,
    imported,
    node,
    process_of,
    refusals,
    tasks,
)
from tests.kernel.bpmn.test_choices import gate
from tests.kernel.bpmn.test_round_trip import tree_of
from tuoban.kernel.bpmn import beside, read_bpmn, write_bpmn
from tuoban.kernel.bpmn.xml import Element, read_xml
from tuoban.kernel.language import PackText, check_pack

FOREIGN = 'xmlns:f="urn:foreign"'
LINE = START + tasks("a") + END + flow("s > a", "a > e")


def told(process: str, beside: str = "") -> list[str]:
    left = [each for each in imported(process, beside).warnings if each.code != "role-made"]
    return [each.describe("en") for each in left]


def test_what_nobody_reads_is_told_of_wherever_it_stands() -> None:
    """A mark is put into each place of a file in turn; each time it is told of."""
    data = file(
        LINE.replace('name="A">', 'name="A"><standardLoopCharacteristics loopMaximum="3">'
                     "<loopCondition>more</loopCondition></standardLoopCharacteristics>"),
        '<message id="m" name="Paid"/>',
    )  # fmt: skip
    places = sum(1 for _ in read_xml(data).walk())
    assert places > 9
    for at in range(places):
        root = read_xml(data)
        element = list(root.walk())[at]
        element.attributes["mark"] = "1"
        element.children.append(Element("newcomer", element.namespace, element.place))
        told_of = {
            (each.code, each.facts.get("kind"))
            for each in read_bpmn(write_tree(root)).warnings
        }  # fmt: skip
        assert ("attribute-left", "mark") in told_of, element.name
        assert ("part-left", "newcomer") in told_of, element.name


def write_tree(root: Element) -> bytes:
    """Any tree as XML, all of it in the namespace of BPMN."""
    attributes = "".join(f' {key}="{value}"' for key, value in root.attributes.items())
    inside = root.text.encode() + b"".join(map(write_tree, root.children))
    space = f' xmlns="{root.namespace}"' if root.name == "definitions" else ""
    return f"<{root.name}{space}{attributes}>".encode() + inside + f"</{root.name}>".encode()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('<process isExecutable="false"', ["not-executable"]),
        ('<process isExecutable="true"', []),
        ('<process isClosed="true"', ["attribute-left"]),
        ('<process isClosed="false" processType="None"', []),
        ('<process processType="Public"', ["attribute-left"]),
        ('<sequenceFlow isImmediate="false"', ["attribute-left"]),
        ('<sequenceFlow isImmediate="true"', []),
        ('<definitions exporter="Some tool" exporterVersion="7"', []),
        ('<process exporter="Some tool"', ["attribute-left"]),
        ('<userTask default="gone"', ["default-unknown"]),
    ],
)
def test_what_a_tool_says_of_a_process_is_read_or_told(written: str, said: list[str]) -> None:
    element = written.partition(" ")[0]
    data = file(LINE).replace(f"{element} ".encode(), f"{written} ".encode(), 1)
    codes = [each.code for each in read_bpmn(data).warnings]
    assert [each for each in codes if each != "role-made"] == said


def test_an_event_about_nothing_is_told_of() -> None:
    process = START + tasks("a") + node("intermediateThrowEvent", "m") + END
    assert told(process + flow("s > a", "a > m", "m > e"))[0] == (
        "m “M”: This event does not say what it throws: nothing is done there, and it is not "
        "carried into the pack."
    )


def test_extensions_are_told_once_with_every_line() -> None:
    inside = "<extensionElements><f:form/></extensionElements>"
    task = '<userTask id="{0}" name="{0}" {1} f:who="x">' + inside + "</userTask>\n"
    process = START + "\n" + task.format("a", FOREIGN) + task.format("b", FOREIGN) + END
    assert told(process + flow("s > a", "a > b", "b > e")) == [
        "a “a”: The extension who of another tool (urn:foreign) is not carried into the pack. "
        "(also: line 3)",
        "The extension form of another tool (urn:foreign) is not carried into the pack. "
        "(also: line 3)",
    ]


def test_names_are_found_in_the_pack_or_told_of() -> None:
    process = START + tasks("a", "b", "c") + '<endEvent id="e" name="Over"/>'
    process += '<exclusiveGateway id="x" name="Which?"/>' + gate("y").replace(
        'name=""', 'name="Gone"'
    )
    process += flow("s > a | on", "a > x", "x > b | left", "x > c | right", "b > y", "c > y")
    process += flow("y > e").replace('Flow id="', 'Flow id="z')
    assert "en: Which?" in process_of(process)
    assert [each for each in told(process) if "name" in each] == [
        "y “Gone”: Its name is not carried into the pack.",
        "s_a_1 “on”: Its name is not carried into the pack.",
    ]


@pytest.mark.parametrize(
    ("inside", "refused"),
    [
        (node("receiveTask", "a", instantiate="true"), "instantiates a"),
        (node("task", "a", startQuantity="2"), "quantity a"),
        (node("adHocSubProcess", "a", tasks("b"), ordering="Sequential"), "one-at-a-time a"),
        (
            node("intermediateCatchEvent", "a", "<messageEventDefinition/>", parallelMultiple="1"),
            "waits-for-all a",
        ),
        (
            node("intermediateCatchEvent", "a", "<eventDefinitionRef>t</eventDefinitionRef>"),
            "event-elsewhere a",
        ),
        (node("choreographyTask", "a"), "element-unknown a"),
        (node("callActivity", "a"), "call-of-nothing a"),
        (node("subProcess", "a"), "scope-empty a"),
    ],
)
def test_what_would_change_the_flow_is_refused(inside: str, refused: str) -> None:
    assert refused in refusals(START + inside + END + flow("s > a", "a > e"))


def test_the_list_of_refusals_is_whole() -> None:
    """What a flow leads to, what stands at borders and what is said inside, all in one list."""
    inner = node("startEvent", "t", "<messageEventDefinition/>") + tasks("q") + flow("t > q")
    process = START + node("serviceTask", "a") + node("subProcess", "u", inner) + gate("x") + END
    process += node("boundaryEvent", "b", "<errorEventDefinition/>", attachedToRef="u")
    process += node("boundaryEvent", "g", "<messageEventDefinition/>", attachedToRef="x")
    process += flow("s > a", "a > x", "x > u", "u > e", "b > e", "e > a")
    assert refusals(process) == [
        "service-task a",
        "start-inside t",
        "event-unknown b",
        "boundary-without-host g",
        "flow-misplaced e_a_6",
    ]


def test_only_what_belongs_to_the_wanted_process_refuses_it() -> None:
    other = '<process id="other"><boundaryEvent id="lost" attachedToRef="gone"/></process>'
    left = read_bpmn(file(LINE, other), process="p").warnings
    assert [each.code for each in left] == ["process-left", "role-made"]


@pytest.mark.parametrize(
    ("cycle", "refused"), [("R3/PT1H", ["timer-so-often b"]), ("R/PT1H", []), ('"PT2H"', [])]
)
def test_a_timer_that_comes_so_often_is_refused(cycle: str, refused: list[str]) -> None:
    kind = "timeDuration" if '"' in cycle else "timeCycle"
    inside = f"<timerEventDefinition><{kind}>{cycle}</{kind}></timerEventDefinition>"
    event = node("boundaryEvent", "b", inside, attachedToRef="a", cancelActivity="false")
    process = START + tasks("a", "c") + END + event + '<endEvent id="f"/>'
    assert refusals(process + flow("s > a", "a > e", "b > c", "c > f")) == refused


def test_conditions_may_say_paths_and_words_of_the_language() -> None:
    process = START + tasks("a", "b") + END + gate("x", "x_e_4")
    said = "order.amount > 100 and start = 'now' and some item in [1] satisfies item > 0"
    process += flow("s > a", "a > x", f"x > b ? {said}", "x > e", "b > e")
    assert (
        'when: order_amount > 100 and start_2 = "now" and some item in [1] satisfies item > 0'
    ) in imported(process).text
    assert "order_amount: {type: number" in imported(process).text


def test_a_condition_on_the_only_way_or_of_no_choice_is_told_of() -> None:
    process = START + tasks("a", "b") + END + gate("x")
    process += flow("s > a", "a > x", "x > b ? n > 1", "b > e")
    assert told(process) == [
        "x_b_3: The condition n > 1 stands on the only way out, where it decides nothing, and is "
        "not carried into the pack."
    ]


def test_gateways_without_conditions_are_decided_in_the_steps_before() -> None:
    process = START + tasks("pay", "a") + '<endEvent id="e"/><endEvent id="f" name="Left"/>'
    process += '<exclusiveGateway id="x"/><exclusiveGateway id="r" name="Again?"/>'
    process += flow("s > pay", "pay > x", "x > a | fine", "x > r | no", "r > pay | yes")
    process += flow("r > f | never", "a > e").replace('Flow id="', 'Flow id="z')
    play = begun(process)
    for again in ("yes", "never"):
        play.do("pay", outcome="no", again=again)
    assert play.state.outcome == "left"


def test_an_event_at_the_border_inside_a_loop_over_places() -> None:
    timer = "<timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>"
    process = START + tasks("a", "b", "c") + END + gate("x") + gate("y")
    process += node("boundaryEvent", "late", timer, attachedToRef="b")
    process += flow("s > a", "a > x", "x > b | left", "x > c | right", "b > y", "y > c | over")
    process += flow("y > e | out", "late > a", "c > e").replace('Flow id="', 'Flow id="z')
    play = begun(process).do("a", outcome="left").wait(hours=3)
    assert play.open() == {"a"}
    assert play.do("a", outcome="right").do("c").state.outcome == "closed"


def test_an_event_that_takes_the_place_of_the_whole_process_lets_it_end() -> None:
    inner = '<startEvent id="t"><messageEventDefinition/></startEvent>'
    inner += tasks("q") + '<endEvent id="f"/>' + flow("t > q", "q > f")
    event = node("subProcess", "stop", inner, triggeredByEvent="true")
    assert process_of(START + tasks("a") + END + event + flow("s > a", "a > e")).endswith(
        "  - {end: closed, zh: 办结, en: Closed}"
    )


def test_a_branch_that_terminates_ends_the_process_and_nothing_is_put_behind_it() -> None:
    process = START + tasks("a", "b") + '<parallelGateway id="x"/><endEvent id="f"/>'
    process += '<endEvent id="e"><terminateEventDefinition/></endEvent>'
    process += flow("s > x", "x > a", "x > b", "a > e", "b > f")
    assert begun(process).do("a").state.outcome == "e"


def test_a_ring_that_nothing_leads_to_is_refused_once() -> None:
    process = START + tasks("a", "b", "c") + END
    process += flow("s > a", "a > e", "b > c", "c > b")
    assert refusals(process) == ["never-reached b"]


def test_what_may_be_judged_before_any_step_is_asked_at_the_start_too() -> None:
    process = START + tasks("a") + END + gate("x", "x_e_4")
    process += flow("s > x", "x > a ? more", "a > x", "x > e")
    pack = imported(process).text
    assert "by: worker, form: [more]}]" in pack.partition("process:")[0]
    assert begun(process, more=True).do("a", more=False).state.outcome == "closed"


def test_an_annotation_is_told_of_as_what_it_stands_beside() -> None:
    note = '<textAnnotation id="n"><text>By noon</text></textAnnotation>'
    note += '<association id="l" sourceRef="a" targetRef="n"/>'
    assert imported(LINE + note).text.startswith("# A: By noon\n")
    assert len(told(LINE + note)) == 1


def test_a_variant_brings_the_translations_of_its_base() -> None:
    base = PackText(
        "pack: base\nversion: 1\nlanguage: en\ntitle: Base\nroles: {clerk: Clerk}\n"
        "starts: [{request: ask, en: Ask, by: clerk}]\nprocess:\n"
        "  - {step: check, en: Check, by: clerk}\n  - {end: paid, en: Paid}\n",
        "Base: 基础\nClerk: 职员\nCheck: 核对\n",
    )
    own = "Ours: 我们的\n"
    report = check_pack(
        "pack: ours\nversion: 1\nextends: base@1\ntitle: Ours\n",
        translations=own,
        bases={"base@1": base},
    )
    assert report.tree is not None
    again = read_bpmn(write_bpmn(report.tree, translations=beside(report, own)).encode())
    assert again.translations is not None
    assert sorted(again.translations.splitlines()) == [
        "Check: 核对", "Clerk: 职员", "Ours: 我们的"
    ]  # fmt: skip
    whole = check_pack(again.text, translations=again.translations)
    assert (whole.problems, whole.warnings) == ((), ())
    assert tree_of(again.text) is not None


@pytest.mark.parametrize(
    ("type_", "left"), [("tUserTask", []), ("b:tUserTask", []), ("tServiceTask", ["tServiceTask"])]
)
def test_a_type_that_the_element_is_not_is_told_of(type_: str, left: list[str]) -> None:
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    told_of = imported(
        LINE.replace("<userTask ", f'<userTask xmlns:x="{xsi}" x:type="{type_}" ')
    ).warnings
    assert [e.facts["value"] for e in told_of if e.code == "attribute-left"] == left
