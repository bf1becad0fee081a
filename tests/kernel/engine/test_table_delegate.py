"""The rows of delegating, urging and copying of docs/reference/operations.md, cell by cell."""

from __future__ import annotations

from tests.kernel.engine.playing import Play
from tests.kernel.engine.table import END, PARALLEL, REPEAT, STEP, TOGETHER, cell, of_element
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.commands import Sealed


def delegated(play: Play, step: str = "one", by: str = "li", to: str = "han") -> Play:
    item = play.item(step)
    if item.person is None:
        play.carry_out(c.Claim(by, item.id))
    play.carry_out(c.Delegate(by, item.id, to, "leave"))
    return play


@cell("delegate", "step")
def test_delegate_step() -> None:
    play = delegated(Play(STEP).start())
    clock = play.clock("one")
    item = play.item("one").id
    play.carry_out(c.Complete("han", item, None, {"amount": "5"}))  # unsigned
    assert play.item("one").person == "li"
    assert play.state.values.get("amount") is None
    assert play.clock("one") == clock
    assert play.refused(c.Complete("li", item)) == "invalid"
    play.carry_out(c.Complete("li", item, signatures={"customer": Sealed("s1", "c1")}))
    made = play.state.newest("one")
    assert made is not None
    assert (made.by, made.delegates) == ("li", ("han",))
    assert str(play.state.values["amount"]) == "5.00"


@cell("delegate", "repeat")
def test_delegate_repeat() -> None:
    play = delegated(Play(REPEAT).start()).do("one", by="han").do("one", by="li")
    play.do("check", by="zhou", outcome="bad")
    assert play.item("one").delegated_by is None
    assert play.item("one").prepared is None


@cell("delegate", "end")
def test_delegate_end() -> None:
    play = Play("""
    - parallel:
        - {step: one, by: worker}
        - stage: other
          steps: [{step: two, by: worker}, {end: enough}]
    """)
    delegated(play.start()).do("two")
    assert play.state.outcome == "enough"
    (withdrawn,) = (each for each in play.journal if isinstance(each, e.ItemWithdrawn))
    assert withdrawn.person == "han"


def urged(play: Play, step: str, by: str) -> tuple[str, ...]:
    """Whom urging a step told."""
    (event,) = play.carry_out(c.Urge(by, play.item(step).id, "please"))
    assert isinstance(event, e.WorkUrged)
    return event.to


@cell("urge", "step")
def test_urge_step() -> None:
    play = Play(STEP).start(by="li")
    clock = play.clock("one")
    assert urged(play, "one", "li") == ("han",)  # the others of the pool
    assert play.clock("one") == clock
    assert play.refused(c.Urge("li", play.item("one").id)) == "urged-lately"
    play.at = play.at.replace(minute=0, hour=play.at.hour + 1)
    play.carry_out(c.Claim("han", play.item("one").id))
    assert urged(play, "one", "wang") == ("han",)
    assert play.refused(c.Urge("han", play.item("one").id)) == "own-work"
    assert play.refused(c.Urge("far", play.item("one").id)) == "not-taking-part"
    play.carry_out(c.Suspend("wang", "flood"))
    assert play.refused(c.Urge("li", play.item("one").id)) == "suspended"


@cell("urge", "parallel")
def test_urge_parallel() -> None:
    play = Play(PARALLEL).start().do("zero")
    play.carry_out(c.Claim("han", play.item("one").id))
    play.carry_out(c.Claim("li", play.item("other").id))
    assert urged(play, "one", "li") == ("han",)
    assert urged(play, "other", "han") == ("li",)


@cell("urge", "each")
def test_urge_each() -> None:
    play = Play(TOGETHER).start().do("zero")
    first, second = of_element(play, 1), of_element(play, 2)
    play.carry_out(c.Claim("han", first))
    play.carry_out(c.Claim("li", second))
    (event,) = play.carry_out(c.Urge("wang", first))
    assert isinstance(event, e.WorkUrged)
    assert event.to == ("han",)


@cell("urge", "repeat")
def test_urge_repeat() -> None:
    play = Play(REPEAT).start()
    urged(play, "one", "li")
    play.do("one").do("check", by="zhou", outcome="bad")
    assert urged(play, "one", "li") == ("han",)


@cell("urge", "end")
def test_urge_end() -> None:
    play = Play(END).start().do("one")
    assert play.refused(c.Urge("li", 1)) == "item-done"


@cell("copy", "step")
def test_copy_step() -> None:
    play = Play(STEP).start()
    items, clocks, values = play.state.items, play.state.clocks, play.state.values
    play.carry_out(c.CopyTo("li", "far", "look"))
    assert play.state.copied == ("far",)
    assert (play.state.items, play.state.clocks, play.state.values) == (items, clocks, values)
    assert play.refused(c.CopyTo("li", "far")) == "copied-already"
    assert play.refused(c.CopyTo("li", "li")) == "copied-already"
    assert play.refused(c.CopyTo("li", "gone")) == "unknown-person"
    assert urged(play, "one", "far") == ("han", "li")


@cell("copy", "end")
def test_copy_end() -> None:
    play = Play(END).start().do("one")
    assert play.refused(c.CopyTo("far", "zhou")) == "not-taking-part"
    play.carry_out(c.CopyTo("li", "far"))
    assert play.state.copied == ("far",)


def test_what_is_locked_and_what_nobody_may_do_is_urged_elsewhere() -> None:
    play = Play("""
    - parallel:
        - {step: one, by: worker}
        - {step: two, by: worker, needs: [one]}
        - {step: three, by: ghost}
    - end: closed
    """).start()
    assert play.refused(c.Urge("li", play.item("two").id)) == "locked"
    assert urged(play, "three", "li") == ("zhou",)  # the head
