"""Random sound processes, random histories: what must hold whatever happens."""

from __future__ import annotations

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.kernel.engine.ending import from_there_it_can_still_end, stop_forbidding
from tests.kernel.engine.histories import live
from tests.kernel.engine.playing import OFFICE, Play, define
from tests.kernel.engine.shapes import BY_CHANCE, SHAPES, Shape, Writer
from tests.kernel.engine.wishes import commands
from tuoban.kernel import events as e
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Definition
from tuoban.kernel.language import PackError


def _play(shapes: list[Shape], draw: st.DataObject, moves: int, histories: int = 1) -> None:
    """Several histories of one process, since to compile it costs as much as to play one."""
    try:
        definition = define(Writer(draw.draw(st.integers(0, 7))).text(shapes))
    except PackError as error:
        if {each.code for each in error.problems} <= BY_CHANCE:
            reject()
        raise
    for _ in range(histories):
        _play_once(definition, draw, moves)


def _play_once(definition: Definition, draw: st.DataObject, moves: int) -> None:
    play = Play(definition, hours=OFFICE)
    kind = draw.draw(st.sampled_from(["easy", "hard"]))
    wanted_at = draw.draw(st.sampled_from([None, "2026-03-02 08:00", "2026-03-04 10:00"]))
    play.start(kind=kind, amount=draw.draw(st.integers(0, 20)), wanted_at=wanted_at)
    live(play, lambda: commands(play, draw), draw.draw(st.integers(0, moves)))
    stop_forbidding(play)
    from_there_it_can_still_end(play)
    live(play, lambda: (), moves=0)


@given(shapes=SHAPES, draw=st.data())
@settings(max_examples=40, deadline=None)
def test_histories_stay_whole_and_can_end(shapes: list[Shape], draw: st.DataObject) -> None:
    _play(shapes, draw, moves=20, histories=2)


@pytest.mark.long
@pytest.mark.parametrize("part", range(2))
@given(shapes=SHAPES, draw=st.data())
@settings(max_examples=450, deadline=None)
def test_long_histories_stay_whole_and_can_end(
    shapes: list[Shape], draw: st.DataObject, part: int
) -> None:
    _play(shapes, draw, moves=35, histories=3)


def test_every_event_survives_being_written_down() -> None:
    play = Play(
        "- {step: a, by: worker, within: 1 hours, late: {at the limit: escalate to boss}}\n- end: x"
    )
    play.start(amount="1.50").wait(hours=2).do("a")
    assert [decode(encode(event)) for event in play.journal] == play.journal
    assert {type(event) for event in play.journal} >= {e.LimitPassed, e.FieldsSet, e.CaseEnded}
