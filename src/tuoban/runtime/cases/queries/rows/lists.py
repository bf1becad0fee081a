"""Rows of lists: work, cases, notices, people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tuoban.kernel.definition import Text

WorkTab = Literal["all", "late", "today", "later", "pool"]
CaseFilter = Literal["open", "mine", "late", "ended", "all"]


@dataclass(frozen=True, slots=True)
class WorkRow:
    """An open work item in a list. `waiting_for` tells why it is locked; `holder` names whoever
    has it in hand, `can_claim` says that it lies in a pool of the user's, `is_in_line` that it does
    and is taken in turn."""

    item_id: int
    case_id: int
    number: str
    item: int
    """Its number in the case."""
    step: Text
    title: str
    process: Text
    due_at: datetime | None
    clock_from: datetime | None
    stands_still: bool
    suspended: bool
    offered_at: datetime
    locked: bool
    held_by_me: bool
    holder: str | None
    can_claim: bool
    is_in_line: bool
    pool_role: Text | None
    unit: Text
    priority: Text | None
    priority_rank: int
    waiting_for: Text | None
    escalated: bool
    signing: str = ""
    """`asked`: somebody is asked to sign; `out`: it is with its signers."""
    in_place_of: str = ""
    """Who is away, and whose work the user does as their deputy."""


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """Counts of the user's own work; `pool` and `pool_late` count what lies in all their pools,
    `escalated` the work of others that was escalated to them."""

    all: int
    late: int
    today: int
    later: int
    pool: int
    pool_late: int
    escalated: int


@dataclass(frozen=True, slots=True)
class PoolCount:
    """A pool that the user may take from; `key` is what `my_work` takes as `pool`."""

    key: str
    role: Text
    unit: Text
    count: int


@dataclass(frozen=True, slots=True)
class WorkPage:
    """`next` is the cursor of the following page, empty on the last one. `escalated` stands on
    the first page of all own work."""

    rows: tuple[WorkRow, ...]
    escalated: tuple[WorkRow, ...]
    counts: WorkCounts
    pools: tuple[PoolCount, ...]
    next: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    case_id: int
    number: str
    title: str
    process: Text
    unit: Text
    status: str
    outcome: Text | None
    suspended: bool
    steps: tuple[Text, ...]
    """Where the case stands: its open steps."""
    holders: tuple[str, ...]
    due_at: datetime | None
    priority: Text | None
    started_at: datetime
    ended_at: datetime | None
    owner: Text | None = None
    """Whose case it is."""
    shelf: str = ""
    keep_until: date | None = None
    """Of an ended case: where it is kept, and the last day on which it is."""


@dataclass(frozen=True, slots=True)
class CaseListPage:
    rows: tuple[CaseRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    user_id: int
    name: str
    username: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """What a user is told, about a case; or, where `process` is the slug of one, about an indicator
    of it, `case_id` then being 0; or, where both are empty, that no case could begin."""

    notice_id: int
    case_id: int
    item_id: int | None
    number: str
    title: str
    sentence: Text
    code: str
    at: datetime
    read: bool
    process: str = ""
