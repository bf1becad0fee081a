"""The column of calls of other packs of docs/reference/operations.md, cell by cell."""

from __future__ import annotations

from tests.kernel.engine.playing import Play
from tests.kernel.engine.table import cell, jumped
from tests.kernel.engine.test_links import calling
from tuoban.kernel import commands as c
from tuoban.kernel import events as e

LINK = """
- {step: zero, by: worker}
- parallel:
    - stage: left
      steps:
        - {step: one, by: worker, form: [kind]}
        - {call: visit, as: visit, with: {place: kind}}
    - stage: right
      steps: [{step: other, by: worker}]
- {step: two, by: checker}
- end: closed
"""


def called() -> Play:
    play = Play(calling(LINK)).start().do("zero").do("one", kind="easy")
    assert [each.node for each in play.state.waits.values()] == ["visit"]
    return play


@cell("withdraw", "call of another pack")
def test_withdraw_link() -> None:
    play = called()
    one = play.state.completions["one"][0].item
    assert play.refused(c.Withdraw("li", one)) == "called-since"
    # Another branch is no matter of the call.
    other = play.item("other").id
    play.do("other")
    play.carry_out(c.Withdraw("li", other))
    assert play.state.waits


@cell("jump", "call of another pack")
def test_jump_link() -> None:
    play = jumped(called(), "other", "two")
    assert not play.state.waits
    assert any(isinstance(each, e.WaitWithdrawn) for each in play.journal)
    assert play.open() == {"two"}


@cell("cancel", "call of another pack")
def test_cancel_link() -> None:
    play = called()
    (number,) = play.state.waits
    assert e.WaitWithdrawn(number, "visit") in play.carry_out(c.Cancel("wang", "twice"))

    play = Play(calling(LINK.replace("as: visit,", "without-waiting: true,")))
    play.start().do("zero").do("one", kind="easy")
    events = play.carry_out(c.Cancel("wang", "twice"))
    assert not any(isinstance(each, e.WaitWithdrawn) for each in events)


@cell("correct", "call of another pack")
def test_correct_link() -> None:
    play = called()
    play.carry_out(c.Correct("li", "kind", "hard", "mistyped"))
    found = [each for each in play.journal if isinstance(each, e.CaseCalled)]
    assert [each.given for each in found] == [{"place": "easy"}]


BEHIND = """
- {step: one, by: worker, form: [kind]}
- {call: visit, as: visit, with: {place: kind}}
- {step: two, by: worker, returns-to: RETURNS}
- end: closed
"""


def behind(returns_to: str) -> Play:
    """A case behind a call, which then goes back to the step before it."""
    play = Play(calling(BEHIND.replace("RETURNS", returns_to))).start().do("one", kind="easy")
    (number,) = play.state.waits
    play.carry_out(c.Answer(number, "fixed", "V-1", {}))
    return play.send_back("two", "one").do("one", kind="hard")


def calls_made(play: Play) -> list[object]:
    return [each.given["place"] for each in play.journal if isinstance(each, e.CaseCalled)]


@cell("return", "call of another pack")
def test_return_link() -> None:
    play = behind("[one]")
    assert calls_made(play) == ["easy", "hard"]
    assert [each.counts for each in play.state.completions["visit"]] == [False]
    assert len(play.state.waits) == 1


@cell("direct", "call of another pack")
def test_direct_link() -> None:
    play = behind("{one: direct}")
    assert calls_made(play) == ["easy"]
    assert [each.counts for each in play.state.completions["visit"]] == [True]
    assert play.open() == {"two"}
