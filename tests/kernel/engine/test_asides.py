"""`call` with `without-waiting`: the case goes on at once, and the process runs on inside it. With
its column of the second table of docs/reference/operations.md, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.kernel.engine.playing import HEADER, Play, replay
from tests.kernel.engine.table import cell
from tests.kernel.engine.test_each import names
from tuoban.kernel import commands as c
from tuoban.kernel.definition import Definition
from tuoban.kernel.language import compile_pack

TOWING = """
processes:
  towing:
    en: Towing
    fields: {what: {type: text, en: What}, until: {type: datetime, en: Until}}
    steps:
      - {step: order, by: worker}
      - {step: haul, by: worker, returns-to: [order]}
      - {end: towed}
"""
CALL = "{call: towing, with: {what: kind, until: wanted_at}, without-waiting: true}"
PROCESS = f"""
  - {{step: report, by: worker, form: [amount]}}
  - stage: shop
    steps:
      - {{step: look, by: worker}}
      - {CALL}
      - {{step: repair, by: worker, returns-to: [look]}}
  - {{step: bill, by: worker, needs: [towing], returns-to: [report]}}
  - end: closed
"""


def define(process: str = PROCESS, processes: str = TOWING) -> Definition:
    return compile_pack(HEADER + process.strip("\n") + processes)


def play(process: str = PROCESS, processes: str = TOWING) -> Play:
    return Play(define(process, processes)).start(kind="easy", wanted_at="2026-03-02T12:00")


def do(case: Play, *steps: str, **data: Any) -> Play:
    for step in steps:
        case.do(step, "li", **data)
    return case


def called() -> Play:
    return do(play(), "report", "look")


# -- going on -------------------------------------------------------------------------------------


def test_the_case_goes_on_at_once_and_the_process_outlives_the_block_it_was_called_in() -> None:
    case = called()
    assert case.open() == {"towing.order", "repair"}
    do(case, "repair")
    assert case.open() == {"towing.order", "bill"}
    assert "outcome" not in names(case)["towing"]  # it reads as null
    do(case, "towing.order", "towing.haul")
    towing = names(case)["towing"]
    assert (towing["outcome"], towing["what"], towing["count"]) == ("towed", "easy", 1)
    assert do(case, "bill").state.outcome == "closed"
    assert replay(case.begun_with, case.journal) == case.state


def test_a_gate_that_names_it_waits_for_its_end() -> None:
    case = do(called(), "repair")
    assert case.item("bill").locked == (0,)
    do(case, "towing.order").send_back("towing.haul", "towing.order")
    assert case.open() == {"towing.order", "bill"}
    do(case, "towing.order", "towing.haul")
    assert case.item("bill").locked is None


def test_what_has_ended_in_a_branch_that_was_left_is_still_waited_for() -> None:
    case = play(
        f"""
  - choose:
      - when: kind = "easy"
        then: [{CALL}]
      - otherwise: [{{step: other, by: worker}}]
  - {{step: bill, by: worker, needs: [towing]}}
  - end: closed
"""
    )
    assert case.item("bill").locked == (0,)
    do(case, "towing.order", "towing.haul")
    assert case.item("bill").locked is None


@pytest.mark.parametrize(
    "around",
    [
        f"""
  - parallel:
      - stage: one
        steps: [{{step: look, by: worker}}, {CALL}]
      - {{step: other, by: worker}}
    join: any
""",
        f"""
  - stage: one
    within: 1 hours
    late: {{at the limit: move on}}
    steps: [{{step: look, by: worker}}, {CALL}, {{step: other, by: worker}}]
""",
        f"""
  - stage: one
    during: [{{on: enough, by: worker, interrupting: true}}]
    steps: [{{step: look, by: worker}}, {CALL}, {{step: other, by: worker}}]
""",
        f"""
  - plan: one
    complete-when: good = true
    steps:
      - stage: inner
        steps: [{{step: look, by: worker}}, {CALL}]
      - {{step: other, by: worker, form: [good]}}
""",
        f"""
  - {{step: look, by: worker}}
  - stage: one
    during: [{{on: enough, by: worker, then: [{CALL}]}}]
    steps: [{{step: other, by: worker}}]
