"""`wait`: a case goes on by itself, once time has gone by, a moment has come, a condition holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.kernel.engine.playing import HEADER, NINE, OFFICE, ZONE, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.due import first_due
from tuoban.kernel.language import PackText, check_published, compile_pack
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import State

LENGTH = """
- {step: first, by: worker}
- {wait: pause, for: 2 hours}
- {step: second, by: worker, within: {limit: 1 hour, from: pause.at}, returns-to: [first]}
- end: closed
"""

MOMENT = """
- parallel:
    - {step: plan, by: worker, form: [wanted_at]}
    - {wait: slot, until: 1 hour before wanted_at}
- {step: go_there, by: worker}
- end: closed
"""

CONDITION = """
- parallel:
    - {step: look, by: worker, form: [good]}
    - {step: fill, by: worker}
    - stage: side
      steps:
        - {wait: ready, that: good = true}
        - {step: go_on, by: worker}
- end: closed
"""


def waits(state: State) -> list[str]:
    return [each.node for each in state.waits.values()]


def why(play: Play) -> list[str]:
    return [each.why for each in play.journal if isinstance(each, e.WaitEnded)]


def moment(hour: int, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=ZONE).astimezone(UTC)


def test_a_length_goes_by_and_the_case_goes_on() -> None:
    play = Play(LENGTH).start().do("first")
    assert play.open() == set()
    assert waits(play.state) == ["pause"]
    play.wait(hours=1, minutes=59)
    assert waits(play.state) == ["pause"]
    play.wait(minutes=1)
    assert play.open() == {"second"}
    assert (play.due("second"), why(play)) == (NINE + timedelta(hours=3), ["come"])


def test_it_goes_on_before_whatever_is_wished_when_nobody_fired_it() -> None:
    play = Play(LENGTH).start().do("first")
    play.at += timedelta(hours=3)
    play.carry_out(c.Recheck())
    assert play.open() == {"second"}


def test_a_wait_is_no_work_and_no_limit() -> None:
    play = Play(LENGTH).start().do("first")
    assert first_due(play.state) is None
    with pytest.raises(Refused, match="unknown-item"):
        play.carry_out(c.Claim("li", play.state.last_item))
    (clock,) = play.state.clocks
    with pytest.raises(Refused, match="not-extendable"):
        play.carry_out(c.Extend("zhou", clock, "1 hour", "more"))


def test_working_time_counts_by_the_hours_of_the_unit() -> None:
    process = "- {wait: pause, for: 4 working hours}\n- {step: a, by: worker}\n- end: x"
    play = Play(process, hours=OFFICE).start()
    assert play.clock("pause").due == moment(14)


def test_a_calendar_beside_it_counts_instead() -> None:
    process = """
- {wait: pause, for: {limit: 4 working hours, calendar: always}}
- {step: a, by: worker}
- end: x
"""
    assert Play(process, hours=OFFICE).start().clock("pause").due == moment(13)


def test_a_suspended_case_holds_a_length() -> None:
    play = Play(LENGTH).start().do("first").wait(hours=1)
    play.carry_out(c.Suspend("wang", "strike"))
    play.wait(hours=5)
    assert waits(play.state) == ["pause"]
    play.carry_out(c.Resume("wang"))
    play.wait(minutes=59)
    assert waits(play.state) == ["pause"]
    assert play.wait(minutes=1).open() == {"second"}


def test_a_suspended_case_does_not_hold_a_moment() -> None:
    play = Play(MOMENT).start(wanted_at="2026-03-02 12:00")
    play.carry_out(c.Suspend("wang", "strike"))
    assert waits(play.wait(hours=2).state) == []


def test_a_moment_that_moves_is_waited_for_anew() -> None:
    play = Play(MOMENT).start(wanted_at="2026-03-02 12:00")
    assert play.clock("slot").due == moment(11)
    play.do("plan", wanted_at="2026-03-02 15:00")
    assert play.clock("slot").due == moment(14)
    play.wait(hours=4)
    assert waits(play.state) == ["slot"]
    assert play.wait(hours=1).open() == {"go_there"}


@pytest.mark.parametrize(("to", "reason"), [("2026-03-02 09:30", "come"), (None, "unknown")])
def test_a_moment_that_moves_to_one_gone_by_or_goes_is_over_at_once(
    to: str | None, reason: str
) -> None:
    play = Play(MOMENT).start(wanted_at="2026-03-02 12:00").do("plan", wanted_at=to)
    assert play.open() == {"go_there"}
    assert why(play) == [reason]
    assert not play.state.clocks
    assert not play.state.timers


def test_a_moment_that_nobody_can_tell_is_not_waited_for() -> None:
    play = Play(MOMENT).start()
    assert waits(play.state) == []
    assert why(play) == ["unknown"]


def test_a_date_means_its_beginning() -> None:
    process = '- {wait: day, until: date("2026-03-04")}\n- {step: a, by: worker}\n- end: x'
    play = Play(process).start()
    assert play.clock("day").due == moment(0, day=4)


def test_nothing_is_over_at_once() -> None:
    process = '- {wait: none, for: duration("PT0S")}\n- {step: a, by: worker}\n- end: x'
    assert Play(process).start().open() == {"a"}


def test_a_condition_goes_on_with_the_command_that_makes_it_true() -> None:
    play = Play(CONDITION).start()
    assert waits(play.state) == ["ready"]
    assert not play.state.clocks
    play.do("fill")
    assert waits(play.state) == ["ready"]
    play.do("look", good=True)
    assert play.open() == {"go_on"}
    assert why(play) == ["true"]


def test_a_condition_that_holds_already_is_not_waited_for() -> None:
    play = Play(CONDITION).start(good=True)
    assert play.open() == {"look", "fill", "go_on"}


def test_a_return_to_before_it_waits_anew_and_its_name_says_how_often() -> None:
    play = Play(LENGTH).start().do("first").wait(hours=2).send_back("second", "first")
    assert play.open() == {"first"}
    play.do("first")
    assert waits(play.state) == ["pause"]
    play.wait(hours=2)
    assert play.open() == {"second"}
    assert len(play.state.completions["pause"]) == 2
    assert [each.counts for each in play.state.completions["pause"]] == [False, True]


def test_a_return_withdraws_what_still_waits() -> None:
    process = """
