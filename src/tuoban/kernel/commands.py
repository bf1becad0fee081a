"""Commands: what somebody wishes to happen to a case.

A command carries who wishes it (`by`, a person's id; None for the system) and nothing that the
kernel could look up for itself. `decide` answers it with events, or refuses it.
Values in `data` are raw (as typed) or typed; a personal value must arrive as `Sealed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Sealed:
    """A personal value's stand-in: where the value is kept, and a salted commitment to it.

    The value itself reaches the kernel only through `Surroundings.opened`, and never enters an
    event, so that erasing it leaves the journal whole and verifiable.
    """

    ref: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a case by a request of the pack, in a unit where the starter holds the role."""

    by: str
    request: str
    unit: str
    number: str
    data: Mapping[str, Any] = field(default_factory=dict)
    channel: str = "desk"


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin a case by itself, because a schedule of the pack says so.

    Attributes:
        start: the name of the start.
        unit: what the case belongs to.
        moment: the moment of the schedule.
        period: what the period is called in which that lies.
        element: what it is for, where cases begin for the elements of a list.
    """

    start: str
    unit: str
    number: str
    moment: datetime
    period: str
    element: Any = None
    by: None = None


@dataclass(frozen=True, slots=True)
class BeginCalled:
    """Begin a case because another case calls its pack.

    Attributes:
        by: on whose behalf; empty: nobody's.
        request: empty: the only one of the pack.
        caller: the number of the case that calls.
    """

    by: str
    request: str
    unit: str
    number: str
    caller: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The case has ended that was called under the number `call`. Without effect if it is no
    longer waited for.

    Attributes:
        outcome: the name of its end; None: it had none.
        values: its fields that are asked back.
        number: how the other case is numbered.
    """

    call: int
    outcome: str | None
    number: str
    values: Mapping[str, Any] = field(default_factory=dict)
    by: None = None


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Wait no longer for the case that was called under the number `call`, for a reason."""

    by: str
    call: int
    reason: str


@dataclass(frozen=True, slots=True)
class Recall:
    """End a case because the case that called it has no more need of it. Without effect if it has
    ended. `caller` is the number of that case."""

    caller: str
    by: None = None


@dataclass(frozen=True, slots=True)
class BeginByMessage:
    """Begin a case by itself, because a message has come that a start of the pack says so of.

    Attributes:
        start: the name of the start.
        unit: what the case belongs to.
        message: the id of the message.
        values: what it carries.
        sent_at: when it was sent.
    """

    start: str
    unit: str
    number: str
    message: str
    values: Mapping[str, Any]
    sent_at: datetime
    by: None = None


@dataclass(frozen=True, slots=True)
class Deliver:
    """A message has come to the case, which may or may not concern it.

    Attributes:
        message: its id, by which it is known should it come again.
        name: how it is called.
        values: what it carries.
        sent_at: when it was sent.
    """

    message: str
    name: str
    values: Mapping[str, Any]
    sent_at: datetime
    by: None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Take work from the pool. `next` says that it was found to be next in line there."""

    by: str
    item: int
    next: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    by: str
    item: int


@dataclass(frozen=True, slots=True)
class Transfer:
    by: str
    item: int
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class Complete:
    """Finish a work item. `checked` holds the keys of ticked lines, `signatures` maps the signing
    role to the sealed signature, `stamped` names the roles whose stamp is on the paper, `named` by
    step who is to do it."""

    by: str
    item: int
    outcome: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    checked: frozenset[str] = frozenset()
    signatures: Mapping[str, Sealed] = field(default_factory=dict)
    stamped: frozenset[str] = frozenset()
    named: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """By paper, or paper and row (`birth.3`), the originals and copies handed in with it."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Sign what was completed, as one of its signers. `shown` is the digest of what one has seen;
    `stamped`: the stamp is on the paper."""

    by: str
    item: int
    shown: str
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class RefuseToSign:
    """Do not sign: the work goes back to whoever completed it, for a reason."""

    by: str
    item: int
    reason: str


