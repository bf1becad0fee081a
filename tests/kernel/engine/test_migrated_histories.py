"""Random histories of random processes, migrated to edited versions of them in between."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import event, given, reject, settings
from hypothesis import strategies as st

from tests.kernel.engine.playing import OFFICE, Play, define
from tests.kernel.engine.shapes import SHAPES, Shape, Writer
from tests.kernel.engine.test_histories import finish, stop_forbidding
from tests.kernel.engine.wholeness import check_kept, check_whole
from tests.kernel.engine.wishes import commands
from tuoban.kernel.definition import Definition
from tuoban.kernel.language import PackError
from tuoban.kernel.refusals import Refused

STEP = re.compile(r"^( *- )\{step: (\w+), by: [^\n]*$", re.MULTILINE)
EDITS = ("add", "remove", "relabel", "rename", "limit", "performer", "wrap", "swap")


def _edited(text: str, edit: str, draw: st.DataObject, number: int) -> tuple[str, dict[str, str]]:
    """The process with one change, and what is called otherwise after it."""
    steps = list(STEP.finditer(text))
    if not steps:
        reject()
    at = draw.draw(st.sampled_from(steps))
    line, dash, name = at.group(0), at.group(1), at.group(2)
    made = {
        "add": f"{dash}{{step: new_{number}, by: worker}}\n{line}",
        "relabel": line.replace("by: worker", "by: worker, en: Another", 1),
        "limit": line.replace("30 minutes", "2 hours").replace("1 workday", "1 hour"),
        "performer": line.replace("by: worker", "by: checker", 1),
        "wrap": f"{dash}stage: wrap_{number}\n{' ' * len(dash)}steps: [{line.strip()[2:]}]",
    }.get(edit)
    if made is not None:
        return text[: at.start()] + made + text[at.end() :], {}
    if edit == "rename":
        return re.sub(rf"\b{name}\b", f"re_{number}", text), {name: f"re_{number}"}
    if edit == "remove":
        return text[: at.start()] + text[at.end() + 1 :], {}
    lines = text.split("\n")
    place = lines.index(line)
    if place + 1 < len(lines) and lines[place + 1].startswith(f"{dash}{{step: "):
        lines[place : place + 2] = reversed(lines[place : place + 2])
    return "\n".join(lines), {}


def _compiled(text: str) -> Definition | None:
    """The definition; None where the edit, or chance, made no sound process."""
    with suppress(PackError):
        return define(text)
    return None


def _play(shapes: list[Shape], draw: st.DataObject, moves: int) -> None:
    text = Writer(draw.draw(st.integers(0, 7))).text(shapes)
    definition = _compiled(text)
    if definition is None:
        reject()
    play = Play(definition, hours=OFFICE)
    play.start(kind="easy", amount=draw.draw(st.integers(0, 20)), wanted_at="2026-03-04 10:00")
    migrated = 0
    for number in range(3):
        for _ in range(draw.draw(st.integers(0, moves))):
            if play.state.status == "ended":
                break
            with suppress(Refused):
                for command in commands(play, draw):
                    play.carry_out(command)
        edit = draw.draw(st.sampled_from(EDITS))
        edited, renames = _edited(text, edit, draw, number)
        new = _compiled(edited)
        if new is None or play.state.status == "ended":
            continue
        before = play.state
        try:
            play.migrate(replace(new, version=f"2026.{number + 2}"), **renames)
        except Refused:
            assert play.state is before
        else:
            event(f"{edit}: migrated")
            text, migrated = edited, migrated + 1
        check_whole(play)
        check_kept(play)
    if not migrated:
        return
    stop_forbidding(play)
    finish(play)
    check_whole(play)
    check_kept(play)


@given(shapes=SHAPES, draw=st.data())
@settings(max_examples=40, deadline=None)
def test_migrated_histories_stay_whole_and_can_end(
    shapes: list[Shape], draw: st.DataObject
) -> None:
    _play(shapes, draw, moves=8)


@pytest.mark.long
@given(shapes=SHAPES, draw=st.data())
@settings(max_examples=1_500, deadline=None)
def test_long_migrated_histories_stay_whole_and_can_end(
    shapes: list[Shape], draw: st.DataObject
) -> None:
    _play(shapes, draw, moves=15)
