"""`call` of another pack: the case waits for the end of a case of its own, or goes on at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.kernel.engine.playing import HEADER, NINE, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import CANCELLED, Definition
from tuoban.kernel.engine.messaging import listened
from tuoban.kernel.language import compile_pack

VISIT = """
pack: visit
version: 2026.1
language: en
title: Visit
roles: {fitter: Fitter}
fields:
  place: {type: text, en: Place, required: true}
  contact: {type: text, en: Contact, personal: true}
  cost: {type: money, en: Cost}
  note: {type: text, en: Note}
starts:
  - {request: visit, en: Visit, by: fitter, form: [place, contact]}
process:
  - step: repair
    en: Repair
    by: fitter
    form: [cost, note]
    outcomes: {fixed: Fixed, broken: Broken}
  - choose:
      - when: repair.outcome = "fixed"
        then: [{end: fixed, en: Fixed}]
  - {end: broken, en: Broken}
"""
OTHER = compile_pack(VISIT)


def calling(process: str) -> Definition:
    text = HEADER + "\n".join(f"  {line}" for line in process.strip("\n").splitlines()) + "\n"
    return compile_pack(text, packs={"visit": OTHER})


PLAIN = """
- {step: ask, by: worker, form: [kind]}
- call: visit
  en: The visit
  as: visit
  with: {place: kind, contact: name}
  returns: {cost: {type: money, en: Cost}}
- choose:
    - when: visit.outcome = "fixed" and visit.cost > 10
      then: [{step: bill, by: worker}]
    - when: visit.outcome = "cancelled"
      then: [{step: again, by: worker, returns-to: [ask]}]
- {end: done}
"""


def played(process: str = PLAIN) -> Play:
    play = Play(calling(process)).start(kind="easy", name=Sealed("r1", "c1"))
    play.do("ask", by="li")
    return play


def answered(play: Play, outcome: str | None, **values: object) -> None:
    (number,) = play.state.waits
    play.carry_out(c.Answer(number, outcome, "V-1", values))


def test_what_is_handed_in_stands_in_the_event_personal_values_by_their_seal() -> None:
    play = played()
    (called,) = (each for each in play.journal if isinstance(each, e.CaseCalled))
    assert (called.pack, called.request, called.waits) == ("visit", "", True)
    assert called.given == {"place": "easy", "contact": Sealed("r1", "c1")}
    assert play.open() == set()


def test_the_case_goes_on_with_the_outcome_and_what_came_back() -> None:
    play = played()
    answered(play, "fixed", cost="12.50", note="not asked back")
    made = play.state.completions["visit"][0]
    assert (made.outcome, made.data) == ("fixed", {"cost": Decimal("12.50")})
    assert play.open() == {"bill"}


def test_an_answer_that_does_not_fit_is_left_out() -> None:
    play = played()
    answered(play, "fixed", cost="plenty")
    assert play.state.completions["visit"][0].data == {}
    assert play.state.status == "ended"


def test_an_end_without_a_name_has_no_outcome() -> None:
    play = played()
    answered(play, None)
    assert play.state.completions["visit"][0].outcome is None
    assert play.state.status == "ended"


def test_an_answer_that_nobody_waits_for_changes_nothing() -> None:
    play = played()
    answered(play, "fixed", cost=20)
    assert play.carry_out(c.Answer(2, "fixed", "V-1", {})) == []


def test_a_suspended_case_takes_up_its_answer() -> None:
    play = played()
    play.carry_out(c.Suspend("zhou", "flood"))
    answered(play, "fixed", cost=20)
    assert play.open() == {"bill"}


def test_whoever_is_in_charge_may_give_the_call_up() -> None:
    play = played()
    (number,) = play.state.waits
    assert play.refused(c.GiveUp("li", number, "closed")) == "not-in-charge"
    assert play.refused(c.GiveUp("zhou", number, " ")) == "reason-missing"
    assert play.refused(c.GiveUp("zhou", number + 1, "closed")) == "not-called"
    play.carry_out(c.GiveUp("zhou", number, "closed"))
    assert play.state.completions["visit"][0].outcome == CANCELLED
    assert play.open() == {"again"}


def test_a_return_calls_anew() -> None:
    play = played()
    answered(play, CANCELLED)
    play.send_back("again", "ask", by="li")
    assert not play.state.completions["visit"][0].counts
    play.do("ask", by="li")
    assert sum(isinstance(each, e.CaseCalled) for each in play.journal) == 2
    answered(play, "fixed", cost=30)
    assert play.open() == {"bill"}


def test_what_was_handed_over_is_not_taken_back() -> None:
    play = played()
    assert play.refused(c.Withdraw("li", play.state.completions["ask"][0].item)) == "called-since"


@pytest.mark.parametrize("how", ["cancel", "interrupt"])
def test_what_withdraws_the_call_says_so(how: str) -> None:
    play = Play(
        calling("""
- stage: outside
  steps:
    - {step: ask, by: worker}
    - {call: visit, as: visit, with: {place: kind}}
  during:
    - {on: stop, by: boss, interrupting: true, then: [{step: tidy, by: worker}]}
- {end: done}
""")
    ).start(kind="easy")
    play.do("ask", by="li")
    (number,) = play.state.waits
    if how == "cancel":
        events = play.carry_out(c.Cancel("zhou", "closed"))
    else:
        events = play.carry_out(c.React("wang", "stop"))
        assert play.open() == {"tidy"}
    assert e.WaitWithdrawn(number, "visit") in events
    assert not play.state.waits


def test_it_moves_on_when_it_takes_too_long_and_its_steps_run_beside_it() -> None:
    play = Play(
        calling("""
