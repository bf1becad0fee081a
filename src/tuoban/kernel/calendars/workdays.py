"""The workdays of a calendar: the dates on which work begins, counted by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, tzinfo
from typing import NamedTuple

from tuoban.kernel.calendars.days import Interval
from tuoban.kernel.calendars.instants import FIRST_YEAR, LAST_YEAR, local_date, out_of_reach

_DAYS = 64
_FIRST = date(FIRST_YEAR, 1, 1).toordinal() // _DAYS
_LAST = date(LAST_YEAR, 12, 31).toordinal() // _DAYS
_EVER = -(1 << 62)


class _Chunk(NamedTuple):
    """The workdays among 64 dates, and the instants at which their work begins and ends."""

    days: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Workdays:
    """Counts dates with working time. Dates are ordinals, instants microseconds since 1970.

    Methods raise `CalendarError`, `out-of-reach`, beyond the years a calendar answers for.
    """

    __slots__ = ("_chunks", "_intervals", "_zone")

    def __init__(self, intervals: Callable[[date], list[Interval]], zone: tzinfo) -> None:
        self._intervals = intervals
        self._zone = zone
        self._chunks: dict[int, _Chunk] = {}

    def after(self, day: int, number: int) -> int:
        """The `number`-th workday after a date, `number` > 0."""
        at = day // _DAYS
        days = self._chunk(at).days
        passed = bisect_right(days, day)
        while number > len(days) - passed:
            number -= len(days) - passed
            at, passed = at + 1, 0
            days = self._chunk(at).days
        return days[passed + number - 1]

    def before(self, day: int, number: int) -> int:
        """The `number`-th workday before a date, `number` > 0."""
        at = day // _DAYS
        days = self._chunk(at).days
        left = bisect_left(days, day)
        while number > left:
            number -= left
            at -= 1
            days = self._chunk(at).days
            left = len(days)
        return days[left - number]

    def between(self, first: int, last: int) -> int:
        """The workdays after `first` up to `last`, itself included; negative if it is earlier."""
        start, end = first // _DAYS, last // _DAYS
        found = bisect_right(self._chunk(end).days, last)
        found -= bisect_right(self._chunk(start).days, first)
        if start <= end:
            return found + sum(len(self._chunk(each).days) for each in range(start, end))
        return found - sum(len(self._chunk(each).days) for each in range(end, start))

    def start(self, day: int) -> int:
        """The instant at which the work of a workday begins."""
        chunk = self._chunk(day // _DAYS)
        return chunk.starts[bisect_left(chunk.days, day)]

    def end(self, day: int) -> int:
        """The instant at which the work of a workday ends."""
        chunk = self._chunk(day // _DAYS)
        return chunk.ends[bisect_left(chunk.days, day)]

    def last_ended(self, at: int, since: int) -> int:
        """The last workday after a date whose work has ended by an instant; without one, the date.

        It looks no further back: there may be none before.
        """
        # Where the clock is put back across midnight, work of the date after may have ended.
        number = (local_date(at, self._zone).toordinal() + 1) // _DAYS
        while number >= since // _DAYS:
            chunk = self._chunk(number)
            if ended := bisect_right(chunk.ends, at):
                return max(since, chunk.days[ended - 1])
            number -= 1
        return since

    def ending(self, at: int) -> int:
        """The date that an instant belongs to when days are counted forwards.

        It is the date on the wall, midnight being the end of a date, or the date before while its
        work has not ended or just ends.
        """
        day = local_date(at - 1, self._zone).toordinal()
        return day - 1 if at <= self._end_on(day - 1, at - 1) else day

    def beginning(self, at: int) -> int:
        """The date that an instant belongs to when days are counted backwards.

        As forwards, but midnight begins a date, and the end of a date's work is not part of it.
        """
        day = local_date(at, self._zone).toordinal()
        return day - 1 if at < self._end_on(day - 1, at) else day

    def _end_on(self, day: int, otherwise: int) -> int:
        chunk = self._chunk(day // _DAYS)
        found = bisect_left(chunk.days, day)
        if found < len(chunk.days) and chunk.days[found] == day:
            return chunk.ends[found]
        return otherwise

    def _chunk(self, number: int) -> _Chunk:
        chunk = self._chunks.get(number)
        if chunk is None:
            if not _FIRST <= number <= _LAST:
                raise out_of_reach()
            chunk = self._chunks[number] = self._made(number)
        return chunk

    def _made(self, number: int) -> _Chunk:
        days, starts, ends = [], [], []
        first = number * _DAYS
        # Work that overlaps that of the date before is the work of that date, so that days follow
        # one another; a date without any other work is no workday.
        latest = max((end for _, end in self._on(first - 1)), default=_EVER)
        for day in range(first, first + _DAYS):
            if found := [each for each in self._on(day) if each[1] > latest]:
                days.append(day)
                starts.append(max(found[0][0], latest))
                ends.append(latest := found[-1][1])
        return _Chunk(tuple(days), tuple(starts), tuple(ends))

    def _on(self, day: int) -> list[Interval]:
        return self._intervals(date.fromordinal(day))
