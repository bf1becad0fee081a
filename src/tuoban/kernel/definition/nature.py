"""What holds of a construct wherever it stands, told by each for itself: so nobody who goes through
a process need know several of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from tuoban.kernel.clocks import Length
from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import Limit

if TYPE_CHECKING:
    from tuoban.kernel.definition.correspondence import Awaited
    from tuoban.kernel.definition.people import Performer

Order = Literal["together", "in turn", "mixed"]


class Nature:
    """What a construct says of itself; what is written here holds unless it says otherwise."""

    __slots__ = ()

    many: ClassVar[bool] = False
    """Whether several instances of it may be active in one place, so that its limits hold for each
    of them."""
    is_work: ClassVar[bool] = False
    """Whether it is work that is offered and completed; else it is entered and left."""
    repeats: ClassVar[bool] = False
    """Whether its body is gone through again, each round in place of the one before."""
    enters_one: ClassVar[bool] = False
    """Whether one of its bodies is entered, and the others are passed over with that."""
    is_apart: ClassVar[bool] = False
    """Whether what is inside it is a flow of its own: no work goes back into it or out of it."""
    is_beside: ClassVar[bool] = False
    """Whether it stands beside the flow, where its turn never comes."""
    outlives: ClassVar[bool] = False
    """Whether the case goes on at once behind it, and it runs on beside what it was begun in."""
    keeps_instances: ClassVar[bool] = False
    """Whether its instances are kept in mind after they have been left."""

    @property
    def order(self) -> Order:
        """How the instances of its body lie to one another in time: all at once, each begun when
        the one before is over, or anyhow."""
        return "mixed"

    @property
    def needs_no_step(self) -> bool:
        """Whether it may be gone through without anything inside it having its turn."""
        return False

    @property
    def branching(self) -> tuple[Expression | None, ...]:
        """What decides which of its bodies are entered, one for each; empty where all are."""
        return ()

    def may_skip(self, body: int) -> bool:
        """Whether that body, counted from 0, may not be entered, or not be gone through."""
        return False

    @property
    def judged(self) -> tuple[Expression | None, ...]:
        """The conditions that decide when the case goes on behind it."""
        return ()

    @property
    def performers(self) -> tuple[Performer, ...]:
        """The rules for who of the organisation does it, each somebody else; the first for who does
        the work itself. Empty: it is nobody's work, or somebody's whom the case names."""
        return ()

    def duration(self, limits: Sequence[Limit]) -> Length | Expression | None:
        """How long it is expected to take by itself, under these limits; None: nothing says so."""
        return None

    @property
    def awaited(self) -> Awaited | None:
        """The message that it takes; None: it takes none."""
        return None

    @property
    def message_name(self) -> str:
        """The message that it sends or takes, whose values it keeps; empty: none."""
        return self.awaited.name if self.awaited is not None else ""


class Act(Nature):
    """What the process does by itself: no step is in it."""

    __slots__ = ()

    @property
    def needs_no_step(self) -> bool:
        return True