- {step: first, by: worker}
- parallel:
    - {wait: pause, for: 2 hours}
    - {step: beside, by: worker, returns-to: [first]}
- end: closed
"""
    play = Play(process).start().do("first").send_back("beside", "first")
    assert (waits(play.state), play.open()) == ([], {"first"})
    assert not play.state.clocks
    assert not play.state.timers
    assert play.do("first").open() == {"beside"}
    assert waits(play.state) == ["pause"]


def test_an_end_and_a_join_withdraw_it() -> None:
    process = """
- parallel:
    - stage: left
      steps: [{wait: 2 hours}, {step: slow, by: worker}]
    - {step: quick, by: worker}
  join: any
- {step: after, by: worker}
- parallel:
    - {wait: 2 hours}
    - stage: right
      steps:
        - {step: stop, by: worker}
        - {end: stopped, when: good = true}
- end: closed
"""
    play = Play(process).start(good=True).do("quick")
    assert (waits(play.state), play.open()) == ([], {"after"})
    assert not play.state.clocks
    play.do("after")
    assert waits(play.state) == ["wait.2"]
    play.do("stop")
    assert (play.state.outcome, waits(play.state)) == ("stopped", [])


def test_a_wait_is_a_way_to_give_up() -> None:
    process = """
- parallel:
    - {step: answer, by: worker}
    - {wait: patience_over, for: settings.patience}
  join: any
- choose:
    - when: patience_over.at != null
      then: [{end: given_up}]
- end: closed
"""
    assert Play(process).start().wait(minutes=30).state.outcome == "given_up"
    assert Play(process).start().do("answer").state.outcome == "closed"


def test_every_round_of_a_loop_waits() -> None:
    process = """
- repeat: rounds
  until: rounds.round = 3
  steps: [{wait: 1 hour}]
- end: closed
"""
    play = Play(process).start().wait(hours=2)
    assert play.state.status == "running"
    assert play.wait(hours=1).state.status == "ended"


def test_what_its_when_rules_out_is_passed_over() -> None:
    process = "- {wait: 1 hour, when: good = true}\n- {step: a, by: worker}\n- end: x"
    assert Play(process).start(good=False).open() == {"a"}


def test_a_step_may_need_it() -> None:
    process = """
- parallel:
    - {wait: pause, for: 1 hour}
    - {step: a, by: worker, needs: [pause]}
- end: x
"""
    play = Play(process).start()
    assert play.item("a").locked == (0,)
    assert play.wait(hours=1).item("a").locked is None


def test_what_interrupts_a_block_withdraws_its_waits() -> None:
    process = """
- stage: main
  during:
    - {on: stop, by: worker, interrupting: true, then: [{step: clear_up, by: worker}]}
  steps:
    - {wait: pause, for: 2 hours}
    - {step: work, by: worker}
