"""Working time minute by minute, straight from the meaning: slow, and easy to believe.

Walks along UTC and looks at the wall clock of each minute. The clock is read as never going back,
as `kernel/calendars/instants.py` says. Good for zones whose offsets are whole minutes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from tuoban.kernel.calendars import Calendar, Spans

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def minutes(calendar: Calendar, start: datetime) -> Iterator[tuple[datetime, date | None]]:
    """Every minute from `start`, with the date whose work it belongs to, None outside work."""
    at = start.astimezone(UTC) - 2 * DAY
    shown = at.astimezone(calendar.zone).replace(tzinfo=None)
    known: dict[date, Spans] = {}
    while True:
        shown = max(shown, at.astimezone(calendar.zone).replace(tzinfo=None))
        if at >= start:
            yield at, _worked_for(calendar, at, shown, known)
        at += MINUTE


def _worked_for(
    calendar: Calendar, at: datetime, shown: datetime, known: dict[date, Spans]
) -> date | None:
    if any(each.start <= at < each.end for each in calendar.absences):
        return None
    today = shown.date()
    for day, minute in (
        (today - DAY, 1440 + shown.hour * 60 + shown.minute),
        (today, shown.hour * 60 + shown.minute),
    ):
        if day not in known:
            known[day] = calendar.on(day).spans
        if any(span.start <= minute < span.end for span in known[day]):
            return day
    return None


def add(calendar: Calendar, moment: datetime, length: timedelta) -> datetime:
    """`moment` and a length of whole minutes above zero."""
    left = length
    for at, day in minutes(calendar, moment):
        if day is not None:
            left -= MINUTE
            if not left:
                return at + MINUTE
    raise AssertionError


class Window:
    """Some days of a calendar, each minute looked at once."""

    def __init__(self, calendar: Calendar, start: datetime, days: int) -> None:
        self.start = start.astimezone(UTC)
        every = minutes(calendar, self.start)
        self.days = [next(every)[1] for _ in range(days * 1440)]
        self.sums = array("l", [0])
        for day in self.days:
            self.sums.append(self.sums[-1] + (day is not None))

    def moment(self, minute: int) -> datetime:
        return self.start + minute * MINUTE

    def between(self, first: int, last: int) -> timedelta:
        return (self.sums[last] - self.sums[first]) * MINUTE

    def is_working(self, minute: int) -> bool:
        return self.days[minute] is not None

    def next_working(self, minute: int) -> int | None:
        return next((at for at in range(minute, len(self.days)) if self.is_working(at)), None)

    def previous_working(self, minute: int) -> int | None:
        return next((at for at in range(minute, 0, -1) if self.is_working(at - 1)), None)

    def add(self, minute: int, length: int) -> int | None:
        wanted = self.sums[minute] + length
        return bisect_left(self.sums, wanted) if wanted <= self.sums[-1] else None

    def subtract(self, minute: int, length: int) -> int | None:
        wanted = self.sums[minute] - length
        return bisect_right(self.sums, wanted) - 1 if wanted >= 0 and minute else None
