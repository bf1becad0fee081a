"""Spans of the wall clock: from when to when people work on a day.

A span belongs to the local date on which it begins. It may run past midnight into the next date;
24:00 is the midnight at the end of its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tuoban.kernel.calendars.errors import CalendarError, Finding

DAY = 24 * 60
"""Minutes of a day on the wall clock."""

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至到]\s*(\d{1,2}):(\d{2})")
_BETWEEN = re.compile(r"[,，、;；\s]+")


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """From minute `start` of a day up to, without, minute `end`, both from its midnight.

    `end` may reach into the next day (at most 24 hours after `start`).

    Raises:
        CalendarError: it has no length, is longer than 24 hours, or begins on another day.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise CalendarError(Finding("span-without-length", {"text": str(self)}))
        if self.end - self.start > DAY:
            raise CalendarError(Finding("span-too-long", {"text": str(self)}))
        if not 0 <= self.start < DAY:
            raise CalendarError(Finding("span-begins-next-day", {"text": str(self)}))

    def __str__(self) -> str:
        end = self.end - DAY if self.end > DAY else self.end
        return f"{_clock(self.start)}-{_clock(end)}"


Spans = tuple[Span, ...]
"""The spans of one date, in order."""


def read_spans(text: str) -> Spans:
    """The spans of `08:30-12:00, 13:30-17:30`, in order; none of a blank text.

    An end that is not after the start is meant on the next day: `22:00-06:00`.

    Raises:
        CalendarError: a part is no span, or has no length.
    """
    # "08:30 - 12:00" is one span: blanks around the dash do not part.
    joined = re.sub(r"\s*([-–—~至到])\s*", r"\1", text.strip())
    return tuple(sorted(_read(each) for each in _BETWEEN.split(joined) if each))


def _read(text: str) -> Span:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise CalendarError(Finding("bad-time", {"text": text}))
    hours, minutes, end_hours, end_minutes = map(int, match.groups())
    start, end = hours * 60 + minutes, end_hours * 60 + end_minutes
    if minutes > 59 or end_minutes > 59 or start >= DAY or end > DAY:
        raise CalendarError(Finding("bad-time", {"text": text}))
    return Span(start, end + DAY if end < start else end)


def overlaps(spans: Spans) -> Iterator[tuple[Span, Span]]:
    """Neighbours among spans in order of which the second begins before the first has ended."""
    for first, second in pairwise(spans):
        if second.start < first.end:
            yield first, second


def runs_into(spans: Spans, following: Spans) -> tuple[Span, Span] | None:
    """The last span of a date and the first of the next date, if they overlap."""
    if spans and following and spans[-1].end - DAY > following[0].start:
        return spans[-1], following[0]
    return None


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
