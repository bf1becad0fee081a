"""`skills`: work for those alone who are able to do it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c
from tuoban.kernel.refusals import Refused

ABLE = replace(
    DIRECTORY,
    holders={**DIRECTORY.holders, ("worker", "hq"): frozenset({"wang"})},
    skills={
        "han": frozenset({"welding", "gas"}),
        "li": frozenset({"welding"}),
        "wang": frozenset({"gas", "diving", "welding"}),
    },
)


def playing(skills: str, more: str = "", before: str = "") -> Play:
    process = f"{before}- {{step: a, by: {{role: worker, skills: {skills}{more}}}}}\n- end: closed"
    return Play(process, directory=ABLE).start()


def test_only_those_who_are_able_may_do_it() -> None:
    play = playing("[welding, gas]")
    assert play.item("a").pools == (("worker", "east"),)
    with pytest.raises(Refused, match="skill-missing"):
        play.do("a", by="li")
    play.do("a", by="han")


def test_it_goes_to_the_nearest_unit_where_somebody_is_able() -> None:
    play = playing("diving")
    assert play.item("a").pools == (("worker", "hq"),)
    play.do("a", by="wang")


def test_where_nobody_is_able_the_head_is_told() -> None:
    assert playing("flying").told() == [("nobody", "zhou")]


def test_it_is_handed_to_those_who_are_able_alone() -> None:
    play = playing("gas")
    play.carry_out(c.Claim("han", play.item("a").id))
    with pytest.raises(Refused, match="skill-missing"):
        play.carry_out(c.Transfer("han", play.item("a").id, "li", "busy"))
    play.carry_out(c.Transfer("han", play.item("a").id, "wang", "busy"))


def test_whoever_is_no_longer_able_loses_it() -> None:
    play = playing("gas")
    play.carry_out(c.Claim("han", play.item("a").id))
    play.directory = replace(ABLE, skills={"li": frozenset({"gas"})})
    play.carry_out(c.Recheck())
    assert play.item("a").person is None
    play.do("a", by="li")


@pytest.mark.parametrize("more", [", same-as: x", ", person: x.by"])
def test_a_rule_assigns_nobody_who_is_not_able(more: str) -> None:
    before = "- {step: x, by: worker}\n"
    assert playing("gas", more, before).do("x", by="li").item("a").person is None
    assert playing("gas", more, before).do("x", by="han").item("a").person == "han"


def test_only_those_who_are_able_are_picked_or_take_part() -> None:
    assert playing("gas", ", pick: round-robin").item("a").person == "han"
    play = playing("welding", ", agree: all")
    assert {item.person for item in play.state.items.values()} == {"han", "li"}
