"""Working time between two moments, by the hours that were in force then.

Hours that change later change nothing of what was: each version of a calendar counts from when it
was saved until the next one was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from tuoban.kernel.calendars import Calendar, CalendarError, between
from tuoban.kernel.expressions import Function
from tuoban.kernel.state import Outside

PARAMETERS = ("from", "to")
_NONE = timedelta()

Span = tuple[datetime, datetime]


class InForce(NamedTuple):
    """Hours, and the moment from which they were in force; None: from the beginning on."""

    since: datetime | None
    calendar: Calendar


Hours = Sequence[InForce]
"""The hours of a unit, oldest first; the first ones count for whatever was before, too."""


def worked(hours: Hours) -> Function:
    """`worked(start.at, reply.at)`: the time that is worked between two moments."""

    def count(start: Any, end: Any) -> timedelta | None:
        return _counted(hours, start, end, lambda span: (span,))

    return Function(PARAMETERS, count)


def outside(hours: Hours, waited: Iterable[Outside], until: datetime) -> Function:
    """`outside(start.at, reply.at)`: how much of it only outside parties had work in.

    Args:
        until: when what still goes on is cut off: the end of the case, or now.
    """
    spans = tuple((each.since, each.until or until) for each in waited)

    def count(start: Any, end: Any) -> timedelta | None:
        return _counted(hours, start, end, lambda span: _common(span, spans))

    return Function(PARAMETERS, count)


def _counted(
    hours: Hours, start: Any, end: Any, of: Callable[[Span], Iterable[Span]]
) -> timedelta | None:
    """The working time of whatever is looked at between two moments; below zero where the second
    one is the earlier."""
    moments = isinstance(start, datetime) and isinstance(end, datetime)
    if not hours or not moments or None in (start.tzinfo, end.tzinfo):
        return None
    first, last = min(start, end), max(start, end)
    try:
        total = sum((_in(hours, span) for span in of((first, last))), _NONE)
    except CalendarError:
        return None
    return total if start <= end else -total


def _in(hours: Hours, span: Span) -> timedelta:
    total = _NONE
    for place, (since, calendar) in enumerate(hours):
        begin = span[0] if since is None or place == 0 else max(span[0], since)
        following = hours[place + 1].since if place + 1 < len(hours) else None
        end = span[1] if following is None else min(span[1], following)
        if begin < end:
            total += between(calendar, begin, end)
    return total


def _common(span: Span, others: Iterable[Span]) -> Iterator[Span]:
    """What the others have in common with a span."""
    for begin, end in others:
        if max(span[0], begin) < min(span[1], end):
            yield max(span[0], begin), min(span[1], end)