""",
    ],
    ids=["join", "move on", "interrupted", "plan", "reaction"],
)
def test_what_withdraws_the_block_it_was_called_in_leaves_it_alone(around: str) -> None:
    case = do(play(around + "  - {step: bill, by: worker}\n  - end: closed\n"), "look")
    if "during" in around:
        case.carry_out(c.React("li", "enough"))
    if "move on" in around:
        case.wait(hours=1)
    elif "other" in case.open():
        do(case, "other", **({"good": True} if "complete-when" in around else {}))
    assert case.open() == {"towing.order", "bill"}
    do(case, "towing.order", "towing.haul", "bill")
    assert case.state.outcome == "closed"
    assert names(case)["towing"]["outcome"] == "towed"


# -- its end, and that of the case ----------------------------------------------------------------


def test_the_end_of_the_case_withdraws_it() -> None:
    case = do(play(PROCESS.replace("needs: [towing], ", "")), "report", "look", "repair", "bill")
    assert case.state.outcome == "closed"
    assert not case.state.items
    assert not case.state.activations
    assert "towing" not in case.state.completions


NESTED = (
    TOWING
    + """
  outer:
    en: Outer
    steps:
      - {step: begin, by: worker}
      - stage: inner
        steps: [{call: towing, without-waiting: true}]
      - {step: other, by: worker}
"""
)


def test_a_process_that_calls_it_is_left_when_it_is_over() -> None:
    case = do(play("  - {call: outer}\n  - end: closed\n", NESTED), "outer.begin", "outer.other")
    assert case.open() == {"outer.towing.order"}
    do(case, "outer.towing.order", "outer.towing.haul")
    assert case.state.outcome == "closed"


def test_the_end_of_a_process_that_calls_it_withdraws_it() -> None:
    processes = NESTED + "      - {end: enough}\n"
    case = do(play("  - {call: outer}\n  - {step: bill, by: worker}\n  - end: closed\n", processes))
    do(case, "outer.begin", "outer.other")
    assert case.open() == {"bill"}
    assert names(case)["outer"]["outcome"] == "enough"


@cell("cancel", "call without waiting")
def test_cancelled_with_the_case() -> None:
    case = do(called(), "repair")
    case.carry_out(c.Cancel("zhou", "a mistake"))
    assert case.state.status == "ended"
    assert not case.state.items


def test_what_was_done_in_it_is_undone_with_the_process_that_called_it() -> None:
    undone = "haul, by: worker, undo: [{step: bring_back, by: worker}],"
    processes = NESTED.replace("haul, by: worker,", undone) + "      - {end: off, undo: true}\n"
    case = play("  - {call: outer}\n  - {step: bill, by: worker}\n  - end: closed\n", processes)
    do(case, "outer.begin", "outer.towing.order", "outer.towing.haul", "outer.other")
    assert case.open() == {"outer.towing.bring_back"}
    assert do(case, "outer.towing.bring_back").open() == {"bill"}


# -- each its own ---------------------------------------------------------------------------------


def test_each_round_has_its_own_and_the_newest_is_seen_from_outside() -> None:
    case = play(
        f"""
  - repeat: rounds
    until: rounds.round >= 2
    at-most: 3
    steps:
      - {{step: look, by: worker, form: [kind]}}
      - {CALL}
      - {{step: repair, by: worker, when: towing.outcome != null}}
      - {{step: check, by: worker}}
  - {{step: bill, by: worker, needs: [towing]}}
  - end: closed
"""
    )
    do(case, "look", kind="easy")
    do(case, "check")  # what is called in this round is not over, so there is nothing to repair
    do(case, "look", kind="hard")
    do(case, "check")
    first, second = (each for each in case.state.items.values() if each.node == "towing.order")
    assert [case.state.at_place(each.activation, "what") for each in (first, second)] == [
        "easy",
        "hard",
    ]
    for node in ("towing.order", "towing.haul", "towing.order"):
        assert case.item("bill").locked == (0,)
        do(case, node)
    do(case, "towing.haul")
    assert case.item("bill").locked is None
    assert [each["what"] for each in names(case)["towing"]["all"]] == ["easy", "hard"]


def test_each_element_has_its_own_and_the_gate_waits_for_all() -> None:
    case = play(
        """
  - each: car
    in: '["red", "blue"]'
    steps: [{call: towing, with: {what: car}, without-waiting: true}]
  - {step: bill, by: worker, needs: [towing]}
  - end: closed