@dataclass(frozen=True, slots=True)
class Return:
    """Send work back to a finished step, which is then done again, with all that follows it.

    `of` names the element that is meant, by its place in the list from 1, where the step stands in
    an `each` that the work is not in; several where one `each` stands inside another, outermost
    first. `straight`: the case comes straight back from it; None: where nothing else is possible.
    """

    by: str
    item: int
    to: str
    reason: str
    of: tuple[int, ...] = ()
    straight: bool | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """Ask for a node of a plan that is optional, or for a repeatable one again; `activation` is
    the plan's, None: there is but one."""

    by: str
    node: str
    activation: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class React:
    """Press the button of a reaction `node`, in the place `activation` where its host is active;
    None: there is but one."""

    by: str
    node: str
    activation: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Open:
    """Whoever may do a work item has looked at it, so that it is known to have reached them."""

    by: str
    item: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take back what one has completed, as long as nobody has begun with what came of it."""

    by: str
    item: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Delegate:
    """Let somebody else do a work item that one holds; they hand it back."""

    by: str
    item: int
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class GetBack:
    """Take a work item back from whoever does it for one."""

    by: str
    item: int


@dataclass(frozen=True, slots=True)
class AddSigner:
    """Ask somebody about work that one holds: `before` it is completed for an opinion, else to sign
    it after. `reason` is what for."""

    by: str
    item: int
    to: str
    before: bool
    reason: str


@dataclass(frozen=True, slots=True)
class GiveOpinion:
    """Say whether one agrees with work that somebody asks about, and what one thinks of it."""

    by: str
    item: int
    agrees: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class DropSigner:
    """Do without a person who was added and has not said anything yet."""

    by: str
    item: int
    person: str


@dataclass(frozen=True, slots=True)
class Urge:
    """Ask whoever holds a work item, or may take it, to see to it."""

    by: str
    item: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class CopyTo:
    """Let a person read the case, and tell them so. An ended case allows it too."""

    by: str
    to: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Jump:
    """Let the case go on at the step `to` instead of at a work item, for a reason."""

    by: str
    item: int
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the case before its time, for a reason."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Migrate:
    """Let the case go on by another version of its process.

    Who may wish it, the shell decides. `renames` says how steps, blocks and fields are called now
    that had another name.
    """

    by: str | None
    version: str
    reason: str = ""
    renames: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Correct:
    """Give a field another value after it was entered, for a reason.

    `activation` has the copy of the field that is meant, where a block declares it; 0: it is the
    case's.
    """

    by: str
    field: str
    value: Any
    reason: str
    activation: int = 0


@dataclass(frozen=True, slots=True)
class HandIn:
    """Take in so many originals and copies of a paper; `row` is the key of the row it is for."""

    by: str
    paper: str
    originals: Any = 0
    copies: Any = 0
    row: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandOn:
    """Hand a paper to the role `to`: whoever is to have it, or gets it back. An ended case allows
    it too."""

    by: str
    paper: str
    to: str
    originals: Any = 0
    copies: Any = 0
    row: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class StrikePaper:
    """Strike out, for a reason, what was put down of a paper by mistake, by its number. An ended
    case allows it too."""

    by: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class PrintDocument:
    """Print a document of a step, of which work is open or done. An ended case allows it too."""

    by: str
    step: str
    document: str


@dataclass(frozen=True, slots=True)
class Suspend:
    """Put the case aside, for a reason, until it is resumed."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resume:
    by: str


@dataclass(frozen=True, slots=True)
class Extend:
    """Give a clock a further length of time, such as `2 working hours`, for a reason."""

    by: str
    clock: int
    length: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recheck:
    """Something that clocks or gates depend on has changed outside the case: look again."""

    by: None = None


@dataclass(frozen=True, slots=True)
class Perform:
    """Let the system do a step that is nobody's work. Who may wish that it tries again, the shell
    decides."""

    item: int
    by: str | None = None


@dataclass(frozen=True, slots=True)
class FireTimer:
    """The moment of a timer has come. Without effect if the timer is no longer set."""

    timer: str
    by: None = None


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase personal values for good, by the references of their seals; `reason` says why.

    Who may wish it, the shell decides. An ended case allows it too.
    """

    by: str
    refs: tuple[str, ...]
    reason: str


Command = (
    Start
    | Begin
    | BeginByMessage
    | Deliver
    | BeginCalled
    | Answer
    | GiveUp
    | Recall
    | Claim
    | Release
    | Transfer
    | Complete
    | Sign
    | RefuseToSign
    | Return
    | Add
    | React
    | Open
    | Withdraw
    | Delegate
    | GetBack
    | AddSigner
    | GiveOpinion
    | DropSigner
    | Urge
    | CopyTo
    | Jump
    | Cancel
    | Migrate
    | Correct
    | HandIn
    | HandOn
    | StrikePaper
    | PrintDocument
    | Suspend
    | Resume
    | Extend
    | Recheck
    | Perform
    | FireTimer
    | Erase
)
