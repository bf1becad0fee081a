"""Time limits as a definition holds them: how long, until when, on whose hours, and what lateness
does.

They are values with expressions in them; `engine.clocks` makes a running clock of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tuoban.kernel.clocks import Length, Measure, Tier
from tuoban.kernel.expressions import Expression
from tuoban.kernel.schedules import Schedule
from tuoban.kernel.text import Text

OF_UNIT = "unit"
"""The hours of the unit that the case belongs to; what counts where nothing is written."""
OF_PERFORMER = "performer"
"""The hours of whoever holds the work; while nobody does, those of the unit in whose pool it is."""
ROUND_THE_CLOCK = "always"
"""Every hour of every day. No calendar of an organisation may be called by these three words."""

OPENS = "opens"
"""The key of the limit that stands for the earliest moment of a construct."""


VALID_UNTIL = "valid-until"
"""The key of the limit that stands for the moment at which a finished step lapses."""

MOMENT = "moment"
"""The key of the limit that stands for the moment at which a reaction happens."""

WAITS = "wait"
"""The key of the limit that says how long a `wait` lasts."""

GOES_ON = frozenset((OPENS, WAITS))
"""The keys of those that let the case go on when they run out."""

NOT_DUE = frozenset((*GOES_ON, MOMENT))
"""The keys of those by which nothing has to be done."""


def is_due(key: str) -> bool:
    """Whether something has to be done by the limit of this key; else it lets something happen."""
    return key not in NOT_DUE and not key.startswith(VALID_UNTIL)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment: what `base` gives, or `offset` before or after it.

    A base that is a date means, with a length of whole days, weeks or months, that date moved;
    else the beginning of the date (`before`) or its end (`after`).
    """

    base: Expression
    offset: Length | Expression | None = None
    side: Literal["before", "after"] = "after"

    @property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        """What the base is read from."""
        return tuple(self.base.paths)


TIMEOUT = "timeout"
"""The outcome of what the process has moved on without."""


SHORTEST_ROUND = Length(Decimal(10), "minute")
"""What comes again and again comes no more often than this."""


def is_too_often(length: Length) -> bool:
    """Whether what comes again after so long comes too often."""
    measured = length.measure in (Measure.ELAPSED, Measure.WORKING)
    return measured and length.size < SHORTEST_ROUND.size


@dataclass(frozen=True, slots=True)
class LateAction:
    """What passing a moment does: `tell` or `escalate`, to a role or to `performer`; `do` what the
    reaction `to` holds; or `move on` without what is late."""

    kind: Literal["tell", "escalate", "do", "move on"]
    to: str


@dataclass(frozen=True, slots=True)
class LateTier:
    """Something to do before, at or after the limit; `tier.key` is what the pack wrote.

    How far from the limit is told by the tier, or in each case by the expression `offset`.
    """

    tier: Tier
    actions: tuple[LateAction, ...]
    offset: Expression | None = None

    @property
    def key(self) -> str:
        return self.tier.key


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a construct or of the case; exactly one of `length`, `until` and `schedule` is
    given.

    Attributes:
        key: its name among the limits of its construct; `within`, `due` or `opens` where the author
            gave none.
        label: how people call it, such as the promise to the customer; None: it needs no name.
        length: how long it may take.
        until: the moment by which.
        start: what the length counts from; None: when the work is first offered and unlocked, or
            the block entered.
        calendar: `unit`, `performer`, `always` or the key of a calendar of the organisation.
        stops_while: while this is true, a length stands still.
        stops_label: why it then does.
        tiers: what lateness does.
        schedule: until its next moment.
    """

    key: str
    length: Length | Expression | None = None
    until: Moment | None = None
    label: Text | None = None
    start: Moment | None = None
    calendar: str = OF_UNIT
    stops_while: Expression | None = None
    stops_label: Text | None = None
    tiers: tuple[LateTier, ...] = ()
    schedule: Schedule | None = None
