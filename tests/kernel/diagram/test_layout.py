"""Drawings hold together: nothing overlaps, nothing crosses, and every text has its place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

import tuoban.packs
from tests.kernel.diagram.soundness import faults
from tests.kernel.engine.families.writing import FULL_SHAPES, FullWriter
from tests.kernel.engine.families.writing import define as define_full
from tests.kernel.engine.playing import define
from tests.kernel.engine.shapes import SHAPES, Shape, Writer
from tuoban.kernel.definition import Definition
from tuoban.kernel.diagram import Box, Drawing, Label, Mark, Overlay, Parts, Point, lay
from tuoban.kernel.diagram.geometry import Edge
from tuoban.kernel.diagram.outline import outline
from tuoban.kernel.language import CalledPacks, PackError, check_pack
from tuoban.runtime.cases.folders import around, translations_file
from tuoban.services.installed import CATALOGUE

PACKS = sorted(Path(tuoban.packs.__path__[0]).glob("*/pack.yaml"))
WIDTHS = (None, 1600, 1040, 360)


@cache
def shipped(path: Path) -> Definition:
    text = path.read_text(encoding="utf-8")
    beside = path.with_name(translations_file(text))
    report = check_pack(
        text,
        translations=beside.read_text(encoding="utf-8") if beside.is_file() else None,
        bases=around(path.parent),
        catalogue=CATALOGUE,
        packs=CalledPacks(around(path.parent), CATALOGUE),
    )
    assert report.definition is not None
    return report.definition


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.parent.name)
def test_every_shipped_process_is_drawn_whole(path: Path) -> None:
    definition = shipped(path)
    for language in ("zh", "en"):
        for width in WIDTHS:
            drawing = lay(definition, language=language, width=width)
            assert faults(drawing) == []
            assert _drawn(drawing) == set(definition.nodes) | {"start"}
        told = {line.node for line in outline(definition, language=language)}
        assert told == set(definition.nodes)


def _drawn(drawing: Drawing) -> set[str]:
    boxes = {each.node for each in drawing.parts.boxes}
    return boxes | {each.node for each in drawing.parts.bands}


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.parent.name)
def test_a_shipped_process_fits_a_page_and_nothing_said_in_it_is_cut(path: Path) -> None:
    for language in ("zh", "en"):
        drawing = lay(shipped(path), language=language, width=1200)
        assert drawing.width == 1200
        assert [each for each in drawing.parts.labels if each.full] == []


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.parent.name)
def test_what_is_laid_over_it_and_left_out_of_it_keeps_it_whole(path: Path) -> None:
    definition = shipped(path)
    note = "11-25 10:00 欧阳娜娜、Alexander the Great"
    overlay = Overlay({key: Mark("done", note, "12/30") for key in definition.nodes})
    assert faults(lay(definition, width=1008, overlay=overlay)) == []
    blocks = ("stage", "repeat", "each", "call", "aside", "plan", "choose", "reaction")
    folded = {key for key, node in definition.nodes.items() if node.kind in blocks}
    brief = lay(definition, width=1008, overlay=overlay, folded=folded)
    assert faults(brief) == []
    assert len(brief.parts.boxes) < len(definition.nodes)


def _is_sound(definition: Definition, draw: st.DataObject) -> None:
    width = draw.draw(st.sampled_from([None, 2000, 1200, 800, 320]))
    drawing = lay(definition, language=draw.draw(st.sampled_from(["zh", "en"])), width=width)
    assert faults(drawing) == []
    assert _drawn(drawing) == set(definition.nodes) | {"start"}


@given(shapes=SHAPES, draw=st.data())
@settings(max_examples=25, deadline=None)
def test_processes_drawn_at_random_are_drawn_whole(
    shapes: list[Shape], draw: st.DataObject
) -> None:
    try:
        definition = define(Writer(draw.draw(st.integers(0, 7))).text(shapes))
    except PackError:
        reject()
    _is_sound(definition, draw)


@pytest.mark.long
@given(shapes=FULL_SHAPES, draw=st.data())
@settings(max_examples=250, deadline=None)
def test_processes_of_every_construct_are_drawn_whole(
    shapes: list[Shape], draw: st.DataObject
) -> None:
    try:
        definition = define_full(FullWriter(draw.draw(st.integers(0, 39))).pack(shapes))
    except PackError:
        reject()
    _is_sound(definition, draw)


def test_what_is_wrong_with_a_drawing_is_found() -> None:
    one, other = Box("a", "step", 10, 10, 80, 40), Box("b", "step", 80, 20, 80, 40)
    line = Edge("flow", (Point(0, 30), Point(200, 30)), "c", "d")
    upright = Edge("flow", (Point(180, 10), Point(180, 90)), "e", "f")
    label = Label("title", "a", ("Too long for it",), 10, 20, width=120)
    found = faults(Drawing(190, 80, Parts((one, other), (), (line, upright), (label,))))
    for fault in ("outside", "overlap", "through", "text outside", "text over", "crossing"):
        assert any(each.startswith(fault) for each in found), fault
