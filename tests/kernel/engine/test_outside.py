"""The time of outside parties is not the organisation's: lengths of blocks and of the case stand
still while only they have work."""

from __future__ import annotations

from tests.kernel.engine.playing import DIRECTORY, HEADER, NINE, OFFICE, Play, define
from tests.kernel.engine.timing import at, play_at, why
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.clocks import Paused
from tuoban.kernel.language import compile_pack

ASKING = """
- stage: whole
  within: 4 working hours
  steps:
    - {step: ask, by: worker}
    - {step: answer, by: customer, within: 1 working hour, late: {at the limit: escalate to boss}}
    - {step: act, by: worker}
- end: x
"""


def spans(play: Play) -> list[tuple[tuple[str, ...], object, object]]:
    return [(each.roles, each.since, each.until) for each in play.state.outside]


def test_a_block_stands_still_while_only_an_outside_party_has_work_in_it() -> None:
    play = play_at("03-02 09:00", ASKING).start()
    assert play.clock("whole").due == at("03-02 14:00")
    play.wait(hours=1).do("ask")
    assert play.clock("whole").due is None
    assert "paused since 10:00" in why(play, "whole")
    pause = play.clock("whole").ledger.entries[-1]
    assert isinstance(pause, Paused)
    assert pause.reason.en == "waiting for Customer"
    play.wait(hours=1).do("answer")
    assert play.clock("whole").due == at("03-02 15:00")


def test_a_limit_of_the_outside_work_itself_counts_and_its_lateness_reaches_our_people() -> None:
    play = play_at("03-02 09:00", ASKING).start().do("ask")
    assert play.clock("answer").due == at("03-02 10:00")
    play.wait(hours=2)
    assert play.told() == [("at the limit", "boss")]
    assert play.item("answer").escalated
    play.do("answer")
    assert play.state.late == {"answer": 1}, "the block was not late for it"


def test_work_of_ours_that_is_open_beside_theirs_lets_it_run_and_locked_work_does_not() -> None:
    process = """
    - stage: whole
      within: 4 working hours
      steps:
        - parallel:
            - {step: permit, by: customer}
            - {step: draw, by: worker}
            - {step: build, by: worker, needs: [permit]}
    - end: x
    """
    play = play_at("03-02 09:00", process).start()
    assert play.clock("whole").due == at("03-02 14:00"), "draw is ours to do"
    play.wait(hours=1).do("draw")
    assert play.clock("whole").due is None, "build cannot be done yet"
    play.wait(hours=1).do("permit")
    assert play.clock("whole").due == at("03-02 15:00")


def test_each_block_looks_at_what_is_inside_it_and_the_case_at_all() -> None:
    process = """
    - parallel:
        - stage: theirs
          within: 2 hours
          steps: [{step: permit, by: customer}]
        - stage: ours
          within: 2 hours
          steps: [{step: draw, by: worker}]
    - end: x
    """
    header = HEADER.replace("starts:\n", "case: {within: 1 day}\nstarts:\n")
    steps = "".join(f"  {line}\n" for line in process.strip("\n").splitlines())
    play = Play(compile_pack(header + steps, packs=None), DIRECTORY, OFFICE).start()
    assert [play.clock(each).due is None for each in ("theirs", "ours", "")] == [True, False, False]
    assert spans(play) == []
    play.wait(hours=1).do("draw")
    assert play.clock("").due is None
    assert spans(play) == [(("customer",), play.at, None)]


def test_the_elements_of_a_list_stand_still_each_for_itself() -> None:
    process = """
    - each: grade_of
      in: '["a", "b"]'
      order: together
      within: 2 hours
      steps:
        - {step: draw, by: worker}
        - {step: permit, by: customer}
    - end: x
    """
    play = play_at("03-02 09:00", process).start()
    first = play.item("draw")
    play.carry_out(c.Complete("li", first.id, None, {}, frozenset(), {}))
    held = {
        each.activation: each.ledger.is_paused
        for each in play.state.clocks.values()
        if each.node == "grade_of"
    }
    assert held == {first.activation: True, play.item("draw").activation: False}


def test_what_its_own_stops_while_says_holds_instead() -> None:
    play = play_at(
        "03-02 09:00",
        ASKING.replace("4 working hours", "{limit: 4 working hours, stops-while: false}"),
    )
    play.start().do("ask")
    assert play.clock("whole").due == at("03-02 14:00")
    play = play_at(
        "03-02 09:00",
        ASKING.replace("4 working hours", "{limit: 4 working hours, stops-while: good = true}"),
    )
    play.start(good=True)
    assert play.clock("whole").due is None
    play = play_at(
        "03-02 09:00",
        ASKING.replace("within: 4 working", "due: 4 working").replace(
            "due: 4 working hours", "due: 4 hours after start.at"
        ),
    )
    play.start().do("ask")
    assert play.clock("whole").due == at("03-02 13:00"), "a moment never stands still"


def test_a_signature_asked_for_inside_is_ours_again() -> None:
    process = ASKING.replace("by: customer,", "by: customer, signed-by: boss,")
    play = play_at("03-02 09:00", process).start().do("ask")
    assert play.clock("whole").due is None
    play.do("answer")
    assert play.clock("whole").due == at("03-02 14:00")


def test_a_return_to_us_lets_it_run_again_and_the_times_are_kept() -> None:
    process = ASKING.replace("by: customer,", "by: customer, returns-to: [ask],")
    play = play_at("03-02 09:00", process).start().do("ask")
    play.wait(hours=1).send_back("answer", "ask")
    assert play.clock("whole").due == at("03-02 15:00")
    play.wait(hours=1).do("ask").wait(hours=1)
    play.do("answer").do("act")
    assert spans(play) == [
        (("customer",), at("03-02 09:00"), at("03-02 10:00")),
        (("customer",), at("03-02 11:00"), at("03-02 12:00")),
    ]


def test_nothing_is_noted_where_no_outside_party_works() -> None:
    play = Play("- {step: a, by: worker, signed-by: customer}\n- end: x").start()
    assert not any(isinstance(each, e.WaitsOutside) for each in play.journal)
    assert play.at == NINE
    assert not define("- {step: a, by: [worker, customer]}\n- end: x").meets_outside


def test_when_they_are_late_who_records_is_told_and_who_it_was_escalated_to_may_extend() -> None:
    process = ASKING.replace(
        "{at the limit: escalate to boss}",
        "{10 minutes before: tell performer, at the limit: escalate to boss}",
    )
    play = play_at("03-02 09:00", process).start().do("ask").wait(minutes=59)
    assert play.told() == [("10 minutes before", "worker")]
    play.wait(minutes=1)
    assert play.told()[1:] == [("at the limit", "boss")]
    clock = play.clock("answer").id
    assert play.refused(c.Extend("li", clock, "1 working hour", "they asked")) == "not-in-charge"
    play.carry_out(c.Extend("wang", clock, "1 working hour", "they asked"))
    assert play.clock("answer").due == at("03-02 11:00")


def test_where_nobody_is_left_to_record_it_the_head_of_the_unit_is_told() -> None:
    header = HEADER.replace("recorded-by: worker", "recorded-by: ghost")
    steps = "".join(f"  {line}\n" for line in ASKING.strip("\n").splitlines())
    play = Play(compile_pack(header + steps, packs=None), DIRECTORY, OFFICE).start().do("ask")
    assert play.told() == [(e.NOBODY, "zhou")]
    assert play.item("answer").orphaned
