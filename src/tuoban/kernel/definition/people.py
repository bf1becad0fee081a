"""Who does work, who signs it, and who may receive it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tuoban.kernel.expressions import Expression
from tuoban.kernel.text import Text

Mark = Literal["signature", "stamp"]
"""What a signer gives: their signature, and their stamp on the paper, which is noted beside it."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs a step, known by the role.

    An outside party (`by` is None) signs in the form of whoever does the step. People of the
    organisation are asked once the step is completed, as `by` says who.
    """

    role: str
    by: Performer | None = None
    marks: tuple[Mark, ...] = ("signature",)

    @property
    def is_inside(self) -> bool:
        return self.by is not None

    @property
    def stamps(self) -> bool:
        return "stamp" in self.marks


Pick = Literal["pool", "next", "round-robin", "least-loaded", "named"]
"""How one of those who may do a step is found: they choose work themselves; they take what is next
in line; it goes to whoever was given the step longest ago; to whoever holds the least work; or to
whoever is named by the one who completes the step before."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of those who do a step together must agree; `number` of them, or per cent."""

    kind: Literal["all", "any", "number", "percent"]
    number: int = 0

    def needed(self, total: int) -> int:
        """How many of so many must agree: never more than there are, and one at least."""
        wanted = {
            "all": total,
            "any": 1,
            "number": min(self.number, total),
            "percent": -(-self.number * total // 100),
        }
        return max(1, wanted[self.kind])


@dataclass(frozen=True)
class Performer:
    """Who does a step: any of `roles`, or whoever did `same_as`, but nobody who did `excluded`.

    `where` gives the key of the one unit in which the roles count; without it they are looked for
    from the case's unit upwards. `person` gives the id of whoever is to do it; where that is
    nobody who is active, the roles apply.
    """

    roles: tuple[str, ...] = ()
    same_as: str | None = None
    excluded: tuple[str, ...] = ()
    where: Expression | None = None
    person: Expression | None = None
    skills: tuple[str, ...] = ()
    """What people must be able to do, all of it, beside holding a role."""
    pick: Pick = "pool"
    agree: Agreement | None = None
    """Everybody who may do it does it, each a part of their own, until this is decided."""
    in_turn: bool = False
    """Of those, one after the other: as the roles are listed, then by the age of their accounts."""
    is_outside: bool = False
    """Whether all of `roles`, and there are some, are of outside parties."""

    @cached_property
    def is_open(self) -> bool:
        """Whether whoever holds a role may do it, whatever else they do or are able to."""
        return not self.excluded and not self.skills and self.agree is None


@dataclass(frozen=True, slots=True)
class Receivers:
    """To whom work may be handed: holders of `roles`, in the unit that `where` gives, else from the
    case's upwards; without roles, to nobody."""

    roles: tuple[str, ...] = ()
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the process. An outside role is recorded by whoever holds one of `recorded_by`; one
    of the organisation is recorded by none. Nobody may hold it together with one of `excludes`.
    One that the case fills is held by nobody: `person` gives the id of whoever it is there."""

    key: str
    label: Text
    recorded_by: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    person: Expression | None = None

    @property
    def is_outside(self) -> bool:
        """Whether nobody of the organisation holds it."""
        return bool(self.recorded_by)

    @property
    def acting(self) -> tuple[str, ...]:
        """The roles whose holders do what it does."""
        return self.recorded_by or (self.key,)
