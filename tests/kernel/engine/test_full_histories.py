"""Random histories of processes in which everything there is stands together."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import Phase, given, reject, seed, settings
from hypothesis import strategies as st

from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.families.ending import finish_full
from tests.kernel.engine.families.writing import FULL_SHAPES, FullWriter, begin, check, define, wish
from tests.kernel.engine.histories import live
from tests.kernel.engine.shapes import BY_CHANCE, Shape
from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.language import PackError

GENERATE = (Phase.generate,)


def _play(shapes: list[Shape], draw: st.DataObject, moves: int, histories: int) -> None:
    try:
        definition = define(FullWriter(draw.draw(st.integers(0, 39))).pack(shapes))
    except PackError as error:
        if {each.code for each in error.problems} <= BY_CHANCE:
            reject()
        raise
    for _ in range(histories):
        _play_once(definition, draw, moves)


def _play_once(definition: Definition, draw: st.DataObject, moves: int) -> None:
    case = FullCase(definition)
    begin(case, draw)
    live(case, lambda: wish(case, draw), draw.draw(st.integers(0, moves)), lambda: check(case))
    finish_full(case)
    live(case, lambda: (), moves=0, check=lambda: check(case))


@given(shapes=FULL_SHAPES, draw=st.data())
@settings(max_examples=20, deadline=None)
def test_full_histories_stay_whole_and_can_end(shapes: list[Shape], draw: st.DataObject) -> None:
    _play(shapes, draw, moves=20, histories=2)


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
@given(shapes=FULL_SHAPES, draw=st.data())
@settings(max_examples=450, deadline=None)
def test_long_full_histories_stay_whole_and_can_end(
    shapes: list[Shape], draw: st.DataObject, part: int
) -> None:
    _play(shapes, draw, moves=35, histories=3)


OCCUR = {
    e.ItemDelegated,
    e.ItemPrepared,
    e.ItemGotBack,
    e.SignerAdded,
    e.OpinionGiven,
    e.WindingBegan,
    e.LastStepsBegan,
    e.LimitPassed,
    e.WorkReturned,
    e.ReentryHeld,
    e.ReentryOver,
    e.CaseCancelled,
    e.FactsWritten,
    e.ActivityDone,
    e.ActivityUndone,
}
"""What takes several wishes in a row, and must not drop out of the histories unseen."""


def _occurring(number: int) -> set[type[object]]:
    """The events of one history drawn at random, and of the plainest one there is. Histories
    that are drawn together resemble one another, so that much would occur in none of them. Every
    second one begins with a block that may be shut."""
    found: set[type[object]] = set()

    @seed(number)
    @given(shapes=FULL_SHAPES, draw=st.data())
    @settings(max_examples=2, deadline=None, database=None, phases=GENERATE)
    def play(shapes: list[Shape], draw: st.DataObject) -> None:
        all_shapes = [("gated", 0), *shapes][number % 2 :]
        with suppress(PackError):
            case = FullCase(define(FullWriter(draw.draw(st.integers(0, 39))).pack(all_shapes)))
            begin(case, draw)
            live(case, lambda: wish(case, draw), 30)
            found.update(type(each) for each in case.journal)

    play()
    return found


@pytest.mark.long
def test_what_takes_several_wishes_in_a_row_occurs() -> None:
    missing: set[type[object]] = set(OCCUR)
    for number in range(300):
        missing -= _occurring(number)
        if not missing:
            return
    assert not missing
