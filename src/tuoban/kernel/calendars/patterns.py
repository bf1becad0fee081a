"""The ordinary week, and from which date on it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tuoban.kernel.calendars.errors import CalendarError, Finding
from tuoban.kernel.calendars.spans import Span, Spans, overlaps, read_spans, runs_into
from tuoban.kernel.text import Text

WEEKDAYS = (
    Text("周一", "Monday"),
    Text("周二", "Tuesday"),
    Text("周三", "Wednesday"),
    Text("周四", "Thursday"),
    Text("周五", "Friday"),
    Text("周六", "Saturday"),
    Text("周日", "Sunday"),
)
"""By `date.weekday()`, Monday first."""

_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Week:
    """The spans of each weekday, Monday first. A day without spans is free.

    Raises:
        CalendarError: spans overlap, also across midnight and from Sunday to Monday.
    """

    days: tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]

    def __post_init__(self) -> None:
        if findings := tuple(self._overlaps()):
            raise CalendarError(*findings)

    def _overlaps(self) -> Iterator[Finding]:
        for weekday, spans in enumerate(self.days):
            pairs = list(overlaps(spans))
            if into := runs_into(spans, self.days[(weekday + 1) % 7]):
                pairs.append(into)
            for first, second in pairs:
                yield overlap(WEEKDAYS[weekday], first, second)

    @property
    def works(self) -> bool:
        """Whether any day of the week is worked."""
        return any(self.days)


@dataclass(frozen=True, slots=True)
class Period:
    """A week and the first date it holds on (None: since ever), until the next period begins.

    For a person, no week means: again as the unit.
    """

    first: date | None
    week: Week | None


def overlap(where: Text, first: Span, second: Span) -> Finding:
    """The finding that two spans of one date, or of neighbouring ones, overlap."""
    return Finding("spans-overlap", {"where": where, "first": str(first), "second": str(second)})


def read_week(text: Mapping[str, str]) -> Week:
    """The week of `{"mon-fri": "08:30-12:00, 13:30-17:30", "sat": "09:00-12:00"}`.

    Raises:
        CalendarError: a key is no weekday or names one again, or a span cannot be used.
    """
    days: dict[int, Spans] = {}
    for key, spans in text.items():
        for weekday in _weekdays(key):
            if weekday in days:
                raise CalendarError(Finding("weekday-twice", {"where": WEEKDAYS[weekday]}))
            days[weekday] = read_spans(spans)
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        days.get(each, ()) for each in range(7)
    )
    return Week((monday, tuesday, wednesday, thursday, friday, saturday, sunday))


def _weekdays(key: str) -> range:
    first, dash, last = key.strip().lower().partition("-")
    if first not in _KEYS or (last not in _KEYS if dash else False):
        raise CalendarError(Finding("bad-weekday", {"text": key}))
    start, end = _KEYS.index(first), _KEYS.index(last or first)
    if end < start:
        raise CalendarError(Finding("bad-weekday", {"text": key}))
    return range(start, end + 1)
