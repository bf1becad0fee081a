"""Blocks: constructs that own regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tuoban.kernel.definition.correspondence import Awaited
from tuoban.kernel.definition.forms import FormSection
from tuoban.kernel.definition.nature import Act, Nature, Order
from tuoban.kernel.definition.people import Performer
from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import Limit


@dataclass(frozen=True, slots=True)
class Stage(Nature):
    """A named block; its one region is its body."""


@dataclass(frozen=True, slots=True)
class Choose(Nature):
    """The first branch that is true: `conditions[i]` guards `Node.regions[i]`, None = otherwise."""

    conditions: tuple[Expression | None, ...]

    enters_one: ClassVar[bool] = True

    @property
    def needs_no_step(self) -> bool:
        return None not in self.conditions

    @property
    def branching(self) -> tuple[Expression | None, ...]:
        return self.conditions

    def may_skip(self, body: int) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Parallel(Nature):
    """All branches at once, each a region of its own; a branch may be guarded.

    `join` is how many branches done are enough; None: all that were entered.
    """

    conditions: tuple[Expression | None, ...]
    join: int | None = None

    @property
    def needs_no_step(self) -> bool:
        return None not in self.conditions

    @property
    def branching(self) -> tuple[Expression | None, ...]:
        return self.conditions

    def may_skip(self, body: int) -> bool:
        return self.conditions[body] is not None or self.join is not None  # it may be withdrawn


@dataclass(frozen=True, slots=True)
class Repeat(Nature):
    """The body again until the condition holds, at most `at_most` rounds."""

    until: Expression
    at_most: int | None = None

    repeats: ClassVar[bool] = True

    @property
    def order(self) -> Order:
        return "in turn"

    @property
    def judged(self) -> tuple[Expression | None, ...]:
        return (self.until,)


@dataclass(frozen=True, slots=True)
class Each(Nature):
    """The body once for every element of a list, which is read on entry; known by the node's key.

    Attributes:
        elements: the list.
        together: all at once; else one after the other.
        enough_when: while this is true, what is still open of the others is not needed.
    """

    elements: Expression
    together: bool = True
    enough_when: Expression | None = None

    many: ClassVar[bool] = True
    keeps_instances: ClassVar[bool] = True

    @property
    def order(self) -> Order:
        return "together" if self.together else "in turn"

    @property
    def needs_no_step(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Plan(Nature):
    """A block whose nodes have no order but their needs: whatever is free is open at once.

    It is left when only optional nodes are left that nobody asked for, or once `complete_when` is
    true.
    """

    complete_when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Call(Nature):
    """Another process of the pack, run inside the case, with names and data of its own.

    Attributes:
        process: its name.
        given: what is handed in: a field of the process, and what its value is read from outside.
    """

    process: str
    given: tuple[tuple[str, Expression], ...] = ()

    is_apart: ClassVar[bool] = True
    keeps_instances: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Aside(Call):
    """The same where it is not waited for: the case goes on at once, and the process runs on, as a
    part of the process that calls it, whatever becomes of the block that it was called in."""

    many: ClassVar[bool] = True
    outlives: ClassVar[bool] = True

    @property
    def needs_no_step(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Link(Act):
    """A case of another pack, begun for this one. What is handed in and what comes back is all
    that crosses.

    Attributes:
        pack: the slug of the other pack, of which the newest version counts.
        request: by which of its requests the case begins; empty: its only one.
        given: what is handed in: a field of the other case, and what its value is read from.
        handed: likewise of personal values: a field of the other case, and one of this case.
        waits: whether this case goes on only when the other has ended.
    """

    pack: str
    request: str = ""
    given: tuple[tuple[str, Expression], ...] = ()
    handed: tuple[tuple[str, str], ...] = ()
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Reaction(Nature):
    """What may happen while its host, a step or a block, is active; its region is what then is
    done.

    Attributes:
        host: the node it belongs to; empty: the case, of what is done when that is cancelled.
        by: whose button it is; no role: it is no button.
        person: who alone may press it, where the case fills the role of `by`.
        form: what is entered when the button is pressed, or taken from the message.
        condition: it happens when this becomes true.
        message: it happens when such a message comes.
        moment: it happens when this limit runs out; where `again`, every time after so long.
        interrupting: everything open in the host is withdrawn first, and the case then goes on
            behind it.
        winds_up: it undoes what its host did, or is done last of all, once the process is over.
    """

    host: str
    by: tuple[str, ...] = ()
    form: tuple[FormSection, ...] = ()
    condition: Expression | None = None
    moment: Limit | None = None
    again: bool = False
    interrupting: bool = False
    person: Expression | None = None
    message: Awaited | None = None
    winds_up: bool = False

    many: ClassVar[bool] = True
    is_apart: ClassVar[bool] = True
    is_beside: ClassVar[bool] = True
    keeps_instances: ClassVar[bool] = True

    @property
    def awaited(self) -> Awaited | None:
        return self.message

    @property
    def performers(self) -> tuple[Performer, ...]:
        return (Performer(self.by),) if self.by and self.person is None else ()

    @property
    def taken(self) -> tuple[str, ...]:
        """The fields that its form fills."""
        return tuple(entry.field for section in self.form for entry in section.entries)
