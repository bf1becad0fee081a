"""The state of a case: the fold of its events, and nothing else.

A state is a value. `evolve` makes the next one by copying the slots and replacing the mappings
that an event touches, so states share what did not change. Mappings in it are never mutated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from tuoban.kernel.clocks import Ledger
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import ROOT_REGION
from tuoban.kernel.text import Text

ROOT = 0
"""The activation of the process itself."""


@dataclass(frozen=True, slots=True)
class Activation:
    """A live instance of a region. `round` counts a loop's rounds from 1, else 0. `continues` names
    the instance that this one goes on from in the middle, after a return. `at` is when it was
    entered, None where an old journal does not say."""

    id: int
    region: str
    parent: int | None
    round: int = 0
    continues: int | None = None
    at: datetime | None = None
    element: int = 0
    """Of an `each`: the place of its element in the list, from 1; else 0."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a delegate entered and ticked, and the outcome they would choose."""

    by: str
    outcome: str | None
    values: Mapping[str, Any]
    checked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What makes an item a signer's part of another one: of which, and as what role they sign."""

    of: int
    role: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that somebody of the organisation gave, with their own item."""

    item: int
    role: str
    by: str
    at: datetime
    stamped: bool = False


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Waiting:
    """A `wait` that the case has come to. `id` is drawn from the same row as those of items."""

    id: int
    node: str
    activation: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """What a field was given with a work item (0: at the start), or under the number of a
    correction, by whom (empty: by the process itself)."""

    item: int
    value: Any
    by: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop in the chain of activations `scope`: its newest round, and how it was left, if it was:
    `exhausted` when its condition never held."""

    scope: tuple[int, ...]
    rounds: int
    exhausted: bool | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The elements that an `each` read when it was entered in the chain of activations `scope`."""

    scope: tuple[int, ...]
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """An activation, live or left, that has data of its own or stands for an element of a list.

    `scope` is its chain of activations, itself the last; `continues` as for an activation.
    """

    scope: tuple[int, ...]
    element: int = 0
    continues: int | None = None

    @property
    def id(self) -> int:
        return self.scope[-1]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Done:
    """A mark that a block was left, or a construct passed over, in this chain of activations."""

    node: str
    scope: tuple[int, ...]
    passed_over: bool
    covered: tuple[tuple[int, str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class At:
    """A node in an activation."""

    node: str
    activation: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A node whose turn has come and which waits for what it needs: `reasons` are the places of
    its failing needs."""

    node: str
    activation: int
    reasons: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fired:
    """A moment around a limit that has passed: which round of it, and the moment itself."""

    round: int
    moment: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that has not been stopped.

    It is for the work item `item`, or for the block `node` (the case, if empty), which stands in
    `activation`; `limit` is the key of its limit there. `due` follows from the ledger: None while
    it stands still short of its limit. `fired` tells which moments around the limit have passed.
    """

    id: int
    node: str
    activation: int
    item: int | None
    limit: str
    ledger: Ledger
    due: datetime | None
    fired: Mapping[str, Fired] = field(default_factory=dict)

    @property
    def begins(self) -> datetime:
        """When it began to count, or will."""
        return self.ledger.start.begun


@dataclass(frozen=True, slots=True)
class Timer:
    """A moment around the limit of a clock that is to come, `round` counted from 1."""

    id: str
    clock: int
    tier: str
    round: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Suspension:
    """The case is put aside until somebody resumes it."""

    by: str
    at: datetime
    reason: str


Status = Literal["new", "running", "ended"]


@dataclass(frozen=True)
class State:
    """Everything the kernel knows of one case.

    It has no slots of the class, so that the next state is made by copying one dictionary.
    """

    status: Status = "new"
    outcome: str | None = None
    request: str = ""
    by: str = ""
    unit: str = ""
    number: str = ""
    channel: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """By field, what it was given and still counts, oldest first; the last one is its value."""
    places: Mapping[int, Mapping[str, tuple[Entry, ...]]] = field(default_factory=dict)
    """The same of the fields that blocks declare, by the activation that has this copy of them."""
    activations: Mapping[int, Activation] = field(default_factory=dict)
    left: Mapping[int, Activation] = field(default_factory=dict)
    """Rounds and elements that have been left, and what went on from one, should they come back."""
    items: Mapping[int, Item] = field(default_factory=dict)
    waits: Mapping[int, Waiting] = field(default_factory=dict)
    completions: Mapping[str, tuple[Completion, ...]] = field(default_factory=dict)
    done: Mapping[str, tuple[Done, ...]] = field(default_factory=dict)
    withdrawn: frozenset[int] = frozenset()
    sealed: frozenset[str] = frozenset()
    """The references of all personal values given so far that have not been erased."""
    loops: Mapping[str, tuple[Loop, ...]] = field(default_factory=dict)
    listed: Mapping[str, tuple[Listed, ...]] = field(default_factory=dict)
    """By `each`, the elements it read."""
    instances: Mapping[str, tuple[Instance, ...]] = field(default_factory=dict)
    """By region, its instances so far, oldest first, where they are kept in mind."""
    clocks: Mapping[int, Clock] = field(default_factory=dict)
    timers: Mapping[str, Timer] = field(default_factory=dict)
    suspended: Suspension | None = None
    waiting: tuple[At, ...] = ()
    """Blocks in which everything is done but what their reactions have begun: where they stand, or
    the activation of their body where the reactions stand in that."""
    turns: tuple[Turn, ...] = ()
    """What waits for its needs to be offered, or entered."""
    lapsed: tuple[At, ...] = ()
    """Blocks that have lapsed and have not been done again."""
    again: tuple[At, ...] = ()
    """What is done again after it has lapsed; the case does not go on behind it."""
    held: tuple[At, ...] = ()
    """The conditions of reactions that have become true and are so still."""
    copied: tuple[str, ...] = ()
    """Who got the case to read, in the order in which it was copied to them."""
    jumped: int = 0
    """The newest work item at the time of the last jump: nothing up to it is taken back."""
    last_activation: int = ROOT
    last_item: int = 0
    last_clock: int = 0
    last_timer: int = 0
    last_row: int = 0
    """The highest key that a row of a list was given."""

    def but(self, changed: Mapping[str, Any]) -> State:
        """The state with some parts replaced."""
        made = object.__new__(State)
        made.__dict__.update(self.__dict__, **changed)
        return made

    def scope(self, activation: int) -> tuple[int, ...]:
        """The chain of live activations down to `activation`, outermost first."""
        chain: list[int] = []
        at: int | None = activation
        while at is not None:
            chain.append(at)
            at = self.activations[at].parent
        return tuple(reversed(chain))

    def newest(self, node: str) -> Completion | None:
        """The newest completion of a step that still counts."""
        for completion in reversed(self.completions.get(node, ())):
            if completion.counts:
                return completion
        return None

    def completion_of(self, item: int) -> Completion | None:
        for group in self.completions.values():
            for completion in group:
                if completion.item == item:
                    return completion
        return None


NEW = State()
"""A case of which nothing is known yet: what the first event is folded onto."""

__all__ = [
    "NEW",
    "ROOT",
    "ROOT_REGION",
    "Activation",
    "At",
    "Clock",
    "Completion",
    "Done",
    "Entry",
    "Fired",
    "Instance",
    "Item",
    "Listed",
    "Loop",
    "Part",
    "Prepared",
    "Signed",
    "Signing",
    "State",
    "Status",
    "Suspension",
    "Timer",
    "Turn",
    "Waiting",
]
