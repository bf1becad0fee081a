"""The index of a calendar: sums of working time, by which every question is two look-ups.

Working time is cut into blocks of 64 days of UTC. A block knows where its intervals begin and how
much working time lies before each, so that a moment is found by bisection. Blocks are made when
they are first asked for and kept: they follow from the calendar alone, so nobody can tell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from tuoban.kernel.calendars.days import Interval, joined
from tuoban.kernel.calendars.instants import (
    DAY,
    EPOCH,
    FIRST_YEAR,
    LAST_YEAR,
    local_date,
    micros_of,
    out_of_reach,
)

_DAYS = 64
_BLOCK = _DAYS * DAY
_FIRST = micros_of(EPOCH.replace(year=FIRST_YEAR)) // _BLOCK
_LAST = micros_of(EPOCH.replace(year=LAST_YEAR + 1)) // _BLOCK


class Block(NamedTuple):
    """Intervals in order: where each begins and ends, the working time before it, and all of it."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]
    total: int


class Index:
    """Sums over the working time that `intervals` gives for each local date of `zone`.

    All instants are microseconds since 1970. Every method raises `CalendarError`,
    `out-of-reach`, beyond the years a calendar answers for.
    """

    __slots__ = ("_blocks", "_intervals", "_zone")

    def __init__(self, intervals: Callable[[date], list[Interval]], zone: tzinfo) -> None:
        self._intervals = intervals
        self._zone = zone
        self._blocks: dict[int, Block] = {}

    def between(self, start: int, end: int) -> int:
        """The working time from `start` to `end`, negative if `end` is earlier."""
        first, last = start // _BLOCK, end // _BLOCK
        block = self._block(first)
        if first == last:
            return _worked(block, end) - _worked(block, start)
        worked = _worked(self._block(last), end) - _worked(block, start)
        if first < last:
            return worked + sum(self._block(each).total for each in range(first, last))
        return worked - sum(self._block(each).total for each in range(last, first))

    def forward(self, at: int, size: int) -> int:
        """The first instant by which `size` > 0 of working time has passed since `at`."""
        number = at // _BLOCK
        block = self._block(number)
        wanted = size + _worked(block, at)
        while wanted > block.total:
            wanted -= block.total
            number += 1
            block = self._block(number)
        found = bisect_left(block.before, wanted) - 1
        return block.starts[found] + wanted - block.before[found]

    def back(self, at: int, size: int) -> int:
        """The last instant from which `size` > 0 of working time passes until `at`."""
        number = at // _BLOCK
        block = self._block(number)
        wanted = _worked(block, at) - size
        while wanted < 0:
            number -= 1
            block = self._block(number)
            wanted += block.total
        found = bisect_right(block.before, wanted) - 1
        return block.starts[found] + wanted - block.before[found]

    def next(self, at: int) -> int:
        """The first instant of working time that is not before `at`."""
        number = at // _BLOCK
        block = self._block(number)
        following = bisect_right(block.starts, at)
        if following and at < block.ends[following - 1]:
            return at
        while following == len(block.starts):
            number += 1
            block = self._block(number)
            following = 0
        return block.starts[following]

    def previous(self, at: int) -> int:
        """The last instant, not after `at`, that working time leads up to."""
        number = (at - 1) // _BLOCK
        block = self._block(number)
        preceding = bisect_left(block.starts, at)
        while not preceding:
            number -= 1
            block = self._block(number)
            preceding = len(block.starts)
        return min(at, block.ends[preceding - 1])

    def _block(self, number: int) -> Block:
        block = self._blocks.get(number)
        if block is None:
            if not _FIRST <= number <= _LAST:
                raise out_of_reach()
            block = self._blocks[number] = self._made(number)
        return block

    def _made(self, number: int) -> Block:
        first, last = number * _BLOCK, (number + 1) * _BLOCK
        found = joined(_cut(self._around(first, last), first, last))
        before, total = [], 0
        for start, end in found:
            before.append(total)
            total += end - start
        starts, ends = tuple(start for start, _ in found), tuple(end for _, end in found)
        return Block(starts, ends, tuple(before), total)

    def _around(self, first: int, last: int) -> list[Interval]:
        """In order, the intervals of all dates that may reach into a block."""
        # Work of the date before may run past midnight, and a clock put back at midnight shows
        # again a date that has passed.
        day = local_date(first, self._zone) - timedelta(days=1)
        until = local_date(last, self._zone) + timedelta(days=1)
        found: list[Interval] = []
        while day <= until:
            found += self._intervals(day)
            day += timedelta(days=1)
        return sorted(found)


def _cut(intervals: list[Interval], first: int, last: int) -> Iterator[Interval]:
    for start, end in intervals:
        if start < last and end > first:
            yield max(start, first), min(end, last)


def _worked(block: Block, at: int) -> int:
    """The working time of a block before an instant in it."""
    found = bisect_right(block.starts, at) - 1
    if found < 0:
        return 0
    return block.before[found] + min(at, block.ends[found]) - block.starts[found]
