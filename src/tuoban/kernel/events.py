"""Events: small facts in the past tense, of which the state of a case is the fold.

Whatever a decision used (who was chosen, which branch, which moment) is recorded in its events,
so replaying them needs no surroundings. Instants are aware datetimes in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from tuoban.kernel.clocks import Entry, Started
from tuoban.kernel.commands import Sealed
from tuoban.kernel.decisions import Reason
from tuoban.kernel.state import Part, Signed
from tuoban.kernel.text import Text

NOBODY = "nobody"
"""The tier of a notice that nobody is left to do a work item."""

TOLD = "told"
"""The tier of a notice that the process itself gives, and not a limit."""

NOT_YET = -1
"""Stands among the reasons of a lock for the moment at which the step opens."""


@dataclass(frozen=True, slots=True)
class CaseStarted:
    request: str
    by: str
    unit: str
    number: str
    channel: str
    at: datetime
    settings: Mapping[str, Any]
    """The settings in force, which the case keeps."""
    period: str = ""
    """The period of the schedule by which it began; `at` is then the schedule's moment."""


@dataclass(frozen=True, slots=True)
class FieldsSet:
    """Fields of the case took values, entered at the start (`item` 0) or with a work item, or given
    by a `set` (by nobody).

    They count as long as the completion of that item does.
    """

    item: int
    values: Mapping[str, Any]
    by: str | None
    place: int = 0
    """The activation whose copy of the fields it is; 0: they are the case's."""


@dataclass(frozen=True, slots=True)
class RegionEntered:
    """A block's region came alive. `round` counts a loop's rounds from 1; else it is 0. `element`
    likewise is the place of an element in the list of an `each`."""

    activation: int
    region: str
    parent: int | None
    round: int
    continues: int | None = None
    """The activation that this one goes on from in the middle, after a return."""
    at: datetime | None = None
    element: int = 0


@dataclass(frozen=True, slots=True)
class RegionLeft:
    """A region came to its end, or was withdrawn with what was open in it."""

    activation: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class BranchChosen:
    """A choice was judged; `branch` counts from 0, None: no branch was true."""

    node: str
    activation: int
    branch: int | None


@dataclass(frozen=True, slots=True)
class ElementsListed:
    """An `each` read its list; these are its elements for good."""

    node: str
    activation: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A decision table was applied. Its number is drawn from the same row as those of work items.

    `inputs` holds the values it looked at, by the heads of its columns, without personal ones;
    `rules` the numbers of the rules that fitted, from 1, those that count more first; `outputs`
    the results by name, null where there is none, for the `reason` given.
    """

    number: int
    node: str
    activation: int
    inputs: Mapping[str, Any]
    rules: tuple[int, ...]
    outputs: Mapping[str, Any]
    reason: Reason | None
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkAdded:
    """Somebody asked for a node of a plan that is optional, or for a repeatable one again."""

    node: str
    activation: int
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TurnHeld:
    """The turn of a node has come, but what it needs is missing. `reasons` are the places of the
    failing needs, from 0."""

    node: str
    activation: int
    reasons: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TurnFreed:
    """What a node waited for is there."""

    node: str
    activation: int


@dataclass(frozen=True, slots=True)
class AssignmentMade:
    """A `set` gave fields their values, which stand in events beside it under the same number.

    The number is drawn from the same row as those of work items. `unfit` says of which fields the
    value did not fit, so that they became empty: by field the code of the problem, `rule` where a
    rule of the field forbids it.
    """

    number: int
    node: str
    activation: int
    unfit: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class WaitBegan:
    """The case came to a `wait`. Its number is drawn from the same row as those of work items."""

    number: int
    node: str
    activation: int
    at: datetime


@dataclass(frozen=True, slots=True)
class WaitEnded:
    """The case goes on: the moment has come, the condition holds, or no moment could be told."""

    number: int
    node: str
    why: Literal["come", "true", "unknown"]
    at: datetime


@dataclass(frozen=True, slots=True)
class WaitWithdrawn:
    """A `wait` was taken back before it was over."""

    number: int
    node: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A construct whose `when` did not hold was passed over, which counts as done."""

    node: str
    activation: int