- {step: after, by: worker}
- end: closed
"""
    play = Play(process).start()
    play.carry_out(c.React("li", "stop"))
    assert (waits(play.state), play.open()) == ([], {"clear_up"})
    assert not play.state.clocks
    play.wait(hours=3)
    assert play.open() == {"clear_up"}
    assert play.do("clear_up").open() == {"after"}


def test_every_element_waits_for_its_own_moment() -> None:
    process = """
- each: hours
  in: "[1, 3]"
  steps:
    - {wait: pause, until: 'start.at + hours * duration("PT1H")'}
    - {step: work, by: worker, within: {limit: 1 hour, from: pause.at}}
- {step: after, by: worker, when: count(pause.all) = 2}
- end: closed
"""
    play = Play(process).start()
    assert [clock.due for clock in play.state.clocks.values()] == [moment(10), moment(12)]
    play.wait(hours=1)
    assert (len(play.state.items), waits(play.state)) == (1, ["pause"])
    assert play.due("work") == moment(11)
    play.wait(hours=2)
    assert len(play.state.items) == 2
    assert play.do("work").do("work").open() == {"after"}


def test_a_reaction_may_make_a_condition_true() -> None:
    process = """
- stage: main
  during:
    - {on: found, by: worker, form: [good]}
  steps:
    - {wait: fine, that: good = true}
- end: closed
"""
    play = Play(process.replace("form: [good]", "form: [good], then: [{decide: grade}]")).start()
    play.carry_out(c.React("li", "found", None, {"good": True}))
    assert play.state.status == "ended"


def test_a_plan_is_not_left_while_something_in_it_waits() -> None:
    process = """
- plan: site
  steps:
    - {wait: dry, for: 2 hours}
    - {step: paint, by: worker}
    - {step: varnish, by: worker, needs: [dry]}
- {step: after, by: worker}
- end: closed
"""
    play = Play(process).start().do("paint")
    assert waits(play.state) == ["dry"]
    assert "after" not in play.open()
    play.wait(hours=2)
    assert play.do("varnish").open() == {"after"}


def test_a_plan_with_nothing_left_but_a_wait_waits_for_it() -> None:
    process = """
- plan: site
  steps:
    - {wait: dry, for: 2 hours}
    - {step: paint, by: worker}
- {step: after, by: worker}
- end: closed
"""
    play = Play(process).start().do("paint")
    assert play.open() == set()
    assert play.wait(hours=2).open() == {"after"}


def test_a_called_process_waits_for_what_is_done_in_it() -> None:
    text = """processes:
  visit:
    en: Visit
    steps:
      - parallel:
          - {step: look, by: worker}
          - {wait: seen, that: look.at != null}
      - {wait: pause, for: 1 hour}
      - end: seen_to
process:
  - {call: visit}
  - {step: after, by: worker}
  - end: closed
"""
    definition = compile_pack(HEADER.rpartition("process:")[0] + text)
    play = Play(definition).start()
    assert [len(play.state.items), len(play.state.waits)] == [1, 1]
    (item,) = play.state.items.values()
    play.carry_out(c.Complete("li", item.id))
    assert [len(play.state.items), len(play.state.waits)] == [0, 1]
    assert play.wait(hours=1).open() == {"after"}


TICKING = """
- parallel:
    - repeat: r
      until: good = true
      steps: [{wait: tick, for: 1 second}]
    - {step: look, by: worker, form: [good]}
- end: closed
"""


def test_a_loop_that_goes_round_alone_keeps_a_distance_in_a_version_published_before() -> None:
    body = "".join(f"  {line}\n" for line in TICKING.strip("\n").splitlines())
    definition = check_published(PackText(HEADER + body)).definition
    assert definition is not None
    play = Play(definition).start()
    play.wait(hours=2)
    assert 10 < len(play.state.completions["tick"]) < 15
    play.do("look", good=True).wait(minutes=10)
    assert play.state.status == "ended"
    bounded = body.replace("until:", "at-most: 9\n        until:")
    play = Play(compile_pack(HEADER + bounded, packs=None)).start()
    play.wait(minutes=1)
    assert len(play.state.completions["tick"]) == 9, "so many rounds were asked for"


def test_what_happens_again_and_again_keeps_a_distance_whatever_is_calculated() -> None:
    process = """
    - stage: s
      steps: [{step: a, by: worker, form: [amount]}]
      during:
        - {every: 'duration("PT1S") * amount', then: [{tell: {boss: inbox}, text: Again}]}
    - end: closed
    """
    play = Play(process).start(amount=0)
    play.wait(hours=1)
    assert len(play.told()) == 6
