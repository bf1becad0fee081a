"""`transfer-to`: to whom work may be handed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c
from tuoban.kernel.engine.operations import possible_receivers
from tuoban.kernel.refusals import Refused


def playing(bound: str) -> Play:
    play = Play(f"- {{step: a, by: worker, {bound}}}\n- end: closed").start()
    play.carry_out(c.Claim("li", play.item("a").id))
    return play


def hand(play: Play, to: str, by: str = "li") -> None:
    play.carry_out(c.Transfer(by, play.item("a").id, to, "busy"))


def receivers(play: Play) -> frozenset[str]:
    return possible_receivers(play.definition, play.state, play.surroundings(), play.item("a"))


@pytest.mark.parametrize(
    ("bound", "people"),
    [
        ("when: true", {"han"}),
        ("transfer-to: nobody", set()),
        ("transfer-to: checker", {"zhou"}),
        ("transfer-to: [checker, boss]", {"zhou", "wang"}),
        ("transfer-to: {role: boss, in: root()}", {"wang"}),
        ("transfer-to: {role: boss, in: case.unit}", set()),
        ("transfer-to: {role: worker, in: parent(root())}", set()),
        ("transfer-to: {role: customer}", {"han"}),
    ],
)
def test_work_is_handed_to_those_whom_transfer_to_names(bound: str, people: set[str]) -> None:
    assert receivers(playing(bound)) == people
    for person in DIRECTORY.people - {"li"}:
        play = playing(bound)
        if person in people:
            hand(play, person)
            assert play.item("a").person == person
            play.do("a", by=person)
        else:
            with pytest.raises(Refused, match=r"not-(transferable|receiver|performer)"):
                hand(play, person)


def test_it_is_handed_on_within_the_same_bounds() -> None:
    play = playing("transfer-to: [checker, boss]")
    hand(play, "zhou")
    with pytest.raises(Refused, match="not-receiver"):
        hand(play, "han", by="zhou")
    hand(play, "wang", by="zhou")


def test_whoever_received_it_and_loses_the_role_loses_the_work() -> None:
    play = playing("transfer-to: checker")
    hand(play, "zhou")
    held = {place: people - {"zhou"} for place, people in DIRECTORY.holders.items()}
    play.directory = replace(DIRECTORY, holders=held)
    play.carry_out(c.Recheck())
    assert play.item("a").person is None
    assert play.item("a").pools == (("worker", "east"),)
