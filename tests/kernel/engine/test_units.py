"""`in`: the unit in which the role of a step counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c
from tuoban.kernel.refusals import Refused

LEVELS = replace(DIRECTORY, levels={"hq": "company", "east": "branch", "west": "branch"})


def playing(where: str, role: str = "worker") -> Play:
    process = f"- {{step: a, by: {{role: {role}, in: {where!r}}}}}\n- end: closed"
    return Play(process, directory=LEVELS).start()


@pytest.mark.parametrize(
    ("where", "unit"),
    [
        ("case.unit", "east"),
        ("start.unit", "east"),
        ("parent(case.unit)", "hq"),
        ("root()", "hq"),
        ('ancestor(case.unit, "company")', "hq"),
        ('ancestor(case.unit, "branch")', "east"),
        ("if amount = null then root() else case.unit", "hq"),
    ],
)
def test_work_lies_in_the_unit_that_in_names(where: str, unit: str) -> None:
    assert playing(where).item("a").pools == (("worker", unit),)


@pytest.mark.parametrize(
    "where", ["parent(root())", 'ancestor(case.unit, "city")', 'ancestor(null, "branch")', "kind"]
)
def test_where_no_unit_can_be_told_nobody_may_do_it_and_the_head_is_told(where: str) -> None:
    play = playing(where)
    assert play.item("a").pools == ()
    assert play.told() == [("nobody", "zhou")]
    with pytest.raises(Refused, match="not-performer"):
        play.do("a")


def test_a_unit_that_can_be_told_later_gets_the_work() -> None:
    play = Play(
        """
        - parallel:
            - {step: a, by: {role: worker, in: 'if kind = "easy" then case.unit else null'}}
            - {step: b, by: worker, form: [kind]}
        - end: closed
        """
    ).start()
    play.do("b", kind="easy")
    assert play.item("a").pools == (("worker", "east"),)
    play.do("a", by="han")


def test_the_role_counts_in_that_unit_alone() -> None:
    play = playing("root()", role="boss")
    with pytest.raises(Refused, match="not-performer"):
        play.do("a", by="li")
    play.carry_out(c.Claim("wang", play.item("a").id))
    with pytest.raises(Refused, match="not-performer"):
        play.carry_out(c.Transfer("wang", play.item("a").id, "li", "busy"))
    play.do("a", by="wang")


def test_work_is_handed_over_inside_that_unit_only() -> None:
    play = playing("case.unit")
    item = play.item("a").id
    with pytest.raises(Refused, match="not-performer"):
        play.carry_out(c.Transfer("li", item, "far", "busy"))
    play.carry_out(c.Transfer("li", item, "han", "busy"))
    play.do("a", by="han")


def test_whoever_loses_the_role_in_that_unit_loses_the_work() -> None:
    play = playing("root()", role="boss")
    play.carry_out(c.Claim("wang", play.item("a").id))
    moved = {**LEVELS.holders, ("boss", "hq"): frozenset({"han"}), ("boss", "east"): {"wang"}}
    play.directory = replace(LEVELS, holders=moved)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="not-performer"):
        play.do("a", by="wang")
    play.do("a", by="han")
