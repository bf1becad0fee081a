"""Random histories of random processes, migrated to edited versions of them in between."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import event, given, reject, settings
from hypothesis import strategies as st

from tests.kernel.engine.edits import edited
from tests.kernel.engine.families.aimed import dice
from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.families.ending import finish_full
from tests.kernel.engine.families.writing import (
    FULL_SHAPES,
    FullWriter,
    begin,
    check,
    define,
    wish,
)
from tests.kernel.engine.histories import live
from tests.kernel.engine.shapes import Shape
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import advance
from tuoban.kernel.language import PackError
from tuoban.kernel.refusals import Refused

VERSIONS = 3


def _compiled(text: str) -> Definition | None:
    """The definition; None where the edit, or chance, made no sound process."""
    with suppress(PackError):
        return define(text)
    return None


def _play(shapes: list[Shape], draw: st.DataObject, moves: int) -> None:
    text = FullWriter(draw.draw(st.integers(0, 39))).pack(shapes)
    definition = _compiled(text)
    if definition is None:
        reject()
    case = FullCase(definition)
    begin(case, draw)
    for number in range(VERSIONS):
        live(case, lambda: wish(case, draw), draw.draw(st.integers(0, moves)), lambda: check(case))
        if case.state.status == "ended":
            return
        text = _goes_on(case, text, draw, number)
        live(case, lambda: (), moves=0, check=lambda: check(case))
    finish_full(case)
    live(case, lambda: (), moves=0, check=lambda: check(case))


def _goes_on(case: FullCase, text: str, draw: st.DataObject, number: int) -> str:
    """What the case goes on by: the process with one change where that is sound and it can."""
    kind, other, renames = edited(text, dice(case, draw, text), number)
    new = _compiled(other)
    if new is None:
        return text
    wish = c.Migrate("wang", f"2026.{number + 2}", "new rules", renames)
    case.versions[wish.version] = replace(new, version=wish.version)
    before, known, tried = case.state, len(case.journal), _tried(case, wish)
    if isinstance(tried, Refused):
        with pytest.raises(Refused) as refused:
            case.carry_out(wish)
        assert str(refused.value) == str(tried)
        assert (case.state, len(case.journal)) == (before, known)
        event(f"{kind}: refused")
        return text
    assert case.carry_out(wish)[: len(tried)] == tried
    event(f"{kind}: migrated")
    return other


def _tried(case: FullCase, wish: c.Migrate) -> list[e.Event] | Refused:
    """What a migration says that is only tried: nothing of it is kept."""
    try:
        return list(advance(case.definition, case.state, wish, case.surroundings()).events)
    except Refused as refused:
        return refused


@given(shapes=FULL_SHAPES, draw=st.data())
@settings(max_examples=15, deadline=None)
def test_migrated_histories_stay_whole_and_can_end(
    shapes: list[Shape], draw: st.DataObject
) -> None:
    _play(shapes, draw, moves=8)


@pytest.mark.long
@pytest.mark.parametrize("part", range(2))
@given(shapes=FULL_SHAPES, draw=st.data())
@settings(max_examples=200, deadline=None)
def test_long_migrated_histories_stay_whole_and_can_end(
    shapes: list[Shape], draw: st.DataObject, part: int
) -> None:
    _play(shapes, draw, moves=15)
