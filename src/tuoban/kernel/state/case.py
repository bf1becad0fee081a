"""The state of a whole case, and the entries of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Any, Literal

from tuoban.kernel.documents import Printed
from tuoban.kernel.immutable import immutable
from tuoban.kernel.papers import PaperMove
from tuoban.kernel.state.clocks import Clock, Timer
from tuoban.kernel.state.files import Attachment, Remark
from tuoban.kernel.state.messages import Received
from tuoban.kernel.state.places import (
    ROOT,
    Activation,
    At,
    Done,
    Instance,
    Listed,
    Loop,
    Reentry,
    Turn,
    Winding,
)
from tuoban.kernel.state.work import Completion, Item, Outside, Performed, Waiting


@immutable(frozen=True, slots=True)
class Entry:
    """What a field was given with a work item (0: at the start), or under the number of a
    correction, by whom (empty: by the process itself)."""

    item: int
    value: Any
    by: str = ""


@immutable(frozen=True, slots=True)
class Suspension:
    """The case is put aside until somebody resumes it."""

    by: str
    at: datetime
    reason: str


Status = Literal["new", "running", "ended"]


@immutable(frozen=True)
class State:
    """Everything the kernel knows of one case.

    It has no slots of the class, so that the next state is made by copying one dictionary.
    """

    status: Status = "new"
    outcome: str | None = None
    request: str = ""
    by: str = ""
    unit: str = ""
    asked_in: str = ""
    """The unit in which it was asked for, where it belongs to another one."""
    number: str = ""
    channel: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    keep_until: date | None = None
    """The last day on which it is kept in the archive, once it has ended."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """By field, what it was given and still counts, oldest first; the last one is its value."""
    places: Mapping[int, Mapping[str, tuple[Entry, ...]]] = field(default_factory=dict)
    """The same of the fields that blocks declare, by the activation that has this copy of them."""
    activations: Mapping[int, Activation] = field(default_factory=dict)
    left: Mapping[int, Activation] = field(default_factory=dict)
    """Rounds and elements that have been left, and what went on from one, should they come back;
    and what a process runs on that was called in it."""
    items: Mapping[int, Item] = field(default_factory=dict)
    waits: Mapping[int, Waiting] = field(default_factory=dict)
    completions: Mapping[str, tuple[Completion, ...]] = field(default_factory=dict)
    done: Mapping[str, tuple[Done, ...]] = field(default_factory=dict)
    sealed: frozenset[str] = frozenset()
    """The references of all personal values given so far that have not been erased."""
    loops: Mapping[str, tuple[Loop, ...]] = field(default_factory=dict)
    listed: Mapping[str, tuple[Listed, ...]] = field(default_factory=dict)
    """By `each`, the elements it read."""
    instances: Mapping[str, tuple[Instance, ...]] = field(default_factory=dict)
    """By region, its instances so far, oldest first, where they are kept in mind."""
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By reference to a customer or an asset, what the case knows of it."""
    clocks: Mapping[int, Clock] = field(default_factory=dict)
    timers: Mapping[str, Timer] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)
    """By node (the case, if empty), how many of its limits ran out before it was done or left."""
    outside: tuple[Outside, ...] = ()
    """When the case waited for outside parties alone, oldest first."""
    suspended: Suspension | None = None
    waiting: tuple[At, ...] = ()
    """Blocks in which everything is done but what their reactions have begun: where they stand, or
    the activation of their body where the reactions stand in that."""
    turns: tuple[Turn, ...] = ()
    """What waits for its needs to be offered, or entered."""
    reentries: tuple[Reentry, ...] = ()
    """Blocks that work went back into, and that wait to be entered again."""
    lapsed: tuple[At, ...] = ()
    """Blocks that have lapsed and have not been done again."""
    again: tuple[At, ...] = ()
    """What is done again after it has lapsed; the case does not go on behind it."""
    held: tuple[At, ...] = ()
    """The conditions of reactions that have become true and are so still."""
    papers: Mapping[str, tuple[PaperMove, ...]] = field(default_factory=dict)
    """By paper, what came in and was handed on, oldest first."""
    performed: Mapping[int, Performed] = field(default_factory=dict)
    """The activities that were done and not undone, by the work items they were done with."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What services know of the case, as it was last told."""
    printed: Mapping[str, tuple[Printed, ...]] = field(default_factory=dict)
    """By step, the documents that were printed with it, oldest first."""
    files: Mapping[int, Attachment] = field(default_factory=dict)
    """What was attached to it and not withdrawn, by number."""
    remarks: Mapping[int, Remark] = field(default_factory=dict)
    """What was said about it lately, by number."""
    copied: tuple[str, ...] = ()
    """Who got the case to read, in the order in which it was copied to them."""
    windings: Mapping[int, Winding] = field(default_factory=dict)
    """The processes that are wound up before they end: the case (`ROOT`), or what a call runs, by
    its activation."""
    undone: frozenset[int] = frozenset()
    """The work items that are undone by steps: no end undoes them once more."""
    received: Mapping[str, Received] = field(default_factory=dict)
    """The messages that came to it lately, by their ids."""
    jumped: int = 0
    """The newest work item at the time of the last jump: nothing up to it is taken back."""
    last_activation: int = ROOT
    last_item: int = 0
    last_clock: int = 0
    last_timer: int = 0
    last_done: int = 0
    """How many pieces of work have been completed."""
    last_row: int = 0
    """The highest key that a row of a list was given."""

    def but(self, changed: dict[str, Any]) -> State:
        """The state with some parts replaced."""
        made = object.__new__(State)
        made.__dict__ = self.__dict__ | changed
        return made

    @property
    def winding(self) -> Winding | None:
        """How the case itself is wound up; None: it is not."""
        return self.windings.get(ROOT)

    def undoing(self, activation: int) -> int:
        """The work item that the steps undo which stand in a live activation; 0: they undo none."""
        winding = self._winding_around(activation)
        return winding.now if winding is not None and not winding.closing else 0

    def is_winding_up(self, activation: int) -> bool:
        """Whether what stands in a live activation is done before its process ends."""
        return self._winding_around(activation) is not None

    def _winding_around(self, activation: int) -> Winding | None:
        around = reversed(self.scope(activation)) if self.windings else ()
        return next((self.windings[each] for each in around if each in self.windings), None)

    @property
    def is_shared(self) -> bool:
        """Whether others than who holds it have to do with any of the open work: signers, those
        who are asked for an opinion, whoever delegated it."""
        for each in self.items.values():
            if each.part or each.signing or each.added or each.delegated_by:
                return True
        return False

    @property
    def waits_outside_for(self) -> tuple[str, ...]:
        """The roles of the outside parties for which alone the case waits now."""
        newest = self.outside[-1] if self.outside and self.status == "running" else None
        return newest.roles if newest is not None and newest.until is None else ()

    def scope(self, activation: int) -> tuple[int, ...]:
        """The chain of activations down to a live one, outermost first, as the pack writes them:
        those that a process was called in may have been left while it runs on."""
        chain: list[int] = []
        at: int | None = activation
        while at is not None:
            chain.append(at)
            live = self.activations[at]
            if live.called_in:
                return (*live.called_in, *reversed(chain))
            at = live.parent
        return tuple(reversed(chain))

    def holding(self, activation: int) -> tuple[int, ...]:
        """The live activations with which a live one ends, itself the first."""
        chain: list[int] = []
        at: int | None = activation
        while at is not None:
            chain.append(at)
            at = self.activations[at].parent
        return tuple(chain)

    def known(self, activation: int) -> Activation:
        """An activation that lives, or that something which was called in it runs on from."""
        return self.activations.get(activation) or self.left[activation]

    def at_place(self, place: int, name: str) -> Any:
        """What the copy of a field has that this activation holds; None: nothing yet."""
        entries = self.places.get(place, {}).get(name, ())
        return entries[-1].value if entries else None

    def elements_around(self, activation: int) -> tuple[int, ...]:
        """The places of the elements around a live activation, the outermost first."""
        around = (self.known(each).element for each in self.scope(activation))
        return tuple(each for each in around if each)

    def reentry(self, node: str, activation: int) -> Reentry | None:
        """Where a block is to be entered again that work went back into; None: it does not wait."""
        here = (node, activation)
        return next((each for each in self.reentries if (each.node, each.activation) == here), None)

    def newest(self, node: str) -> Completion | None:
        """The newest completion of a step that still counts."""
        for completion in reversed(self.completions.get(node, ())):
            if completion.counts:
                return completion
        return None

    def was_withdrawn(self, item: int) -> bool:
        """Whether work of this number is there no more, and was not done: the number was given, and
        nothing open or done has it. Whoever asks looks for signatures first, which stand with the
        work that they were given with."""
        is_known = item in self.items or item in self.waits or self.completion_of(item) is not None
        return 0 < item <= self.last_item and not is_known

    def completion_of(self, item: int) -> Completion | None:
        for group in self.completions.values():
            for completion in group:
                if completion.item == item:
                    return completion
        return None


NEW = State()
"""A case of which nothing is known yet: what the first event is folded onto."""
