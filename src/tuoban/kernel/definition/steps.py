"""A step: a piece of work for someone, what it waits for, and how it can end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from tuoban.kernel.clocks import Length
from tuoban.kernel.definition.forms import CheckItem, FormSection
from tuoban.kernel.definition.messages import Tell
from tuoban.kernel.definition.nature import Nature
from tuoban.kernel.definition.people import Performer, Receivers, Signer
from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import Limit, Moment
from tuoban.kernel.papers import Wanted
from tuoban.kernel.text import Text

if TYPE_CHECKING:
    from tuoban.kernel.activities import Do


@dataclass(frozen=True, slots=True)
class Outcome:
    """A way a step can end. `requires` names fields that this outcome makes compulsory;
    with `unsigned` no signature, no checklist and no paper is asked for (a refusal, an absence)."""

    key: str
    label: Text
    requires: tuple[str, ...] = ()
    unsigned: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """One gate of a step: a named step or block that must be done, or a condition."""

    name: str | None = None
    that: Expression | None = None
    otherwise: Text | None = None
    when: Expression | None = None


@dataclass(frozen=True)
class Step(Nature):
    """A piece of work for someone.

    It has no slots, so that what follows from it is told once and kept.
    """

    by: Performer
    fields: tuple[str, ...] = ()
    form: tuple[FormSection, ...] = ()
    checklist: tuple[CheckItem, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    signers: tuple[Signer, ...] = ()
    papers: tuple[Wanted, ...] = ()
    prints: tuple[str, ...] = ()
    """The documents that may be printed with it."""
    needs: tuple[Need, ...] = ()
    returns_to: tuple[str, ...] = ()
    """The steps it may be sent back to, from where all is done again."""
    undo: str = ""
    """The key of what is done to undo it (a reaction that nothing else begins); empty: nothing."""
    straight_from: tuple[str, ...] = ()
    """Those it may be sent back to, from where it comes straight back."""
    valid_until: Moment | None = None
    """When it lapses."""
    transfer_to: Receivers | None = None
    """Who may receive it in place of whoever holds its roles."""
    do: Do | None = None
    """What a service does when it is completed."""
    takes: Length | Expression | None = None
    """How long it is expected to take; an expression reads settings alone."""
    tell: Tell | None = None
    """Whom to tell whenever the work comes to somebody."""

    is_work: ClassVar[bool] = True

    @cached_property
    def is_unattended(self) -> bool:
        """Whether the system does it by itself, so that it is nobody's work."""
        return self.do is not None and self.by == Performer()

    @cached_property
    def stamping(self) -> tuple[Signer, ...]:
        """The outside parties whose stamp is asked for."""
        return tuple(each for each in self.signers if each.stamps and not each.is_inside)

    @cached_property
    def inside_signers(self) -> tuple[Signer, ...]:
        """Who of the organisation is asked to sign what was completed."""
        return tuple(each for each in self.signers if each.is_inside)

    @property
    def judged(self) -> tuple[Expression | None, ...]:
        return tuple(each for need in self.needs for each in (need.that, need.when))

    @property
    def performers(self) -> tuple[Performer, ...]:
        if self.is_unattended:
            return ()
        return (self.by, *(each.by for each in self.inside_signers if each.by is not None))

    def duration(self, limits: Sequence[Limit]) -> Length | Expression | None:
        return self.takes

    @property
    def agreement(self) -> str | None:
        """The outcome by which somebody agrees: the first; None where there are none."""
        return self.outcomes[0].key if self.outcomes else None

    def outcome(self, key: str) -> Outcome | None:
        return next((each for each in self.outcomes if each.key == key), None)
