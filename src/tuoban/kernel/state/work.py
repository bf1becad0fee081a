"""Work: items that are open, what came of those that are finished, and waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from tuoban.kernel.commands import Sealed
from tuoban.kernel.immutable import immutable
from tuoban.kernel.state.places import At, Done
from tuoban.kernel.text import Text


@immutable(frozen=True, slots=True)
class Prepared:
    """What a delegate entered and ticked, and the outcome they would choose."""

    by: str
    outcome: str | None
    values: Mapping[str, Any]
    checked: tuple[str, ...]


@immutable(frozen=True, slots=True)
class Part:
    """What makes an item a signer's part of another one: of which, and as what role they sign.

    Who was `added` by hand has no role: they are asked `before` it is completed for an opinion, or
    `after` it to sign it.
    """

    of: int
    role: str
    added: str = ""


@immutable(frozen=True, slots=True)
class Opinion:
    """What somebody who was added thinks of work, given with their own item."""

    item: int
    by: str
    at: datetime
    agrees: bool
    words: str = ""
    for_whom: str | None = None
    """In whose place they gave it."""


@immutable(frozen=True, slots=True)
class Signed:
    """A signature that somebody of the organisation gave, with their own item."""

    item: int
    role: str
    by: str
    at: datetime
    stamped: bool = False
    for_whom: str | None = None
    """In whose place they signed."""


@immutable(frozen=True, slots=True)
class Signing:
    """What whoever does a step completed it with, until all have signed it.

    `values` are all of the form, `asked` the ticked lines that were asked for rows, as they were
    read, `shown` the digest of what is signed.
    """

    outcome: str | None
    values: Mapping[str, Any]
    checked: tuple[str, ...]
    asked: Mapping[str, Text]
    signatures: Mapping[str, Sealed]
    stamped: tuple[str, ...]
    shown: str
    signed: tuple[Signed, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)


@immutable(frozen=True, slots=True)
class Item:
    """An open work item.

    `person` holds it now (None: it lies in its `pools`, each a role in a unit); `assigned` says
    that a rule of the process named the person, so that it cannot be released. `orphaned`: the head
    of the unit was told that nobody is left to do it. `locked` lists failing
    needs (None: unlocked), `ready_at` is when it was first offered and unlocked.
    """

    id: int
    node: str
    activation: int
    roles: tuple[str, ...]
    pools: tuple[tuple[str, str], ...]
    person: str | None
    assigned: bool
    offered_at: datetime
    locked: tuple[int, ...] | None = None
    ready_at: datetime | None = None
    escalated: bool = False
    orphaned: bool = False
    opened: tuple[str, ...] = ()
    """Who has looked at it, taken it or handed it on since it was offered."""
    urged_at: datetime | None = None
    delegated_by: str | None = None
    """For whom `person` does it, as a delegate."""
    delegates: tuple[str, ...] = ()
    """Who has worked on it as a delegate."""
    prepared: Prepared | None = None
    part: Part | None = None
    """Of which item it is a signer's part."""
    signing: Signing | None = None
    """With what it was completed, while signers are asked."""
    added: tuple[str, ...] = ()
    """Who is to sign it, beside the signers of the process, once it is completed."""
    opinions: tuple[Opinion, ...] = ()
    """Of those who were asked before."""
    failed: tuple[Text, ...] = ()
    """Why the system could not do it by itself."""
    waits_for: At | None = None
    """The step that it sent the case back to and that comes straight back to it."""
    late: int = 0
    """How many of its limits had run out when their clocks were stopped."""
    for_whom: str | None = None
    """In whose place `person` has it, as their deputy while they are away."""

    @property
    def whose(self) -> str | None:
        """Whose work it is, whoever does it while they are away."""
        return self.person if self.for_whom is None else self.for_whom


@immutable(frozen=True, slots=True)
class Waiting:
    """A `wait` that the case has come to. `id` is drawn from the same row as those of items."""

    id: int
    node: str
    activation: int
    since: datetime


@immutable(frozen=True, slots=True)
class Outside:
    """A time in which only outside parties had work in the case, those of `roles`; `until` None: it
    goes on, at most to the end of the case."""

    roles: tuple[str, ...]
    since: datetime
    until: datetime | None = None


@immutable(frozen=True, slots=True)
class Completion:
    """A finished work item. `scope` is the chain of activations around it, outermost first.

    What the process did by itself, such as a decision, is kept likewise, by nobody ("").
    """

    item: int
    node: str
    scope: tuple[int, ...]
    by: str
    at: datetime
    outcome: str | None
    data: Mapping[str, Any]
    checked: tuple[str, ...]
    signatures: Mapping[str, Sealed]
    counts: bool = True
    order: int = 0
    """Of work: the how many-eth that was completed in the case."""
    place: int = 0
    """Of a reaction or a call: the activation that has the fields it declares."""
    covered: tuple[tuple[int, str, Any], ...] = ()
    lapsed: bool = False
    draft: Mapping[str, Any] = field(default_factory=dict)
    """When it no longer counts: what was entered with it, as a draft for the next time."""
    delegates: tuple[str, ...] = ()
    """Who worked on it for the one who completed it."""
    signed: tuple[Signed, ...] = ()
    """Who of the organisation signed it."""
    opinions: tuple[Opinion, ...] = ()
    """Of those who were asked before it was completed."""
    named: Mapping[str, str] = field(default_factory=dict)
    """By step, who was named with it to do that."""
    late: int = 0
    """How many of its limits had run out before it was done."""
    for_whom: str | None = None
    """In whose place it was done, by their deputy."""

    @property
    def whose(self) -> str:
        """Whose work it was, whoever did it while they were away."""
        return self.by if self.for_whom is None else self.for_whom

    @property
    def stands(self) -> bool:
        """Whether what was done with it stands: it counts, or has lapsed and did not fall since."""
        return self.counts or self.lapsed


Finished = Completion | Done
"""Something that was done: a step that was completed, or a block that was left."""


@immutable(frozen=True, slots=True)
class Performed:
    """An activity that was done and not undone; its values are those of the completion of
    `item`."""

    item: int
    node: str
    activation: int
    activity: str
    given: Mapping[str, Any]
    keeps: bool
