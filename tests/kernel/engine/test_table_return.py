"""The rows of return, transfer, suspend and extend in docs/reference/operations.md, each cell."""

from __future__ import annotations

from datetime import timedelta

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

LAST = ("- {step: two, by: checker}", "- {step: two, by: worker}")


def back(process: str, *to: str) -> Play:
    """A case of the process, whose last step sends work back."""
    for last in LAST:
        more = f", returns-to: [{', '.join(to or ('one',))}]}}"
        process = process.replace(last, f"{last[:-1]}{more}")
    return Play(process).start(kind="hard")


def counts(play: Play, step: str) -> list[bool]:
    return [made.counts for made in play.state.completions[step]]


# -- return ----------------------------------------------------------------------------------------


@cell("return", "step")
def test_return_step() -> None:
    play = signed(back(STEP))
    play.wait(minutes=30)
    play.send_back("two", "one", by="zhou")
    assert (play.item("one").person, counts(play, "one")) == ("li", [False])
    assert play.state.values["amount"] is None
    assert play.due("one") == play.at + timedelta(hours=1)
    item = play.item("one").id
    assert play.refused(c.Complete("li", item, None, {"amount": "5"})) == "invalid", "signed anew"


@cell("return", "stage")
def test_return_stage() -> None:
    play = back(STAGE).do("one").wait(hours=2).send_back("two", "one", by="zhou")
    assert (play.open(), play.state.done["block"]) == ({"one"}, ())
    assert play.clock("block").due == play.at + timedelta(days=1)


@cell("return", "choose")
def test_return_choose() -> None:
    play = back(CHOOSE, "look", "one").do("look", kind="hard").do("one", kind="easy")
    play.send_back("two", "one", by="zhou")
    assert play.open() == {"one"}, "into the branch that was taken, which is not judged again"
    play.do("one", kind="easy").send_back("two", "look", by="zhou")
    play.do("look", kind="easy")
    assert play.open() == {"other"}, "to before it, it is judged afresh"


@cell("return", "parallel")
def test_return_parallel() -> None:
    play = back(PARALLEL, "one", "zero").do("zero").do("one").do("other")
    play.send_back("two", "one", by="zhou")
    assert (play.open(), counts(play, "other")) == ({"one"}, [True])
    play.do("one").send_back("two", "zero", by="zhou")
    assert (play.open(), counts(play, "other")) == ({"zero"}, [False])
    assert play.do("zero").open() == {"one", "other"}


@cell("return", "each")
def test_return_each() -> None:
    play = back(TOGETHER).do("zero").do("one").do("one")
    assert play.refused(c.Return("zhou", play.item("two").id, "one", "no")) == "element-needed"
    play.carry_out(c.Return("zhou", play.item("two").id, "one", "not right", (2,)))
    assert (play.item("one").id, sorted(counts(play, "one"))) == (
        of_element(play, 2),
        [False, True],
    )
    play = back(ONE_BY_ONE).do("zero").do("one").do("one")
    play.carry_out(c.Return("zhou", play.item("two").id, "one", "not right", (1,)))
    assert counts(play, "one") == [False, False], "those behind it are done again"
    assert play.do("one").do("one").open() == {"two"}


@cell("return", "repeat")
def test_return_repeat() -> None:
    play = back(REPEAT).do("one").do("check", outcome="good")
    play.send_back("two", "one")
    (live,) = (each for each in play.state.activations.values() if each.round)
    assert (play.open(), live.round) == ({"one"}, 2)
    assert play.do("one").do("check", outcome="bad").open() == {"two"}, "two rounds are the most"


@cell("return", "decide")
def test_return_decide() -> None:
    play = back(DECIDE).do("one", kind="hard", amount=20).send_back("two", "one", by="zhou")
    assert counts(play, "grade") == [False]
    play.do("one", kind="easy", amount=20)
    assert play.state.completions["grade"][-1].data["desk"] == "front"


@cell("return", "end")
def test_return_end() -> None:
    play = Play(END).start()
    item = play.item("one").id
    play.do("one")
    assert play.refused(c.Return("li", item, "one", "not right")) == "item-done"


# -- transfer --------------------------------------------------------------------------------------


