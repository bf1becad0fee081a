"""An end ends its way; the process is over when nothing in it is under way any more."""

from __future__ import annotations

import pytest

from tests.kernel.bpmn.building import (
    END,
    START,
    begun,
    compiled,
    file,
    flow,
    node,
    process_of,
    tasks,
)
from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel.bpmn import read_bpmn, write_bpmn
from tuoban.kernel.language import check_pack

GRANTED = '<endEvent id="e" name="Granted"/>'
REFUSED = '<endEvent id="f" name="Refused"/>'
TERMINATED = '<endEvent id="f" name="Refused"><terminateEventDefinition/></endEvent>'
CHOICE = '<exclusiveGateway id="x" default="x_e_3"/>'
ONE = flow("s > t", "t > e")
TWO = flow("s > t", "t > x", "x > e", "x > f ? no")


def asked(interrupting: str = "false", id_: str = "ask") -> str:
    """An event sub-process: at a message, c is done."""
    event = f'<startEvent id="asks" isInterrupting="{interrupting}"><messageEventDefinition/>'
    inside = f'{event}</startEvent>{tasks("c")}<endEvent id="ae"/>' + flow("asks > c", "c > ae")
    return node("subProcess", id_, inside, triggeredByEvent="true")


def tell(play: Play, message: str = "asks") -> Play:
    play.carry_out(c.Deliver("m-1", message, {}, play.at))
    return play


@pytest.mark.parametrize(("end", "outcome"), [(END, "closed"), (GRANTED, "granted")])
def test_the_end_waits_for_what_an_event_has_begun(end: str, outcome: str) -> None:
    play = tell(begun(START + tasks("t") + end + asked() + ONE)).do("t")
    assert play.open() == {"c"}
    assert play.do("c").state.outcome == outcome


def test_nothing_waits_where_no_event_came() -> None:
    assert begun(START + tasks("t") + END + asked() + ONE).do("t").state.outcome == "closed"


@pytest.mark.parametrize(("no", "outcome"), [(True, "refused"), (False, "granted")])
def test_the_one_of_several_ends_that_was_reached_is_the_end_of_the_case(
    no: bool, outcome: str
) -> None:
    process = START + tasks("t") + GRANTED + REFUSED + CHOICE + asked() + TWO
    play = tell(begun(process)).do("t", no=no)
    assert play.open() == {"c"}
    assert play.do("c").state.outcome == outcome


def test_what_terminates_waits_for_nothing() -> None:
    process = START + tasks("t") + GRANTED + TERMINATED + CHOICE + asked() + TWO
    assert tell(begun(process)).do("t", no=True).state.outcome == "refused"
    play = tell(begun(process)).do("t", no=False)
    assert play.open() == {"c"}
    assert play.do("c").state.outcome == "granted"


def test_what_an_event_has_broken_off_reaches_no_end_of_its_own() -> None:
    play = tell(begun(START + tasks("t") + GRANTED + asked("true") + ONE))
    assert play.open() == {"c"}
    assert play.do("c").state.outcome == "closed"


def test_of_events_that_interrupt_and_those_that_do_not_each_is_itself() -> None:
    other = asked("true", "stop")
    for id_ in ("asks", "c", "ae"):
        other = other.replace(f'"{id_}', f'"{id_}2').replace(f"_{id_}_", f"_{id_}2_")
    process = START + tasks("t") + GRANTED + asked() + other + ONE
    play = tell(begun(process)).do("t")
    assert play.open() == {"c"}
    assert play.do("c").state.outcome == "granted"
    play = tell(tell(begun(process)), "asks2")
    assert play.open() == {"c_2"}
    assert play.do("c_2").state.outcome == "closed"


def test_an_early_end_waits_like_the_last() -> None:
    process = START + tasks("t", "b") + GRANTED + REFUSED + CHOICE + asked()
    process += flow("s > t", "t > x", "x > b", "x > f ? no", "b > e").replace("x_b_3", "x_e_3")
    play = tell(begun(process)).do("t", no=True)
    assert play.open() == {"c"}
    assert play.do("c").state.outcome == "refused"
    play = tell(begun(process)).do("t", no=False).do("b")
    assert play.open() == {"c"}
    assert play.do("c").state.outcome == "granted"


def test_a_called_process_lets_its_events_happen_as_well() -> None:
    inner = '<startEvent id="qs"/>' + tasks("t") + '<endEvent id="qe"/>' + asked()
    inner += flow("qs > t", "t > qe").replace('Flow id="', 'Flow id="q')
    called = f'<process id="q" name="Q">{inner}</process>'
    process = START + node("callActivity", "k", calledElement="q") + END + flow("s > k", "k > e")
    play = Play(compiled(process, called))
    play.carry_out(c.Start("li", "begin", "east", "P-1", {}))
    tell(play).do("k.t")
    assert play.open() == {"k.c"}
    assert play.do("k.c").state.outcome == "closed"


