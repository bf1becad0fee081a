"""What the queries answer with: frozen rows, in both languages, holding no model instances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tuoban.kernel.clocks import Amount
from tuoban.kernel.definition import FieldType, Text
from tuoban.runtime.cases.queries.list_rows import ListView, Option

WorkTab = Literal["all", "late", "today", "later", "pool"]
CaseFilter = Literal["open", "late", "ended", "all"]
ClockState = Literal["ahead", "running", "paused", "stopped"]
StepState = Literal["done", "current", "late", "ahead", "maybe"]


@dataclass(frozen=True, slots=True)
class WorkRow:
    """An open work item in a list. `waiting_for` tells why it is locked; `holder` names whoever
    has it in hand, `can_claim` says that it lies in a pool of the user's, `is_in_line` that it does
    and is taken in turn."""

    item_id: int
    case_id: int
    number: str
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


@dataclass(frozen=True, slots=True)
class CaseListPage:
    rows: tuple[CaseRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """An entry of a form. `value` is the text that stands in the input; `shown` is the value in
    words, for an entry that is only read."""

    name: str
    label: Text
    type: FieldType
    value: str
    shown: Text
    required: bool
    read_only: bool
    options: tuple[Option, ...]
    unit: str
    long: bool
    hint: Text | None
    personal: bool
    minimum: str
    maximum: str
    warning: Text | None
    list: ListView | None = None


@dataclass(frozen=True, slots=True)
class FormPart:
    """A section of a form; the first one usually has no label."""

    label: Text | None
    entries: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    key: str
    text: Text
    checked: bool


@dataclass(frozen=True, slots=True)
class OutcomeView:
    key: str
    label: Text
    requires: tuple[str, ...]
    unsigned: bool


@dataclass(frozen=True, slots=True)
class SignerView:
    """An outside party who signs in the form, and what is asked of them."""

    role: str
    label: Text
    signs: bool = True
    stamps: bool = False


@dataclass(frozen=True, slots=True)
class DueSource:
    """Something recorded that a due moment was read from; `at` if it is a moment itself."""

    label: Text
    value: Text
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A line of a clock's ledger: what happened, what was counted since the line before, and what
    altogether."""

    at: datetime
    what: Text
    counted: Text
    total: Text


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock of a case.

    Attributes:
        clock: its number in the case.
        node: the step or block it is for; empty for the case as a whole.
        item: the number of the work item it is for, None for a block or the case.
        what: how that is called; `name` is the limit's own, where it has one.
        opens: it tells when something opens, not by when it is to be done.
        happens: it tells when a reaction happens by itself, likewise.
        counts: it counts a length of time; else it is a moment.
        state: `ahead` before it begins to count.
        due_at: None while it stands still short of its limit.
        sentence: why it runs out when it does.
        doubts: warnings about the calendars it counts by.
        sources: what a calculated moment was read from.
        elapsed_amount: what `elapsed` says, counted; None where it cannot be computed. Likewise
            `remaining_amount`, which is below zero when late.
    """

    clock: int
    node: str
    item: int | None
    what: Text
    name: Text | None
    opens: bool
    happens: bool
    counts: bool
    state: ClockState
    late: bool
    begins: datetime
    due_at: datetime | None
    elapsed: Text
    remaining: Text
    sentence: Text
    rows: tuple[ClockRow, ...]
    doubts: tuple[Text, ...]
    sources: tuple[Text, ...]
    can_extend: bool
    elapsed_amount: Amount | None = None
    remaining_amount: Amount | None = None
    occurrence: Text | None = None
    """What happened that it stands in; the limit of a reaction itself has it as `what`."""
    waits: bool = False
    """It says how long the case waits by itself."""


@dataclass(frozen=True, slots=True)
class WaitView:
    """What the case waits for by itself, with nothing for anybody to do.

    Attributes:
        until: when it goes on; None while a length stands still, and of a condition.
        sentence: why then; None of a condition.
        because: what makes the condition fail.
    """

    node: str
    label: Text
    since: datetime
    until: datetime | None
    sentence: Text | None
    because: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SuspendedView:
    """Who put the case aside, when, and why."""

    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """Who sent work back to a step, from which step, and why."""

    who: str
    step: Text
    reason: str


@dataclass(frozen=True, slots=True)
class LockReason:
    """Why a step is locked, in the pack's words; `because` says what made a condition fail."""

    text: Text
    because: tuple[Text, ...]


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
class JumpView:
    """A step at which a case may be let go on, and what of it that would be the end of: steps
    withdrawn, done ones that would count no more, and what would be passed over."""

    key: str
    label: Text
    withdrawn: tuple[Text, ...]
    voided: tuple[Text, ...]
    passed: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SigningView:
    """What was completed and waits for its signers, as they are shown it."""

    by: str
    outcome: Text | None
    form: tuple[FormPart, ...]
    checks: tuple[Text, ...]
    digest: str
    signed: tuple[tuple[Text, str], ...]
    """Who has signed, as what."""
    waits_for: tuple[tuple[Text, str], ...]
    """Who has not; an empty name where it is not yet said who does."""
    can_sign: bool = False
    role: Text | None = None
    """As what somebody is asked to sign; None: the item is that of whoever completed it."""
    stamps: bool = False


