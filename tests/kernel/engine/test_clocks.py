"""The clocks of a case, moved by what happens in it: every limit, what stops it, what moves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.kernel.engine.playing import HEADER, NINE, OFFICE, ZONE, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.calendars import CHINA, Calendar, Period, PersonalTime, for_person, read_week
from tuoban.kernel.clocks import sentence
from tuoban.kernel.language import compile_pack
from tuoban.kernel.refusals import Refused
from tuoban.kernel.surroundings import Hours
from tuoban.kernel.text import Text


def at(text: str) -> datetime:
    """The instant of `03-02 10:05` in Shanghai."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def play_at(text: str, process: str, hours: Hours = OFFICE) -> Play:
    play = Play(process, hours=hours)
    play.at = at(text)
    return play


def why(play: Play, node: str, limit: str | None = None) -> str:
    ledger = play.clock(node, limit).ledger
    return sentence(ledger, play.surroundings().calendars, play.at).en


def refusal(play: Play, command: c.Command) -> Refused:
    with pytest.raises(Refused) as refused:
        play.carry_out(command)
    return refused.value


TWO_HOURS = "- {step: a, by: worker, within: 2 working hours}\n- end: x"


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


# -- timers ---------------------------------------------------------------------------------------


EVERY = """
- step: a
  by: worker
  within: 1 hour
  late: {every 2 hours after: tell boss, 30 minutes before: tell performer}
- end: x
"""


def test_what_comes_again_and_again_is_counted_from_the_limit() -> None:
    play = play_at("03-02 09:00", EVERY).start().wait(hours=6)
    passed = [each for each in play.journal if isinstance(each, e.LimitPassed)]
    assert [(each.tier, each.round, each.moment) for each in passed] == [
        ("30 minutes before", 1, at("03-02 09:30")),
        ("every 2 hours after", 1, at("03-02 12:00")),
        ("every 2 hours after", 2, at("03-02 14:00")),
    ]


def test_after_a_night_without_a_worker_everything_missed_comes_once_and_in_order() -> None:
    play = play_at("03-02 09:00", EVERY).start()
    play.at = at("03-02 16:30")
    play.carry_out(c.Recheck())
    passed = [each for each in play.journal if isinstance(each, e.LimitPassed)]
    assert [(each.round, each.moment.astimezone(ZONE).hour) for each in passed] == [
        (1, 9),
        (1, 12),
        (2, 14),
        (3, 16),
    ]
    assert {each.at for each in passed} == {at("03-02 16:30")}
    assert play.carry_out(c.Recheck()) == []
    (timer,) = play.state.timers.values()
    assert (timer.round, timer.at) == (4, at("03-02 18:00"))


def test_a_year_without_a_worker_makes_up_for_the_last_rounds_alone() -> None:
    """Nobody waits minutes for a claim, nor reads fifty thousand notices."""
    process = """
    - step: a
      by: worker
      within: 1 hour
      late: {at the limit: tell boss, every 10 minutes after: tell performer}
    - end: x
    """
    play = play_at("03-02 09:00", process).start()
    play.at = at("03-02 10:00") + timedelta(days=365)
    play.carry_out(c.Claim("li", play.item("a").id))
    passed = [each for each in play.journal if isinstance(each, e.LimitPassed)]
    assert [each.round for each in passed] == [1, 1, *range(52_461, 52_561)]
    assert passed[-1].moment == play.at
    (timer,) = play.state.timers.values()
    assert (timer.round, timer.at) == (52_561, play.at + timedelta(minutes=10))


def test_a_moment_that_moves_is_set_anew_and_one_gone_by_comes_at_once() -> None:
    process = """
    - parallel:
        - {step: a, by: worker, due: wanted_at, late: {at the limit: tell performer}}
        - stage: others
          steps:
            - {step: later, by: checker, form: [wanted_at]}
            - {step: sooner, by: checker, form: [wanted_at]}
    - end: x
    """
    play = play_at("03-02 09:00", process).start(wanted_at="2026-03-02 10:00")
    play.wait(hours=1)
    assert len(play.told()) == 1
    play.do("later", by="zhou", wanted_at="2026-03-02 12:00").wait(hours=1)
    assert len(play.told()) == 1
    play.do("sooner", by="zhou", wanted_at="2026-03-02 10:30")
    play.wait(minutes=0)
    assert len(play.told()) == 1, "a moment that has gone by and was told once is not told again"


