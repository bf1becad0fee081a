"""The clocks of a case: when each limit starts, what stops it, what moves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.kernel.engine.playing import HEADER, NINE, OFFICE, Play
from tests.kernel.engine.timing import TWO_HOURS, at, play_at, refusal, why
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.calendars import CHINA, Period, PersonalTime, for_person, read_week
from tuoban.kernel.clocks import LimitChanged
from tuoban.kernel.language import compile_pack
from tuoban.kernel.text import Text

# -- the situations of which service desks are told -----------------------------------------------


def test_lunch_does_not_count() -> None:
    assert play_at("03-02 11:00", TWO_HOURS).start().due("a") == at("03-02 14:00")


def test_the_weekend_does_not_count() -> None:
    assert play_at("03-06 17:00", TWO_HOURS).start().due("a") == at("03-09 10:00")


def test_a_moved_workday_counts_and_a_holiday_does_not() -> None:
    """14 February 2026, a Saturday, is worked so that the Spring Festival can be longer."""
    china = replace(OFFICE.calendars["office@1"], holidays=CHINA)
    hours = replace(OFFICE, calendars={"office@1": china})
    play = play_at("02-13 17:30", "- {step: a, by: worker, within: 1 workday}\n- end: x", hours)
    assert play.start().due("a") == at("02-14 18:00")
    late = play_at("02-14 17:30", TWO_HOURS, hours).start()
    assert late.due("a") == at("02-24 10:30")


def test_a_pause_is_not_ignored() -> None:
    play = play_at("03-02 09:00", TWO_HOURS).start()
    play.wait(minutes=30).carry_out(c.Suspend("li", "customer away"))
    assert play.due("a") is None
    play.wait(minutes=90).carry_out(c.Resume("li"))
    assert play.due("a") == at("03-02 13:30")


def test_a_hold_outside_hours_moves_nothing() -> None:
    play = play_at("03-02 17:30", TWO_HOURS).start()
    before = play.due("a")
    play.wait(minutes=30).carry_out(c.Suspend("li", "night"))
    play.wait(hours=15).carry_out(c.Resume("li"))
    assert play.at == at("03-03 09:00")
    assert play.due("a") == before == at("03-03 10:30")


def test_a_hold_is_not_lost_when_the_limit_changes() -> None:
    process = """
    - parallel:
        - step: a
          by: worker
          within: "if kind = \\"hard\\" then working time(\\"2 working hours\\")
            else working time(\\"4 working hours\\")"
        - {step: rank, by: checker, form: [kind]}
    - end: x
    """
    play = play_at("03-02 09:00", process).start(kind="easy")
    assert play.due("a") == at("03-02 14:00")
    play.wait(minutes=30).carry_out(c.Suspend("li", "away"))
    play.wait(hours=1).carry_out(c.Resume("li"))
    assert play.due("a") == at("03-02 15:00")
    play.do("rank", by="zhou", kind="hard")
    assert play.due("a") == at("03-02 12:00"), "half an hour used and one held stay what they were"
    assert "Kind now Hard" in why(play, "a")


def test_a_priority_changed_there_and_back_changes_nothing() -> None:
    process = """
    - parallel:
        - {step: a, by: worker, within: grade.limit}
        - stage: ranking
          steps:
            - {step: up, by: checker, form: [kind]}
            - {step: down, by: checker, form: [kind]}
    - end: x
    """
    play = play_at(
        "03-02 09:00",
        process.replace(
            "grade.limit", '\'if kind = "hard" then settings.patience else duration("PT2H")\''
        ),
    ).start(kind="easy")
    before = play.due("a")
    play.wait(minutes=10).do("up", by="zhou", kind="hard")
    assert play.due("a") == NINE + timedelta(minutes=30)
    play.wait(minutes=10).do("down", by="zhou", kind="easy")
    assert play.due("a") == before


def test_an_escalation_does_not_come_at_midnight_but_when_work_goes_on() -> None:
    process = """
    - step: a
      by: worker
      within: 2 working hours
      late: {at the limit: escalate to boss, 1 working hour after: tell boss}
    - end: x
    """
    play = play_at("03-02 16:00", process).start()
    play.wait(hours=2)
    assert play.told() == [("at the limit", "boss")]
    play.wait(hours=15, minutes=59)
    assert len(play.told()) == 1
    play.wait(minutes=1)
    assert play.at == at("03-03 10:00")
    assert [tier for tier, _ in play.told()] == ["at the limit", "1 working hour after"]


def test_each_team_counts_by_its_own_hours() -> None:
    process = """
    - parallel:
        - {step: a, by: worker, within: {limit: 2 working hours, calendar: performer}}
        - {step: b, by: boss, within: {limit: 2 working hours, calendar: performer}}
    - end: x
    """
    hours = replace(OFFICE, units={**OFFICE.units, "hq": "office@2"})
    play = play_at("03-02 10:30", process, hours).start()
    assert play.due("a") == at("03-02 13:30")
    assert play.due("b") == at("03-03 09:30"), "the head office stops at eleven"


def test_whoever_takes_the_work_brings_their_own_hours() -> None:
    own = PersonalTime((Period(None, read_week({"mon-fri": "14:00-18:00"})),))
    personal = for_person(OFFICE.calendars["office@1"], Text("李雷", "Li Lei"), own)
    hours = replace(
        OFFICE,
        calendars={**OFFICE.calendars, "office@1+li@1": personal},
        people={"li": "li@1"},
    )
    process = """
    - {step: a, by: worker, within: {limit: 2 working hours, calendar: performer}}
    - end: x
    """
    play = play_at("03-02 09:00", process, hours).start()
    assert play.due("a") == at("03-02 11:00")
    play.wait(hours=1).carry_out(c.Claim("li", play.item("a").id))
    assert play.due("a") == at("03-02 15:00"), "the hour that was counted stays"
    play.carry_out(c.Release("li", play.item("a").id))
    assert play.due("a") == at("03-02 11:00")


# -- starting, standing still ---------------------------------------------------------------------


def test_a_limit_may_count_from_something_that_happened_before() -> None:
    process = """
    - {step: triage, by: worker}
    - {step: a, by: worker}
    - {step: b, by: worker, within: {limit: 2 hours, from: triage.at}}
    - end: x
    """
    play = play_at("03-02 09:00", process).start().do("triage")
    play.wait(minutes=50).do("a")
    assert play.due("b") == at("03-02 11:00")
    assert why(play, "b").startswith("triage 09:00 + 2 hours")


def test_a_limit_may_count_from_a_moment_still_to_come() -> None:
    process = """
    - {step: a, by: worker, within: {limit: 1 hour, from: wanted_at}}
    - end: x
    """
    play = play_at("03-02 09:00", process).start(wanted_at="2026-03-02 12:00")
    play.carry_out(c.Suspend("li", "away"))
    play.wait(hours=1).carry_out(c.Resume("li"))
    assert play.due("a") == at("03-02 13:00"), "what is over by then held nothing up"


def test_when_what_a_limit_counts_from_moves_the_time_held_stays() -> None:
    process = """
    - parallel:
        - {step: a, by: worker, within: {limit: 4 hours, from: wanted_at}}
        - {step: move, by: checker, form: [wanted_at]}
    - end: x
    """
    play = play_at("03-02 10:00", process).start(wanted_at="2026-03-02 09:00")
    play.carry_out(c.Suspend("li", "away"))
    play.wait(hours=1).carry_out(c.Resume("li"))
    assert play.due("a") == at("03-02 14:00")
    play.do("move", by="zhou", wanted_at="2026-03-02 09:30")
    assert play.due("a") == at("03-02 14:30")


WAITING = """
- parallel:
    - step: a
      by: worker
      within: {limit: 2 working hours, stops-while: {that: good = false, en: Waiting for them}}
      due: 3 hours after start.at
    - stage: others
      steps:
        - {step: hold, by: checker, form: [good]}
        - {step: free, by: checker, form: [good]}