"""
    )
    assert [case.state.elements_around(each.activation) for each in case.state.items.values()][
        :2
    ] == [(1,), (2,)]
    do(case, "towing.order", "towing.haul")
    assert case.item("bill").locked == (0,)
    do(case, "towing.order", "towing.haul")
    assert case.item("bill").locked is None
    assert [each["what"] for each in names(case)["towing"]["all"]] == ["red", "blue"]


# -- time -----------------------------------------------------------------------------------------


def test_its_limits_read_what_it_reads_and_end_it() -> None:
    late = "without-waiting: true, due: 1 hour before until, late: {at the limit: move on}"
    case = do(play(PROCESS.replace("without-waiting: true", late)), "report", "look", "repair")
    assert case.clock("towing").due == case.at.replace(hour=3)
    case.wait(hours=2, minutes=1)
    assert case.open() == {"bill"}
    assert names(case)["towing"]["outcome"] == "timeout"
    assert case.item("bill").locked is None
    assert not case.state.clocks


def test_it_opens_later_while_the_case_has_gone_on() -> None:
    later = "without-waiting: true, opens: 1 hour before until"
    case = do(play(PROCESS.replace("without-waiting: true", later)), "report", "look", "repair")
    assert case.open() == {"bill"}
    assert case.wait(hours=2).open() == {"bill", "towing.order"}


def test_what_may_happen_beside_it_is_of_the_process() -> None:
    during = "without-waiting: true, during: [{on: stop, by: worker, interrupting: true}]"
    case = do(play(PROCESS.replace("without-waiting: true", during)), "report", "look", "repair")
    case.carry_out(c.React("li", "towing.stop"))
    assert case.open() == {"bill"}
    assert case.item("bill").locked is None


def test_what_runs_on_is_no_work_of_the_element_it_was_called_in() -> None:
    case = play(
        """
  - each: car
    in: '["red"]'
    within: 2 hours
    steps:
      - {call: towing, without-waiting: true}
      - {step: look, by: customer}
  - {step: bill, by: worker, needs: [towing]}
  - end: closed
"""
    )
    assert case.open() == {"towing.order", "look"}
    assert case.clock("car").ledger.is_paused  # outsiders alone have work there


# -- going back -----------------------------------------------------------------------------------


@pytest.mark.parametrize("done", [(), ("towing.order",), ("towing.order", "towing.haul")])
def test_sent_back_to_before_the_call_it_counts_no_more_and_is_called_anew(
    done: tuple[str, ...],
) -> None:
    case = do(called(), *done).send_back("repair", "look")
    assert case.open() == {"look"}
    do(case, "look")
    assert case.open() == {"towing.order", "repair"}
    assert not any(made.counts for made in case.state.completions.get("towing", ()))
    do(case, "repair")
    assert case.item("bill").locked == (0,)
    do(case, "towing.order", "towing.haul")
    assert names(case)["towing"]["count"] == (2 if len(done) == 2 else 1)


@cell("return", "call without waiting")
def test_sent_back_from_behind_the_block_to_before_it() -> None:
    case = do(called(), "repair", "towing.order", "towing.haul").send_back("bill", "report")
    assert [made.counts for made in case.state.completions["towing"]] == [False]
    do(case, "report", "look", "repair")
    assert case.open() == {"towing.order", "bill"}


def test_sent_back_past_the_block_while_it_runs() -> None:
    process = PROCESS.replace("needs: [towing], ", "")
    case = do(play(process), "report", "look", "repair", "towing.order").send_back("bill", "report")
    assert case.open() == {"report"}
    assert not any(made.counts for made in case.state.completions["towing.order"])


@cell("withdraw", "call without waiting")
def test_taken_back_before_anybody_began_with_it() -> None:
    case = called().withdraw("look")
    assert case.open() == {"look"}
    do(case, "look").carry_out(c.Open("han", case.item("towing.order").id))
    newest = case.state.completions["look"][-1].item
    assert case.refused(c.Withdraw("li", newest, "again")) == "taken-up"


def test_what_is_done_in_it_is_taken_back_while_it_runs() -> None:
    case = do(called(), "repair", "towing.order").withdraw("towing.order")
    assert case.open() == {"towing.order", "bill"}
    do(case, "towing.order", "towing.haul")
    newest = case.state.completions["towing.haul"][-1].item
    assert case.refused(c.Withdraw("li", newest, "again")) == "place-over"


def test_what_is_done_in_it_is_taken_back_while_what_called_it_waits_for_it() -> None:
    case = do(play("  - {call: outer}\n  - end: closed\n", NESTED), "outer.begin", "outer.other")
    do(case, "outer.towing.order").withdraw("outer.towing.order")
    assert case.open() == {"outer.towing.order"}


def test_called_by_a_reaction_it_is_withdrawn_when_work_goes_back_past_the_step() -> None:
    case = play(
        f"""
  - {{step: report, by: worker}}
  - step: look
    by: worker
    during: [{{on: enough, by: worker, then: [{CALL}]}}]
  - {{step: bill, by: worker, returns-to: [report]}}
  - end: closed