- {step: ask, by: worker}
- parallel:
    - stage: called
      steps:
        - call: visit
          as: visit
          with: {place: kind}
          within: 2 hours
          late: {1 hour before: {step: phone, by: worker}, at the limit: move on}
        - {step: bill, by: worker, when: visit.outcome = "timeout"}
    - {step: other, by: worker}
- {end: done}
""")
    ).start(kind="easy")
    play.do("ask", by="li")
    play.at = NINE + timedelta(hours=1)
    play.carry_out(c.Recheck())
    assert play.open() == {"phone", "other"}
    play.do("phone", by="li")
    play.at = NINE + timedelta(hours=2)
    play.carry_out(c.Recheck())
    assert play.open() == {"bill", "other"}
    assert any(isinstance(each, e.WaitWithdrawn) for each in play.journal)


def test_without_waiting_the_case_goes_on_and_may_end() -> None:
    play = Play(
        calling("""
- {step: ask, by: worker}
- {call: visit, as: visit, with: {place: kind}, without-waiting: true}
- {step: after, by: worker, when: visit.at != null, needs: [visit]}
- {end: done}
""")
    ).start(kind="easy")
    play.do("ask", by="li")
    events = play.journal
    assert [each.waits for each in events if isinstance(each, e.CaseCalled)] == [False]
    assert play.open() == {"after"}
    assert play.refused(c.Withdraw("li", play.state.completions["ask"][0].item)) == "called-since"
    play.do("after", by="li")
    assert play.state.status == "ended"
    assert not any(isinstance(each, e.WaitWithdrawn) for each in play.journal)


def test_elements_have_a_call_each_in_a_plan_too() -> None:
    play = Play(
        calling("""
- {step: ask, by: worker}
- each: spot
  in: '["a", "b"]'
  steps:
    - plan: inside
      steps:
        - {call: visit, as: visit, with: {place: spot}, optional: true, repeatable: true}
        - {step: look, by: worker}
- {end: done}
""")
    ).start()
    play.do("ask", by="li")
    plans = [each.id for each in play.state.activations.values() if each.region == "inside/1"]
    for plan in plans:
        play.carry_out(c.Add("zhou", "visit", plan))
    called = [each for each in play.journal if isinstance(each, e.CaseCalled)]
    assert [each.given["place"] for each in called] == ["a", "b"]
    again = c.Add("zhou", "visit", plans[0])
    assert play.refused(again) == "not-addable", "it is still waited for"
    for number in tuple(play.state.waits):
        play.carry_out(c.Answer(number, "fixed", "V-1", {}))
    for item in tuple(play.state.items):
        play.carry_out(c.Complete("li", item))
    assert play.state.status == "ended"


# -- the case that is called ----------------------------------------------------------------------


def begun(**data: object) -> Play:
    play = Play(OTHER)
    play.carry_out(c.BeginCalled("li", "", "east", "V-1", "P-1", data))
    return play


def test_a_called_case_begins_on_behalf_of_somebody_who_need_not_be_a_starter() -> None:
    play = begun(place="Here")
    assert (play.state.channel, play.state.by, play.state.values["place"]) == ("call", "li", "Here")
    assert isinstance(play.journal[0], e.CaseStarted)
    assert play.journal[0].caller == "P-1"


def test_what_is_handed_in_must_fit_the_form() -> None:
    begin = c.BeginCalled("li", "", "east", "V-1", "P-1")
    assert Play(OTHER).refused(begin) == "invalid"
    assert Play(OTHER).refused(replace(begin, request="other")) == "unknown-request"
    more = "starts:\n  - {request: other, en: Other, by: fitter, form: [note]}"
    several = compile_pack(VISIT.replace("starts:", more))
    assert Play(several).refused(begin) == "request-needed"


def test_a_called_case_that_is_not_needed_ends_and_its_work_is_withdrawn() -> None:
    play = begun(place="Here")
    events = play.carry_out(c.Recall("P-1"))
    assert e.CaseCancelled("", "", play.at, "P-1") in events
    assert (play.state.status, play.state.outcome) == ("ended", CANCELLED)
    assert any(isinstance(each, e.ItemWithdrawn) for each in events)
    assert play.carry_out(c.Recall("P-1")) == []


def test_a_direct_return_does_not_call_again() -> None:
    process = PLAIN.replace("returns-to: [ask]", "returns-to: {ask: direct}")
    play = played(process)
    answered(play, CANCELLED)
    play.send_back("again", "ask", by="li")
    play.do("ask", by="li")
    assert play.open() == {"again"}
    assert sum(isinstance(each, e.CaseCalled) for each in play.journal) == 1


def test_while_a_called_case_is_waited_for_messages_come_to_others() -> None:
    declared = "messages: {paid: {en: Paid}}\n"
    process = PLAIN.replace(
        "  returns:",
        "  during: [{message: paid, as: paid_up, then: [{step: thank, by: worker}]}]\n  returns:",
    )
    lines = "\n".join(f"  {line}" for line in process.strip("\n").splitlines())
    text = HEADER.replace("starts:\n", f"{declared}starts:\n") + lines + "\n"
    play = Play(compile_pack(text, packs={"visit": OTHER})).start(kind="easy").do("ask")
    assert listened(play.definition, play.state) == {"paid"}
    play.carry_out(c.Deliver("m-1", "paid", {}, play.at))
    assert play.open() == {"thank"}
