"""Schedules: what comes again by the calendar, `workday at 17:00`, `month on last workday at 9:00`.

A schedule names one date in every period, or every date or workday, and a time of day. A date that
a period does not have (day 31 of April, 29 February) is its last day; a period without any workday
has no last one, and is left out. A workday is a date on which work begins, by the calendar given,
so that public holidays and moved workdays count as they do there. A time that the wall clock shows
twice means its first occurrence, one that it skips the instant of the skip.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import count
from typing import Literal

from tuoban.kernel.calendars import WEEKDAYS, Calendar
from tuoban.kernel.calendars.instants import (
    FIRST_YEAR,
    LAST_YEAR,
    instant_of,
    local_date,
    micros_of,
    moment_of,
    out_of_reach,
)
from tuoban.kernel.text import Text

Every = Literal["day", "workday", "week", "month", "quarter", "year"]
Last = Literal["day", "workday"]

_MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "year": 12}
"""How long periods of whole months are."""
LONGEST: dict[Every, int] = {"month": 31, "quarter": 92}
"""The highest number of a day in such a period."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Once every period, at `minute` minutes after the midnight that begins a date.

    Attributes:
        weekday: of `week`, 0 for Monday.
        day: of `month` and `quarter` the number of the day in it; of `year` that in the `month`.
        last: instead of `day`, the last day or the last workday of the period.
    """

    every: Every
    minute: int = 0
    weekday: int = 0
    day: int = 1
    month: int = 1
    last: Last | None = None

    def after(self, moment: datetime, zone: tzinfo, calendar: Calendar) -> datetime:
        """The first moment of the schedule that is later than `moment`, in UTC.

        Args:
            zone: in which dates begin and times are meant.
            calendar: says what a workday is.

        Raises:
            CalendarError: there is none in the years a calendar answers for.
        """
        at = micros_of(moment)
        for day in self._dates(local_date(at, zone), calendar):
            found = instant_of(day, self.minute, zone)
            if found > at:
                return moment_of(found)
        raise out_of_reach()

    def period(self, moment: datetime, zone: tzinfo) -> str:
        """What the period of a moment of the schedule is called: `2026-03`, `2026-Q1`, `2026`, and
        otherwise the date."""
        day = local_date(micros_of(moment), zone)
        if self.every == "month":
            return f"{day:%Y-%m}"
        if self.every == "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        return str(day.year) if self.every == "year" else day.isoformat()

    @property
    def text(self) -> Text:
        """The schedule in words."""
        time = f"{self.minute // 60:02d}:{self.minute % 60:02d}"
        zh, en = self._days
        return Text(f"{zh} {time}", f"{en} at {time}")

    @property
    def _days(self) -> tuple[str, str]:
        zh, en = _PERIODS[self.every]
        if self.every in ("day", "workday"):
            return zh, f"every {en}"
        if self.every == "week":
            weekday = WEEKDAYS[self.weekday]
            return f"每{weekday.zh}", f"every {weekday.en}"
        if self.last is not None:
            last = "最后一天" if self.last == "day" else "最后一个工作日"
            return f"{zh}{last}", f"on the last {self.last} of every {en}"
        if self.every == "year":
            on = f"{self.month:02d}-{self.day:02d}"
            return f"{zh}{self.month}月{self.day}日", f"every year on {on}"
        nth = f"第{self.day}天" if self.every == "quarter" else f"{self.day}日"
        return f"{zh}{nth}", f"every {en} on day {self.day}"

    def _dates(self, first: date, calendar: Calendar) -> Iterator[date]:
        """The dates from `first` on, and perhaps some before it, as far as calendars reach."""
        if self.every in _MONTHS:
            yield from self._in_periods(first, calendar)
        elif self.every == "workday":
            day = first.toordinal() - 1
            while True:
                day = calendar.workdays.after(day, 1)
                yield date.fromordinal(day)
        else:
            step = 7 if self.every == "week" else 1
            ahead = (self.weekday - first.weekday()) % 7 if step == 7 else 0
            for day in count(first.toordinal() + ahead, step):
                if not FIRST_YEAR <= (found := date.fromordinal(day)).year <= LAST_YEAR:
                    return
                yield found

    def _in_periods(self, first: date, calendar: Calendar) -> Iterator[date]:
        months = _MONTHS[self.every]
        for number in count((first.year * 12 + first.month - 1) // months):
            begins = _month(number * months)
            if not FIRST_YEAR <= begins.year <= LAST_YEAR:
                return
            found = self._in(begins, _last_of(number * months + months - 1), calendar)
            if found is not None:
                yield found

    def _in(self, begins: date, ends: date, calendar: Calendar) -> date | None:
        """The date in the period from `begins` to `ends`."""
        if self.last == "workday":
            before, last = begins.toordinal() - 1, ends.toordinal()
            if not calendar.workdays.between(before, last):
                return None
            return date.fromordinal(calendar.workdays.before(last + 1, 1))
        if self.last == "day":
            return ends
        if self.every == "year":
            begins = date(begins.year, self.month, 1)
            ends = _last_of(begins.year * 12 + self.month - 1)
        return date.fromordinal(min(begins.toordinal() + self.day - 1, ends.toordinal()))


_PERIODS: dict[Every, tuple[str, str]] = {
    "day": ("每天", "day"),
    "workday": ("每个工作日", "workday"),
    "week": ("每周", "week"),
    "month": ("每月", "month"),
    "quarter": ("每季度", "quarter"),
    "year": ("每年", "year"),
}


def _month(number: int) -> date:
    """The first day of a month, counted through the years."""
    return date(number // 12, number % 12 + 1, 1)


def _last_of(number: int) -> date:
    begins = _month(number)
    return begins.replace(day=monthrange(begins.year, begins.month)[1])
