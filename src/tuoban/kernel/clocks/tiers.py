"""The moments around a limit at which something is to happen: before it, at it, after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, NamedTuple

from tuoban.kernel.calendars import CalendarError
from tuoban.kernel.calendars.instants import is_in_reach, moment_of
from tuoban.kernel.clocks.counting import Place, reach
from tuoban.kernel.clocks.history import History, history
from tuoban.kernel.clocks.ledger import Calendars, Ledger
from tuoban.kernel.clocks.lengths import EXACT, Length
from tuoban.kernel.clocks.moving import back
from tuoban.kernel.clocks.standing import due_place


@dataclass(frozen=True, slots=True)
class Tier:
    """`30 minutes before`, `at the limit`, `1 working hour after`, `every week after`.

    What lies after the limit stands still with the clock; what lies before it is counted back from
    the due moment through pauses. Only what lies after the limit comes again and again.
    """

    key: str
    side: Literal["before", "at", "after"] = "at"
    offset: Length | None = None
    every: bool = False


class TierMoment(NamedTuple):
    """When a tier comes; `round` counts from 1 and goes beyond it for `every` alone."""

    moment: datetime
    key: str
    round: int


def tier_moments(
    ledger: Ledger, calendars: Calendars, tiers: Iterable[Tier], fired: Mapping[str, int]
) -> tuple[TierMoment, ...]:
    """The next moment of each tier in order of time; `fired` says how often each has come.

    A tier that has come is left out, but one with `every` has its next round. There are none while
    the clock stands still short of the limit, none behind it while it stands still there, and none
    once it has stopped. What lies after all years never comes; what would lie before all working
    time comes when the clock begins.

    Raises:
        ClockError, CalendarError: as for `due`.
    """
    past = history(ledger, calendars)
    reached = due_place(past) if past.stopped is None else None
    return () if reached is None else tuple(sorted(_coming(past, reached, tiers, fired)))


def _coming(
    past: History, reached: Place, tiers: Iterable[Tier], fired: Mapping[str, int]
) -> Iterator[TierMoment]:
    for tier in tiers:
        turn = fired.get(tier.key, 0) + 1
        if turn > 1 and not (tier.every and tier.side == "after"):
            continue
        at = moment_at(past, reached, tier, turn)
        if at is not None:
            yield TierMoment(moment_of(at), tier.key, turn)


def moment_at(past: History, reached: Place, tier: Tier, turn: int) -> int | None:
    """When a tier comes for the `turn`-th time, in instants; None if it never does."""
    offset = tier.offset
    if offset is None or tier.side == "at":
        return reached.at
    if tier.side == "before":
        at = _found(lambda: back(reached.at, offset, past.runs[reached.run].calendar))
        return min(past.begins, reached.at) if at is None else at
    return _found(lambda: _behind(offset, turn, past, reached))


def _found(at: Callable[[], int | None]) -> int | None:
    """An instant, None where it is out of reach."""
    try:
        found = at()
    except CalendarError:
        return None
    return found if found is not None and is_in_reach(found) else None


def _behind(offset: Length, turn: int, past: History, reached: Place) -> int | None:
    times = replace(offset, number=EXACT.multiply(offset.number, turn))
    found = reach((times,), past.runs, reached)
    return found.at if found is not None else None
