"""What comes of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.definition import Text
from tuoban.runtime.rehearsal.frames import Frame


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, or did not happen as the scenario says."""

    at: datetime
    line: int
    text: Text
    failed: bool = False
    inside: Text | None = None
    """In which case that was called; None: in the one that the scenario begins."""


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario as it was played."""

    name: str
    line: int
    lines: tuple[Line, ...]
    frames: tuple[Frame | None, ...] = ()
    """Of each line where the case stood once the move was over that it tells of, None before there
    was a case; empty where nobody asked for them."""

    @property
    def passed(self) -> bool:
        return not any(each.failed for each in self.lines)
