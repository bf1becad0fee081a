"""`pick`: who is given a piece of work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c
from tuoban.kernel.engine import advance
from tuoban.kernel.refusals import Refused
from tuoban.kernel.surroundings import Surroundings, Workload


class Busy(Play):
    """A case in an organisation whose people have work elsewhere."""

    workload = Workload()

    def surroundings(self) -> Surroundings:
        return replace(super().surroundings(), workload=self.workload)


def picking(pick: str, workload: Workload, more: str = "") -> Busy:
    play = Busy(f"- {{step: a, by: {{role: worker, pick: {pick}{more}}}}}\n- end: closed")
    play.workload = workload
    play.start()
    return play


@pytest.mark.parametrize(
    ("held", "person"),
    [
        ({}, "han"),
        ({"han": 1}, "li"),
        ({"han": 1, "li": 3}, "han"),
        ({"han": 2, "li": 2, "zhou": 0}, "han"),
    ],
)
def test_whoever_holds_the_least_is_given_it(held: dict[str, int], person: str) -> None:
    assert picking("least-loaded", Workload(held=held)).item("a").person == person


@pytest.mark.parametrize(
    ("given", "person"),
    [
        ({}, "han"),
        ({"han": 5}, "li"),
        ({"han": 5, "li": 4}, "li"),
        ({"han": 5, "li": 9, "zhou": 1}, "han"),
    ],
)
def test_whoever_had_it_longest_ago_is_given_it(given: dict[str, int], person: str) -> None:
    assert picking("round-robin", Workload(given={"a": given})).item("a").person == person


@pytest.mark.parametrize("pick", ["least-loaded", "round-robin"])
def test_work_that_comes_at_once_is_spread(pick: str) -> None:
    step = f"{{step: NAME, by: {{role: worker, pick: {pick}}}}}"
    parts = ", ".join(step.replace("NAME", name) for name in ("a", "b"))
    play = Play(f"- parallel: [{parts}]\n- end: closed").start()
    people = {item.person for item in play.state.items.values()}
    assert people == ({"han", "li"} if pick == "least-loaded" else {"han"})


def test_in_the_pool_people_choose_for_themselves() -> None:
    assert picking("pool", Workload(held={"han": 1})).item("a").person is None


def test_whoever_was_picked_may_put_it_back_or_hand_it_over() -> None:
    play = picking("least-loaded", Workload())
    item = play.item("a")
    play.carry_out(c.Transfer("han", item.id, "li", "ill"))
    play.carry_out(c.Release("li", item.id))
    assert play.item("a").person is None
    play.do("a", by="han")


def test_when_they_lose_the_role_another_is_picked() -> None:
    play = picking("least-loaded", Workload())
    held = {**DIRECTORY.holders, ("worker", "east"): frozenset({"li"})}
    play.directory = replace(DIRECTORY, holders=held)
    play.carry_out(c.Recheck())
    assert play.item("a").person == "li"
    with pytest.raises(Refused, match="held-by-other"):
        play.do("a", by="han")


def test_whoever_is_forbidden_is_not_picked() -> None:
    play = Play(
        """
        - {step: x, by: worker}
        - {step: a, by: {role: worker, pick: least-loaded, not: x}}
        - end: closed
        """
    ).start()
    play.do("x", by="han")
    assert play.item("a").person == "li"


def test_sent_back_it_goes_to_whoever_did_it() -> None:
    play = Play(
        """
        - {step: a, by: {role: worker, pick: least-loaded}}
        - {step: b, by: checker, returns-to: [a]}
        - end: closed
        """
    ).start()
    play.carry_out(c.Transfer("han", play.item("a").id, "li", "ill"))
    play.do("a", by="li").send_back("b", "a", by="zhou")
    assert (play.item("a").person, play.item("a").assigned) == ("li", True)


def test_the_choice_is_in_the_event_whatever_comes_later() -> None:
    play = picking("least-loaded", Workload(held={"han": 1}))
    play.workload = Workload(held={"li": 9})
    decision = advance(play.definition, play.state, c.Recheck(), play.surroundings())
    assert decision.events == ()
    assert play.item("a").person == "li"
