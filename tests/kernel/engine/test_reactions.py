"""`during`: what may happen while a step or a block is active."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.kernel.engine.playing import HEADER, NINE, OFFICE, ROUND_THE_CLOCK, Play
from tests.kernel.engine.test_each import names, of
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.language import compile_pack
from tuoban.kernel.refusals import Refused
from tuoban.kernel.text import Text

WORK = """
- stage: work
  fields: {room: {type: text, en: Room}}
  steps:
    - {step: repair, by: worker, form: [room], needs: [{that: extra.open = 0, else: not agreed}]}
    - {step: test, by: worker}
  during:
    - on: extra
      en: Extra work
      by: [worker]
      fields: {what: {type: text, en: What}, price: {type: money, en: Price}}
      form: [what, {field: price, required: true}, good]
      within: 1 hour
      late: {at the limit: escalate to boss}
      then:
        - {step: agree, by: checker, when: price > 10}
    - on: stop
      by: boss
      interrupting: true
      then: [{step: tidy, by: worker}]
- {step: bill, by: worker, when: extra.count = 0 or extra.price > 10, returns-to: [repair]}
- {step: close, by: worker}
- end: closed
"""


def press(play: Play, reaction: str, by: str = "li", **data: object) -> None:
    play.carry_out(c.React(by, reaction, None, data))


def test_a_button_begins_an_occurrence_with_data_of_its_own() -> None:
    play = Play(WORK).start()
    press(play, "extra", what="belt", price=20)
    press(play, "extra", what="lamp", price=30)
    assert [item.node for item in play.state.items.values()] == ["repair", "agree", "agree"]
    assert names(play)["extra"]["open"] == 2
    assert [each["what"] for each in names(play)["extra"]["all"]] == ["belt", "lamp"]
    assert names(play)["extra"]["what"] == "lamp"
    assert names(play)["extra"]["by"] == "li"


def test_a_role_that_the_case_fills_leaves_the_button_to_that_person() -> None:
    header = HEADER.replace(
        "  ghost: Ghost\n", "  looker: {zh: 查看的人, en: Looker, person: look.by}\n"
    )
    process = """
  - {step: look, by: boss}
  - stage: work
    steps: [{step: repair, by: checker}]
    during: [{on: help, by: looker, then: [{step: advise, by: checker}]}]
  - end: closed
"""
    play = Play(compile_pack(header + process.lstrip("\n"))).start()
    play.do("look", by="wang")
    with pytest.raises(Refused, match="not-reactor") as refused:
        press(play, "help")
    assert refused.value.facts["roles"] == (Text("查看的人", "Looker"),)
    press(play, "help", by="wang")
    assert play.open() == {"repair", "advise"}


def test_what_is_only_put_on_record_leaves_nothing_to_do() -> None:
    play = Play(
        """
- stage: work
  steps: [{step: repair, by: worker}]
  during: [{on: log, by: worker, fields: {what: {type: text, en: What}}, form: [what, amount]}]
