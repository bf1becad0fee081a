"""Which moments around a limit are still to come, given those that have been acted upon.

A moment that moves into the future counts anew; one that moves into the past comes once, now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from tuoban.kernel.calendars.instants import micros_of, moment_of
from tuoban.kernel.clocks.counting import Place
from tuoban.kernel.clocks.history import History, history
from tuoban.kernel.clocks.ledger import Calendars, Ledger
from tuoban.kernel.clocks.standing import due_place
from tuoban.kernel.clocks.tiers import Tier, TierMoment, moment_at


def coming(
    ledger: Ledger,
    calendars: Calendars,
    tiers: Iterable[Tier],
    fired: Mapping[str, datetime],
    now: datetime,
) -> tuple[TierMoment, ...]:
    """The next moment of each tier, in order of time.

    There are none while the clock stands still short of the limit, and none behind it while it
    stands still there.

    Args:
        fired: the last moment of each tier that was acted upon.

    Raises:
        ClockError, CalendarError: as for `due`.
    """
    past = history(ledger, calendars)
    reached = due_place(past)
    if reached is None:
        return ()
    acted = {key: micros_of(moment) for key, moment in fired.items()}
    return tuple(sorted(_coming(past, reached, tiers, acted, micros_of(now))))


def _coming(
    past: History, reached: Place, tiers: Iterable[Tier], acted: Mapping[str, int], now: int
) -> Iterator[TierMoment]:
    for tier in tiers:
        last = acted.get(tier.key)
        turn = _turn_after(past, reached, tier, last) if tier.every and last is not None else 1
        at = moment_at(past, reached, tier, turn)
        if at is None or (last is not None and not tier.every and at <= now):
            continue
        yield TierMoment(moment_of(at), tier.key, turn)


def _turn_after(past: History, reached: Place, tier: Tier, last: int) -> int:
    """The first round that comes after `last`, by doubling and halving: rounds lie in order."""
    low, high = 0, 1
    while (at := moment_at(past, reached, tier, high)) is not None and at <= last:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        at = moment_at(past, reached, tier, middle)
        if at is not None and at <= last:
            low = middle
        else:
            high = middle
    return high
