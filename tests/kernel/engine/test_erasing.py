"""Erasing personal values: what the kernel allows, and what it remembers of it."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import NINE, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.refusals import Refused

STEPS = """
- step: fill
  by: worker
  form: [name]
  signed-by: customer
- end: closed
"""
OLD, NEW, SIGNED = (c.Sealed(ref, "0" * 64) for ref in ("old", "new", "signed"))


def signed_play() -> Play:
    """A case that has ended, with a name that was changed, and a signature."""
    play = Play(STEPS).start(name=OLD)
    play.carry_out(
        c.Complete("li", play.item("fill").id, None, {"name": NEW}, signatures={"customer": SIGNED})
    )
    return play


def erase(play: Play, *refs: str, reason: str = "asked for") -> list[e.Event]:
    return play.carry_out(c.Erase("wang", refs, reason))


def test_a_case_knows_every_personal_value_it_was_given() -> None:
    assert signed_play().state.sealed == {"old", "new", "signed"}


def test_an_ended_case_allows_erasing_values_that_were_replaced_too() -> None:
    play = signed_play()
    assert play.state.status == "ended"

    events = erase(play, "signed", "old", reason=" asked for ")

    assert events == [e.ValuesErased(("old", "signed"), "wang", "asked for", NINE)]
    assert play.state.sealed == {"new"}
    assert (play.state.status, play.state.ended_at) == ("ended", NINE)


def test_erasing_nothing_changes_nothing() -> None:
    assert erase(signed_play()) == []


@pytest.mark.parametrize("refs", [("foreign",), ("old", "foreign")])
def test_what_the_case_does_not_hold_cannot_be_erased(refs: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        erase(signed_play(), *refs)
    assert refused.value.code == "unknown-value"


def test_nothing_is_erased_twice() -> None:
    play = signed_play()
    erase(play, "old")

    with pytest.raises(Refused) as refused:
        erase(play, "old")
    assert refused.value.code == "unknown-value"


def test_erasing_needs_a_reason() -> None:
    with pytest.raises(Refused) as refused:
        erase(signed_play(), "old", reason="  ")
    assert refused.value.code == "reason-missing"


def test_before_a_case_begins_there_is_nothing_to_erase() -> None:
    with pytest.raises(Refused) as refused:
        erase(Play(STEPS), "old")
    assert refused.value.code == "unknown-value"
