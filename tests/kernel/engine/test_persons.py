"""`person`: work for somebody whom the case itself names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, HEADER, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.language import compile_pack
from tuoban.kernel.refusals import Refused

PACK = (
    HEADER.replace("fields:\n", "fields:\n  guide: {type: person, en: Guide}\n")
    .replace("form: [kind,", "form: [guide, kind,")
    .replace("  ghost: Ghost\n", "  ghost: Ghost\n  leader: {en: Leader, person: guide}\n")
)


def playing(by: str, **data: str) -> Play:
    text = f"{PACK}  - {{step: a, by: {by}, form: [guide]}}\n  - end: closed\n"
    return Play(compile_pack(text)).start(**data)


@pytest.mark.parametrize("by", ["{person: guide}", "{person: guide, role: checker}", "leader"])
def test_the_person_named_gets_the_work_and_may_hand_it_over(by: str) -> None:
    play = playing(by, guide="han")
    item = play.item("a")
    assert (item.person, item.assigned) == ("han", True)
    with pytest.raises(Refused, match="held-by-other"):
        play.do("a", by="li")
    with pytest.raises(Refused, match="assigned"):
        play.carry_out(c.Release("han", item.id))
    play.carry_out(c.Transfer("han", item.id, "zhou", "ill"))
    play.do("a", by="zhou")


FILLED = f"""{PACK}  - step: a
    en: A
    by: checker
    signed-by: [leader]
    within: 2 hours
    late: {{at the limit: escalate to leader}}
    tell: {{leader: [inbox, sms]}}
  - end: closed
"""


def told(play: Play, tier: str) -> list[tuple[str | None, str]]:
    found = (each for each in play.journal if isinstance(each, e.Told) and each.tier == tier)
    return [(each.person, each.channel) for each in found]


def test_a_role_that_the_case_fills_signs_and_is_told_as_its_person() -> None:
    play = Play(compile_pack(FILLED)).start(guide="han")
    assert told(play, e.TOLD) == [("han", ""), ("han", "sms")]
    play.wait(hours=2)
    assert told(play, "at the limit") == [("han", "")]
    play.do("a", by="zhou")
    part = next(each for each in play.state.items.values() if each.part is not None)
    assert (part.person, play.refused(c.Sign("li", part.id, ""))) == ("han", "held-by-other")


@pytest.mark.parametrize("guide", [None, "gone"])
def test_where_the_case_names_nobody_who_is_there_the_head_is_told(guide: str | None) -> None:
    before = replace(DIRECTORY, people=DIRECTORY.people | {"gone"})
    play = Play(compile_pack(FILLED), directory=before)
    play.start(**({"guide": guide} if guide else {}))
    play.directory = DIRECTORY
    play.wait(hours=2)
    assert told(play, "at the limit") == [("zhou", "")]


def test_where_nobody_is_named_the_role_applies() -> None:
    play = playing("{person: guide, role: worker}")
    assert (play.item("a").person, play.item("a").pools) == (None, (("worker", "east"),))


@pytest.mark.parametrize("by", ["{person: guide}", "leader"])
def test_where_no_role_stands_beside_it_the_head_gets_it(by: str) -> None:
    assert playing(by).item("a").person == "zhou"


def test_when_the_person_leaves_the_role_applies() -> None:
    play = playing("{person: guide, role: worker}", guide="far")
    play.directory = replace(DIRECTORY, people=DIRECTORY.people - {"far"})
    play.carry_out(c.Recheck())
    assert play.item("a").person is None
    play.do("a", by="li")


def test_whoever_did_a_step_may_be_named() -> None:
    text = f"""{PACK}  - {{step: a, by: worker}}
  - {{step: b, by: {{person: a.by}}}}
  - end: closed
"""
    play = Play(compile_pack(text)).start().do("a", by="han")
    assert play.item("b").person == "han"


def test_who_is_forbidden_is_not_assigned() -> None:
    text = f"""{PACK}  - {{step: a, by: worker}}
  - {{step: b, by: {{person: guide, role: worker, not: a}}}}
  - end: closed
"""
    play = Play(compile_pack(text)).start(guide="han").do("a", by="han")
    assert play.item("b").person is None


@pytest.mark.parametrize("person", ["nobody", "a b", "x" * 65])
def test_only_active_people_can_be_entered(person: str) -> None:
    with pytest.raises(Refused) as refused:
        playing("worker", guide=person)
    assert [(each.code, each.place) for each in refused.value.problems] == [("not-person", "guide")]


def test_a_form_may_keep_somebody_who_left_since() -> None:
    play = playing("worker", guide="far")
    play.directory = replace(DIRECTORY, people=DIRECTORY.people - {"far"})
    play.do("a", guide="far")
    assert play.state.values["guide"] == "far"
