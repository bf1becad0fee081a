"""What becomes of open work when the people around it change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c
from tuoban.kernel.refusals import Refused
from tuoban.kernel.surroundings import Directory

STEP = "- {step: a, by: worker}\n- end: closed"


def without(person: str) -> Directory:
    holders = {key: people - {person} for key, people in DIRECTORY.holders.items()}
    return replace(DIRECTORY, holders=holders, people=DIRECTORY.people - {person})


def with_role(person: str, role: str, unit: str) -> Directory:
    held = DIRECTORY.holders.get((role, unit), frozenset())
    return replace(DIRECTORY, holders={**DIRECTORY.holders, (role, unit): held | {person}})


def test_each_role_of_a_list_has_a_pool_of_its_own() -> None:
    play = Play("- {step: a, by: [worker, boss]}\n- end: closed").start()
    assert play.item("a").pools == (("worker", "east"), ("boss", "hq"))
    play.do("a", by="wang")


def test_work_of_somebody_who_left_can_be_taken_by_others() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    play.directory = without("han")
    play.do("a", by="li")


def test_work_of_somebody_who_lost_the_role_goes_back_to_the_pool() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    play.directory = replace(without("han"), people=DIRECTORY.people)
    with pytest.raises(Refused, match="not-performer"):
        play.do("a", by="han")
    play.do("a", by="li")


def test_work_of_somebody_who_became_barred_goes_back_to_the_pool() -> None:
    play = Play(
        """
        - {step: x, by: worker}
        - parallel:
            - {step: a, by: worker}
            - {step: b, by: {same-as: x, role: worker, not: a}}
        - end: closed
        """
    ).start()
    play.do("x").do("a")
    assert play.item("b").person is None
    play.do("b", by="han")


def test_a_role_that_is_given_later_finds_the_work() -> None:
    play = Play("- {step: haunt, by: ghost}\n- end: closed").start()
    play.directory = with_role("han", "ghost", "hq")
    play.do("haunt", by="han")


def test_the_head_is_told_once_when_the_last_candidate_becomes_barred() -> None:
    play = Play(
        """
        - parallel:
            - {step: a, by: boss}
            - {step: b, by: {role: boss, not: a}}
            - {step: c, by: worker}
        - end: closed
        """,
        with_role("han", "worker", "hq"),
    ).start("wang", "hq")
    play.do("a", by="wang").do("c", by="han")
    assert play.told() == [("nobody", "wang")]


def test_work_that_was_handed_over_can_be_released() -> None:
    play = Play(
        "- {step: x, by: worker}\n- {step: y, by: {same-as: x, role: worker}}\n- end: closed"
    ).start()
    play.do("x", by="li")
    play.carry_out(c.Transfer("li", play.item("y").id, "han", "busy"))
    play.carry_out(c.Release("han", play.item("y").id))
    assert play.item("y").person is None


def test_returned_work_follows_same_as_before_the_former_performer() -> None:
    play = Play(
        """
        - {step: receive, by: worker}
        - {step: quote, by: {same-as: receive, role: worker}, returns-to: [receive]}
        - {step: agree, by: worker, returns-to: [receive]}
        - end: closed
        """
    ).start()
    play.do("receive", by="li").do("quote", by="li").send_back("agree", to="receive")
    play.carry_out(c.Transfer("li", play.item("receive").id, "han", "off duty"))
    play.do("receive", by="han")
    assert play.item("quote").person == "han"


NOBODYS = "- {step: x, by: worker}\n- {step: y, by: {same-as: x}}\n- end: closed"


def test_work_that_was_given_to_the_head_goes_to_the_next_one() -> None:
    play = Play(NOBODYS).start()
    play.do("x", by="li")
    play.directory = replace(without("li"), heads={"east": "zhou"})
    play.carry_out(c.Recheck())
    assert play.item("y").person == "zhou"
    play.directory = replace(play.directory, heads={"east": "han"})
    play.carry_out(c.Recheck())
    assert play.item("y").person == "han"


def test_work_for_which_there_was_no_head_goes_to_whoever_becomes_it() -> None:
    play = Play(NOBODYS).start().do("x", by="li")
    play.directory = replace(without("li"), heads={})
    play.carry_out(c.Recheck())
    assert play.item("y").person is None
    play.directory = replace(play.directory, heads={"hq": "wang"})
    play.carry_out(c.Recheck())
    assert play.item("y").person == "wang"


def test_the_head_is_told_again_when_there_was_somebody_meanwhile() -> None:
    play = Play("- {step: haunt, by: ghost}\n- end: closed").start()
    for directory in (with_role("han", "ghost", "hq"), DIRECTORY):
        play.directory = directory
        play.carry_out(c.Recheck())
    assert play.told() == [("nobody", "zhou"), ("nobody", "zhou")]


def test_where_the_head_is_away_the_next_one_is_told() -> None:
    play = Play(
        "- {step: haunt, by: ghost}\n- end: closed", replace(DIRECTORY, away={"zhou": None})
    )
    assert play.start().told() == [("nobody", "wang")]