- {step: close, by: worker, when: log.count = 2}
- end: closed
"""
    ).start()
    press(play, "log", what="belt", amount=1)
    press(play, "log", what="lamp", amount=2)
    assert play.open() == {"repair"}
    log = names(play)["log"]
    assert (log["open"], log["what"], play.state.values["amount"]) == (0, "lamp", 2)
    assert [each["what"] for each in log["all"]] == ["belt", "lamp"]
    assert play.do("repair").open() == {"close"}


def test_what_the_case_declares_is_set_in_the_case() -> None:
    play = Play(WORK).start()
    press(play, "extra", price=20, good=True)
    assert play.state.values["good"] is True


def test_a_gate_holds_while_an_occurrence_runs() -> None:
    play = Play(WORK).start()
    press(play, "extra", price=20)
    with pytest.raises(Refused, match="locked"):
        play.do("repair")
    play.do("agree", by="zhou").do("repair").do("test").do("bill").do("close")
    assert play.state.status == "ended"


def test_an_occurrence_with_nothing_to_do_is_over_at_once() -> None:
    play = Play(WORK).start()
    press(play, "extra", price=5)
    assert play.open() == {"repair"}
    assert (names(play)["extra"]["open"], names(play)["extra"]["count"]) == (0, 1)


def test_a_block_is_left_when_its_reactions_are_over() -> None:
    play = Play(WORK).start().do("repair")
    press(play, "extra", price=20)
    play.do("test")
    assert play.open() == {"agree"}
    with pytest.raises(Refused, match="not-active"):
        press(play, "extra", price=20)
    assert play.do("agree", by="zhou").open() == {"bill"}


def test_a_form_that_is_not_right_begins_nothing() -> None:
    play = Play(WORK).start()
    before = play.state
    with pytest.raises(Refused, match="invalid"):
        press(play, "extra", what="belt")
    with pytest.raises(Refused, match="not-reactor"):
        press(play, "extra", by="zhou", price=1)
    with pytest.raises(Refused, match="unknown-reaction"):
        press(play, "nothing")
    with pytest.raises(Refused, match="unknown-reaction"):
        press(play, "repair")
    play.carry_out(c.Suspend("li", "waiting"))
    with pytest.raises(Refused, match="suspended"):
        press(play, "extra", price=1)
    assert before.items == play.state.items


def test_outside_its_host_it_cannot_happen() -> None:
    play = Play(WORK).start().do("repair").do("test")
    with pytest.raises(Refused, match="not-active"):
        press(play, "extra", price=20)


def test_its_limit_counts_for_every_occurrence() -> None:
    play = Play(WORK).start()
    press(play, "extra", price=20)
    play.wait(minutes=30)
    press(play, "extra", price=30)
    dues = sorted(clock.due for clock in play.state.clocks.values() if clock.due)
    assert dues == [NINE + timedelta(hours=1), NINE + timedelta(hours=1, minutes=30)]
    play.wait(minutes=40)
    assert play.told() == [("at the limit", "boss")]


def test_one_that_interrupts_withdraws_the_rest_and_the_case_goes_on_behind() -> None:
    play = Play(WORK).start()
    press(play, "extra", price=20)
    press(play, "stop", by="wang")
    assert play.open() == {"tidy"}
    withdrawn = [each for each in play.journal if isinstance(each, e.ItemWithdrawn)]
    assert len(withdrawn) == 2
    assert play.do("tidy").open() == {"bill"}


def test_a_return_into_the_block_starts_its_reactions_anew() -> None:
    play = Play(WORK).start()
    press(play, "extra", price=20)
    play.do("agree", by="zhou").do("repair").do("test").send_back("bill", "repair")
    assert play.open() == {"repair"}
    press(play, "extra", price=2)
    assert names(play)["extra"]["count"] == 2


def test_a_return_past_a_block_withdraws_what_its_reactions_began() -> None:
    play = Play(
        """
- {step: first, by: worker}
- stage: work
  steps: [{step: repair, by: worker, returns-to: [first]}]
  during: [{on: extra, by: worker, then: [{step: agree, by: checker}]}]
- end: closed
"""
    ).start()
    play.do("first")
    press(play, "extra")
    assert play.send_back("repair", "first").open() == {"first"}
    assert play.do("first").open() == {"repair"}
    assert names(play)["extra"]["open"] == 0


def test_a_condition_that_becomes_true_happens_once_until_it_falls() -> None:
    play = Play(
        """
- stage: care
  steps: [{step: look, by: worker}, {step: again, by: worker, form: [kind]}, {step: z, by: worker}]
  during:
    - {on: note, by: worker, form: [kind], then: [{step: written, by: worker, when: good}]}
    - {when: kind = "hard", then: [{step: alarm, by: boss}]}
- end: closed
"""
    ).start(kind="easy")
    assert play.open() == {"look"}
    press(play, "note", kind="hard")
    assert play.open() == {"look", "alarm"}
    play.do("alarm", by="wang").do("look")
    assert play.open() == {"again"}
    play.do("again", kind="easy")
    press(play, "note", kind="hard")
    assert play.open() == {"z", "alarm"}


def test_a_condition_that_interrupts() -> None:
    play = Play(
        """
- parallel:
    - {step: a, by: worker, form: [kind]}
    - {step: b, by: worker}
    - {step: c, by: worker}
  during:
    - {when: kind = "hard", interrupting: true, then: [{step: rescue, by: worker}]}