"""
    )
    do(case, "report").carry_out(c.React("li", "enough"))
    do(case, "towing.order", "look").send_back("bill", "report")
    assert case.open() == {"report"}


def test_what_covers_a_field_lapses_in_it_while_it_runs() -> None:
    towing = TOWING.replace(
        "{step: order, by: worker}", "{step: order, by: worker, covers: [kind]}"
    )
    towing = towing.replace("haul, by: worker,", "haul, by: worker, needs: [order],")
    case = do(play(PROCESS, towing), "report", "look", "repair", "towing.order")
    case.carry_out(c.Correct("zhou", "kind", "hard", "it is"))
    assert case.open() == {"towing.order", "towing.haul", "bill"}
    do(case, "towing.order", "towing.haul")
    assert case.open() == {"bill"}


def test_sent_back_to_the_call_itself_once_it_has_ended() -> None:
    process = PROCESS.replace("needs: [towing], returns-to: [report]", "returns-to: [towing]")
    case = do(play(process), "report", "look", "repair", "towing.order")
    back = c.Return("li", case.item("bill").id, "towing", "again")
    assert case.refused(back) == "not-finished"
    do(case, "towing.haul").carry_out(back)
    assert case.open() == {"towing.order", "repair"}


def test_in_a_plan_it_is_asked_for_again_where_work_goes_back_to_what_it_needs() -> None:
    optional = CALL.replace("{call:", "{needs: [look], optional: true, call:")
    case = play(
        f"""
  - plan: shop
    steps:
      - {{step: look, by: worker}}
      - {{step: repair, by: worker, needs: [look], returns-to: [look]}}
      - {{step: bill, by: worker}}
      - {optional}
  - end: closed
"""
    )
    case.carry_out(c.Add("zhou", "towing"))
    do(case, "look")
    assert case.open() == {"towing.order", "repair", "bill"}
    assert case.refused(c.Add("zhou", "towing")) == "not-addable"
    case.send_back("repair", "look")
    assert case.open() == {"look", "bill"}
    do(case, "look")
    assert case.open() == {"towing.order", "repair", "bill"}


def test_steps_that_its_lateness_begins_are_done_inside_it() -> None:
    late = (
        "without-waiting: true, within: 1 hours, "
        "late: {at the limit: {step: hurry, by: worker, when: what != null}}"
    )
    case = do(play(PROCESS.replace("without-waiting: true", late)), "report", "look", "repair")
    case.wait(hours=1)
    assert case.open() == {"towing.order", "towing.hurry", "bill"}
    do(case, "towing.order", "towing.hurry", "towing.haul")
    assert case.open() == {"bill"}


@cell("direct", "call without waiting")
def test_direct_goes_past_it_and_it_runs_on() -> None:
    direct = PROCESS.replace("returns-to: [report]", "returns-to: [{report: direct}]")
    case = do(play(direct), "report", "look", "repair", "towing.order").send_back("bill", "report")
    assert case.open() == {"report", "towing.haul", "bill"}
    do(case, "report", "towing.haul")
    assert case.item("bill").locked is None
    assert len(case.state.completions["towing"]) == 1


def test_what_lapses_in_it_holds_up_nobody_who_has_sent_the_case_back() -> None:
    towing = TOWING.replace("order, by: worker}", "order, by: worker, covers: [amount]}")
    direct = PROCESS.replace("returns-to: [report]", "returns-to: [{report: direct}]")
    direct = direct.replace("needs: [towing], ", "")
    case = do(play(direct, towing), "report", "look", "repair", "towing.order")
    do(case.send_back("bill", "report"), "report", amount="5")
    assert case.item("bill").locked is None
    assert case.open() == {"towing.haul", "bill"}


@cell("jump", "call without waiting")
def test_jumped_backwards_it_is_withdrawn_and_forwards_it_runs_on() -> None:
    process = PROCESS.replace(
        "  - stage: shop", "  - {step: wash, by: worker}\n  - stage: shop"
    ).replace("  - end: closed", "  - {step: pay, by: worker}\n  - end: closed")
    case = do(play(process), "report", "wash", "look", "repair")
    case.carry_out(c.Jump("wang", case.item("bill").id, "pay", "so be it"))
    assert case.open() == {"towing.order", "pay"}
    case.carry_out(c.Jump("wang", case.item("pay").id, "wash", "so be it"))
    assert case.open() == {"wash"}
    do(case, "wash", "look", "repair")
    assert case.open() == {"towing.order", "bill"}
    item = case.item("towing.order").id
    assert case.refused(c.Jump("wang", item, "bill", "out of it")) == "not-jumpable"


# -- another version ------------------------------------------------------------------------------


def test_it_goes_on_by_another_version_that_calls_it_likewise() -> None:
    case = do(called(), "repair")
    renamed = replace(define(PROCESS.replace("step: bill", "step: invoice")), version="2")
    case.migrate(renamed, bill="invoice")
    do(case, "towing.order", "towing.haul")
    assert case.item("invoice").locked is None
    assert replay(case.begun_with, case.journal, case.versions) == case.state


def test_it_does_not_go_on_by_one_that_waits_for_it() -> None:
    case = do(called(), "repair")
    waiting = replace(define(PROCESS.replace(", without-waiting: true", "")), version="2")
    case.versions["2"] = waiting
    assert case.refused(c.Migrate("wang", "2", "new rules", {})) == "not-migratable"
