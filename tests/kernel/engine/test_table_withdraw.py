"""The row of withdrawing of docs/reference/operations.md, cell by cell."""

from __future__ import annotations

from tests.kernel.engine.playing import Play
from tests.kernel.engine.table import (
    CHOOSE,
    DECIDE,
    END,
    ONE_BY_ONE,
    PARALLEL,
    REPEAT,
    STAGE,
    STEP,
    TOGETHER,
    cell,
    of_element,
    signed,
)
from tuoban.kernel import commands as c
from tuoban.kernel import events as e


@cell("withdraw", "step")
def test_withdraw_step() -> None:
    play = signed(Play(STEP).start())
    first = play.journal[-1]
    play.at = play.at.replace(minute=20)
    play.withdraw("one")
    assert play.item("one").person == "li"
    assert play.clock("one").begins == play.at
    assert play.state.values["amount"] is None
    assert play.state.newest("one") is None
    assert play.refused(c.Complete("li", play.item("one").id, None, {})) == "invalid"
    assert first in play.journal


@cell("withdraw", "stage")
def test_withdraw_stage() -> None:
    play = Play(STAGE).start().do("one")
    assert play.state.done["block"]
    play.at = play.at.replace(minute=20)
    play.withdraw("one")
    assert play.open() == {"one"}
    assert not play.state.done["block"]
    assert play.clock("block").begins == play.at
    assert play.do("one").do("two").state.outcome == "closed"


@cell("withdraw", "choose")
def test_withdraw_choose() -> None:
    play = Play(CHOOSE).start().do("look", kind="hard").do("one", kind="hard")
    play.withdraw("one")
    assert play.open() == {"one"}
    play.withdraw("look")
    assert play.open() == {"look"}
    assert play.do("look", kind="easy").open() == {"other"}


@cell("withdraw", "parallel")
def test_withdraw_parallel() -> None:
    play = Play(PARALLEL).start().do("zero").do("one")
    other = play.item("other").id
    play.carry_out(c.Claim("han", other))  # a neighbour is not what came of it
    assert play.withdraw("one").open() == {"one", "other"}
    assert play.item("other").id == other
    play.do("one").do("other", by="han").withdraw("one")
    assert play.open() == {"one"}
    assert play.state.newest("other") is not None
    assert play.do("one").open() == {"two"}


@cell("withdraw", "repeat")
def test_withdraw_repeat() -> None:
    play = Play(REPEAT).start().do("one").do("check", by="zhou", outcome="bad")
    play.withdraw("check", by="zhou")
    assert play.open() == {"check"}
    rounds = [
        each.round for each in play.journal if isinstance(each, e.RegionEntered) and each.round
    ]
    assert rounds == [1, 2, 1]
    play.do("check", by="zhou", outcome="good").withdraw("check", by="zhou")
    assert play.open() == {"check"}
    play.do("check", by="zhou", outcome="bad").do("one").do("check", by="zhou", outcome="bad")
    assert play.open() == {"two"}


@cell("withdraw", "each")
def test_withdraw_each() -> None:
    play = Play(TOGETHER).start().do("zero")
    first, second = of_element(play, 1), of_element(play, 2)
    play.carry_out(c.Claim("han", second))  # a neighbour is not what came of it
    play.carry_out(c.Complete("li", first))
    play.carry_out(c.Withdraw("li", first))
    assert play.open() == {"one"}
    assert second in play.state.items
    play.carry_out(c.Complete("li", of_element(play, 1)))
    play.carry_out(c.Complete("han", second))
    assert play.open() == {"two"}

    play = Play(ONE_BY_ONE).start().do("zero").do("one")
    play.withdraw("one")
    assert of_element(play, 1) in play.state.items
    assert len(play.state.items) == 1
    play.do("one").do("one")
    assert play.open() == {"two"}


@cell("withdraw", "decide")
def test_withdraw_decide() -> None:
    play = Play(DECIDE).start().do("one", kind="easy")
    play.withdraw("one").do("one", kind="hard", amount="20")
    decided = play.state.completions["grade"]
    assert [each.counts for each in decided] == [False, True]
    assert [each.data["desk"] for each in decided] == ["front", "back"]


@cell("withdraw", "end")
def test_withdraw_end() -> None:
    play = Play(END).start().do("one")
    assert play.refused(c.Withdraw("li", 1)) == "case-over"
