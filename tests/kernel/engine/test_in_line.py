"""`pick: next`: work that is taken in turn, and not chosen."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel.refusals import Refused

STEP = """
- {step: x, by: worker}
- {step: a, by: {role: worker, pick: next}, returns-to: [x]}
- end: closed
"""


def test_it_lies_in_the_pool_and_nobody_chooses_it() -> None:
    play = Play(STEP).start().do("x", by="li")
    item = play.item("a")
    assert item.person is None
    for command in (
        c.Claim("han", item.id),
        c.Complete("han", item.id),
        c.Transfer("han", item.id, "li", "busy"),
        c.Return("han", item.id, "x", "wrong"),
    ):
        with pytest.raises(Refused, match="not-chosen"):
            play.carry_out(command)


def test_whoever_takes_the_next_one_goes_on_as_ever() -> None:
    play = Play(STEP).start().do("x", by="li")
    play.carry_out(c.Claim("han", play.item("a").id, next=True))
    play.carry_out(c.Release("han", play.item("a").id))
    play.carry_out(c.Claim("li", play.item("a").id, next=True))
    play.carry_out(c.Transfer("li", play.item("a").id, "han", "busy"))
    play.do("a", by="han")
    assert play.state.outcome == "closed"


def test_only_who_may_do_it_takes_it() -> None:
    play = Play(STEP).start().do("x", by="li")
    with pytest.raises(Refused, match="not-performer"):
        play.carry_out(c.Claim("zhou", play.item("a").id, next=True))