def handed_over(play: Play, item: int) -> None:
    play.carry_out(c.Claim("li", item))
    play.carry_out(c.Transfer("li", item, "han", "away"))


@cell("transfer", "step")
def test_transfer_step() -> None:
    play = Play(STEP).start()
    play.wait(minutes=20)
    before = play.due("one")
    handed_over(play, play.item("one").id)
    assert (play.item("one").person, play.due("one")) == ("han", before)


@cell("transfer", "each")
def test_transfer_each() -> None:
    play = Play(TOGETHER).start().do("zero")
    handed_over(play, of_element(play, 1))
    people = {each.id: each.person for each in play.state.items.values()}
    assert people == {of_element(play, 1): "han", of_element(play, 2): None}


@cell("transfer", "repeat")
def test_transfer_repeat() -> None:
    play = Play(REPEAT).start()
    handed_over(play, play.item("one").id)
    play.do("one", by="han").do("check", outcome="bad")
    assert play.item("one").person is None, "the next round is offered as ever"


@cell("transfer", "end")
def test_transfer_end() -> None:
    play = Play(END).start()
    item = play.item("one").id
    play.do("one")
    assert play.refused(c.Transfer("li", item, "han", "away")) == "item-done"


# -- suspend ---------------------------------------------------------------------------------------


def put_aside(play: Play) -> Play:
    play.carry_out(c.Suspend("wang", "waiting"))
    return play


@cell("suspend", "step")
def test_suspend_step() -> None:
    play = Play(STEP).start()
    item = play.item("one").id
    put_aside(play).wait(hours=5)
    handed_over(play, item)
    assert play.refused(c.Complete("han", item)) == "suspended"
    assert not any(isinstance(each, e.LimitPassed) for each in play.journal)
    play.carry_out(c.Resume("wang"))
    assert play.due("one") == play.at + timedelta(hours=1)


@cell("suspend", "stage")
def test_suspend_stage() -> None:
    play = Play(STAGE.replace("within: 1 days", "within: 1 days\n  due: 2 hours after start.at"))
    put_aside(play.start()).wait(hours=5)
    play.carry_out(c.Resume("wang"))
    assert play.clock("block", "within").due == play.at + timedelta(days=1)
    assert play.clock("block", "due").due == play.at - timedelta(hours=3), "a moment goes on"


@cell("suspend", "end")
def test_suspend_end() -> None:
    play = Play(END).start().do("one")
    assert play.refused(c.Suspend("wang", "waiting")) == "case-over"


# -- extend ----------------------------------------------------------------------------------------


def extended(play: Play, clock: int) -> None:
    play.carry_out(c.Extend("wang", clock, "2 hours", "more to do"))


@cell("extend", "step")
def test_extend_step() -> None:
    play = Play(STEP).start()
    extended(play, play.clock("one").id)
    assert play.due("one") == play.at + timedelta(hours=3)
    signed(play)
    assert not play.state.clocks


@cell("extend", "stage")
def test_extend_stage() -> None:
    play = back(STAGE)
    extended(play, play.clock("block").id)
    assert play.clock("block").due == play.at + timedelta(days=1, hours=2)
    play.do("one").send_back("two", "one", by="zhou")
    assert play.clock("block").due == play.at + timedelta(days=1), "anew, it has its own length"


@cell("extend", "each")
def test_extend_each() -> None:
    play = Play(TOGETHER.replace("steps:", "within: 1 hour\n  steps:")).start().do("zero")
    one, other = play.state.clocks.values()
    extended(play, one.id)
    dues = [each.due for each in play.state.clocks.values()]
    assert dues == [play.at + timedelta(hours=3), other.due]


@cell("extend", "repeat")
def test_extend_repeat() -> None:
    play = Play(
        REPEAT.replace("{step: one, by: worker}", "{step: one, by: worker, within: 1 hour}")
    )
    play.start()
    extended(play, play.clock("one").id)
    play.do("one").do("check", outcome="bad")
    assert play.due("one") == play.at + timedelta(hours=1), "the next round has its own length"


@cell("extend", "end")
def test_extend_end() -> None:
    play = Play(STEP).start()
    clock = play.clock("one").id
    signed(play).do("two", by="zhou")
    command = c.Extend("wang", clock, "2 hours", "more to do")
    assert play.refused(command) == "case-over"
