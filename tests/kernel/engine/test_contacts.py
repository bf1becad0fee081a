"""`contact`: who stands outside a block reaches its people through one role."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.engine.contacts import between
from tuoban.kernel.surroundings import Directory

STAGE = """
- stage: works
  contact: boss
  steps:
    - {step: build, by: checker}
    - {step: look, by: customer}
- end: closed
"""

OTHERS = replace(
    DIRECTORY,
    holders={**DIRECTORY.holders, ("checker", "east"): frozenset({"zhou", "bo"})},
    heads={"hq": "wang"},
    people=DIRECTORY.people | {"bo"},
)


def started(process: str = STAGE, directory: Directory = OTHERS) -> Play:
    return Play(process, directory=directory).start()


def urged(play: Play, step: str, by: str) -> tuple[str, ...]:
    play.carry_out(c.Urge(by, play.item(step).id, "please"))
    return next(each.to for each in reversed(play.journal) if isinstance(each, e.WorkUrged))


def test_an_outsider_urges_the_contact_and_not_whoever_does_the_work() -> None:
    play = started()
    play.carry_out(c.Claim("zhou", play.item("build").id))
    assert urged(play, "build", by="li") == ("wang",)


def test_those_inside_urge_one_another() -> None:
    play = started()
    play.carry_out(c.Claim("zhou", play.item("build").id))
    play.carry_out(c.CopyTo("zhou", "bo", ""))
    assert urged(play, "build", by="bo") == ("zhou",)


def test_the_contact_and_the_head_reach_everybody() -> None:
    play = started()
    assert urged(play, "build", by="wang") == ("bo", "zhou")


def test_who_worked_inside_stays_inside_without_the_role() -> None:
    play = started()
    play.do("build", by="bo")
    play.directory = replace(
        OTHERS, holders={**OTHERS.holders, ("checker", "east"): frozenset({"zhou"})}
    )
    assert between(play.definition, play.state, play.directory, "build", "bo") is None


def test_who_records_for_a_customer_is_reached_and_is_not_inside() -> None:
    play = started()
    assert between(play.definition, play.state, play.directory, "build", "han") is not None
    play.do("build", by="zhou")
    assert between(play.definition, play.state, play.directory, "look", "zhou") is None


def test_where_nobody_holds_the_role_it_is_the_head() -> None:
    play = started(STAGE.replace("boss", "ghost"))
    assert urged(play, "build", by="li") == ("wang",)


def test_the_nearest_block_counts_whatever_holds_steps() -> None:
    play = started(
        """
- plan: works
  contact: boss
  steps:
    - repeat: rounds
      contact: checker
      until: build.count = 1
      steps: [{step: build, by: ghost}]
- end: closed
"""
    )
    assert urged(play, "build", by="li") == ("bo", "zhou")


@pytest.mark.parametrize("step", ["before", "after"])
def test_outside_the_block_nothing_stands_between(step: str) -> None:
    play = started(
        """
- {step: before, by: checker}
- {stage: works, contact: boss, steps: [{step: build, by: checker}]}
- {step: after, by: checker}
- end: closed
"""
    )
    assert between(play.definition, play.state, play.directory, step, "li") is None
