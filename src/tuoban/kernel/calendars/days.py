"""The working time of one local date, as intervals of instants.

Working time is elapsed real time inside the spans of the wall clock: a span across the hour that is
skipped in spring is an hour shorter than it looks, one across the hour that is repeated in autumn
an hour longer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, tzinfo
from operator import itemgetter

from tuoban.kernel.calendars.instants import instant_of
from tuoban.kernel.calendars.spans import Spans

Interval = tuple[int, int]
"""From an instant up to, without, a later one."""


def wall_intervals(day: date, spans: Spans, zone: tzinfo) -> Iterator[Interval]:
    """The intervals of the spans of a date. A span that the zone skips altogether has none."""
    for span in spans:
        start, end = instant_of(day, span.start, zone), instant_of(day, span.end, zone)
        if start < end:
            yield start, end


def without(intervals: Iterable[Interval], taken: Sequence[Interval]) -> Iterator[Interval]:
    """What is left of intervals when others, in order and apart, are taken away."""
    for start, end in intervals:
        at = start
        number = bisect_right(taken, start, key=itemgetter(1))
        while number < len(taken) and taken[number][0] < end:
            gone, back = taken[number]
            if at < gone:
                yield at, gone
            at = back
            number += 1
        if at < end:
            yield at, end


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """Intervals in order of their starts, with those that touch or overlap made one."""
    found: list[Interval] = []
    for start, end in intervals:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
