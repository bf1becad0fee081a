"""A hostile file is refused, by what is wrong with it, before anything large is built of it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.kernel.bpmn.building import END, HEAD, START, file, flow, node, refusals, tasks
from tuoban.kernel.bpmn import MAX_BYTES, BpmnError, read_bpmn
from tuoban.kernel.bpmn.into.reading import MOST_NODES

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _code(data: bytes) -> str:
    with pytest.raises(BpmnError) as refused:
        read_bpmn(data)
    return refused.value.problems[0].code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "xml-empty", id="nothing"),
        pytest.param(b"\x00\xff\xfe", "xml-malformed", id="bytes"),
        pytest.param(
            b'<?xml version="1.0" encoding="klingon"?><a/>', "xml-encoding", id="encoding"
        ),
        pytest.param(b"<definitions/>", "not-bpmn", id="another namespace"),
        pytest.param(HEAD.encode(), "xml-unclosed", id="broken off"),
        pytest.param(
            f'<!DOCTYPE d [<!ENTITY l0 "ha">{_LAUGHS}]>{HEAD}&l9;</definitions>'.encode(),
            "xml-doctype",
            id="billion laughs",
        ),
        pytest.param(
            b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>',
            "xml-doctype",
            id="entity outside",
        ),
        pytest.param(b'<!DOCTYPE d SYSTEM "http://x.example/d.dtd"><d/>', "xml-doctype", id="dtd"),
        pytest.param(b"<a>" * 100_000, "xml-too-deep", id="deep"),
        pytest.param(b"<a>" + b"<b/>" * 200_000 + b"</a>", "xml-too-many", id="many"),
        pytest.param(b"<a x='" + b"y" * 4_000_000 + b"'/>", "xml-long-attribute", id="attribute"),
        pytest.param(b" " * (MAX_BYTES + 1), "xml-too-large", id="large"),
    ],
)
def test_what_is_no_file_to_read_is_refused(data: bytes, code: str) -> None:
    assert _code(data) == code


def test_more_nodes_than_are_read_are_refused() -> None:
    many = "".join(f'<userTask id="t{n}"/>' for n in range(MOST_NODES + 1))
    assert _code(file(many)) == "too-many-nodes"


def test_ids_that_stand_twice_are_refused() -> None:
    assert _code(file(START + tasks("a", "a") + END + flow("s > a", "a > e"))) == "id-twice"


def test_what_is_attached_to_itself_or_calls_itself_is_refused() -> None:
    itself = '<boundaryEvent id="b" attachedToRef="b"/>'
    assert _code(file(START + itself + END + flow("s > e"))) == "boundary-without-host"
    inner = START + '<callActivity id="c" calledElement="p"/>' + END + flow("s > c", "c > e")
    assert _code(file(inner)) == "call-of-itself"


def test_an_external_import_is_told_of_and_not_fetched() -> None:
    outside = '<import importType="x" location="http://x.example/a.xsd" namespace="x"/>'
    found = read_bpmn(file(START + tasks("a") + END + flow("s > a", "a > e"), outside))
    assert [each.code for each in found.warnings] == ["import-left", "role-made"]


def test_a_long_chain_and_many_branches_are_read_in_bounded_time() -> None:
    names = [f"t{n}" for n in range(600)]
    chain = flow("s > t0", *(f"{a} > {b}" for a, b in pairwise(names)))
    assert "step: t599" in read_bpmn(file(START + tasks(*names) + chain)).text
    wide = [f"x > {each}" for each in names] + [f"{each} > y" for each in names]
    gates = '<parallelGateway id="x"/><parallelGateway id="y"/>'
    found = read_bpmn(file(START + tasks(*names) + gates + END + flow("s > x", *wide, "y > e")))
    assert found.text.count("step:") == 600


def test_the_token_game_stops_at_its_limit() -> None:
    """Twenty branches in each of which ways cross have more states than are looked at."""
    made, ways = START + '<parallelGateway id="x"/><parallelGateway id="y"/>' + END, ["s > x"]
    for n in range(20):
        gates = "".join(f'<parallelGateway id="{each}{n}"/>' for each in "fgmq")
        made += gates + tasks(*(f"{each}{n}" for each in ("ta", "tb", "tc", "td")))
        ways += [f"x > f{n}", f"f{n} > ta{n}", f"f{n} > tb{n}", f"ta{n} > m{n}", f"m{n} > tc{n}"]
        ways += [f"m{n} > q{n}", f"tb{n} > q{n}", f"q{n} > td{n}", f"tc{n} > g{n}"]
        ways += [f"td{n} > g{n}", f"g{n} > y"]
    assert _code(file(made + flow(*ways, "y > e"))) == "unproved"


OWN = 'xmlns:t="urn:tuoban:bpmn:1"'


def test_what_was_written_into_it_and_is_broken_is_told_of() -> None:
    own = f'<extensionElements><t:reaction {OWN}><t:on as="part">[x</t:on></t:reaction>'
    event = node(
        "boundaryEvent",
        "m",
        f"{own}</extensionElements><messageEventDefinition/>",
        attachedToRef="a",
    )
    process = START + tasks("a") + END + event + flow("s > a", "a > e", "m > e")
    assert refusals(process) == ["extension-unread p"]
    pack = f'<extensionElements><t:pack {OWN} language="fr"/></extensionElements>'
    assert refusals(pack + START + END + flow("s > e")) == ["language-unknown p"]


def test_what_follows_an_event_gateway_has_no_event_at_its_border() -> None:
    inside = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    process = START + END + node("eventBasedGateway", "g") + node("receiveTask", "r")
    process += node("boundaryEvent", "late", inside, attachedToRef="r")
    process += flow("s > g", "g > r", "r > e", "late > e")
    assert refusals(process) == ["race-with-border r"]


def test_what_an_ad_hoc_sub_process_cannot_wait_for_is_told_of() -> None:
    loose = node("sendTask", "a") + tasks("b", "c") + flow("a > b", "b > c ? n > 1")
    process = START + node("adHocSubProcess", "u", loose) + END + flow("s > u", "u > e")
    assert refusals(process) == ["plan-needs-unnamed a_b_1", "plan-condition b_c_2"]


def test_choices_within_choices_have_a_bound() -> None:
    many, ways = 300, []
    process = START + tasks("z") + END
    for n in range(many):
        process += tasks(f"a{n}") + node("exclusiveGateway", f"g{n}", default=f"d{n}")
        process += node("exclusiveGateway", f"j{n}")
        inner = f"g{n + 1}" if n + 1 < many else "z"
        process += f'<sequenceFlow id="d{n}" sourceRef="g{n}" targetRef="{inner}"/>'
        ways += [f"g{n} > a{n} ? n > {n}", f"a{n} > j{n}"]
        ways.append(f"j{n} > j{n - 1}" if n else "j0 > e")
    process += flow("s > g0", f"z > j{many - 1}", *ways)
    assert refusals(process) == ["blocks-too-deep p"]


@pytest.mark.parametrize(
    "count", ["9" * 5000, "\N{SUPERSCRIPT TWO}", "\N{FULLWIDTH DIGIT TWO}", "-1"]
)
def test_a_number_that_nobody_can_count_to_is_refused(count: str) -> None:
    many = f"<loopCardinality>{count}</loopCardinality>"
    task = node(
        "userTask",
        "a",
        f"<multiInstanceLoopCharacteristics>{many}</multiInstanceLoopCharacteristics>",
    )
    assert refusals(START + task + END + flow("s > a", "a > e")) == ["many-without-count a"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDuration", f"P{'9' * 5000}D"),
        ("timeCycle", f"R/P{'9' * 5000}D"),
        ("timeDate", "2026-02-30T09:00:00Z"),
        ("timeDate", "0000-99-99T99:99:99Z"),
    ],
)
def test_a_time_that_no_calendar_knows_is_refused(kind: str, text: str) -> None:
    inside = f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"
    event = node("intermediateCatchEvent", "a", inside)
    assert refusals(START + event + END + flow("s > a", "a > e")) == ["timer-unread a"]
