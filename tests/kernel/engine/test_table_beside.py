"""The table of what stands with work in docs/reference/operations.md, cell by cell: what a service
did, papers, and signers who are asked."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import Play
from tests.kernel.engine.table import cell, jumped
from tests.kernel.engine.test_doing import Serviced
from tests.kernel.engine.test_papers import collected, problems, there, whole
from tests.kernel.engine.test_signing import PROCESS as PAYING
from tests.kernel.engine.test_signing import part, paying, sign, submit
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.papers import NONE
from tuoban.kernel.refusals import Refused

DONE = """
- {step: ask, by: worker}
- {step: offer, by: worker, do: price}
- {step: pay, by: worker, do: take, amount: amount}
- {step: hand_over, by: worker, returns-to: [ask, {offer: direct}]}
- {step: last, by: worker}
- end: done
"""


def done() -> Serviced:
    """A case for which a service has priced something, which it undoes, and taken an amount, which
    it keeps."""
    play = Serviced(DONE).start(amount=7)
    play.do("ask").do("offer", base=5).do("pay")
    return play


def stands(play: Play) -> list[str]:
    return [each.activity for each in play.state.performed.values()]


def cancelled(play: Play) -> None:
    play.carry_out(c.Cancel("wang", "no longer wanted"))
    assert (play.state.status, play.state.outcome) == ("ended", "cancelled")


# -- what a service did ----------------------------------------------------------------------------


@cell("withdraw", "do")
def test_withdraw_do() -> None:
    play = done().withdraw("pay")
    assert stands(play) == ["price", "take"], "what was taken is kept, and settled"
    play.withdraw("offer")
    assert stands(play) == ["take"]


@cell("return", "do")
def test_return_do() -> None:
    play = done().send_back("hand_over", "ask")
    assert stands(play) == ["take"]
    play.carry_out(c.Correct("wang", "amount", "9", "dearer"))
    play.do("ask").do("offer", base=6).do("pay")
    made = [each for each in play.journal if isinstance(each, e.ActivityDone)]
    assert [each.activity for each in made if each.settles] == ["take"]
    assert stands(play) == ["price", "take"]


@cell("direct", "do")
def test_direct_do() -> None:
    play = done()
    play.carry_out(c.Return("li", play.item("hand_over").id, "offer", "too dear", straight=True))
    assert stands(play) == ["take"], "what the step itself did is undone, what is between stands"
    assert stands(play.do("offer", base=4)) == ["take", "price"]


@cell("jump", "do")
def test_jump_do() -> None:
    assert stands(jumped(done(), "hand_over", "last")) == ["price", "take"]
    assert stands(jumped(done(), "hand_over", "ask")) == ["take"]


@cell("cancel", "do")
def test_cancel_do() -> None:
    play = done()
    cancelled(play)
    assert stands(play) == ["take"]


@cell("correct", "do")
def test_correct_do() -> None:
    play = done()
    play.carry_out(c.Correct("wang", "amount", "9", "dearer"))
    assert (stands(play), play.state.completions["pay"][-1].data["got"]) == (["price", "take"], 7)


# -- papers ----------------------------------------------------------------------------------------


@cell("withdraw", "papers")
def test_withdraw_papers() -> None:
    play = collected().withdraw("collect")
    assert there(play, "photo") == NONE
    assert "paper:photo" in problems(play, "collect"), "what came with it is a draft"


@cell("return", "papers")
def test_return_papers() -> None:
    play = collected().send_back("check", "collect")
    assert there(play, "photo") == NONE
    assert "paper:photo" in problems(play, "collect"), "what came with it is a draft"


@cell("jump", "papers")
def test_jump_papers() -> None:
    assert there(jumped(collected(), "check", "leave"), "photo").originals == 2
    assert there(jumped(collected(), "check", "collect"), "photo") == NONE


@cell("cancel", "papers")
def test_cancel_papers() -> None:
    play = collected()
    cancelled(play)
    assert there(play, "photo").originals == 2
    assert play.refused(c.HandIn("li", "photo", 1)) == "case-over"
    play.carry_out(c.HandOn("li", "photo", "customer", 2, 0))
    assert there(play, "photo") == NONE


@cell("correct", "papers")
def test_correct_papers() -> None:
    play = collected()
    play.carry_out(c.Correct("wang", "kind", "easy", "mistaken"))
    assert not whole(play)["diploma"].is_demanded, "what is asked for follows"
    assert there(play, "photo").originals == 2


# -- signers ---------------------------------------------------------------------------------------


def asked() -> Play:
    """What was completed waits for two signers, of whom one has signed."""
    play = submit(paying())
    sign(play, "li", "checker")
    return play


def withdrawn(play: Play) -> set[int]:
    return {each.item for each in play.journal if isinstance(each, e.ItemWithdrawn)}


@cell("withdraw", "signers")
def test_withdraw_signers() -> None:
    play = asked()
    asks = part(play, "boss").id
    play.carry_out(c.GetBack("han", play.item("pay").id))
    assert (play.item("pay").signing, play.state.was_withdrawn(asks)) == (None, True)
    submit(play)
    sign(play, "li", "checker")
    sign(play, "wang", "boss", stamped=True)
    play.withdraw("pay", by="han")
    assert (play.item("pay").person, play.item("pay").signing) == ("han", None)


@cell("return", "signers")
def test_return_signers() -> None:
    play = submit(paying(PAYING.replace("within: 30", "returns-to: [look]\n  within: 30")))
    item = play.item("pay").id
    assert play.refused(c.Return("han", item, "look", "not right")) == "being-signed"
    play.carry_out(c.GetBack("han", item))
    assert play.send_back("pay", "look", by="han").open() == {"look"}


@cell("jump", "signers")
def test_jump_signers() -> None:
    play = asked()
    asks = part(play, "boss").id
    assert jumped(play, "pay", "file").open() == {"file"}
    assert asks in withdrawn(play)


@cell("cancel", "signers")
def test_cancel_signers() -> None:
    play = asked()
    asks = part(play, "boss").id
    cancelled(play)
    assert asks in withdrawn(play)


@cell("correct", "signers")
def test_correct_signers() -> None:
    play = asked()
    play.carry_out(c.Correct("wang", "amount", "30", "mistyped"))
    assert play.item("pay").signing is not None, "they sign what was entered, which stands"
    sign(play, "wang", "boss", stamped=True)
    assert play.state.values["amount"] == 20


@cell("suspend", "signers")
def test_suspend_signers() -> None:
    play = asked()
    play.carry_out(c.Suspend("wang", "waiting"))
    with pytest.raises(Refused, match="suspended"):
        sign(play, "wang", "boss", stamped=True)
    play.carry_out(c.Resume("wang"))
    sign(play, "wang", "boss", stamped=True)
    assert play.open() == {"file"}