@dataclass(frozen=True, slots=True)
class ItemOffered:
    """Work was offered to a person, or to the pools it lies in, each a role in a unit."""

    item: int
    node: str
    activation: int
    roles: tuple[str, ...]
    pools: tuple[tuple[str, str], ...]
    person: str | None
    assigned: bool
    at: datetime
    part: Part | None = None
    """Of which item it is a signer's part."""


@dataclass(frozen=True, slots=True)
class ItemReoffered:
    """Its holder may no longer do it, or nobody is left in its pools: offered anew to these."""

    item: int
    pools: tuple[tuple[str, str], ...]
    person: str | None
    assigned: bool | None = None
    """Whether a rule named the person; None in older journals: whoever was named was so by one."""
    roles: tuple[str, ...] | None = None
    """The roles that may do it, where they are others than before."""


@dataclass(frozen=True, slots=True)
class ItemLocked:
    """A gate of the item fails. `reasons` are the places of the failing needs, from 0, and
    `NOT_YET` before it opens."""

    item: int
    reasons: tuple[int, ...]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemUnlocked:
    item: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemClaimed:
    item: int
    by: str


@dataclass(frozen=True, slots=True)
class ItemReleased:
    item: int
    by: str


@dataclass(frozen=True, slots=True)
class ItemTransferred:
    item: int
    by: str
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class ItemDelegated:
    """Whoever held the work gave it to a person who does it for them."""

    item: int
    by: str
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class ItemPrepared:
    """A delegate is done: what was entered stands as a draft, and `to` holds the work again.

    `values` are those of the step's own fields and of the case's.
    """

    item: int
    by: str
    to: str
    at: datetime
    outcome: str | None
    values: Mapping[str, Any]
    checked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemGotBack:
    """Work came back from `delegate` to whoever had delegated it, `to`, undone.

    `by` is one of the two; whoever delegated it also where the delegate may no longer do it.
    """

    item: int
    by: str
    to: str
    delegate: str


@dataclass(frozen=True, slots=True)
class ItemCompleted:
    """Work was done. `data` holds the step's own fields; those of the case are set apart."""

    item: int
    by: str
    at: datetime
    outcome: str | None
    data: Mapping[str, Any]
    checked: tuple[str, ...]
    signatures: Mapping[str, Sealed]
    shown: str
    """Digest of what was shown to the signers."""
    covered: tuple[tuple[int, str, Any], ...] = ()
    """What it stands for: fields with the values they have, each with the activation whose copy it
    is, 0 for those of the case."""
    asked: Mapping[str, Text] = field(default_factory=dict)
    """The ticked lines that were asked for rows, as they were read."""
    stamped: tuple[str, ...] = ()
    """The roles of outside parties whose stamp is on the paper."""
    signed: tuple[Signed, ...] = ()
    """Who of the organisation signed it; `by` completed it before that."""


