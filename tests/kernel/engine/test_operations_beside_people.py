"""Operations on steps that several people do together, and beside rules of who may receive."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.surroundings import Directory

VOTERS = ("a1", "b2", "c3")
VOTE = """
- {step: draft, by: worker}
- step: vote
  by: {role: checker, agree: all}
  outcomes: {yes: For, no: Against}
  fields: {why: {type: text, en: Why}}
  form: [why]
- {step: after, by: worker}
- end: closed
"""


def board(*holders: str) -> Directory:
    held = {**DIRECTORY.holders, ("checker", "east"): frozenset(holders)}
    return replace(DIRECTORY, holders=held, people=DIRECTORY.people | {*VOTERS, "d4"})


@pytest.fixture
def play() -> Play:
    """A vote in which a1 has delegated their part to d4, who came to hold the role later."""
    play = Play(VOTE, directory=board(*VOTERS)).start().do("draft")
    play.directory = board(*VOTERS, "d4")
    play.carry_out(c.Delegate("a1", part(play, "a1"), "d4", "ill"))
    return play


def part(play: Play, person: str) -> int:
    return next(each.id for each in play.state.items.values() if each.person == person)


def vote(play: Play, person: str, outcome: str) -> None:
    play.carry_out(c.Complete(person, part(play, person), outcome, {"why": person}))


def test_a_delegated_part_is_handed_back_and_counts_for_whoever_has_it(play: Play) -> None:
    vote(play, "b2", "yes")
    vote(play, "c3", "yes")
    vote(play, "d4", "no")
    assert play.open() == {"vote"}
    vote(play, "a1", "yes")
    assert play.open() == {"after"}
    made = play.state.newest("vote")
    assert made is not None
    assert (made.by, made.delegates, made.outcome) == ("a1", ("d4",), "yes")


def test_nobody_gets_a_second_part_as_a_delegate_or_from_one(play: Play) -> None:
    number = part(play, "b2")
    assert play.refused(c.Delegate("b2", number, "c3", "ill")) == "takes-part"
    assert play.refused(c.Transfer("b2", number, "d4", "ill")) == "takes-part"
    assert play.refused(c.Delegate("b2", number, "a1", "ill")) == "takes-part"
    vote(play, "d4", "yes")
    vote(play, "a1", "yes")
    assert play.refused(c.Transfer("b2", number, "d4", "ill")) == "takes-part"


def test_a_delegate_who_loses_the_role_gives_the_part_back(play: Play) -> None:
    number = part(play, "d4")
    play.directory = board(*VOTERS)
    play.carry_out(c.Recheck())
    assert play.state.items[number].person == "a1"
    assert len(play.state.items) == len(VOTERS)


def test_a_delegated_part_that_is_no_longer_needed_is_withdrawn(play: Play) -> None:
    vote(play, "b2", "no")
    assert play.open() == {"after"}
    told = {each.person for each in play.journal if isinstance(each, e.ItemWithdrawn)}
    assert told == {"d4", "c3"}


def test_nobody_alone_takes_back_what_several_do_together() -> None:
    play = Play(VOTE, directory=board(*VOTERS)).start().do("draft")
    first = part(play, "a1")
    vote(play, "a1", "yes")
    assert play.refused(c.Withdraw("a1", first)) == "done-jointly"
    vote(play, "b2", "yes")
    vote(play, "c3", "yes")
    assert play.refused(c.Withdraw("a1", first)) == "done-jointly"


def test_all_untouched_parts_are_withdrawn_with_what_came_before_them() -> None:
    play = Play(VOTE, directory=board(*VOTERS)).start().do("draft")
    parts = set(play.state.items)
    play.withdraw("draft")
    assert play.open() == {"draft"}
    assert all(play.state.was_withdrawn(each) for each in parts)
    play.do("draft")
    vote(play, "a1", "yes")
    assert play.refused(c.Withdraw("li", play.state.completions["draft"][-1].item)) == "taken-up"


@pytest.mark.parametrize(
    ("bound", "to", "code"),
    [
        ("transfer-to: checker", "han", "not-receiver"),
        ("transfer-to: checker", "zhou", None),
        ("transfer-to: nobody", "han", "not-transferable"),
        ("when: true", "zhou", "not-performer"),
        ("when: true", "han", None),
    ],
)
def test_work_is_delegated_to_those_to_whom_it_may_be_handed(
    bound: str, to: str, code: str | None
) -> None:
    play = Play(f"- {{step: a, by: worker, {bound}}}\n- end: closed").start()
    play.carry_out(c.Claim("li", 1))
    command = c.Delegate("li", 1, to, "busy")
    if code is not None:
        assert play.refused(command) == code
        return
    play.carry_out(command)
    play.carry_out(c.Recheck())
    assert play.item("a").person == to
    play.do("a", by=to).do("a", by="li")
    assert play.state.outcome == "closed"
    assert play.state.completions["a"][-1].delegates == (to,)


def test_a_delegate_of_assigned_work_needs_a_role_as_well() -> None:
    process = """
- {step: one, by: worker}
- {step: two, by: {role: worker, same-as: one}}
- end: closed
"""
    play = Play(process).start().do("one")
    play.carry_out(c.Delegate("li", play.item("two").id, "han", "busy"))
    without = {**DIRECTORY.holders, ("worker", "east"): frozenset({"li"})}
    play.directory = replace(DIRECTORY, holders=without)
    play.carry_out(c.Recheck())
    assert play.item("two").person == "li"


def test_a_wait_and_a_set_behind_the_step_are_undone() -> None:
    process = """
- {step: one, by: worker}
- set: {amount: 7}
- {wait: pause, for: 2 hours}
- {step: two, by: checker}
- end: closed
"""
    play = Play(process).start().do("one")
    assert play.state.values["amount"] == 7
    play.withdraw("one")
    assert (play.state.values["amount"], play.state.waits, play.state.clocks) == (None, {}, {})
    play.do("one").wait(hours=2)
    assert play.open() == {"two"}
    play.withdraw("one")
    assert play.open() == {"one"}
    assert play.state.newest("pause") is None
    play.do("one")
    assert [each.node for each in play.state.waits.values()] == ["pause"]


def test_a_jump_leaves_a_wait_beside_it_and_passes_one_over() -> None:
    process = """
- {step: one, by: worker}
- {wait: pause, for: 2 hours}
- {step: two, by: worker}
- end: closed
"""
    play = Play(process).start()
    play.carry_out(c.Jump("wang", 1, "two", "urgent"))
    assert (play.open(), play.state.waits) == ({"two"}, {})
    play.carry_out(c.Jump("wang", play.item("two").id, "one", "again"))
    assert play.do("one").open() == set()
    assert [each.node for each in play.state.waits.values()] == ["pause"]


def test_a_cancelled_case_waits_for_nothing() -> None:
    play = Play("- {wait: pause, for: 2 hours}\n- {step: a, by: worker}\n- end: closed").start()
    play.carry_out(c.Cancel("li", "mistake"))
    assert (play.state.outcome, play.state.waits, play.state.timers) == ("cancelled", {}, {})


def test_the_delegate_is_told_in_the_words_of_the_process() -> None:
    process = "- {step: a, by: worker, tell: {performer: inbox}}\n- end: closed"
    play = Play(process).start()
    play.carry_out(c.Claim("li", 1))
    play.carry_out(c.Delegate("li", 1, "han", "busy"))
    assert play.told()[-1] == (e.TOLD, "han")
