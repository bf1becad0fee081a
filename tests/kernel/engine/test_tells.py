"""`tell`: notices that the process gives, at its turn and whenever work comes to somebody."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.commands import Sealed


def told(play: Play, since: int = 0) -> list[e.Told]:
    found = (each for each in play.journal[since:] if isinstance(each, e.Told))
    return [each for each in found if each.tier == e.TOLD]


CONSTRUCT = """
- {step: first, by: worker}
- {tell: {checker: inbox, boss: inbox}, text: "{amount} from {name}"}
- {step: second, by: worker, returns-to: [first]}
- end: closed
"""


def test_whoever_holds_the_role_nearest_is_told_with_the_values_as_they_are() -> None:
    name = Sealed("r", "c")
    play = Play(CONSTRUCT).start(amount=5, name=name).do("first")
    values = {"amount": Decimal("5.00"), "name": name}
    assert told(play) == [
        e.Told(
            None, e.TOLD, None, "checker", "east", escalated=False, node="tell.1", values=values
        ),
        e.Told(None, e.TOLD, None, "boss", "hq", escalated=False, node="tell.1", values=values),
    ]
    assert play.open() == {"second"}


def test_where_nobody_holds_the_role_the_head_is_told_once() -> None:
    process = '- {tell: {ghost: inbox}, text: "x"}\n- {step: a, by: worker}\n- end: closed'
    (notice,) = told(Play(process).start())
    assert (notice.person, notice.role) == ("zhou", None)


def test_reached_again_it_tells_again() -> None:
    play = Play(CONSTRUCT).start().do("first").send_back("second", "first").do("first")
    assert len(told(play)) == 4


STEP = """
- {step: first, by: worker}
- step: second
  by: worker
  tell: {performer: inbox, boss: inbox}
  returns-to: [first]
- {step: third, by: worker, returns-to: [second]}
- end: closed
"""


def whom(notices: list[e.Told]) -> list[str | None]:
    return [each.person or each.role for each in notices]


def test_every_hop_of_a_step_is_told() -> None:
    play = Play(STEP).start().do("first")
    assert whom(told(play)) == ["worker", "boss"]
    item = play.item("second").id
    assert {each.item for each in told(play)} == {item}

    mark = len(play.journal)
    play.carry_out(c.Claim("li", item))
    assert told(play, mark) == []

    play.carry_out(c.Transfer("li", item, "han", "ill"))
    assert whom(told(play, mark)) == ["han", "boss"]

    mark = len(play.journal)
    play.do("second", by="han").send_back("third", "second")
    assert whom(told(play, mark)) == ["han", "boss"]


def test_work_that_is_offered_anew_is_told() -> None:
    play = Play(STEP).start().do("first")
    play.carry_out(c.Claim("li", play.item("second").id))
    mark = len(play.journal)
    holders = {**DIRECTORY.holders, ("worker", "east"): frozenset({"han"})}
    play.directory = replace(DIRECTORY, holders=holders)
    play.carry_out(c.Recheck())
    assert whom(told(play, mark)) == ["worker", "boss"]


def test_work_that_is_gone_at_once_is_not_told() -> None:
    process = """
- parallel:
    - {step: slow, by: worker, tell: {performer: inbox}}
    - {decide: grade}
  join: any
- {step: after, by: worker}
- end: closed
"""
    play = Play(process).start()
    assert (told(play), play.open()) == ([], {"after"})