@dataclass(frozen=True, slots=True)
class SigningBegun:
    """Whoever holds a work item completed it, and its signers are asked. The slots are as in
    `ItemCompleted`; `values` are all of the form, those that can be a draft among them `draft`."""

    item: int
    by: str
    at: datetime
    outcome: str | None
    values: Mapping[str, Any]
    draft: tuple[str, ...]
    checked: tuple[str, ...]
    asked: Mapping[str, Text]
    signatures: Mapping[str, Sealed]
    stamped: tuple[str, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class ItemSigned:
    """A signer signed with their own `item` what the digest `shown` stands for."""

    item: int
    by: str
    at: datetime
    shown: str
    stamped: bool


@dataclass(frozen=True, slots=True)
class SigningStopped:
    """Work that was being signed is to be completed anew, what was entered a draft; signatures
    given so far count no more.

    `by` refused to sign with their item `part`, for the `reason`, or completed it and got it back;
    else what was to be signed `changed`, or `nobody` who may do the work has completed it.
    """

    item: int
    why: Literal["refused", "got-back", "changed", "nobody"]
    at: datetime
    to: str | None = None
    """Whose work it is again."""
    by: str | None = None
    part: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JointlyDecided:
    """Of those who did a step together enough agreed (`agreed` of `total`, where `needed` were
    asked for), or too few can. The completion of `item` speaks for the step."""

    node: str
    activation: int
    item: int
    agreed: int
    needed: int
    total: int


@dataclass(frozen=True, slots=True)
class ItemWithdrawn:
    """Open work was taken back: it is not done, and whoever held it is told."""

    item: int
    person: str | None


@dataclass(frozen=True, slots=True)
class MovedOn:
    """The process went on without a step that was late, whose outcome is then `timeout`; without a
    block that was late, or an element of one, where `number` is None."""

    number: int | None
    node: str
    activation: int
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkReturned:
    item: int
    to: str
    by: str
    reason: str
    of: tuple[int, ...] = ()
    """The element that it went back to, as in the command."""


@dataclass(frozen=True, slots=True)
class ItemOpened:
    """Somebody who may do the work has looked at it for the first time."""

    item: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkTakenBack:
    """Whoever completed a work item took it back before anybody began with what came of it."""

    item: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class WorkUrged:
    """Somebody asked these people to see to a work item."""

    item: int
    by: str
    to: tuple[str, ...]
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseCopied:
    """A person got the case to read."""

    by: str
    to: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkJumped:
    """An administrator let the case go on at the step `to` instead of at a work item."""

    item: int
    to: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseCancelled:
    """The case was ended before its time; its end follows."""

    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseMigrated:
    """The case goes on by version `version` of its process, and no more by `before`; the events
    that follow are to be read with that.

    `nodes`, `regions` and `fields` give, of what the case goes on with, what is called otherwise
    now; `gone` and `dropped` name the nodes and regions, and the fields, that are there no more.
    `settings` are those in force from now on.
    """

    slug: str
    before: str
    version: str
    digest: str
    by: str | None
    reason: str
    at: datetime
    nodes: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldCorrected:
    """A field was given another value afterwards, which stands whatever becomes of the work with
    which the one before it was entered.

    The number is drawn from the same row as those of work items. `before` and `values` hold the
    field's value then and now; `before` holds None where it had none.
    """

    number: int
    by: str
    field: str
    before: Mapping[str, Any]
    values: Mapping[str, Any]
    reason: str
    at: datetime
    place: int = 0
    """The activation whose copy of the field it is; 0: it is the case's."""


@dataclass(frozen=True, slots=True)
class CompletionVoided:
    """A completion stopped counting because work was sent back to before it, or taken back."""

    node: str
    item: int


@dataclass(frozen=True, slots=True)
class ReactionBegun:
    """A reaction happened. Its number is drawn from the same row as those of work items.

    Its host is active in `activation`; what is done about it, in `occurrence`. `by` is who pressed
    its button, empty where it came by itself.
    """

    number: int
    node: str
    activation: int
    occurrence: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConditionFell:
    """The condition of a reaction that has happened is no longer true, so that it may again."""

    node: str
    activation: int


@dataclass(frozen=True, slots=True)
class CallEnded:
    """A called process came to its end, with the `outcome` its end is named by, None if it has
    none. The number is drawn from the same row as those of work items."""

    number: int
    node: str
    activation: int
    occurrence: int
    outcome: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class BlockWaits:
    """Everything in a block, or a step, is done but what its reactions have begun."""

    node: str
    activation: int


@dataclass(frozen=True, slots=True)
class HostLeft:
    """The last reaction of a step is over that the case waited for to go on behind it."""

    node: str
    activation: int


@dataclass(frozen=True, slots=True)
class BlockDone:
    """A block (stage, choice, parallel part, loop) was left at its end."""

    node: str
    activation: int
    covered: tuple[tuple[int, str, Any], ...] = ()
    """What it stands for, as in `ItemCompleted`."""


@dataclass(frozen=True, slots=True)
class CompletionLapsed:
    """What a step stood for has changed, or its time is over: it no longer counts, though what was
    entered with it stays."""

    node: str
    item: int
    why: str
    """`changed` or `expired`."""
    at: datetime


@dataclass(frozen=True, slots=True)
class BlockLapsed:
    """What a block stood for has changed: it no longer counts as done."""

    node: str
    activation: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DoneAgain:
    """What has lapsed is offered, or entered, again because something open needs it; the case does
    not go on behind it."""

    node: str
    activation: int


@dataclass(frozen=True, slots=True)
class AgainOver:
    """It is done again, or no longer wanted."""

    node: str
    activation: int


@dataclass(frozen=True, slots=True)
class LoopLeft:
    """A loop came to its end after so many rounds; `exhausted`: its condition never held.

    It stands in `activation`; -1: an old journal, which knew but one run of a loop at a time.
    """

    node: str
    rounds: int
    exhausted: bool
    activation: int = -1


@dataclass(frozen=True, slots=True)
class LoopReset:
    """Work went back to before a loop: its rounds count from the beginning.

    It stands in `activation`, as in `LoopLeft`.
    """

    node: str
    activation: int = -1


@dataclass(frozen=True, slots=True)
class DoneVoided:
    """A block done or a construct passed over no longer counts: it will be judged afresh."""

    node: str
    activation: int


@dataclass(frozen=True, slots=True)
class ClockOpened:
    """A clock was started for a limit: of a work item, or of a block, or of the case (no `node`).

    Opened again under its number, it begins at another moment; its other entries stay. `due` is
    what the ledger then gives, None where it gives no moment.
    """

    clock: int
    node: str
    activation: int
    item: int | None
    limit: str
    started: Started
    due: datetime | None


@dataclass(frozen=True, slots=True)
class ClockChanged:
    """An entry was made in the ledger of a clock, which then gives `due`. `Stopped` is the last."""

    clock: int
    entry: Entry
    due: datetime | None


@dataclass(frozen=True, slots=True)
class TimerSet:
    timer: str
    clock: int
    tier: str
    round: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TimerCancelled:
    timer: str


@dataclass(frozen=True, slots=True)
class LimitPassed:
    """A moment around a limit (`tier`) came at `moment` and was acted upon at `at`.

    `at` is later where the system was not there in time. `due` is when the limit runs out.
    """

    timer: str
    clock: int
    tier: str
    round: int
    moment: datetime
    due: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A notice went to a person, or to whoever holds `role` in `unit`; `escalated` marks it.

    It is about the work item, or about the block `node`, or the case, where `item` is None.
    `values` are those of the fields that stand in its text, as they then were.
    """

    item: int | None
    tier: str
    person: str | None
    role: str | None
    unit: str | None
    escalated: bool
    node: str = ""
    clock: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseSuspended:
    """The case was put aside; nothing is to be completed and no length counts meanwhile."""

    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseResumed:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseEnded:
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ValuesErased:
    """Personal values were erased; `refs` are the references of their seals."""

    refs: tuple[str, ...]
    by: str
    reason: str
    at: datetime


Event = (
    CaseStarted
    | FieldsSet
    | RegionEntered
    | RegionLeft
    | BranchChosen
    | ElementsListed
    | DecisionMade
    | WorkAdded
    | TurnHeld
    | TurnFreed
    | AssignmentMade
    | WaitBegan
    | WaitEnded
    | WaitWithdrawn
    | PassedOver
    | ItemOffered
    | ItemReoffered
    | ItemLocked
    | ItemUnlocked
    | ItemClaimed
    | ItemReleased
    | ItemOpened
    | ItemTransferred
    | ItemDelegated
    | ItemPrepared
    | ItemGotBack
    | ItemCompleted
    | SigningBegun
    | ItemSigned
    | SigningStopped
    | JointlyDecided
    | ItemWithdrawn
    | MovedOn
    | WorkReturned
    | WorkTakenBack
    | WorkUrged
    | CaseCopied
    | WorkJumped
    | CaseCancelled
    | CaseMigrated
    | FieldCorrected
    | CompletionVoided
    | ReactionBegun
    | ConditionFell
    | CallEnded
    | BlockWaits
    | HostLeft
    | BlockDone
    | CompletionLapsed
    | BlockLapsed
    | DoneAgain
    | AgainOver
    | LoopLeft
    | LoopReset
    | DoneVoided
    | ClockOpened
    | ClockChanged
    | TimerSet
    | TimerCancelled
    | LimitPassed
    | Told
    | CaseSuspended
    | CaseResumed
    | CaseEnded
    | ValuesErased
)


# -- events of former formats, which are read and written no more ---------------------------------


@dataclass(frozen=True, slots=True)
class ClockStarted:
    """Format 1: time runs for an item until `due`. `at` is the instant the limit counts from."""

    item: int
    at: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """Format 1: time stands still; `left` seconds (negative when late) remain, None for a moment
    that is gone."""

    item: int
    at: datetime
    left: float | None


FormerEvent = ClockStarted | ClockStopped
