"""The rows of coming straight back and of adding signers in docs/reference/operations.md, cell by
cell."""

from __future__ import annotations

from dataclasses import replace

from tests.kernel.engine.playing import DIRECTORY, Play
from tests.kernel.engine.table import CHOOSE, DECIDE, END, ONE_BY_ONE, PARALLEL, REPEAT, STAGE, cell
from tuoban.kernel import commands as c
from tuoban.kernel import events as e

LAST = "- {step: two, by: checker"
CHECKERS = replace(
    DIRECTORY,
    holders={**DIRECTORY.holders, ("checker", "east"): frozenset({"li", "han", "zhou"})},
)


def back(process: str) -> Play:
    """A case of the process, from whose last step work may come straight back."""
    text = process.replace(LAST, f"{LAST}, returns-to: [{{one: direct}}]")
    return Play(text).start()


def sent(play: Play, by: str = "zhou", of: tuple[int, ...] = ()) -> Play:
    play.carry_out(c.Return(by, play.item("two").id, "one", "not right", of))
    assert play.item("two").locked == (e.SENT_BACK,)
    return play


def ends(play: Play) -> None:
    assert play.item("two").locked is None
    assert play.do("two", by="zhou").state.outcome == "closed"


@cell("direct", "step")
def test_direct_step() -> None:
    play = back("""
    - {step: one, by: worker, form: [amount]}
    - {step: note, by: worker}
    - {step: two, by: checker}
    - end: closed
    """)
    play.do("one", amount=5).do("note", by="han")
    sent(play)
    assert play.item("one").person == "li"
    assert play.state.values["amount"] == 5
    play.do("one", amount=6)
    ends(play)


@cell("direct", "stage")
def test_direct_stage() -> None:
    play = sent(back(STAGE).do("one"))
    assert play.state.done["block"]
    assert [each.node for each in play.state.clocks.values()] == []
    ends(play.do("one"))


@cell("direct", "choose")
def test_direct_choose() -> None:
    play = back(CHOOSE).do("look", kind="hard").do("one", kind="hard")
    play = sent(play).do("one", kind="easy")
    assert play.open() == {"two"}
    ends(play)


@cell("direct", "parallel")
def test_direct_parallel() -> None:
    play = back(PARALLEL).do("zero").do("one").do("other")
    ends(sent(play).do("one"))
    assert len(play.state.completions["other"]) == 1


@cell("direct", "each")
def test_direct_each() -> None:
    play = back(ONE_BY_ONE).do("zero").do("one").do("one")
    sent(play, of=(1,))
    ends(play.do("one"))
    assert [each.counts for each in play.state.completions["one"]] == [False, True, True]


@cell("direct", "repeat")
def test_direct_repeat() -> None:
    play = back(REPEAT.replace("{step: two, by: worker", "{step: two, by: checker"))
    play.do("one").do("check", by="zhou", outcome="good")
    sent(play)
    ends(play.do("one"))
    (loop,) = play.state.loops["rounds"]
    assert (loop.rounds, loop.exhausted) == (1, False)


@cell("direct", "decide")
def test_direct_decide() -> None:
    play = back(DECIDE).do("one", kind="hard", amount=20)
    ends(sent(play).do("one", kind="easy", amount=1))
    assert len(play.state.completions["grade"]) == 1


@cell("direct", "end")
def test_direct_end() -> None:
    play = Play(END).start().do("one")
    assert play.refused(c.Return("li", 1, "one", "no", straight=True)) == "item-done"


def adding(play: Play, by: str, to: str, *, before: bool, step: str = "one") -> int:
    """Add somebody to the open work of a step; its number."""
    item = play.item(step)
    if item.person is None:
        play.carry_out(c.Claim(by, item.id))
    play.carry_out(c.AddSigner(by, item.id, to, before, "have a look"))
    return item.id


@cell("add signer", "step")
def test_add_signer_step() -> None:
    play = Play("- {step: one, by: checker, within: 1 hours}\n- end: closed", CHECKERS).start()
    item = adding(play, "zhou", "han", before=True)
    adding(play, "zhou", "li", before=False)
    assert play.refused(c.Complete("zhou", item)) == "awaits-opinion"
    assert not play.clock("one").ledger.is_paused
    play.carry_out(c.GiveOpinion("han", item + 1, agrees=True))
    play.carry_out(c.Complete("zhou", item))
    signing = play.item("one").signing
    assert signing is not None
    play.carry_out(c.Sign("li", item + 2, signing.shown))
    assert play.state.outcome == "closed"


@cell("add signer", "repeat")
def test_add_signer_repeat() -> None:
    play = Play(REPEAT).start()
    adding(play, "li", "han", before=False)
    play.do("one")
    signing = play.item("one").signing
    assert signing is not None
    asked = next(each.id for each in play.state.items.values() if each.part)
    play.carry_out(c.Sign("han", asked, signing.shown))
    play.do("check", by="zhou", outcome="bad").do("one")
    assert play.open() == {"check"}


@cell("add signer", "end")
def test_add_signer_end() -> None:
    play = Play("- {step: one, by: checker}\n- end: closed", CHECKERS).start()
    adding(play, "zhou", "han", before=True)
    play.carry_out(c.Cancel("zhou", "no need"))
    withdrawn = [each.person for each in play.journal if isinstance(each, e.ItemWithdrawn)]
    assert sorted(withdrawn, key=str) == ["han", "zhou"]