- {step: after, by: worker}
- end: closed
"""
    ).start(kind="easy")
    play.do("a", kind="hard")
    assert play.open() == {"rescue"}
    assert play.do("rescue").open() == {"after"}


def test_a_moment_comes_while_the_host_is_active() -> None:
    process = """
- stage: contract
  steps: [{step: keep, by: worker, form: [wanted_at]}, {step: more, by: worker}]
  during: [{at: 1 hour before wanted_at, then: [{step: renew, by: worker}]}]
- {step: after, by: worker}
- end: closed
"""
    play = Play(process).start(wanted_at="2026-03-02 12:00")
    play.wait(hours=1, minutes=59)
    assert play.open() == {"keep"}
    play.wait(minutes=1)
    assert play.open() == {"keep", "renew"}
    play.do("renew").wait(hours=3)
    assert play.open() == {"keep"}
    play.do("keep", wanted_at="2026-03-02 18:00").wait(hours=5)
    assert play.open() == {"more", "renew"}
    play.do("more").do("renew")
    assert play.open() == {"after"}
    assert not play.state.timers


def test_a_moment_of_a_host_that_is_over_never_comes() -> None:
    play = Play(
        """
- {step: keep, by: worker, during: [{at: 1 hour after start.at, then: [{step: ask, by: boss}]}]}
- {step: after, by: worker}
- end: closed
"""
    ).start()
    play.do("keep").wait(hours=2)
    assert play.open() == {"after"}
    assert not play.state.clocks


def test_again_and_again_after_so_long() -> None:
    play = Play(
        """
- step: see
  by: worker
  during: [{every: 2 working hours, as: look_again, then: [{step: reassess, by: checker}]}]
- end: closed
""",
        hours=OFFICE,
    ).start()
    play.wait(hours=2)
    assert play.open() == {"see", "reassess"}
    play.do("reassess", by="zhou")
    play.wait(hours=2)  # an hour of it is lunch
    assert play.open() == {"see"}
    play.wait(hours=1)
    assert play.open() == {"see", "reassess"}
    play.do("see")
    assert play.open() == {"reassess"}
    play.do("reassess", by="zhou")
    assert names(play)["look_again"]["count"] == 2
    assert play.state.status == "ended"


def test_one_comes_by_a_schedule_and_not_on_days_off() -> None:
    play = Play(
        """
- step: see
  by: worker
  during: [{every: workday at 17:00, as: closing, then: [{step: count_up, by: checker}]}]
- end: closed
""",
        hours=OFFICE,
    ).start()
    play.wait(hours=7, minutes=59)
    assert play.open() == {"see"}
    play.wait(minutes=1).do("count_up", by="zhou")
    play.wait(days=3)
    assert sorted(item.node for item in play.state.items.values()) == ["count_up"] * 3 + ["see"]
    play.wait(days=3)  # Friday to Sunday
    assert names(play)["closing"]["count"] == 5
    assert play.clock("closing").due == NINE + timedelta(days=7, hours=8)
    play.do("see")
    assert not play.state.clocks


def test_a_moment_of_a_schedule_missed_for_days_comes_once() -> None:
    play = Play(
        """
- step: see
  by: worker
  during: [{every: day at 17:00, as: closing, then: [{step: count_up, by: checker}]}]
- end: closed
"""
    ).start()
    play.at += timedelta(days=5)
    play.carry_out(c.Recheck())
    assert names(play)["closing"]["count"] == 1
    assert play.clock("closing").due == NINE + timedelta(days=5, hours=8)


def test_a_schedule_follows_another_calendar() -> None:
    play = Play(
        """
- step: see
  by: worker
  during: [{every: month on last workday at 17:00, as: closing, then: [{step: up, by: checker}]}]
- end: closed
""",
        hours=OFFICE,
    ).start()
    assert play.clock("closing").due == NINE + timedelta(days=29, hours=8)  # Tuesday, 31 March
    play.hours = ROUND_THE_CLOCK
    play.at += timedelta(days=33)
    play.carry_out(c.Recheck())
    assert play.clock("closing").due == NINE + timedelta(days=59, hours=8)


def test_in_an_each_every_element_has_reactions_of_its_own() -> None:
    play = Play(
        """