def test_a_tier_that_moves_back_into_the_future_comes_again() -> None:
    play = play_at(
        "03-02 09:00",
        "- {step: a, by: worker, within: 1 hour, late: {at the limit: tell boss}}\n- end: x",
    ).start()
    play.wait(hours=1)
    play.carry_out(c.Extend("wang", play.clock("a").id, "1 hour", "more to do"))
    play.wait(hours=1)
    assert [tier for tier, _ in play.told()] == ["at the limit", "at the limit"]


@pytest.mark.parametrize(
    ("limit", "due", "sentence"),
    [
        ("due: booked_on", "03-11 00:00", "Booked on Wed 11 Mar 00:00"),
        (
            "due: 3 days before booked_on",
            "03-08 00:00",
            "Booked on Wed 11 Mar 00:00 − 3 days, in elapsed time = Sun 8 Mar 00:00",
        ),
        (
            "due: 1 month before booked_on",
            "02-11 00:00",
            "Booked on Wed 11 Mar 00:00 − 1 month, in elapsed time = Wed 11 Feb 00:00",
        ),
        ("opens: booked_on", "03-10 00:00", "Booked on Tue 10 Mar 00:00"),
        (
            "opens: 1 workday before booked_on",
            "03-09 09:00",
            "Booked on Tue 10 Mar 00:00 − 1 workday, calendar East = Mon 9 Mar 09:00",
        ),
        (
            """due: 'duration("-PT3H") after booked_on'""",
            "03-10 21:00",
            "Booked on Wed 11 Mar 00:00 − 3 hours, in elapsed time = Tue 10 Mar 21:00",
        ),
        (
            """due: 'duration("-P1M") after booked_on'""",
            "02-11 00:00",
            "Booked on Wed 11 Mar 00:00 − 1 month, in elapsed time = Wed 11 Feb 00:00",
        ),
    ],
)
def test_what_is_counted_from_a_date_is_explained_by_a_sum_that_is_right(
    limit: str, due: str, sentence: str
) -> None:
    dated = HEADER.replace(
        "  name: {type: text", "  booked_on: {type: date, en: Booked on}\n  name: {type: text"
    ).replace("wanted_at, name", "wanted_at, booked_on, name")
    play = Play(
        compile_pack(dated + f"  - {{step: a, by: worker, {limit}}}\n  - end: x\n"), hours=OFFICE
    ).start(booked_on="2026-03-10")
    assert play.clock("a").due == at(due)
    assert why(play, "a") == sentence


# -- what people do to time -----------------------------------------------------------------------


def test_an_extension_counts_once_the_limit_has_run_out_and_outlives_its_change() -> None:
    play = play_at("03-02 09:00", TWO_HOURS).start()
    play.carry_out(c.Extend("zhou", play.clock("a").id, "1 workday", "part on its way"))
    assert play.due("a") == at("03-03 18:00")
    assert "extension 1 workday" in why(play, "a")


@pytest.mark.parametrize(
    ("by", "length", "reason", "code"),
    [
        ("li", "1 hour", "x", "not-in-charge"),
        ("zhou", "1 hour", " ", "reason-missing"),
        ("zhou", "soon", "x", "invalid"),
        ("zhou", "0 hours", "x", "invalid"),
        ("zhou", "1.5 workdays", "x", "invalid"),
    ],
)
def test_an_extension_takes_somebody_in_charge_a_length_and_a_reason(
    by: str, length: str, reason: str, code: str
) -> None:
    play = play_at("03-02 09:00", TWO_HOURS).start()
    before = play.state
    assert refusal(play, c.Extend(by, play.clock("a").id, length, reason)).code == code
    assert play.state is before


@pytest.mark.parametrize("stands_still", [False, True])
@pytest.mark.parametrize("length", ["999999999 minutes", "999999 workdays", "2000 years"])
def test_an_extension_beyond_every_calendar_is_refused(length: str, stands_still: bool) -> None:
    """It would take the limit away for good, and its reminders with it."""
    play = play_at("03-02 09:00", TWO_HOURS).start()
    if stands_still:
        play.carry_out(c.Suspend("li", "away"))
    before = play.state
    refused = refusal(play, c.Extend("zhou", play.clock("a").id, length, "no hurry"))
    assert [each.code for each in refused.problems] == ["not-length"]
    assert play.state is before


