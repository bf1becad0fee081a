"""The page of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tuoban.kernel.definition import Definition, Text
from tuoban.kernel.diagram import Standing
from tuoban.runtime.cases.queries.rows.clocks import ClockView, WaitView
from tuoban.runtime.cases.queries.rows.documents import PrintView
from tuoban.runtime.cases.queries.rows.files import (
    NO_COMMENTS,
    NO_FILES,
    CommentsPage,
    FilesPanel,
)
from tuoban.runtime.cases.queries.rows.links import CalledView, CallerView
from tuoban.runtime.cases.queries.rows.lists import PersonRow
from tuoban.runtime.cases.queries.rows.panels import ItemPanel, LockReason, ReactionPanel
from tuoban.runtime.cases.queries.rows.papers import PaperStands
from tuoban.runtime.cases.queries.rows.told import (
    AccountShown,
    FieldShown,
    OccurrenceShown,
    PlaceShown,
    TimelineEntry,
)

StepState = Literal["done", "current", "late", "ahead", "maybe"]


@dataclass(frozen=True, slots=True)
class SuspendedView:
    """Who put the case aside, when, and why."""

    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class HeldView:
    """A block or an entry of a plan whose turn has come and which waits for what it needs."""

    node: str
    label: Text
    activation: int
    reasons: tuple[LockReason, ...]


@dataclass(frozen=True, slots=True)
class AddView:
    """What somebody may add to a plan now; `activation` is the plan's, `plan` its name."""

    node: str
    label: Text
    activation: int
    plan: Text


@dataclass(frozen=True, slots=True)
class ErasableView:
    """Personal values that the reader may erase: those of a field, or of a role's signatures."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class StepMark:
    """A step, or a wait, on the strip across the top of the case page."""

    key: str
    label: Text
    state: StepState
    who: str | None
    at: datetime | None
    """When it was done; for current work its due time, for a wait when it goes on."""
    waits: bool = False
    """Nobody has anything to do: the case goes on by itself."""
    elements: int = 0
    """Of how many elements of a list it is to be done; 0 where it stands in no list, or the list
    has not been read yet."""
    elements_done: int = 0
    """Of how many of them it is done."""


@dataclass(frozen=True, slots=True)
class TroubleView:
    """What the worker could not do in the case, why, and when it tries again; None: it does not."""

    what: Text
    why: Text
    next_try_at: datetime | None


@dataclass(frozen=True, slots=True)
class DoneByMe:
    """Something that the reader completed and may take back; `item_id` is its work item."""

    item_id: int
    step: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class CasePage:
    case_id: int
    number: str
    title: str
    slug: str
    version: str
    process: Text
    unit: Text
    time_zone: str
    status: str
    outcome: Text | None
    priority: Text | None
    started_at: datetime
    owner: Text | None
    """Whose case it is."""
    shelf: str
    keep_until: date | None
    """Of an ended case: where it is kept, and the last day on which it is."""
    started_by: str
    ended_at: datetime | None
    due_at: datetime | None
    clock_from: datetime | None
    suspended: SuspendedView | None
    outside: Text | None
    """That only outside parties have work in it, and which."""
    can_suspend: bool
    can_cancel: bool
    kept_if_cancelled: tuple[Text, ...]
    """What would stand all the same."""
    is_wound_up: bool
    """What was done is being undone before the case ends, or what is done last is."""
    can_resume: bool
    clocks: tuple[ClockView, ...]
    """Those that have not been stopped, first those that run out first."""
    waits: tuple[WaitView, ...]
    """What it waits for by itself, first what is over first."""
    steps: tuple[StepMark, ...]
    definition: Definition
    standings: Mapping[str, Standing]
    """Where it stands with every node of its process."""
    items: tuple[ItemPanel, ...]
    timeline: tuple[TimelineEntry, ...]
    fields: tuple[FieldShown, ...]
    places: tuple[PlaceShown, ...]
    """What stands in fields of blocks, in the order of the pack."""
    reactions: tuple[ReactionPanel, ...]
    occurrences: tuple[OccurrenceShown, ...]
    take_back: tuple[DoneByMe, ...] = ()
    copied_to: tuple[str, ...] = ()
    """Who got the case to read, by name."""
    may_be_copied_to: tuple[PersonRow, ...] = ()
    """To whom the reader may copy it."""
    held: tuple[HeldView, ...] = ()
    """What waits for its needs before it begins, in the order in which its turn came."""
    to_add: tuple[AddView, ...] = ()
    """What the reader may add to plans now."""
    prints: tuple[PrintView, ...] = ()
    """The documents that the reader may print now."""
    accounts: tuple[AccountShown, ...] = ()
    """What services keep of it: money, parts."""
    papers: tuple[PaperStands, ...] = ()
    """Those that are asked for, or of which something was there, in the order of the pack."""
    called: tuple[CalledView, ...] = ()
    """The cases that it called, the newest first."""
    has_outgoing: bool = False
    """Whether anybody was told by what leads out of the house."""
    troubles: tuple[TroubleView, ...] = ()
    """Only for those who answer for the case, and staff."""
    erasable: tuple[ErasableView, ...] = ()
    """What it holds of people, where the reader may erase that."""
    files: FilesPanel = NO_FILES
    comments: CommentsPage = NO_COMMENTS
    """The newest."""
    caller: CallerView | None = None
    """The case by which it was called."""
