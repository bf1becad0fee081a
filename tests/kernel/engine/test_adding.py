"""Adding signers 加签: an opinion before, a signature after, and who may be asked at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e

ROW = """
- {step: one, by: worker, form: [amount], within: 1 hours}
- {step: two, by: {role: worker, not: one}, returns-to: [one]}
- end: closed
"""
EVERYBODY = replace(
    DIRECTORY,
    holders={**DIRECTORY.holders, ("worker", "east"): frozenset({"li", "han", "zhou", "wang"})},
)


def held(process: str = ROW) -> Play:
    """The first step in the hands of li."""
    play = Play(process, EVERYBODY).start()
    play.carry_out(c.Claim("li", 1))
    return play


def add(play: Play, to: str, *, before: bool, item: int = 1, by: str = "li") -> None:
    play.carry_out(c.AddSigner(by, item, to, before, "what do you think"))


def part_of(play: Play, person: str) -> int:
    return next(
        each.id for each in play.state.items.values() if each.part and each.person == person
    )


def test_an_opinion_comes_first_and_the_work_is_completed_after_it() -> None:
    play = held()
    add(play, "han", before=True)
    assert play.refused(c.Complete("li", 1)) == "awaits-opinion"
    han = part_of(play, "han")
    assert play.refused(c.Complete("han", han)) == "only-opinion"
    assert play.refused(c.GiveOpinion("zhou", han, agrees=True)) == "held-by-other"
    assert play.refused(c.GiveOpinion("han", han, agrees=False, words=" ")) == "reason-missing"
    assert play.refused(c.Sign("han", han, "")) == "not-to-sign"
    play.carry_out(c.GiveOpinion("han", han, agrees=False, words="too dear"))
    assert [(each.by, each.agrees, each.words) for each in play.item("one").opinions] == [
        ("han", False, "too dear")
    ]
    play.do("one", amount=1)
    assert play.state.completions["one"][0].opinions[0].by == "han"
    assert play.refused(c.GiveOpinion("han", han, agrees=True)) == "item-done"


def test_the_clock_goes_on_while_an_opinion_is_asked() -> None:
    play = held()
    add(play, "han", before=True)
    assert not play.clock("one").ledger.is_paused


def test_who_was_added_signs_what_was_completed() -> None:
    play = held()
    add(play, "han", before=False)
    assert play.open() == {"one"}
    assert len(play.state.items) == 1
    play.do("one", amount=5)
    assert play.state.newest("one") is None
    han = part_of(play, "han")
    shown = play.item("one").signing
    assert shown is not None
    play.carry_out(c.Sign("han", han, shown.shown))
    assert play.open() == {"two"}
    (made,) = play.state.completions["one"]
    assert [(each.by, each.role) for each in made.signed] == [("han", "")]


def test_who_was_added_may_refuse_and_is_asked_again() -> None:
    play = held()
    add(play, "han", before=False)
    play.do("one", amount=5)
    play.carry_out(c.RefuseToSign("han", part_of(play, "han"), "too dear"))
    assert play.item("one").signing is None
    assert play.item("one").person == "li"
    play.do("one", amount=4)
    assert part_of(play, "han")


@pytest.mark.parametrize("before", [True, False])
def test_whoever_gave_an_opinion_or_signed_is_barred_like_whoever_did_it(before: bool) -> None:
    play = held()
    add(play, "han", before=before)
    if before:
        play.carry_out(c.GiveOpinion("han", part_of(play, "han"), agrees=True))
    play.do("one", amount=5)
    if not before:
        signing = play.item("one").signing
        assert signing is not None
        play.carry_out(c.Sign("han", part_of(play, "han"), signing.shown))
    assert play.refused(c.Claim("han", play.item("two").id)) == "not-same-person"
    assert play.do("two", by="zhou").state.outcome == "closed"


def test_nobody_barred_is_added() -> None:
    play = held().do("one", amount=1)
    two = play.item("two").id
    play.carry_out(c.Claim("zhou", two))
    command = c.AddSigner("zhou", two, "li", before=True, reason="you know it")
    assert play.refused(command) == "not-same-person"


@pytest.mark.parametrize(
    ("bound", "to", "code"),
    [
        ("transfer-to: nobody", "han", "not-transferable"),
        ("transfer-to: checker", "han", "not-receiver"),
        ("", "far", "not-performer"),
        ("", "li", "same-person"),
        ("", "nobody", "unknown-person"),
    ],
)
def test_who_may_be_added_is_bounded_as_a_transfer_is(bound: str, to: str, code: str) -> None:
    play = held(ROW.replace("form: [amount],", f"form: [amount], {bound},".replace(" ,", "")))
    for before in (True, False):
        assert play.refused(c.AddSigner("li", 1, to, before, "why")) == code


def test_everybody_who_speaks_is_another_person() -> None:
    play = held()
    add(play, "han", before=True)
    add(play, "zhou", before=False)
    for person in ("han", "zhou"):
        for before in (True, False):
            assert play.refused(c.AddSigner("li", 1, person, before, "again")) == "signs-already"
        assert play.refused(c.Transfer("li", 1, person, "busy")) == "signs-already"
    play.carry_out(c.GiveOpinion("han", part_of(play, "han"), agrees=True))
    play.carry_out(c.Release("li", 1))
    assert play.refused(c.Claim("han", 1)) == "signs-already"
    play.carry_out(c.Claim("wang", 1))


def test_whoever_prepared_the_work_as_a_delegate_is_not_asked_about_it() -> None:
    play = held()
    play.carry_out(c.Delegate("li", 1, "han", "away"))
    play.carry_out(c.Complete("han", 1, data={"amount": 1}))
    for before in (True, False):
        assert play.refused(c.AddSigner("li", 1, "han", before, "why")) == "signs-already"
    add(play, "zhou", before=False)
    play.do("one", amount=1)
    play.carry_out(c.Open("zhou", part_of(play, "zhou")))


def test_only_whoever_holds_the_work_adds_and_says_what_for() -> None:
    play = held()
    assert play.refused(c.AddSigner("han", 1, "zhou", before=True, reason="why")) == "held-by-other"
    assert play.refused(c.AddSigner("li", 1, "zhou", before=True, reason=" ")) == "reason-missing"
    play.carry_out(c.Release("li", 1))
    assert play.refused(c.AddSigner("li", 1, "zhou", before=True, reason="why")) == "not-held"
    play.carry_out(c.Claim("li", 1))
    play.carry_out(c.Delegate("li", 1, "han", "away"))
    assert play.refused(c.AddSigner("han", 1, "zhou", before=True, reason="why")) == "delegated"


def test_one_may_do_without_those_who_have_not_spoken() -> None:
    play = held()
    add(play, "han", before=True)
    add(play, "zhou", before=False)
    assert play.refused(c.DropSigner("li", 1, "wang")) == "not-added"
    play.carry_out(c.DropSigner("li", 1, "han"))
    play.carry_out(c.DropSigner("li", 1, "zhou"))
    assert play.do("one", amount=1).open() == {"two"}


def test_who_has_left_is_not_waited_for() -> None:
    play = held()
    add(play, "han", before=True)
    add(play, "zhou", before=False)
    play.directory = replace(EVERYBODY, people=EVERYBODY.people - {"han"})
    play.carry_out(c.Recheck())
    assert [each.id for each in play.state.items.values()] == [1]
    assert [each.to for each in play.journal if isinstance(each, e.SignerDropped)] == ["li"]
    play.do("one", amount=1)
    play.directory = replace(EVERYBODY, people=EVERYBODY.people - {"zhou"})
    play.carry_out(c.Recheck())
    assert play.item("one").signing is None
    assert play.do("one", amount=1).open() == {"two"}


def test_they_are_withdrawn_with_the_work() -> None:
    play = held().do("one", amount=1)
    two = play.item("two").id
    play.carry_out(c.Claim("zhou", two))
    add(play, "han", before=True, item=two, by="zhou")
    play.send_back("two", "one", by="zhou")
    assert play.open() == {"one"}
    assert len(play.state.items) == 1


JOINT = """
- {step: one, by: {role: checker, agree: all}, outcomes: {yes_: Yes, no_: No}}
- end: closed
"""


def test_who_is_added_after_to_joint_work_gets_a_part_of_it() -> None:
    play = Play(JOINT.replace("checker, agree", "checker, agree"), DIRECTORY).start()
    mine = next(each for each in play.state.items.values() if each.person == "li")
    play.directory = replace(
        DIRECTORY,
        holders={**DIRECTORY.holders, ("checker", "hq"): frozenset({"wang"})},
    )
    add(play, "wang", before=False, item=mine.id)
    assert {each.person for each in play.state.items.values()} == {"li", "zhou", "wang"}
    for person in ("li", "zhou", "wang"):
        assert play.state.status == "running"
        item = next(each for each in play.state.items.values() if each.person == person)
        play.carry_out(c.Complete(person, item.id, "yes_"))
    assert play.state.outcome == "closed"
    decided = next(each for each in play.journal if isinstance(each, e.JointlyDecided))
    assert (decided.agreed, decided.total) == (3, 3)


def test_an_opinion_of_a_part_of_joint_work_goes_with_that_part() -> None:
    any_ = JOINT.replace("agree: all", "agree: any")
    play = Play(any_, DIRECTORY).start()
    play.directory = replace(
        DIRECTORY,
        holders={**DIRECTORY.holders, ("checker", "hq"): frozenset({"wang"})},
    )
    mine = next(each for each in play.state.items.values() if each.person == "li")
    other = next(each for each in play.state.items.values() if each.person == "zhou")
    add(play, "wang", before=True, item=mine.id)
    assert play.refused(c.Complete("li", mine.id, "yes_")) == "awaits-opinion"
    play.carry_out(c.Complete("zhou", other.id, "yes_"))
    assert play.state.outcome == "closed"


def test_nobody_is_added_after_to_what_one_does_after_the_other() -> None:
    play = Play(JOINT.replace("agree: all", "agree: all, one-by-one: true"), DIRECTORY).start()
    item = next(iter(play.state.items.values()))
    assert item.person is not None
    other = "li" if item.person == "zhou" else "zhou"
    command = c.AddSigner(item.person, item.id, other, before=False, reason="why")
    assert play.refused(command) == "signs-in-turn"
