"""Who may do a step, what completing it takes, gates, clocks."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.kernel.engine.playing import DIRECTORY, NINE, Play
from tuoban.kernel import commands as c
from tuoban.kernel.refusals import Refused

PAIR = """
- {step: make, by: worker}
- {step: check, by: {role: checker, not: make}}
- {step: hand_over, by: {same-as: make, role: worker}}
- end: closed
"""

FORM = """
- step: fill
  by: worker
  form: [kind, {field: amount, required: true}, name]
  checklist: [Clean, {item: Locked, when: kind = "hard"}]
  outcomes: {done: Done, gone: {en: Gone, unsigned: true}}
  signed-by: customer
- end: closed
"""

GATED = """
- parallel:
    - {step: permit, by: worker}
    - step: build
      by: worker
      needs: [permit, {that: good, else: {en: not good yet, zh: 还不行}}]
      within: 30 minutes
      late: {10 minutes before: tell performer, at the limit: escalate to boss}
- end: closed
"""


def complete(play: Play, step: str, **words: object) -> None:
    play.carry_out(c.Complete("li", play.item(step).id, **words))  # type: ignore[arg-type]


def refused(play: Play, step: str, **words: object) -> Refused:
    before = play.state
    with pytest.raises(Refused) as caught:
        complete(play, step, **words)
    assert play.state is before
    return caught.value


# -- people ---------------------------------------------------------------------------------------


def test_work_lies_in_the_pool_of_the_nearest_unit_that_has_the_role() -> None:
    play = Play("- {step: sign, by: boss}\n- end: closed").start()
    assert (play.item("sign").pools, play.item("sign").person) == ((("boss", "hq"),), None)


def test_a_stranger_is_refused() -> None:
    play = Play(PAIR).start()
    with pytest.raises(Refused, match="not-performer"):
        play.do("make", by="far")


def test_what_somebody_claimed_is_theirs_until_released() -> None:
    play = Play(PAIR).start()
    play.carry_out(c.Claim("li", play.item("make").id))
    with pytest.raises(Refused, match="held-by-other"):
        play.do("make", by="han")
    play.carry_out(c.Release("li", play.item("make").id))
    play.do("make", by="han")


def test_not_forbids_the_person_whatever_roles_they_hold() -> None:
    play = Play(PAIR).start().do("make", by="li")
    with pytest.raises(Refused, match="not-same-person"):
        play.carry_out(c.Claim("li", play.item("check").id))
    play.do("check", by="zhou")


def test_a_transfer_does_not_lift_not() -> None:
    play = Play(PAIR).start().do("make", by="li")
    item = play.item("check").id
    with pytest.raises(Refused, match="not-same-person"):
        play.carry_out(c.Transfer("zhou", item, "li", "busy"))


def test_same_as_assigns_and_cannot_be_released_but_transferred() -> None:
    play = Play(PAIR).start().do("make", by="han").do("check", by="zhou")
    item = play.item("hand_over")
    assert (item.person, item.assigned) == ("han", True)
    with pytest.raises(Refused, match="assigned"):
        play.carry_out(c.Release("han", item.id))
    play.carry_out(c.Transfer("han", item.id, "li", "off duty"))
    play.do("hand_over", by="li")


def test_same_as_falls_back_to_the_role_when_the_person_has_left() -> None:
    play = Play(PAIR).start().do("make", by="han")
    play.directory = type(DIRECTORY)(
        DIRECTORY.holders, DIRECTORY.parents, DIRECTORY.heads, DIRECTORY.people - {"han"}
    )
    play.do("check", by="zhou")
    assert play.item("hand_over").person is None


def test_an_outside_party_is_recorded_by_the_role_named_for_it() -> None:
    play = Play("- {step: agree, by: customer}\n- end: closed").start()
    assert play.item("agree").roles == ("worker",)
    play.do("agree", by="han")


def test_a_role_that_nobody_holds_is_told_to_the_head_and_the_step_waits() -> None:
    play = Play("- {step: haunt, by: ghost}\n- end: closed").start()
    assert play.told() == [("nobody", "zhou")]
    assert play.open() == {"haunt"}


def test_a_person_barred_everywhere_is_told_to_the_head() -> None:
    play = Play(
        "- {step: make, by: boss}\n- {step: check, by: {role: boss, not: make}}\n- end: closed"
    ).start("wang", "hq")
    play.do("make", by="wang")
    assert play.told() == [("nobody", "wang")]


def test_a_start_takes_the_role_in_that_very_unit() -> None:
    with pytest.raises(Refused, match="not-starter"):
        Play(PAIR).start("li", "west")


def test_finished_work_says_who_did_it_and_when() -> None:
    play = Play(PAIR).start()
    item = play.item("make").id
    play.do("make", by="han")
    with pytest.raises(Refused) as caught:
        play.carry_out(c.Complete("li", item))
    assert caught.value.code == "item-done"
    assert caught.value.facts == {"by": "han", "at": NINE}


# -- completing -----------------------------------------------------------------------------------


def test_every_problem_of_a_form_is_told_at_once_beside_its_place() -> None:
    play = Play(FORM).start()
    refusal = refused(
        play,
        "fill",
        outcome="nonsense",
        data={"kind": "odd", "amount": "1.234", "name": "Wang", "other": "x"},
        checked=frozenset({"9"}),
        signatures={"boss": c.Sealed("r", "c")},
        stamped=frozenset({"nobody"}),
    )
    assert {(each.place, each.code) for each in refusal.problems} == {
        ("outcome", "unknown-outcome"),
        ("kind", "not-option"),
        ("amount", "not-money"),
        ("name", "not-sealed"),
        ("other", "unknown-field"),
        ("check:1", "unchecked"),
        ("check:9", "unknown-check"),
        ("signature:customer", "signature-missing"),
        ("signature:boss", "unknown-signer"),
        ("stamp:nobody", "unknown-stamp"),
    }
    assert all(each.read("zh") and each.read("en") for each in refusal.problems)


def test_a_checklist_asks_only_the_lines_that_apply() -> None:
    play = Play(FORM).start()
    signed = {"customer": c.Sealed("ref", "commitment")}
    refusal = refused(
        play,
        "fill",
        outcome="done",
        data={"kind": "hard", "amount": "5"},
        checked=frozenset({"1"}),
        signatures=signed,
    )
    assert [each.place for each in refusal.problems] == ["check:2"]
    complete(
        play,
        "fill",
        outcome="done",
        data={"kind": "easy", "amount": "5"},
        checked=frozenset({"1"}),
        signatures=signed,
    )
    assert play.state.values["amount"] == Decimal("5.00")


def test_an_outcome_that_is_unsigned_asks_for_nothing_else() -> None:
    play = Play(FORM).start()
    complete(play, "fill", outcome="gone")
    assert play.state.outcome == "closed"


def test_a_personal_value_reaches_conditions_but_no_event() -> None:
    play = Play(
        """
        - choose:
            - when: name = "Wang"
              then: [{end: known}]
        - end: unknown
        """
    )
    play.opened = {"ref": "Wang"}
    play.start(name=c.Sealed("ref", "commitment"))
    assert play.state.outcome == "known"
    assert "Wang" not in repr(play.journal)


# -- gates and clocks -----------------------------------------------------------------------------


def test_a_gate_locks_shows_its_reasons_and_opens_by_itself() -> None:
    play = Play(GATED).start()
    assert play.item("build").locked == (0, 1)
    refusal = refused(play, "build")
    assert "not good yet" in refusal.read("en")
    assert "还不行" in refusal.read("zh")
    play.carry_out(c.Claim("li", play.item("build").id))
    play.do("permit")
    assert play.item("build").locked == (1,)


def test_a_limit_starts_when_the_gate_opens() -> None:
    play = Play(GATED.replace("{that: good,", "{that: permit.count > 0,")).start()
    assert play.due("build") is None
    play.wait(hours=2).do("permit")
    assert play.due("build") == play.at + timedelta(minutes=30)


def test_lateness_tells_and_escalates_each_once_in_order() -> None:
    play = Play(GATED.replace("{that: good,", "{that: permit.count > 0,")).start().do("permit")
    play.carry_out(c.Claim("han", play.item("build").id))
    play.wait(minutes=19)
    assert play.told() == []
    play.wait(minutes=1)
    assert [who for _, who in play.told()] == ["han"]
    play.wait(hours=5)
    assert [who for _, who in play.told()] == ["han", "boss"]
    assert play.item("build").escalated
    assert play.open() == {"build"}


def test_a_fired_timer_has_no_second_effect() -> None:
    play = Play(
        "- {step: a, by: worker, within: 1 hours, late: {at the limit: tell performer}}\n- end: x"
    )
    play.start()
    timer = next(iter(play.state.timers))
    play.wait(hours=1)
    assert play.carry_out(c.FireTimer(timer)) == []


def test_a_due_moment_moves_with_the_value_it_names() -> None:
    play = Play(
        """
        - parallel:
            - {step: plan, by: worker, form: [wanted_at]}
            - {step: deliver, by: worker, due: wanted_at, late: {at the limit: tell performer}}
        - end: closed
        """
    ).start()
    assert play.due("deliver") is None
    play.do("plan", wanted_at="2026-03-02 12:00")
    assert play.due("deliver") == NINE + timedelta(hours=3)
    assert len(play.state.timers) == 1


def test_a_setting_gives_the_limit() -> None:
    play = Play("- {step: a, by: worker, within: settings.patience}\n- end: x").start()
    assert play.due("a") == NINE + timedelta(minutes=30)


def test_a_need_in_a_block_that_was_passed_over_counts_as_done() -> None:
    play = Play(
        """
        - parallel:
            - stage: papers
              when: kind = "hard"
              steps: [{step: x, by: worker}]
            - {step: y, by: worker, needs: [x]}
        - end: closed
        """
    ).start(kind="easy")
    assert play.item("y").locked is None


def test_a_need_in_a_branch_that_was_not_taken_counts_as_done() -> None:
    play = Play(
        """
        - choose:
            - when: kind = "hard"
              then: [{step: x, by: worker}]
            - otherwise: [{step: z, by: worker}]
        - {step: y, by: worker, needs: [x]}
        - end: closed
        """
    )
    easy = play.start(kind="easy").do("z")
    assert easy.item("y").locked is None


def test_a_gate_in_a_new_round_waits_for_that_round() -> None:
    play = Play(
        """
        - repeat: rounds
          until: check.outcome = "good"
          steps:
            - {step: a, by: worker}
            - parallel:
                - {step: x, by: worker}
                - {step: y, by: worker, needs: [x]}
            - {step: check, by: worker, outcomes: {good: Good, bad: Bad}}
        - {step: d, by: worker, returns-to: [a]}
        - end: closed
        """
    ).start()
    play.do("a").do("x").do("y").do("check", outcome="bad")
    play.do("a").do("x").do("y").do("check", outcome="good")
    play.send_back("d", to="a").do("a")
    assert play.item("y").locked == (0,)