- end: x
"""


def test_a_length_stands_still_while_its_condition_holds_and_a_moment_does_not() -> None:
    play = play_at("03-02 09:00", WAITING).start()
    play.wait(minutes=30).do("hold", by="zhou", good=False)
    assert play.clock("a", "within").due is None
    assert play.due("a") == at("03-02 12:00"), "the moment is what it has to be done by now"
    assert "paused since 09:30" in why(play, "a", "within")
    play.wait(hours=1).do("free", by="zhou", good=True)
    assert play.clock("a", "within").due == at("03-02 12:00")


def test_a_length_that_is_none_for_a_while_stands_still_only_while_its_condition_holds() -> None:
    process = """
    - parallel:
        - step: a
          by: worker
          within:
            limit: 'if amount = 0 then duration("-PT1H") else duration("PT2H")'
            stops-while: good = true
        - stage: others
          steps:
            - {step: one, by: checker, form: [amount]}
            - {step: two, by: checker, form: [good]}
            - {step: three, by: checker, form: [amount]}
    - end: x
    """
    play = play_at("03-02 09:00", process).start(amount=1, good=True)
    play.do("one", by="zhou", amount=0)
    play.wait(hours=1).do("two", by="zhou", good=False)
    play.wait(hours=1).do("three", by="zhou", amount=1)
    assert play.due("a") == at("03-02 12:00"), "one hour held, one used"


def test_a_gate_of_a_step_stops_its_length_but_not_that_of_the_block() -> None:
    process = """
    - stage: whole
      within: 4 working hours
      steps:
        - parallel:
            - {step: permit, by: checker}
            - {step: build, by: worker, within: 1 working hour, needs: [permit]}
    - end: x
    """
    play = play_at("03-02 09:00", process).start()
    assert play.clock("whole").due == at("03-02 14:00")
    assert play.due("build") == at("03-02 14:00"), "the block's limit holds for what is in it"
    play.wait(hours=2).do("permit", by="zhou")
    assert play.due("build") == at("03-02 12:00")


def test_a_moment_is_counted_back_from_an_appointment_in_workdays() -> None:
    process = "- {step: a, by: worker, due: 1 workday before wanted_at}\n- end: x"
    play = play_at("03-02 09:00", process).start(wanted_at="2026-03-09 15:00")
    assert play.due("a") == at("03-06 09:00")
    assert play.clock("a").ledger.limit.basis.label.en == "Wanted at"  # type: ignore[union-attr]


# -- opening --------------------------------------------------------------------------------------


OPENING = """
- {step: deliver, by: worker}
- step: follow_up
  by: worker
  opens: 1 workday after deliver.at
  within: 2 working hours
