"""Delegate 委派 and get back: who holds the work when, and who counts as having done it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c

ROW = """
- {step: one, by: worker, form: [amount, name], outcomes: {yes_: Yes, no_: No}}
- {step: two, by: {role: worker, not: one}}
- end: closed
"""
EVERYBODY = replace(
    DIRECTORY, holders={**DIRECTORY.holders, ("worker", "east"): frozenset({"li", "han", "zhou"})}
)


@pytest.fixture
def play() -> Play:
    """The first step in the hands of han, for li."""
    play = Play(ROW, EVERYBODY).start()
    play.carry_out(c.Claim("li", 1))
    play.carry_out(c.Delegate("li", 1, "han", "leave"))
    return play


def test_the_delegate_hands_back_what_whoever_delegated_completes(play: Play) -> None:
    sealed = c.Sealed("r1", "k1")
    play.carry_out(c.Complete("han", 1, "yes_", {"amount": "5", "name": sealed}))
    prepared = play.item("one").prepared
    assert prepared is not None
    assert prepared.outcome == "yes_"
    assert prepared.values["name"] == sealed
    assert play.state.sealed == {"r1"}
    play.carry_out(c.Complete("li", 1, "no_", {"amount": "6"}))
    assert str(play.state.values["amount"]) == "6.00"
    assert play.state.values["name"] == sealed


def test_what_a_delegate_enters_is_checked_as_ever(play: Play) -> None:
    assert play.refused(c.Complete("han", 1, "yes_", {"amount": "-1"})) == "invalid"
    assert play.refused(c.Complete("han", 1, None, {})) == "invalid"


def test_a_delegate_counts_as_having_done_it(play: Play) -> None:
    play.do("one", by="han", outcome="yes_").do("one", by="li", outcome="yes_")
    assert play.refused(c.Claim("han", 2)) == "not-same-person"
    assert play.refused(c.Claim("li", 2)) == "not-same-person"
    assert play.do("two", by="zhou").state.outcome == "closed"


def test_whoever_gave_it_back_undone_has_not_done_it(play: Play) -> None:
    play.carry_out(c.Release("han", 1))
    assert play.item("one").person == "li"
    play.do("one", by="li", outcome="yes_").do("two", by="han")
    assert play.state.outcome == "closed"


def test_a_barred_person_is_no_delegate() -> None:
    play = Play(ROW, EVERYBODY).start().do("one", by="li", outcome="yes_")
    play.carry_out(c.Claim("zhou", 2))
    assert play.refused(c.Delegate("zhou", 2, "li", "leave")) == "not-same-person"


def test_it_is_got_back_at_any_time_by_whoever_delegated_it(play: Play) -> None:
    assert play.refused(c.GetBack("zhou", 1)) == "not-delegated"
    play.carry_out(c.GetBack("li", 1))
    assert play.item("one").person == "li"
    assert play.refused(c.GetBack("li", 1)) == "not-delegated"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.Transfer("han", 1, "zhou", "busy"), "delegated"),
        (c.Delegate("han", 1, "zhou", "busy"), "delegated"),
        (c.Delegate("li", 1, "zhou", "busy"), "held-by-other"),
        (c.Complete("li", 1, "yes_"), "held-by-other"),
    ],
)
def test_what_neither_may_do_meanwhile(play: Play, command: c.Command, code: str) -> None:
    assert play.refused(command) == code


def test_only_what_one_holds_is_delegated_and_with_a_reason() -> None:
    play = Play(ROW, EVERYBODY).start()
    assert play.refused(c.Delegate("li", 1, "han", "leave")) == "not-held"
    play.carry_out(c.Claim("li", 1))
    assert play.refused(c.Delegate("li", 1, "han", " ")) == "reason-missing"
    assert play.refused(c.Delegate("li", 1, "li", "leave")) == "same-person"
    assert play.refused(c.Delegate("li", 1, "far", "leave")) == "not-performer"


def test_a_delegate_sends_nothing_back() -> None:
    play = (
        Play("""
    - {step: one, by: worker}
    - {step: two, by: worker, returns-to: [one]}
    - end: closed
    """)
        .start()
        .do("one")
    )
    play.carry_out(c.Claim("li", 2))
    play.carry_out(c.Delegate("li", 2, "han", "leave"))
    assert play.refused(c.Return("han", 2, "one", "no")) == "delegated"


def test_it_comes_back_when_the_delegate_leaves(play: Play) -> None:
    play.directory = replace(EVERYBODY, people=EVERYBODY.people - {"han"})
    play.carry_out(c.Recheck())
    assert play.item("one").person == "li"
    assert play.item("one").delegated_by is None