def test_a_limit_that_is_over_cannot_be_extended() -> None:
    play = play_at(
        "03-02 09:00", "- {step: a, by: worker, within: 1 hour}\n- {step: b, by: worker}\n- end: x"
    )
    clock = play.start().clock("a").id
    play.do("a")
    assert refusal(play, c.Extend("zhou", clock, "1 hour", "x")).code == "unknown-clock"


def test_a_suspended_case_completes_nothing_until_it_is_resumed() -> None:
    play = play_at("03-02 09:00", TWO_HOURS).start()
    play.carry_out(c.Suspend("li", "customer away"))
    assert refusal(play, c.Complete("li", play.item("a").id)).code == "suspended"
    assert refusal(play, c.Suspend("li", "again")).code == "already-suspended"
    assert refusal(play, c.Resume("far")).code == "not-in-charge"
    play.carry_out(c.Claim("li", play.item("a").id))
    play.carry_out(c.Resume("li"))
    assert refusal(play, c.Resume("li")).code == "not-suspended"
    assert play.do("a").state.status == "ended"


def test_other_hours_count_from_now_on_and_what_was_counted_stays() -> None:
    play = play_at(
        "03-02 10:00", "- {step: a, by: worker, within: 4 working hours}\n- end: x"
    ).start()
    assert play.due("a") == at("03-02 15:00")
    play.wait(minutes=30)
    play.hours = replace(play.hours, units={"east": "office@2"})
    play.carry_out(c.Recheck())
    assert play.due("a") == at("03-03 11:00")
    assert play.clock("a").ledger.calendar == "office@2"
    assert play.carry_out(c.Recheck()) == []


def test_a_machine_whose_clock_was_put_back_does_not_break_a_ledger() -> None:
    play = play_at("03-02 09:00", TWO_HOURS).start()
    play.at = at("03-02 08:30")
    play.carry_out(c.Suspend("li", "away"))
    play.carry_out(c.Resume("li"))
    assert play.due("a") == at("03-02 11:00")


def test_what_has_come_does_not_come_again_when_the_machine_s_clock_was_put_back() -> None:
    play = play_at(
        "03-02 09:00",
        "- {step: a, by: worker, within: 1 hour, late: {at the limit: tell boss}}\n- end: x",
    ).start()
    play.wait(hours=1)
    play.at = at("03-02 09:40")
    play.carry_out(c.Suspend("li", "away"))
    play.carry_out(c.Resume("li"))
    play.wait(hours=5)
    assert len(play.told()) == 1


def test_a_limit_out_of_reach_of_any_calendar_is_never_due() -> None:
    process = "- {step: a, by: worker, within: 999999 workdays}\n- end: x"
    play = play_at("03-02 09:00", process).start()
    assert play.due("a") is None
    assert play.do("a").state.status == "ended"


def test_a_calendar_that_is_gone_takes_its_limit_along_and_not_the_case() -> None:
    process = """
    - parallel:
        - {step: a, by: worker, within: 2 working hours, late: {at the limit: tell boss}}
        - {step: b, by: worker}
    - end: x
    """
    play = play_at("03-02 09:00", process).start()
    play.hours = Hours()
    play.do("b")
    assert play.due("a") is None
    assert not play.state.timers
    assert play.do("a").state.status == "ended"


def test_without_any_calendar_every_hour_counts() -> None:
    play = play_at("03-07 20:00", TWO_HOURS, Hours()).start()
    assert play.due("a") == at("03-07 22:00")


def test_a_calendar_of_a_pack_is_looked_up_by_its_key() -> None:
    process = "- {step: a, by: worker, within: {limit: 2 working hours, calendar: maker}}\n- end: x"
    night = Calendar(
        Text("厂家", "Maker"), ZONE, (Period(None, read_week({"mon-sun": "20:00-24:00"})),)
    )
    hours = replace(
        OFFICE,
        calendars={**OFFICE.calendars, "maker@1": night},
        keys={("maker", "east"): "maker@1"},
    )
    assert play_at("03-02 09:00", process, hours).start().due("a") == at("03-02 22:00")
    assert play_at("03-02 09:00", process).start().due("a") == at("03-02 11:00")


# -- limits that cannot be told yet ---------------------------------------------------------------