def test_a_sub_process_waits_for_its_own_events() -> None:
    inner = '<startEvent id="us"/>' + tasks("t") + '<endEvent id="ue"/>' + asked()
    inner += flow("us > t", "t > ue")
    process = START + node("subProcess", "u", inner) + tasks("b") + END
    play = tell(begun(process + flow("s > u", "u > b", "b > e"))).do("t")
    assert play.open() == {"c"}
    assert play.do("c").open() == {"b"}


def test_an_event_drawn_into_a_file_of_ours_comes_along() -> None:
    tree = check_pack(read_bpmn(file(START + tasks("t") + END + ONE)).text).tree
    assert tree is not None
    event = (
        asked().replace("</", "</bpmn:").replace("<", "<bpmn:").replace("<bpmn:/bpmn:", "</bpmn:")
    )
    drawn = write_bpmn(tree).replace("</bpmn:process>", f"{event}</bpmn:process>")
    assert "during: [{message: asks, as: ask" in read_bpmn(drawn.encode()).text


GATES = "".join(f'<exclusiveGateway id="{each}"/>' for each in ("v", "w", "m"))
GATES += '<parallelGateway id="x"/><parallelGateway id="y"/>'
EARLY = ("t > v", "v > b | l", "v > d | r", "b > w", "w > c | go", "w > f | stop", "c > m", "d > m")


@pytest.mark.parametrize("end", ["f", "e"])
@pytest.mark.parametrize("last", [END, GRANTED])
def test_an_early_end_beside_a_parallel_block_is_an_end_where_it_stands(
    end: str, last: str
) -> None:
    process = START + tasks("t", "b", "c", "d", "h", "i") + GATES + last
    process += REFUSED if end == "f" else ""
    ways = [each.replace("> f", f"> {end}") for each in EARLY]
    process += flow("s > t", *ways, "m > x", "x > h", "x > i", "h > y", "i > y", "y > e")
    outcome = {"f": "refused", "e": "granted" if last == GRANTED else "closed"}[end]
    assert "repeat" not in process_of(process)
    assert begun(process).do("t", outcome="l").do("b", outcome="stop").state.outcome == outcome
    play = begun(process).do("t", outcome="r").do("d").do("h")
    assert play.open() == {"i"}
    play.do("i")
    assert play.state.status == "ended"


@pytest.mark.parametrize("named", [END, GRANTED])
@pytest.mark.parametrize(
    ("gates", "ends"),
    [
        ("", ("b > e", "c > e")),
        ('<exclusiveGateway id="m"/>', ("b > m", "c > m", "m > e")),
        (
            '<exclusiveGateway id="m"/><parallelGateway id="n"/>',
            ("b > m", "c > m", "m > n", "n > e"),
        ),
    ],
)
def test_branches_that_lead_to_one_end_all_come_to_it(
    named: str, gates: str, ends: tuple[str, ...]
) -> None:
    process = START + tasks("b", "c") + named + '<parallelGateway id="x"/>' + gates
    play = begun(process + flow("s > x", "x > b", "x > c", *ends)).do("b")
    assert play.open() == {"c"}
    assert play.do("c").state.outcome == "closed"


def test_what_an_event_lets_happen_may_lead_to_the_same_end() -> None:
    event = node("boundaryEvent", "asks", "<messageEventDefinition/>", attachedToRef="t",
                 cancelActivity="false")  # fmt: skip
    process = START + tasks("t", "c") + END + event
    play = tell(begun(process + flow("s > t", "t > e", "asks > c", "c > e"))).do("t")
    assert play.open() == {"c"}
    assert play.do("c").state.outcome == "closed"


def test_an_end_beside_other_branches_ends_its_own_alone() -> None:
    process = START + tasks("t", "b") + GRANTED + REFUSED + CHOICE
    process += '<parallelGateway id="y"/><endEvent id="g" name="Given"/>'
    process += flow("s > y", "t > x", "x > e", "x > f ? no", "y > t", "y > b", "b > g")
    play = begun(process).do("t", no=True)
    assert play.open() == {"b"}
    assert play.do("b").state.outcome == "closed"


def test_nothing_stands_behind_what_always_terminates() -> None:
    process = START + tasks("t", "b") + TERMINATED + '<parallelGateway id="x"/>' + END + asked()
    process += flow("s > x", "x > t", "x > b", "t > f", "b > e")
    assert tell(begun(process)).do("t").state.outcome == "refused"
    assert "closed" not in process_of(process)
