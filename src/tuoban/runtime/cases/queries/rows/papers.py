"""Papers: as a step asks for them, and as they stand in the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.definition import Text


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper in the form of a step. `originals` and `copies` are what stands in the entries, None
    where there is nothing to enter."""

    key: str
    label: Text
    needed: Text
    there: Text | None
    missing: Text | None
    originals: str | None
    copies: str | None
    source: Text | None = None
    hint: Text | None = None
    maker: Text | None = None
    """The step that makes it."""


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Papers of which all are needed, or of a choice one."""

    papers: tuple[PaperEntry, ...]
    is_choice: bool = False


@dataclass(frozen=True, slots=True)
class PaperToGive:
    """Something of a paper that is still to go to somebody; `back`: to whoever brought it."""

    key: str
    label: Text
    role: str
    to: Text
    sheets: Text
    originals: int
    copies: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class PaperMoveView:
    """One entry of what came in (`to` None) and what was handed on."""

    number: int
    sheets: Text
    to: Text | None
    who: str
    at: datetime
    note: str
    is_draft: bool
    is_struck: bool
    can_strike: bool


@dataclass(frozen=True, slots=True)
class PaperStands:
    """How a paper stands in the case, and what the reader may do with it."""

    paper: str
    row: int
    key: str
    label: Text
    is_demanded: bool
    needed: Text
    there: Text | None
    missing: Text | None
    is_to_come: bool
    """A step makes it that has not been done yet."""
    source: Text | None
    maker: Text | None
    steps: tuple[Text, ...]
    instead: tuple[Text, ...]
    """Papers one of which would do in its place."""
    to_give: tuple[PaperToGive, ...]
    moves: tuple[PaperMoveView, ...]
    can_take_in: bool
    can_hand_on: bool

    @property
    def can_act(self) -> bool:
        return self.can_take_in or self.can_hand_on or any(each.can_strike for each in self.moves)


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """One paper of a case, on a page of its own."""

    number: str
    title: str
    time_zone: str
    paper: PaperStands
    roles: tuple[tuple[str, Text], ...]
    """To whom it may be handed, those who are to have it first."""