- each: part
  in: '["door", "roof"]'
  steps: [{step: fix, by: worker, needs: [{that: extra.open = 0, else: wait}]}]
  during: [{on: extra, by: worker, then: [{step: agree, by: checker}]}]
- end: closed
"""
    ).start()
    with pytest.raises(Refused, match="place-needed"):
        press(play, "extra")
    door = of(play, "fix", 1)
    play.carry_out(c.React("li", "extra", door.activation))
    assert of(play, "fix", 1).locked
    assert of(play, "fix", 2).locked is None
    play.carry_out(c.Complete("li", of(play, "fix", 2).id))
    play.do("agree", by="zhou").do("fix")
    assert play.state.status == "ended"


def test_an_end_inside_a_reaction_ends_the_case() -> None:
    play = Play(
        """
- stage: work
  steps: [{step: a, by: worker}]
  during: [{on: give_up, by: worker, then: [{end: given_up}]}]
- end: closed
"""
    ).start()
    press(play, "give_up")
    assert (play.state.status, play.state.outcome) == ("ended", "given_up")


def test_a_loop_keeps_its_reactions_over_its_rounds() -> None:
    play = Play(
        """
- repeat: tries
  until: try_it.count = 2
  steps: [{step: try_it, by: worker}]
  during: [{on: help, by: worker, then: [{step: advise, by: checker}]}]
- end: closed
"""
    ).start()
    press(play, "help")
    play.do("try_it").do("try_it")
    assert play.open() == {"advise"}
    play.do("advise", by="zhou")
    assert play.state.status == "ended"


def test_of_two_moments_that_come_together_the_first_may_leave_nothing_to_the_second() -> None:
    play = Play(
        """
- stage: work
  steps: [{step: a, by: worker}]
  during:
    - {at: 1 hour after start.at, interrupting: true, then: [{step: tidy, by: worker}]}
    - {at: 2 hours after start.at, then: [{step: ask, by: boss}]}
- {step: after, by: worker}
- end: closed
"""
    ).start()
    play.at += timedelta(hours=3)  # nobody was there meanwhile
    play.carry_out(c.Recheck())
    assert play.open() == {"tidy"}
    assert play.do("tidy").open() == {"after"}


def test_nothing_of_a_case_that_has_ended_is_held_to_be_true() -> None:
    play = Play(
        """
- stage: work
  steps: [{step: a, by: worker}]
  during: [{when: good = true, then: [{end: given_up}]}]
- end: closed
"""
    ).start(good=True)
    assert (play.state.outcome, play.state.held) == ("given_up", ())


@pytest.mark.parametrize(
    "host",
    ["step: see, by: worker", "stage: room, steps: [{step: see, by: worker}]"],
    ids=["step", "block"],
)
def test_what_a_reaction_did_falls_with_its_host(host: str) -> None:
    play = Play(f"""
- {{step: come, by: worker}}
- {{{host}, during: [{{on: extra, by: worker, form: [amount], then: [{{step: add, by: worker}}]}}]}}
- {{step: bill, by: worker, returns-to: [come]}}
- end: closed
""").start()
    play.do("come")
    press(play, "extra", amount=5)
    play.do("add").do("see").send_back("bill", "come")
    assert not any(made.counts for each in play.state.completions.values() for made in each)
    assert play.state.values["amount"] is None


def test_what_is_done_in_a_reaction_is_taken_back_while_the_block_waits_for_it() -> None:
    play = Play("""
- stage: room
  steps: [{step: see, by: worker}]
  during: [{on: extra, by: worker, then: [{step: add, by: worker}, {step: tell, by: worker}]}]
- end: closed
""").start()
    press(play, "extra")
    play.do("add").do("see").withdraw("add")
    assert play.open() == {"add"}
    newest = play.state.completions["see"][-1].item
    assert play.refused(c.Withdraw("li", newest)) == "place-over"


def test_a_step_is_done_while_its_reaction_runs_and_the_case_goes_on_after_both() -> None:
    play = Play("""
- {step: see, by: worker, during: [{on: extra, by: worker, then: [{step: add, by: worker}]}]}
- {step: bill, by: worker}
- end: closed
""").start()
    press(play, "extra")
    play.do("see")
    assert play.open() == {"add"}
    assert play.do("add").open() == {"bill"}