@dataclass(frozen=True, slots=True)
class ItemPanel:
    """An open work item on the case page, with what this user may do with it."""

    item_id: int
    node: str
    step: Text
    roles: tuple[Text, ...]
    holder: str | None
    held_by_me: bool
    can_claim: bool
    is_in_line: bool
    can_release: bool
    can_complete: bool
    can_transfer: bool
    can_draft: bool
    can_urge: bool
    can_delegate: bool
    can_get_back: bool
    delegated_by: str | None
    """For whom whoever holds it does it."""
    prepared_by: str | None
    """Which delegate has prepared it."""
    jumps: tuple[JumpView, ...]
    """Where the reader may let the case go on instead."""
    form: tuple[FormPart, ...]
    checklist: tuple[CheckView, ...]
    outcomes: tuple[OutcomeView, ...]
    signers: tuple[SignerView, ...]
    returns_to: tuple[Option, ...]
    locked: tuple[LockReason, ...]
    due_at: datetime | None
    clock_from: datetime | None
    offered_at: datetime
    escalated: bool
    draft_at: datetime | None
    returned: bool
    """The step was done before and sent back; its earlier entries stand as a draft."""
    sent_back: SentBack | None
    signing: SigningView | None = None
    unsigned: SentBack | None = None
    """Who refused to sign it, and why."""
    occurrence: Text | None = None
    """What it was begun about, if a reaction did."""


@dataclass(frozen=True, slots=True)
class ReactionPanel:
    """A reaction that this user may begin now.

    Attributes:
        activation: where its host is active; with `node` it tells one from another.
        label: how it is called, with what of a list is worked on there, if anything.
        withdraws: how many pieces of open work it takes back, if it is `interrupting`.
    """

    node: str
    activation: int
    label: Text
    form: tuple[FormPart, ...]
    interrupting: bool
    withdraws: int


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
class SignatureShown:
    """A signature as it was given; `strokes` are runs of points (x, y), empty if only a name."""

    role: Text
    name: str
    strokes: tuple[tuple[tuple[float, float], ...], ...]
    erased: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What backs a completed step: the lines that were ticked, and who signed."""

    checks: tuple[Text, ...]
    signatures: tuple[SignatureShown, ...]
    stamps: tuple[Text, ...] = ()
    """The roles whose stamp is on the paper."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A sentence about something that happened. `actor` is empty for the system."""

    at: datetime
    actor: str
    sentence: Text
    kind: str
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A value of a case. `contact`: what the request said about who asked, where and in which
    words, as somebody on the road needs it before anything else."""

    name: str
    label: Text
    value: Text
    type: FieldType
    long: bool
    contact: bool
    list: ListView | None = None
    can_correct: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """One field of a case with its input; `activation` has the copy that is meant, 0: the case.
    `form` is empty where the field is not asked for as things stand."""

    number: str
    field: str
    activation: int
    label: Text
    form: tuple[FormPart, ...]
    can_correct: bool
    time_zone: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    user_id: int
    name: str
    username: str


@dataclass(frozen=True, slots=True)
class DoneByMe:
    """Something that the reader completed and may take back; `item_id` is its work item."""

    item_id: int
    step: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class OccurrenceShown:
    """Something that happened while a step or block was active, with what was entered about it.

    Attributes:
        number: its own in the case, drawn from the same row as those of work items.
        who: whose doing it was; empty where it came by itself.
        is_open: what was begun about it is not over.
    """

    number: int
    node: str
    label: Text
    who: str
    at: datetime
    is_open: bool
    fields: tuple[FieldShown, ...]


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """What was recorded for one stage, element or round, in fields of its own."""

    label: Text
    fields: tuple[FieldShown, ...]


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
    started_by: str
    ended_at: datetime | None
    due_at: datetime | None
    clock_from: datetime | None
    suspended: SuspendedView | None
    can_suspend: bool
    can_cancel: bool
    can_resume: bool
    clocks: tuple[ClockView, ...]
    """Those that have not been stopped, first those that run out first."""
    waits: tuple[WaitView, ...]
    """What it waits for by itself, first what is over first."""
    steps: tuple[StepMark, ...]
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


@dataclass(frozen=True, slots=True)
class StartForm:
    """A request that the user may make, with its form and the units it may be made in."""

    slug: str
    process: Text
    request: str
    label: Text
    form: tuple[FormPart, ...]
    units: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class NoticeRow:
    notice_id: int
    case_id: int
    item_id: int | None
    number: str
    title: str
    sentence: Text
    code: str
    at: datetime
    read: bool
