"""What somebody may do now: open work, and reactions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.definition import Text
from tuoban.runtime.cases.queries.list_rows import Option
from tuoban.runtime.cases.queries.rows.forms import CheckView, FormPart, OutcomeView, SignerView
from tuoban.runtime.cases.queries.rows.papers import PaperGroup, PaperToGive


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
class NameView:
    """A step whose performer whoever completes this work names, and whom they may."""

    step: str
    label: Text
    people: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class OpinionView:
    who: str
    agrees: bool
    words: str


@dataclass(frozen=True, slots=True)
class AddingView:
    """Who was added to a piece of work, and what they said. People come with their numbers."""

    opinions: tuple[OpinionView, ...]
    waits_for: tuple[tuple[int, str], ...]
    """Who has not given an opinion yet."""
    signs_after: tuple[tuple[int, str], ...]
    can_drop: bool
    can_add: bool
    asked_by: str | None
    """Who asks for an opinion, where this is the item of somebody who was added."""
    asked_for: str
    can_speak: bool


@dataclass(frozen=True, slots=True)
class TimingView:
    """Of work that is timed: since when it runs, empty where it does not, as it stands in the form;
    and whether somebody was at work before."""

    since: str
    goes_on: bool


@dataclass(frozen=True, slots=True)
class ContactView:
    """To whom somebody turns who stands outside a block: the role, and who holds it now."""

    block: Text
    role: Text
    people: tuple[str, ...]


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
    in_place_of: str | None
    """Which delegate has prepared it."""
    jumps: tuple[JumpView, ...]
    """Where the reader may let the case go on instead."""
    form: tuple[FormPart, ...]
    checklist: tuple[CheckView, ...]
    outcomes: tuple[OutcomeView, ...]
    chosen: str
    """The outcome that stands in the draft, as whoever prepared it chose; empty for none."""
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
    names: tuple[NameView, ...] = ()
    adding: AddingView | None = None
    occurrence: Text | None = None
    """What it was begun about, if a reaction did."""
    papers: tuple[PaperGroup, ...] = ()
    """What it asks for."""
    to_give_back: tuple[PaperToGive, ...] = ()
    """What has to go back before it can be completed."""
    tells: tuple[tuple[Text, Text], ...] = ()
    """What its activity tells whoever does it, each with its label."""
    is_unattended: bool = False
    """The system does it by itself."""
    failed: tuple[Text, ...] = ()
    """Why the system could not."""
    can_try_again: bool = False
    timing: TimingView | None = None
    contact: ContactView | None = None
    """To whom the reader turns about it, who stands outside."""


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
