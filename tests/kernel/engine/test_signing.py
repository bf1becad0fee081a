"""`signed-by` with roles of the organisation: what was completed waits for its signers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Item

PROCESS = """
- step: pay
  by: {role: worker, not: look}
  outcomes: {pay: Pay, stop: {en: Stop, unsigned: true}}
  fields: {why: {type: text, en: Why}, slip: {type: integer, en: Slip}}
  form: [why, slip, amount]
  checklist: [Counted]
  signed-by: [checker, {role: boss, with: [signature, stamp]}]
  within: 30 minutes
  late: {at the limit: tell performer}
- {step: file, by: {role: boss, not: pay}}
- end: closed
"""
LOOK = "- {step: look, by: checker}\n"
DATA = {"why": "rent", "slip": 7, "amount": 20}


def paying(process: str = PROCESS) -> Play:
    play = Play(LOOK + process).start()
    play.do("look", "zhou")
    return play


def submit(play: Play, by: str = "han", **data: object) -> Play:
    whole = play.item("pay")
    command = c.Complete(by, whole.id, "pay", {**DATA, **data}, frozenset({"1"}))
    play.carry_out(command)
    return play


def part(play: Play, role: str) -> Item:
    return next(
        each
        for each in play.state.items.values()
        if each.part is not None and each.part.role == role
    )


def shown(play: Play) -> str:
    signing = play.item("pay").signing
    assert signing is not None
    return signing.shown


def sign(play: Play, by: str, role: str, *, stamped: bool = False) -> None:
    play.carry_out(c.Sign(by, part(play, role).id, shown(play), stamped))


def test_signers_are_asked_before_the_step_is_done() -> None:
    play = submit(paying())
    assert play.open() == {"pay"}
    assert [each.part and each.part.role for each in play.state.items.values()] == [
        None,
        "checker",
        "boss",
    ]
    assert "amount" not in play.state.values
    play.wait(minutes=5)
    sign(play, "li", "checker")
    assert play.open() == {"pay"}
    sign(play, "wang", "boss", stamped=True)
    assert play.open() == {"file"}
    made = play.state.newest("pay")
    assert made is not None
    assert (made.by, made.outcome, made.data) == ("han", "pay", {"why": "rent", "slip": 7})
    assert [(each.role, each.by, each.stamped) for each in made.signed] == [
        ("checker", "li", False),
        ("boss", "wang", True),
    ]
    assert play.state.values["amount"] == 20
    done = next(each for each in play.journal if isinstance(each, e.ItemCompleted) and each.signed)
    given = [each for each in play.journal if isinstance(each, e.ItemSigned)]
    assert {each.shown for each in given} == {done.shown} != {""}
    assert done.checked == ("1",)


def test_the_state_in_the_middle_of_it_can_be_kept() -> None:
    play = submit(paying())
    sign(play, "li", "checker")
    assert decode(encode(play.state)) == play.state


def test_an_outcome_without_signatures_asks_nobody() -> None:
    play = paying()
    play.carry_out(c.Complete("han", play.item("pay").id, "stop", DATA))
    assert play.open() == {"file"}


def test_the_performer_and_all_signers_are_different_people() -> None:
    play = Play(PROCESS.replace(", not: look", "")).start()
    submit(play, "li")  # holds the role of checker too
    assert play.refused(c.Claim("li", part(play, "checker").id)) == "signs-already"
    play.directory = replace(
        DIRECTORY, holders={**DIRECTORY.holders, ("boss", "hq"): frozenset({"wang", "zhou"})}
    )
    play.carry_out(c.Claim("zhou", part(play, "boss").id))
    assert play.refused(c.Claim("zhou", part(play, "checker").id)) == "signs-already"
    play.carry_out(c.Release("zhou", part(play, "boss").id))
    sign(play, "zhou", "checker")
    command = c.Sign("zhou", part(play, "boss").id, shown(play), stamped=True)
    assert play.refused(command) == "signs-already"


def test_not_forbids_signing_too_and_bars_signers_afterwards() -> None:
    play = submit(paying())
    assert play.refused(c.Claim("zhou", part(play, "checker").id)) == "not-same-person"
    sign(play, "li", "checker")
    sign(play, "wang", "boss", stamped=True)
    play.directory = replace(
        DIRECTORY, holders={**DIRECTORY.holders, ("boss", "hq"): frozenset({"wang", "zhou"})}
    )
    assert play.refused(c.Claim("wang", play.item("file").id)) == "not-same-person"
    play.do("file", "zhou")


def test_only_whoever_holds_the_role_signs() -> None:
    play = submit(paying())
    command = c.Sign("far", part(play, "checker").id, shown(play))
    assert play.refused(command) == "not-performer"


def test_the_stamp_is_asked_for_where_it_is_given() -> None:
    play = submit(paying())
    with pytest.raises(Refused) as refused:
        sign(play, "wang", "boss")
    assert [(each.code, each.place) for each in refused.value.problems] == [
        ("stamp-missing", "stamp")
    ]


def test_nobody_signs_what_they_have_not_seen() -> None:
    play = submit(paying())
    assert play.refused(c.Sign("li", part(play, "checker").id, "other")) == "shown-changed"


def test_who_refuses_gives_it_back_with_what_was_entered() -> None:
    play = submit(paying())
    sign(play, "li", "checker")
    number = part(play, "boss").id
    assert play.refused(c.RefuseToSign("wang", number, " ")) == "reason-missing"
    play.carry_out(c.RefuseToSign("wang", number, "too much"))
    whole = play.item("pay")
    assert (whole.person, whole.signing) == ("han", None)
    assert whole.prepared is not None
    assert whole.prepared.values == {**DATA}
    assert (whole.prepared.outcome, whole.prepared.checked) == ("pay", ("1",))
    assert list(play.state.items) == [whole.id]
    # Nothing of what was entered counts, and all are asked again.
    assert "amount" not in play.state.values
    submit(play, amount=10)
    sign(play, "li", "checker")
    sign(play, "wang", "boss", stamped=True)
    assert play.state.values["amount"] == 10


def test_what_the_others_have_open_is_withdrawn_when_one_refuses() -> None:
    play = submit(paying())
    play.carry_out(c.Claim("li", part(play, "checker").id))
    events = play.carry_out(c.RefuseToSign("wang", part(play, "boss").id, "no"))
    assert [each.person for each in events if isinstance(each, e.ItemWithdrawn)] == ["li"]


def test_whoever_completed_it_may_get_it_back() -> None:
    play = submit(paying())
    sign(play, "li", "checker")
    assert play.refused(c.GetBack("wang", play.item("pay").id)) == "not-delegated"
    play.carry_out(c.GetBack("han", play.item("pay").id))
    assert [each.part for each in play.state.items.values()] == [None]
    submit(play)


@pytest.mark.parametrize("kind", ["transfer", "complete", "delegate", "return"])
def test_what_is_being_signed_is_not_in_hand(kind: str) -> None:
    play = submit(paying())
    whole, number = play.item("pay").id, part(play, "checker").id
    play.carry_out(c.Claim("li", number))
    assert play.refused(handled(kind, "han", whole)) == "being-signed"
    assert play.refused(handled(kind, "li", number)) == "only-signing"


def handled(kind: str, who: str, item: int) -> c.Command:
    commands: dict[str, c.Command] = {
        "transfer": c.Transfer(who, item, "far", "x"),
        "complete": c.Complete(who, item, "pay", DATA, frozenset({"1"})),
        "delegate": c.Delegate(who, item, "far", "x"),
        "return": c.Return(who, item, "look", "x"),
    }
    return commands[kind]


def test_what_is_being_signed_is_not_put_back_but_a_part_is() -> None:
    play = submit(paying())
    assert play.refused(c.Release("han", play.item("pay").id)) == "being-signed"
    play.carry_out(c.Claim("li", part(play, "checker").id))
    play.carry_out(c.Release("li", part(play, "checker").id))
    assert part(play, "checker").person is None


def test_work_is_not_signed_and_a_signature_is_given_once() -> None:
    play = paying()
    assert play.refused(c.Sign("han", play.item("pay").id, "")) == "not-to-sign"
    submit(play)
    number = part(play, "checker").id
    command = c.Sign("li", number, shown(play))
    play.carry_out(command)
    assert play.refused(command) == "item-done"
    sign(play, "wang", "boss", stamped=True)
    assert play.refused(command) == "item-done"


def test_a_signer_who_loses_the_role_is_replaced() -> None:
    play = submit(paying())
    play.carry_out(c.Claim("li", part(play, "checker").id))
    play.directory = replace(
        DIRECTORY, holders={**DIRECTORY.holders, ("checker", "east"): frozenset({"far"})}
    )
    play.carry_out(c.Recheck())
    assert part(play, "checker").person is None
    sign(play, "far", "checker")


def test_where_nobody_else_may_sign_the_head_is_told() -> None:
    play = paying()
    play.directory = replace(
        DIRECTORY, holders={**DIRECTORY.holders, ("checker", "east"): frozenset({"han"})}
    )
    submit(play)
    assert ("nobody", "zhou") in play.told()


def test_the_work_of_a_performer_who_leaves_is_somebody_elses_to_complete() -> None:
    play = submit(paying())
    play.directory = replace(
        DIRECTORY, holders={**DIRECTORY.holders, ("worker", "east"): frozenset({"li"})}
    )
    events = play.carry_out(c.Recheck())
    assert [each.why for each in events if isinstance(each, e.SigningStopped)] == ["nobody"]
    assert (play.item("pay").person, play.item("pay").signing) == (None, None)
    submit(play, "li")


def test_limits_go_on_and_remind_those_who_are_to_sign() -> None:
    play = submit(paying())
    clock = play.clock("pay")
    assert len([each for each in play.state.clocks.values() if each.node == "pay"]) == 1
    play.carry_out(c.Claim("li", part(play, "checker").id))
    play.wait(minutes=31)
    assert [who for tier, who in play.told()] == ["li", "boss"]
    assert play.clock("pay").id == clock.id


def test_gates_go_on() -> None:
    play = Play(
        """
        - parallel:
            - step: pay
              by: worker
              needs: [{that: good = true, else: Not good}]
              fields: {why: {type: text, en: Why}, slip: {type: integer, en: Slip}}
              form: [why, slip]
              signed-by: boss
            - {step: judge, by: checker, form: [good]}
        - end: closed
        """
    ).start(good=True)
    play.carry_out(c.Complete("han", play.item("pay").id, None, {"why": "rent"}))
    play.do("judge", "zhou", good=False)
    command = c.Sign("wang", part(play, "boss").id, shown(play))
    assert play.refused(command) == "locked"
    assert play.refused(replace(command, item=play.item("pay").id)) == "not-to-sign"


def test_what_changes_under_the_eyes_of_signers_goes_back() -> None:
    play = Play(
        """
        - parallel:
            - step: pay
              by: worker
              form: [{field: amount, read-only: true}]
              signed-by: boss
            - {step: judge, by: checker, form: [amount]}
        - end: closed
        """
    ).start(amount=5)
    play.carry_out(c.Complete("han", play.item("pay").id))
    events = play.do("judge", "zhou", amount=6).journal
    assert [each.why for each in events if isinstance(each, e.SigningStopped)] == ["changed"]
    assert (play.item("pay").person, play.item("pay").signing) == ("han", None)
    play.carry_out(c.Complete("han", play.item("pay").id))
    sign(play, "wang", "boss")
    assert play.state.status == "ended"


def test_it_is_withdrawn_whole() -> None:
    play = Play(
        """
        - parallel:
            - {step: pay, by: worker, signed-by: boss}
            - {step: judge, by: checker}
          join: any
        - end: closed
        """
    ).start()
    play.carry_out(c.Complete("han", play.item("pay").id))
    play.do("judge", "zhou")
    assert play.state.status == "ended"
    assert not play.state.items


def test_sent_back_it_is_signed_by_the_same_people_anew() -> None:
    play = Play(
        """
        - {step: pay, by: worker, signed-by: checker}
        - {step: file, by: boss, returns-to: [pay]}
        - end: closed
        """
    ).start()
    play.carry_out(c.Complete("han", play.item("pay").id))
    sign(play, "zhou", "checker")
    play.send_back("file", "pay", "wang")
    play.carry_out(c.Complete("han", play.item("pay").id))
    assert part(play, "checker").person == "zhou"
    sign(play, "zhou", "checker")
    assert play.open() == {"file"}


def test_a_signer_may_be_named_by_a_step_or_a_unit() -> None:
    play = Play(
        """
        - {step: look, by: checker}
        - step: pay
          by: worker
          signed-by: [{role: checker, same-as: look}, {role: boss, in: root()}]
        - end: closed
        """
    ).start()
    play.do("look", "li")
    play.carry_out(c.Complete("han", play.item("pay").id))
    assert part(play, "checker").person == "li"
    assert part(play, "boss").pools == (("boss", "hq"),)
    sign(play, "li", "checker")
    sign(play, "wang", "boss")
    assert play.state.status == "ended"


def test_the_one_named_does_not_sign_what_they_completed() -> None:
    play = Play(
        """
        - {step: look, by: checker}
        - {step: pay, by: worker, signed-by: {role: checker, same-as: look}}
        - end: closed
        """
    ).start()
    play.do("look", "li")
    play.carry_out(c.Complete("li", play.item("pay").id))
    assert part(play, "checker").person is None
    sign(play, "zhou", "checker")


def test_the_stamp_of_an_outside_party_is_noted_in_the_form() -> None:
    play = Play(
        """
        - {step: pay, by: worker, signed-by: {role: customer, with: stamp}}
        - end: closed
        """
    ).start()
    number = play.item("pay").id
    with pytest.raises(Refused) as refused:
        play.carry_out(c.Complete("han", number))
    assert [each.place for each in refused.value.problems] == ["stamp:customer"]
    play.carry_out(c.Complete("han", number, stamped=frozenset({"customer"})))
    done = next(each for each in play.journal if isinstance(each, e.ItemCompleted))
    assert done.stamped == ("customer",)
