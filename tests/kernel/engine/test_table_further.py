"""The second table of docs/reference/operations.md, cell by cell: plans, reactions, calls, waits,
what the process does by itself, and joint work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, HEADER, Play
from tests.kernel.engine.table import cell
from tests.kernel.engine.test_reactions import press
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.language import PackError, compile_pack

PLAN = """
- {step: zero, by: worker}
- plan: works
  steps:
    - {step: one, by: worker}
    - {step: after, by: worker, needs: [one]}
    - {step: free, by: worker}
- {step: two, by: worker, returns-to: [one, {one: direct}]}
- end: closed
"""
DURING = """
- {step: zero, by: worker}
- stage: block
  steps: [{step: one, by: worker, returns-to: [zero]}]
  during: [{on: extra, by: worker, then: [{step: note, by: worker}, {step: more, by: worker}]}]
- {step: two, by: worker, returns-to: [{one: direct}]}
- end: closed
"""
CALL = """
  - {step: zero, by: worker}
  - {call: inner}
  - {step: two, by: worker, returns-to: [zero, {zero: direct}]}
  - end: closed
processes:
  inner:
    en: Inner
    steps:
      - {step: one, by: worker}
      - {step: next, by: worker}
      - end: fine
"""
WAIT = """
- {step: one, by: worker}
- {wait: pause, for: 1 hours}
- {step: two, by: worker, returns-to: [one, {one: direct}]}
- end: closed
"""
ITSELF = """
- {step: one, by: worker}
- set: {amount: one.count}
- {tell: {boss: inbox}, text: Look at it}
- {step: two, by: worker, returns-to: [one, {one: direct}]}
- {step: three, by: worker}
- end: closed
"""
JOINT = """
- {step: zero, by: worker}
- step: one
  by: {role: checker, agree: all}
  outcomes: {yes_: Yes, no_: No}
  returns-to: [zero, {zero: direct}]