LATER = """
- parallel:
    - {step: a, by: worker, within: 'if kind = "hard" then duration("PT4H") else null'}
    - stage: others
      steps:
        - {step: rank, by: checker, form: [kind]}
        - {step: unrank, by: checker, form: [kind]}
        - {step: rerank, by: checker, form: [kind]}
- end: x
"""


def test_time_held_before_a_limit_could_be_told_is_kept() -> None:
    play = play_at("03-02 09:00", LATER).start()
    assert play.due("a") is None
    play.wait(hours=1).carry_out(c.Suspend("li", "away"))
    play.wait(hours=10).carry_out(c.Resume("li"))
    play.do("rank", by="zhou", kind="hard")
    assert play.due("a") == at("03-02 23:00"), "four hours from nine, ten of them held"


def test_a_limit_that_cannot_be_told_any_more_is_none_and_comes_back_as_it_was() -> None:
    play = play_at("03-02 09:00", LATER).start(kind="hard")
    before = play.due("a")
    play.do("rank", by="zhou", kind="easy")
    assert play.due("a") is None
    play.wait(hours=1).do("unrank", by="zhou", kind="hard")
    assert play.due("a") == before == at("03-02 13:00")


def test_a_loop_whose_length_is_known_in_a_later_round_began_when_it_was_entered() -> None:
    process = """
    - repeat: rounds
      until: check.outcome = "good"
      within: 'if kind = "hard" then duration("PT4H") else null'
      steps:
        - {step: check, by: worker, form: [kind], outcomes: {good: Good, bad: Bad}}
    - end: x
    """
    play = play_at("03-02 09:00", process).start()
    play.wait(hours=2).do("check", outcome="bad", kind="hard")
    assert play.clock("rounds").due == at("03-02 13:00")


def test_what_a_limit_counts_from_may_become_known_after_a_hold() -> None:
    process = """
    - parallel:
        - {step: a, by: worker, within: {limit: 4 hours, from: wanted_at}}
        - {step: move, by: checker, form: [wanted_at]}
    - end: x
    """
    play = play_at("03-02 09:00", process).start()
    assert play.due("a") is None
    play.carry_out(c.Suspend("li", "away"))
    play.wait(hours=2).carry_out(c.Resume("li"))
    play.do("move", by="zhou", wanted_at="2026-03-02 10:00")
    assert play.due("a") == at("03-02 15:00"), "one of the two hours was held after ten"


def test_a_moment_cleared_and_named_again_is_not_told_twice() -> None:
    process = """
    - parallel:
        - {step: a, by: worker, due: wanted_at, late: {at the limit: tell boss}}
        - stage: others
          steps:
            - {step: clear, by: checker, form: [wanted_at]}
            - {step: again, by: checker, form: [wanted_at]}
    - end: x
    """
    play = play_at("03-02 09:00", process).start(wanted_at="2026-03-02 10:00")
    play.wait(hours=1)
    assert len(play.told()) == 1
    play.do("clear", by="zhou", wanted_at="")
    assert play.due("a") is None
    play.do("again", by="zhou", wanted_at="2026-03-02 10:00").wait(minutes=5)
    assert len(play.told()) == 1


def test_a_tier_out_of_reach_does_not_take_the_others_away() -> None:
    process = """
    - step: a
      by: worker
      within: 1 hour
      late: {at the limit: tell boss, 200000 days after: tell boss}
    - end: x
    """
    play = play_at("03-02 09:00", process).start()
    assert [each.tier for each in play.state.timers.values()] == ["at the limit"]


def test_moments_are_read_as_the_wall_of_the_unit_shows_them() -> None:
    process = """
    - {step: look, by: worker}
    - {step: a, by: worker, opens: 1 working minute after date(look.at)}
    - end: x
    """
    play = play_at("03-03 01:12", process).start().do("look")
    play.at = at("03-03 09:00")
    assert play.clock("a", "opens").due == at("03-04 09:01"), "the third of March, not the second"


def test_the_hour_of_a_field_is_the_hour_that_was_typed() -> None:
    process = """
    - {step: a, by: worker, within: 'if wanted_at.hour = 1 then duration("PT1H") else null'}
    - end: x
    """
    play = play_at("03-03 09:00", process).start(wanted_at="2026-03-04 01:00")
    assert play.due("a") == at("03-03 10:00")
