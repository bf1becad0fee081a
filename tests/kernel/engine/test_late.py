"""What comes of clocks: moments that fire, what people do to time, limits not known yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.kernel.engine.playing import HEADER, OFFICE, ZONE, Play
from tests.kernel.engine.timing import TWO_HOURS, at, play_at, refusal, why
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.calendars import Calendar, Period, read_week
from tuoban.kernel.language import compile_pack
from tuoban.kernel.surroundings import Hours
from tuoban.kernel.text import Text

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
    assert [each.round for each in passed] == [1, 1, *range(42_561, 52_561)]
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


def test_a_moment_that_a_command_moves_to_one_gone_by_comes_with_it_and_once() -> None:
    process = """
    - stage: trip
      during: [{at: wanted_at, as: warn, then: [{step: call, by: worker}]}]
      steps:
        - {step: a, by: worker, due: wanted_at, late: {at the limit: tell performer}}
    - end: x
    """
    play = play_at("03-02 09:00", process).start(wanted_at="2026-03-02 10:00")
    play.carry_out(c.Correct("wang", "wanted_at", "2026-03-02 08:00", "earlier"))
    assert (play.open(), play.told()) == ({"a", "call"}, [("at the limit", "worker")])
    assert not play.state.timers
    play.carry_out(c.Correct("wang", "wanted_at", "2026-03-02 07:00", "earlier still"))
    play.wait(hours=5)
    assert (play.open(), len(play.told())) == ({"a", "call"}, 1)


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
