"""What is measured: a due time far away, and ten thousand open clocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle, islice
from zoneinfo import ZoneInfo

from tuoban.kernel.calendars import CHINA, Calendar, Period, read_week
from tuoban.kernel.clocks import (
    Calendars,
    Ledger,
    LimitChanged,
    Paused,
    Resumed,
    Started,
    Within,
    read_length,
)
from tuoban.kernel.definition import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 9, 1, 9, 40, tzinfo=SHANGHAI)
"""Thirty working days from here lead across Mid-Autumn, the National Day and two moved workdays."""
LENGTH = timedelta(hours=30 * 8)
CLOCKS = 10_000


def calendar(hours: dict[str, str], name: str) -> Calendar:
    week = Period(None, read_week(hours))
    return Calendar(Text(name, name), SHANGHAI, (week,), holidays=CHINA)


def office() -> Calendar:
    """Eight hours a day with lunch, and China's holidays; a new value with nothing computed yet."""
    return calendar({"mon-fri": "09:00-12:00, 13:00-18:00"}, "office")


CALENDARS: Calendars = {
    "office": office(),
    "shop": calendar({"mon-sun": "08:30-12:00, 13:30-20:00"}, "shop"),
    "night": calendar({"mon-fri": "22:00-06:00"}, "night"),
}

FAR = Ledger((Started(START, Within(read_length("240 working hours")), "office"),))
"""The ledger of `LENGTH` from `START`."""


def wall() -> list[Ledger]:
    """Open clocks such as a service desk has: most run, some were paused, few were changed."""
    kinds = cycle([_plain, _plain, _plain, _plain, _held, _held, _paused, _raised, _days, _plain])
    names = cycle(CALENDARS)
    starts = (START + timedelta(minutes=7 * each) for each in range(CLOCKS))
    return [
        kind(start, name)
        for kind, start, name in islice(zip(kinds, starts, names, strict=False), CLOCKS)
    ]


NOW = START + timedelta(minutes=7 * CLOCKS)
"""When the wall is looked at: every clock has started, most are late."""


def _started(start: datetime, name: str, length: str) -> Ledger:
    return Ledger((Started(start, Within(read_length(length)), name),))


def _plain(start: datetime, name: str) -> Ledger:
    return _started(start, name, "8 working hours")


def _held(start: datetime, name: str) -> Ledger:
    pause = Paused(start + timedelta(hours=1)), Resumed(start + timedelta(hours=30))
    return _started(start, name, "40 working hours").then(*pause)


def _paused(start: datetime, name: str) -> Ledger:
    return _started(start, name, "16 working hours").then(Paused(start + timedelta(minutes=5)))


def _raised(start: datetime, name: str) -> Ledger:
    raised = LimitChanged(start + timedelta(minutes=2), Within(read_length("4 working hours")))
    return _started(start, name, "40 working hours").then(raised)


def _days(start: datetime, name: str) -> Ledger:
    return _started(start, name, "5 workdays")
