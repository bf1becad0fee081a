"""What came of a rehearsal as text, and read again.

Frames that tell the same are written once: a line says by number which one is its own. Of each
stands what is otherwise than in the one before, so that a long process is no long text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuoban.kernel.definition import Definition, Text
from tuoban.runtime.cases.queries.rows import StepMark
from tuoban.runtime.rehearsal.frames import Frame
from tuoban.runtime.rehearsal.player.played import Line, Played

FORMAT = 2
"""Of what is kept: another one for whatever reads differently, the keys of nodes among it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A rehearsal as pages show it.

    Attributes:
        frames: the different ones, in order.
        of_lines: for each line the place of its frame; None before there was a case.
    """

    lines: tuple[Line, ...]
    frames: tuple[Frame, ...]
    of_lines: tuple[int | None, ...]

    def frame(self, line: int) -> Frame | None:
        place = self.of_lines[line]
        return self.frames[place] if place is not None else None


def written(played: Played) -> str:
    """What is kept of it."""
    frames: list[Any] = []
    lines = []
    before = _NOTHING
    for line, frame in zip(played.lines, played.frames, strict=True):
        plain = _plain(frame) if frame is not None else None
        if plain is not None and plain != before:
            frames.append(_changed(before, plain))
            before = plain
        lines.append(
            {
                "at": line.at.isoformat(),
                "line": line.line,
                "text": [line.text.zh, line.text.en],
                "failed": line.failed,
                "inside": [line.inside.zh, line.inside.en] if line.inside is not None else None,
                "frame": len(frames) - 1 if plain is not None else None,
            }
        )
    return json.dumps(
        {"format": FORMAT, "passed": played.passed, "lines": lines, "frames": frames},
        ensure_ascii=False,
    )


def read(text: str, definition: Definition) -> Shown | None:
    """What is kept, for pages; `definition` is the one that was rehearsed. None: an earlier or a
    later version wrote it, and it cannot be read here."""
    try:
        kept = json.loads(text)
        return _read(kept, definition) if kept.get("format") == FORMAT else None
    except (KeyError, TypeError, ValueError):
        return None


def _read(kept: Mapping[str, Any], definition: Definition) -> Shown:
    lines = tuple(
        Line(
            datetime.fromisoformat(each["at"]),
            each["line"],
            Text(*each["text"]),
            failed=each["failed"],
            inside=Text(*each["inside"]) if each["inside"] is not None else None,
        )
        for each in kept["lines"]
    )
    frames = tuple(_frame(each, definition) for each in _whole(kept["frames"]))
    return Shown(lines, frames, tuple(each["frame"] for each in kept["lines"]))


_NOTHING: Mapping[str, Any] = {"standings": {}, "steps": {}}


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """What of a frame is otherwise than in the one before."""
    standings, steps = (
        {key: each for key, each in now[part].items() if before[part].get(key) != each}
        for part in ("standings", "steps")
    )
    gone = [key for key in before["steps"] if key not in now["steps"]]
    return {"at": now["at"], "standings": standings, "steps": steps, "gone": gone}


def _whole(changes: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The frames again."""
    standings: dict[str, Any] = {}
    steps: dict[str, Any] = {}
    for each in changes:
        standings = {**standings, **each["standings"]}
        steps = {key: step for key, step in steps.items() if key not in each["gone"]}
        steps |= each["steps"]
        yield {"at": each["at"], "standings": standings, "steps": steps}


def _plain(frame: Frame) -> dict[str, Any]:
    steps = {
        step.key: {
            "state": step.state,
            "who": step.who,
            "at": step.at.isoformat() if step.at is not None else None,
            "waits": step.waits,
            "elements": step.elements,
            "elements_done": step.elements_done,
        }
        for step in frame.steps
    }
    return {"at": frame.at.isoformat(), "standings": dict(frame.standings), "steps": steps}


def _frame(kept: Mapping[str, Any], definition: Definition) -> Frame:
    if kept["standings"].keys() != definition.nodes.keys():
        raise ValueError(kept["standings"])
    steps = []
    for key in definition.nodes:
        if key not in kept["steps"]:
            continue
        each = kept["steps"][key]
        at = datetime.fromisoformat(each["at"]) if each["at"] is not None else None
        steps.append(StepMark(key, definition.label_of(key), **{**each, "at": at}))
    return Frame(datetime.fromisoformat(kept["at"]), kept["standings"], tuple(steps))