- {step: two, by: boss, returns-to: [one, {one: direct}]}
- end: closed
"""


def call() -> Play:
    return Play(compile_pack(HEADER + CALL.strip("\n"))).start().do("zero")


def part(play: Play, person: str) -> int:
    items = play.state.items.values()
    return next(each.id for each in items if each.node == "one" and each.person == person)


def joint() -> Play:
    return Play(JOINT).start().do("zero")


def agreed(play: Play, *people: str) -> Play:
    for person in people or ("li", "zhou"):
        play.carry_out(c.Complete(person, part(play, person), "yes_"))
    return play


def straight(play: Play, step: str, to: str, by: str = "li") -> Play:
    play.carry_out(c.Return(by, play.item(step).id, to, "not right", straight=True))
    return play


def cancelled(play: Play) -> None:
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.state.outcome == "cancelled"
    assert not play.state.items
    assert not play.state.waits
    assert not play.state.clocks


# -- plan -----------------------------------------------------------------------------------------


def planned() -> Play:
    return Play(PLAN).start().do("zero").do("one")


@cell("withdraw", "plan")
def test_withdraw_plan() -> None:
    play = planned().withdraw("one")
    assert play.open() == {"one", "free"}


@cell("jump", "plan")
def test_jump_plan() -> None:
    play = planned()
    item = play.item("free").id
    assert play.refused(c.Jump("wang", item, "one", "why not")) == "not-jumpable"
    play.carry_out(c.Jump("wang", item, "two", "urgent"))
    assert play.open() == {"two"}
    assert play.refused(c.Jump("wang", play.item("two").id, "one", "why not")) == "not-jumpable"


@cell("cancel", "plan")
def test_cancel_plan() -> None:
    cancelled(planned())


@cell("return", "plan")
def test_return_plan() -> None:
    play = planned().do("after").do("free").send_back("two", "one")
    assert play.open() == {"one"}
    assert play.do("one").open() == {"after"}


@cell("direct", "plan")
def test_direct_plan() -> None:
    play = straight(planned().do("after").do("free"), "two", "one")
    assert play.open() == {"one", "two"}
    assert play.do("one").open() == {"two"}
    assert play.item("two").locked is None


# -- during ---------------------------------------------------------------------------------------


def reacted() -> Play:
    play = Play(DURING).start().do("zero")
    press(play, "extra")
    return play


@cell("withdraw", "during")
def test_withdraw_during() -> None:
    play = reacted().do("note").withdraw("note")
    assert play.open() == {"one", "note"}
    note = play.do("note").state.completions["note"][-1].item
    play.do("more")
    assert play.refused(c.Withdraw("li", note)) == "place-over"


@cell("jump", "during")
def test_jump_during() -> None:
    play = reacted()
    note = play.item("note").id
    assert play.refused(c.Jump("wang", note, "two", "why not")) == "not-jumpable"
    play.carry_out(c.Jump("wang", note, "more", "urgent"))
    assert play.open() == {"one", "more"}
    play.carry_out(c.Jump("wang", play.item("one").id, "two", "urgent"))
    assert play.open() == {"two"}


@cell("cancel", "during")
def test_cancel_during() -> None:
    cancelled(reacted())


@cell("return", "during")
def test_return_during() -> None:
    play = reacted().send_back("one", "zero")
    assert play.open() == {"zero"}
    for to in ("zero", "one"):
        outside = DURING.replace("step: more,", f"step: more, returns-to: [{to}],")
        with pytest.raises(PackError, match="cannot be returned"):
            Play(outside)
    inside = DURING.replace("step: more,", "step: more, returns-to: [note],")
    play = Play(inside).start().do("zero")
    press(play, "extra")
    assert play.do("note").send_back("more", "note").open() == {"one", "note"}


@cell("direct", "during")
def test_direct_during() -> None:
    play = straight(Play(DURING).start().do("zero").do("one"), "two", "one")
    assert play.refused(c.React("li", "extra")) == "not-active"
    assert play.do("one").do("two").state.outcome == "closed"


# -- call -----------------------------------------------------------------------------------------


@cell("withdraw", "call")
def test_withdraw_call() -> None:
    play = call().do("inner.one").withdraw("inner.one")
    assert play.open() == {"inner.one"}
    done = play.do("inner.one").state.completions["inner.one"][-1].item
    play.do("inner.next")
    assert play.refused(c.Withdraw("li", done)) == "place-over"


@cell("jump", "call")
def test_jump_call() -> None:
    play = call()
    item = play.item("inner.one").id
    assert play.refused(c.Jump("wang", item, "two", "why not")) == "not-jumpable"
    play.carry_out(c.Jump("wang", item, "inner.next", "urgent"))
    assert play.do("inner.next").open() == {"two"}


@cell("cancel", "call")
def test_cancel_call() -> None:
    cancelled(call())


@cell("return", "call")
def test_return_call() -> None:
    play = call().do("inner.one").do("inner.next").send_back("two", "zero")
    assert play.do("zero").open() == {"inner.one"}
    assert [each.counts for each in play.state.completions["inner"]] == [False]


@cell("direct", "call")
def test_direct_call() -> None:
    play = straight(call().do("inner.one").do("inner.next"), "two", "zero")
    assert play.do("zero").open() == {"two"}
    assert [each.counts for each in play.state.completions["inner"]] == [True]


# -- wait -----------------------------------------------------------------------------------------


@cell("withdraw", "wait")
def test_withdraw_wait() -> None:
    play = Play(WAIT).start().do("one").withdraw("one")
    assert play.open() == {"one"}
    assert not play.state.waits


@cell("cancel", "wait")
def test_cancel_wait() -> None:
    cancelled(Play(WAIT).start().do("one"))


@cell("return", "wait")
def test_return_wait() -> None:
    play = Play(WAIT).start().do("one").wait(hours=1).send_back("two", "one").do("one")
    assert play.open() == set()
    assert play.wait(hours=1).open() == {"two"}


@cell("direct", "wait")
def test_direct_wait() -> None:
    play = straight(Play(WAIT).start().do("one").wait(hours=1), "two", "one").do("one")
    assert play.open() == {"two"}
    assert not play.state.waits


# -- what the process does by itself --------------------------------------------------------------


@cell("withdraw", "set, tell")
def test_withdraw_itself() -> None:
    play = Play(ITSELF).start().do("one")
    assert play.state.values["amount"] == 1
    play.withdraw("one")
    assert play.state.values["amount"] is None
    assert len(play.told()) == 1
    assert len(play.do("one").told()) == 2


@cell("jump", "set, tell")
def test_jump_itself() -> None:
    play = Play(ITSELF).start()
    play.carry_out(c.Jump("wang", play.item("one").id, "three", "urgent"))
    assert play.state.values.get("amount") is None
    assert play.told() == []


@cell("correct", "set, tell")
def test_correct_itself() -> None:
    play = Play(ITSELF).start().do("one")
    play.carry_out(c.Correct("wang", "amount", 7, "miscounted"))
    assert play.state.values["amount"] == 7
    assert play.refused(c.Correct("li", "amount", 8, "miscounted")) == "not-to-correct"


@cell("return", "set, tell")
def test_return_itself() -> None:
    play = Play(ITSELF).start().do("one").send_back("two", "one")
    assert play.state.values["amount"] is None
    assert play.do("one").state.values["amount"] == 2
    assert len(play.told()) == 2


@cell("direct", "set, tell")
def test_direct_itself() -> None:
    play = straight(Play(ITSELF).start().do("one"), "two", "one").do("one")
    assert play.state.values["amount"] == 1
    assert len(play.told()) == 1


# -- joint work -----------------------------------------------------------------------------------


@cell("withdraw", "agree")
def test_withdraw_agree() -> None:
    play = agreed(joint(), "li")
    done = play.state.completions["one"][0].item
    assert play.refused(c.Withdraw("li", done)) == "done-jointly"


@cell("delegate", "agree")
def test_delegate_agree() -> None:
    play = joint()
    play.directory = replace(
        DIRECTORY, holders={**DIRECTORY.holders, ("checker", "hq"): frozenset({"wang"})}
    )
    assert play.refused(c.Delegate("li", part(play, "li"), "zhou", "away")) == "takes-part"
    play.carry_out(c.Delegate("li", part(play, "li"), "wang", "away"))
    play.carry_out(c.Complete("wang", part(play, "wang"), "yes_"))
    assert part(play, "li")


@cell("jump", "agree")
def test_jump_agree() -> None:
    play = joint()
    play.carry_out(c.Jump("wang", part(play, "li"), "two", "urgent"))
    assert play.open() == {"two"}


@cell("cancel", "agree")
def test_cancel_agree() -> None:
    cancelled(joint())


@cell("urge", "agree")
def test_urge_agree() -> None:
    play = joint()
    play.carry_out(c.Urge("wang", part(play, "li")))
    urged = [each.to for each in play.journal if isinstance(each, e.WorkUrged)]
    assert urged == [("li",)]


@cell("return", "agree")
def test_return_agree() -> None:
    play = joint()
    play.carry_out(c.Return("li", part(play, "li"), "zero", "not right"))
    assert play.open() == {"zero"}
    play.do("zero")
    agreed(play).send_back("two", "one", by="wang")
    assert {each.person for each in play.state.items.values()} == {"li", "zhou"}


@cell("direct", "agree")
def test_direct_agree() -> None:
    play = joint()
    play.carry_out(c.Return("li", part(play, "li"), "zero", "not right", straight=True))
    locked = [each.locked for each in play.state.items.values() if each.node == "one"]
    assert locked == [(e.SENT_BACK,), (e.SENT_BACK,)]
    agreed(play.do("zero"))
    straight(play, "two", "one", by="wang")
    assert play.open() == {"one", "two"}
    assert {part(play, "li"), part(play, "zhou")} < set(play.state.items)
    agreed(play)
    assert play.item("two").locked is None


@cell("add signer", "agree")
def test_add_signer_agree() -> None:
    play = joint()
    play.directory = replace(
        DIRECTORY, holders={**DIRECTORY.holders, ("checker", "hq"): frozenset({"wang"})}
    )
    play.carry_out(c.AddSigner("li", part(play, "li"), "wang", before=False, reason="you too"))
    agreed(play, "li", "zhou")
    assert play.open() == {"one"}
    assert agreed(play, "wang").open() == {"two"}