- end: x
"""


def test_a_step_is_locked_until_it_opens_and_its_limit_counts_from_then() -> None:
    play = play_at("03-06 15:00", OPENING).start().do("deliver")
    assert play.item("follow_up").locked == (e.NOT_YET,)
    told = refusal(play, c.Complete("li", play.item("follow_up").id))
    assert told.code == "locked"
    assert "opens Mon 9 Mar 18:00" in told.read("en")
    play.wait(days=3, hours=2, minutes=59)
    assert play.item("follow_up").locked is not None
    play.wait(minutes=1)
    assert play.item("follow_up").locked is None
    assert play.due("follow_up") == at("03-10 11:00")


def test_who_comes_at_the_very_moment_need_not_wait_for_the_worker() -> None:
    play = play_at("03-06 15:00", OPENING).start().do("deliver")
    play.at = at("03-09 18:00")
    play.do("follow_up")
    assert play.state.status == "ended"


def test_a_block_is_not_entered_before_it_opens() -> None:
    process = """
    - stage: later
      opens: wanted_at
      steps: [{step: a, by: worker, within: 1 hour}]
    - end: x
    """
    play = play_at("03-02 09:00", process).start(wanted_at="2026-03-02 12:00")
    assert play.open() == set()
    play.wait(hours=3)
    assert play.due("a") == at("03-02 13:00")
    assert play.do("a").state.outcome == "x"


def test_what_opens_at_a_moment_that_nobody_has_named_is_open() -> None:
    process = "- {step: a, by: worker, opens: wanted_at}\n- end: x"
    assert play_at("03-02 09:00", process).start().item("a").locked is None


def test_a_step_that_opens_later_than_it_did_locks_again() -> None:
    process = """
    - parallel:
        - {step: a, by: worker, opens: wanted_at}
        - {step: move, by: checker, form: [wanted_at]}
    - end: x
    """
    play = play_at("03-02 09:00", process).start(wanted_at="2026-03-02 08:00")
    assert play.item("a").locked is None
    play.do("move", by="zhou", wanted_at="2026-03-02 10:00")
    assert play.item("a").locked == (e.NOT_YET,)
    play.wait(hours=1)
    assert play.item("a").locked is None


# -- blocks and the case --------------------------------------------------------------------------


WAITING_BLOCK = """
    - parallel:
        - stage: later
          opens: wanted_at
          steps: [{step: b, by: worker}]
        - stage: others
          steps:
            - {step: fix, by: checker, form: [wanted_at]}
            - {step: rest, by: checker}
    - end: x
    """


def test_a_block_that_is_held_back_waits_for_the_moment_as_it_now_is() -> None:
    """A year mistyped and put right must not keep a case for a century, or for ever."""
    play = play_at("03-02 09:00", WAITING_BLOCK).start(wanted_at="2126-03-05 09:00")
    play.do("fix", by="zhou", wanted_at="2026-03-03 09:00")
    assert play.clock("later").due == at("03-03 09:00")
    assert play.open() == {"rest"}
    play.wait(days=1)
    assert play.open() == {"rest", "b"}
    assert play.carry_out(c.Recheck()) == []


@pytest.mark.parametrize("moment", ["2026-03-01 09:00", None])
def test_a_block_is_entered_at_once_when_its_moment_has_gone_by_or_is_gone(
    moment: str | None,
) -> None:
    play = play_at("03-02 09:00", WAITING_BLOCK).start(wanted_at="2026-03-05 09:00")
    play.do("fix", by="zhou", wanted_at=moment)
    assert play.open() == {"rest", "b"}
    assert not play.state.clocks
    assert not play.state.timers


def test_a_block_left_and_entered_again_starts_afresh() -> None:
    process = """
    - stage: whole
      within: 2 hours
      steps: [{step: a, by: worker}]
    - {step: b, by: worker, returns-to: [a]}
    - end: x
    """
    play = play_at("03-02 09:00", process).start()
    play.wait(hours=1).do("a")
    assert play.state.clocks == {}
    play.send_back("b", to="a")
    assert play.due("a") == at("03-02 12:00")


def test_each_round_of_a_loop_has_the_limits_of_its_steps_and_one_of_the_whole() -> None:
    process = """
    - repeat: rounds
      until: check.outcome = "good"
      within: 3 hours
      steps:
        - {step: check, by: worker, within: 1 hour, outcomes: {good: Good, bad: Bad}}
    - end: x
    """
    play = play_at("03-02 09:00", process).start()
    play.wait(minutes=30).do("check", outcome="bad")
    assert play.due("check") == at("03-02 10:30")
    assert play.clock("rounds").due == at("03-02 12:00")


def test_the_case_as_a_whole_has_limits_and_tells_who_is_to_know() -> None:
    limit = "case: {within: 1 day, late: {at the limit: tell boss}}"
    text = HEADER.replace("starts:", f"{limit}\nstarts:")
    play = Play(compile_pack(text + "  - {step: a, by: worker}\n  - end: x\n")).start()
    assert play.due("a") == at("03-03 09:00")
    play.wait(days=2)
    assert play.told() == [("at the limit", "boss")]
    told = next(event for event in play.journal if isinstance(event, e.Told))
    assert (told.item, told.node) == (None, "")
    play.do("a")
    assert (play.state.clocks, play.state.timers) == ({}, {})


def test_a_limit_that_a_field_of_a_block_gives_follows_its_correction() -> None:
    play = Play("""
- stage: hall
  fields: {long: {type: duration, en: Long}}
  steps:
    - {step: a, by: worker, form: [long]}
    - {step: b, by: worker, within: long}
  during:
    - on: more
      by: worker
      fields: {extra: {type: duration, en: Extra}}
      form: [extra]
      then: [{step: e, by: worker, within: extra}]
- end: closed
""").start()
    play.do("a", long="1 hour")
    hall = play.item("b").activation
    play.carry_out(c.React("li", "more", hall, {"extra": "2 hours"}))
    play.carry_out(c.Correct("wang", "long", "3 hours", "why", hall))
    play.carry_out(c.Correct("wang", "extra", "5 hours", "why", play.item("e").activation))
    assert play.due("b") == NINE + timedelta(hours=3)
    assert play.due("e") == NINE + timedelta(hours=5)
    changed = play.clock("b").ledger.entries[-1]
    assert isinstance(changed, LimitChanged)
    assert changed.reason.en == "Long changed"
